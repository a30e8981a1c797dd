"""Payments brought in on the screen: the table, its columns where they are not plain, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from coach import payments, spans_told, written
from coach.complaints import some
from coach.payment_spans import Span
from coach.payment_table import NEEDED, UnclearColumns
from coach.types import CoachError
from views import _session
from views._text import counted, language, refusal, retold, t
from views._widgets import plain

FAULTS_SHOWN = 12
_ASKED = "payments-asked"  # in the session: of which file only a person can say what its columns are, and why


def bring_in() -> None:
    """A table of payments, with what could not be used told row by row."""
    done = st.session_state.pop("payments-told", None)
    opened = done is not None or _ASKED in st.session_state
    with st.expander(t("Traer pagos"), icon=":material/upload_file:", expanded=opened):
        st.markdown(
            t(
                "Suba una tabla (CSV o Excel) con una fila por pago: cuenta, fecha y monto; moneda y "
                "referencia si las hay. La misma tabla dos veces no cuenta doble; una referencia que "
                "vuelve con otra fecha u otro monto corrige su pago."
            )
        )
        if done is not None:
            told(done)
        file = st.file_uploader(t("Tabla de pagos"), type=["csv", "xlsx"], key="payments")
        if file is None:
            st.session_state.pop(_ASKED, None)
            return
        said = _columns(file.file_id)
        if not st.button(t("Traer estos pagos"), key="bring-payments", type="primary", disabled=said is None):
            return
        store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
        try:
            st.session_state["payments-told"] = payments.import_upload(
                store, settings, viewer, file.name, file.getvalue(), said=said
            )
        except CoachError as error:
            if said or not isinstance(error, UnclearColumns):
                st.error(plain(refusal(error)))
                return
            st.session_state[_ASKED] = (file.file_id, error)
        else:
            st.session_state.pop(_ASKED, None)
        st.rerun()  # the figures above are others now, or there is something to be asked


def _columns(file_id: str) -> dict[str, str] | None:
    """By title what the person says that a column is, where that was asked of this file; None while one that
    is needed is open.
    """
    its, error = st.session_state.get(_ASKED, ("", None))
    if error is None or its != file_id:
        return {}
    st.warning(plain(refusal(error)))
    st.markdown(t("Diga qué columna es cada dato:"))
    names, given = _field_names(), {}
    for field, titles in error.choices.items():
        needed = field in NEEDED
        given[field] = st.selectbox(
            names[field], titles, index=None, key=f"payments-{field}-{file_id}",
            placeholder=t("Elija la columna") if needed else t("ninguna"),
        )  # fmt: skip
    said = {title: field for field, title in given.items() if title is not None}
    if len(said) < sum(title is not None for title in given.values()):
        st.error(t("Una columna es un solo dato: elija otra para uno de los dos."))
        return None
    return None if any(given[field] is None for field in given if field in NEEDED) else said


def _field_names() -> dict[str, str]:
    return {
        "account": t("Columna de la cuenta"),
        "day": t("Columna de la fecha del pago"),
        "amount": t("Columna del monto pagado"),
        "currency": t("Columna de la moneda, si la hay"),
        "reference": t("Columna de la referencia, si la hay"),
    }


def told(done: payments.Imported) -> None:
    new = counted(done.new, "{n} pago nuevo", "{n} pagos nuevos")
    known = counted(done.known, "{n} ya estaba", "{n} ya estaban")
    st.success(f"{new}, {known}.")
    if done.covers:
        st.info(plain(covers(done.covers)))
    if done.strays:
        strays = counted(
            done.strays,
            "{n} es de una cuenta que ninguna llamada tiene. Se guarda; revise esa cuenta.",
            "{n} son de cuentas que ninguna llamada tiene. Se guardan; revise esas cuentas.",
        )
        st.info(strays)
    for sentence in filter(None, (done.unlike, done.early, done.erased, done.apart)):
        st.info(plain(retold(sentence)))
    if done.corrected:
        st.info(counted(len(done.corrected), "{n} pago corregido:", "{n} pagos corregidos:"))
        _row_by_row(done.corrected)
    if done.returned:
        st.info(counted(len(done.returned), "{n} pago devuelto:", "{n} pagos devueltos:"))
        _row_by_row(done.returned)
    if done.faults:
        unused = counted(len(done.faults), "{n} fila no se usó:", "{n} filas no se usaron:")
        st.warning(unused)
        _row_by_row(done.faults)


def covers(spans: Sequence[Span]) -> str:
    """Of which days, and of whose, a table tells."""
    lines = []
    for one in spans_told.gathered(spans):
        days = written.stretch(one.first, one.last, language())
        of = {"money": one.money, "days": days}
        names = some([name or t("sin cartera") for name in one.portfolios], FAULTS_SHOWN)
        lines.append(
            t("Cubre, en {money}, {days}; carteras: {names}.", **of, names=names)
            if any(one.portfolios)
            else t("Cubre, en {money}, {days}.", **of)
        )
    other = t("De otros días, monedas, países o carteras no dice nada: sus promesas quedan como estaban.")
    return " ".join([*lines, other])


def _row_by_row(told: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {plain(retold(one))}" for one in told[:FAULTS_SHOWN]))
    if len(told) > FAULTS_SHOWN:
        st.caption(t("y {n} más.", n=len(told) - FAULTS_SHOWN))
