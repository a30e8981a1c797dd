"""Which objections cost most, how agents meet them, what leads to money, and what worked here."""

from __future__ import annotations

import streamlit as st

from coach import ledger, listings, queries, rungs
from coach.rows import CallFilter
from coach.rungs import Met
from coach.viewers import Viewer
from views import _charts, _filters, _labels, _objection_parts, _session
from views._grid import grid
from views._list import listing
from views._text import t
from views._widgets import keep_in_address, plain

SHOWN = 8  # calls on one page of those that never resolved it


def show() -> None:
    store, viewer = _session.store(), _session.viewer()
    st.title(t("¿Qué objeciones cuestan más, y qué las resuelve?"))
    eyes = _filters.team(viewer) if viewer.may("team") else viewer
    choices = queries.choices(store, eyes)
    if choices.last is None:
        _nothing_yet()
        return
    which, looked_at = _filters.of_days(_filters.call_filter(choices, states=False), choices.last)
    met = rungs.met(store, eyes, which)
    if not met:
        st.info(t("En estas llamadas no se oyó ninguna objeción. Quite algún filtro para ver más."))
        return
    _objection_parts.answer(met, looked_at)
    chosen = _chosen(met)
    paths = ledger.paths(store, ledger.Asked(_session.settings(), eyes, which))
    st.caption(
        t(
            "De las veces que aparece, en cuántas el agente da cada paso; de las llamadas, en cuántas "
            "la respuesta encaja y hay promesa firme; de las promesas vencidas, las cumplidas. Más "
            "intenso: menos."
        )
    )
    drawn = _objection_parts.rows(met, {path.objection: path for path in paths})
    row, _ = grid(_objection_parts.columns(), drawn, chosen=chosen, key="ladder")
    if row:
        st.session_state["objection"] = row
        st.rerun()
    _one(eyes, viewer, which, chosen)
    if viewer.may("team"):
        st.subheader(t("Qué objeciones encuentra cada quien"))
        st.caption(t("Parte de las llamadas de cada agente en que aparece la objeción."))
        st.altair_chart(_charts.mix(listings.objection_mix(store, eyes, which)), width="stretch")


def _chosen(met: tuple[Met, ...]) -> str:
    """The objection looked at: from a click or the address, else the one that is resolved least."""
    known = {row.objection for row in met}
    wanted = st.session_state.get("objection") or st.query_params.get("objection", "")
    usual = _objection_parts.hardest(met) or met[0]
    chosen = wanted if wanted in known else usual.objection
    keep_in_address("objection", chosen if wanted in known else "")
    return chosen


def _one(eyes: Viewer, viewer: Viewer, which: CallFilter, objection: str) -> None:
    """The chosen objection: where it stayed open, and what worked."""
    st.subheader(plain(_labels.finding(objection)))
    with st.container(border=True, key="half-answers"):
        _objection_parts.answers(viewer, objection)
        st.page_link(
            "views/guide.py",
            label=t("Más respuestas en la Guía"),
            icon=":material/menu_book:",
            query_params={"objection": objection},
        )
    _missed(eyes, which, objection)


def _missed(eyes: Viewer, which: CallFilter, objection: str) -> None:
    if st.session_state.get("missed-of") != objection:
        st.session_state["missed-of"] = objection
        st.session_state.pop("missed-page", None)
    page = int(st.session_state.get("missed-page", 1)) - 1
    found = rungs.missed(_session.store(), eyes, which, objection, page=page, size=SHOWN)
    st.markdown(f"**{_objection_parts.found(found.total)}**")
    if not found.total:
        st.caption(t("Siempre recibió una respuesta que encaja."))
        return
    st.caption(t("Es lo que el agente contestó a la objeción: la llamada puede haber terminado en promesa."))
    rows = _objection_parts.missed_rows(found.rows)
    picked = listing(_objection_parts.missed_columns(), rows, key="missed")
    if found.total > SHOWN:
        st.pagination(-(-found.total // SHOWN), key="missed-page")
    for row in found.rows:
        if row.recording_id == picked.row:
            st.switch_page("views/call.py", query_params=_objection_parts.place(row))


def _nothing_yet() -> None:
    with st.container(border=True, key="empty"):
        st.markdown(t("Aquí verá qué objeciones aparecen en las llamadas y cómo se resuelven."))


show()
