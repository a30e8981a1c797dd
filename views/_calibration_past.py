"""Evaluations from before Temple: a sheet is looked at, its columns said, then kept."""

from __future__ import annotations

import streamlit as st

from coach import past_upload
from coach.past import PastImport
from coach.past_columns import FIELDS, Guess
from coach.past_upload import ENDINGS
from rubrics.types import Rubric
from views import _address, _formats, _session
from views._formats import SIGNS
from views._text import counted, language, own, retold, t
from views._widgets import plain

_SHOWN = 20  # faults that are told one by one


def show(form: Rubric) -> None:
    held = past_upload.held(_session.store(), _session.viewer())
    with st.container(border=True, key="answer"):
        if held.verdicts:
            st.markdown(
                t(
                    "Hay **{n} resultados** de {calls}; {matched} están en Temple y se comparan con la "
                    "máquina.",
                    n=held.verdicts, calls=_formats.calls(held.calls), matched=held.matched,
                )
            )  # fmt: skip
        else:
            st.markdown(
                t("Traiga lo que su equipo evaluó antes: verá si la máquina dice lo mismo de esas llamadas.")
            )
        st.caption(t("Sirven para comparar. Nunca hacen que un criterio cuente: se juzgaron con otra pauta."))
    if told := st.session_state.pop("past-told", ""):
        st.success(told)
    with st.container(key=f"sheet-{language()}"):
        sheet = st.file_uploader(
            t("Hoja de cálculo (.xlsx o .csv)"), type=list(ENDINGS), key=f"past-file-{_round()}",
            help=t("Una fila por llamada con una columna por criterio, o una fila por criterio."),
        )  # fmt: skip
    if sheet is None:
        return
    found: list[Guess] = []
    content, viewer = sheet.getvalue(), _session.viewer()
    if _address.done(lambda: found.extend(past_upload.titles(viewer, sheet.name, content, form))):
        said = _columns(found, form)
        _look(sheet.name, content, form, said)


def _columns(found: list[Guess], form: Rubric) -> dict[str, str]:
    """What each column is: what is sure is filled in, the person says the rest."""
    names = {"": t("no usar"), **_field_names()}
    names |= {one.id: own(one.label, one.label_en) for one in form.criteria}
    unsure = sum(not one.meaning for one in found)
    title = (
        counted(unsure, "Columnas: {n} sin usar", "Columnas: {n} sin usar")
        if unsure
        else t("Columnas: todas reconocidas")
    )
    said = {}
    room = st.expander(title, expanded=bool(unsure), icon=":material/view_column:")
    with room, st.container(key="filters"):
        for at, one in enumerate(found):
            hint = plain(t("¿Será «{name}»?", name=names[one.near])) if one.near else None
            options = list(names)
            said[one.title] = st.selectbox(
                plain(one.title), options, index=options.index(one.meaning),
                format_func=names.__getitem__, key=f"past-{_round()}-{at}", help=hint,
            )  # fmt: skip
    return said


def _look(name: str, content: bytes, form: Rubric, said: dict[str, str]) -> None:
    """What would be kept, every fault with its row, and the button that keeps it."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    seen: list[PastImport] = []

    def bring(keep: bool) -> bool:
        return _address.done(
            lambda: seen.append(
                past_upload.bring_in(store, settings, viewer, name, content, form, said, keep=keep)
            )
        )

    if not bring(keep=False):
        return
    whole = seen[0]
    st.markdown(
        t(
            "**{new} resultados nuevos** de {calls} ({matched} están en Temple). Ya estaban: {known}.",
            new=whole.new, calls=_formats.calls(whole.calls), matched=whole.matched, known=whole.known,
        )
    )  # fmt: skip
    faults(whole)
    if st.button(t("Guardar"), type="primary", disabled=not whole.new, key="past-keep") and bring(keep=True):
        st.session_state["past-told"] = counted(
            seen[-1].new, "Se guardó {n} resultado.", "Se guardaron {n} resultados."
        )
        st.session_state["past-round"] = _round() + 1
        st.rerun()


def faults(whole: PastImport) -> None:
    if not whole.faults:
        return
    title = counted(len(whole.faults), "{n} dato no se usa", "{n} datos no se usan")
    with st.expander(f"{SIGNS['review']} {title}", expanded=True):
        for fault in whole.faults[:_SHOWN]:
            st.markdown(plain(retold(fault)))
        if len(whole.faults) > _SHOWN:
            st.caption(t("… y {n} avisos más como estos.", n=len(whole.faults) - _SHOWN))


def _field_names() -> dict[str, str]:
    names = {
        "call": t("la llamada"),
        "agent": t("el agente"),
        "reviewer": t("quién evaluó"),
        "date": t("la fecha"),
        "criterion": t("el criterio"),
        "outcome": t("el resultado"),
    }
    return {name: names[name] for name in FIELDS}


def _round() -> int:
    """Counts the sheets kept: with a new key the field for the file is empty again."""
    return int(st.session_state.get("past-round", 0))
