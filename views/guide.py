"""What may be said to each objection: the playbook by country, tone and stage; one's own wordings."""

from __future__ import annotations

import streamlit as st

from coach import guide, own_wordings
from coach.guide import Guide, Wanted
from views import (
    _address,
    _guide_editor,
    _guide_handout,
    _guide_parts,
    _labels,
    _pages,
    _session,
    _widgets,
)
from views._address import choice, words
from views._list import listing
from views._text import retold, t


def show() -> None:
    viewer, settings = _session.viewer(), _session.settings()
    objection = st.query_params.get("objection", "")
    if objection not in guide.objections():
        st.title(t("¿Qué se puede responder?"))
        objection = ""
    else:
        _steps(objection)
        st.title(t("¿Qué responder a «{objection}»?", objection=_labels.finding(objection)))
    book = guide.guide(settings)
    if book.trouble:
        st.error(t("Las frases propias no se usan: {why}", why=_widgets.plain(retold(book.trouble))))
    _address.said()
    wanted = _wanted()
    _guide_handout.handout(objection, wanted)
    if not objection:
        if viewer.may("forms") and viewer.role != "admin":
            st.page_link("views/forms.py", label=t("Ver la pauta"), icon=":material/rule:")
        _objections(book, wanted)
        return
    if _pages.has(viewer.role, "practice"):
        st.page_link(
            "views/practice.py",
            label=t("Practicar esta objeción"),
            icon=":material/fitness_center:",
            query_params={"objection": objection},
        )
    writes = own_wordings.may_write(viewer) and not book.trouble
    _guide_parts.answer(book, objection, wanted)
    edit = writes and st.toggle(t("Editar la guía"), key="guide-edit")
    if edit:
        _guide_editor.new(objection)
    _guide_parts.plays(book, objection, wanted, edit=edit)
    if edit:
        _guide_editor.left_out(book, objection)
        _guide_editor.history()


def _wanted() -> Wanted:
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        text = words(t("Buscar"), "say", t("palabras de una respuesta"), of="guide")
        codes = {code: _labels.country(code) for code in guide.countries()}
        country = choice(t("País"), "country", codes, t("Todos"), of="guide")
        tone = choice(t("Tono"), "tone", _labels.tones(), t("Cualquiera"), of="guide")
        stage = choice(t("Atraso"), "stage", _labels.stages(), t("Cualquiera"), of="guide")
    return Wanted(text, country, tone, stage)


def _objections(book: Guide, wanted: Wanted) -> None:
    """The list; with something asked for, only objections that have it."""
    st.caption(
        t("Elija la objeción que escuchó: verá cómo reconocerla, qué preguntar, qué ofrecer y qué evitar.")
    )
    rows = _guide_parts.rows(book, wanted)
    if not rows:
        st.info(t("Ninguna frase de la guía cumple estos filtros. Quite alguno para ver más."))
        return
    picked = listing(_guide_parts.columns(), rows, key="objections")
    if picked.row:
        st.query_params["objection"] = picked.row
        st.rerun()


def _steps(objection: str) -> None:
    """Back to the list, and on along it."""
    known = guide.objections()
    place = known.index(objection)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="steps"
    ):
        back = st.button(t("Todas las objeciones"), type="tertiary", icon=":material/arrow_back:")
        with st.container(horizontal=True, horizontal_alignment="right"):
            before = st.button(
                t("Anterior"), disabled=place == 0, type="tertiary", icon=":material/chevron_left:"
            )
            after = st.button(
                t("Siguiente"),
                disabled=place + 1 == len(known),
                type="tertiary",
                icon=":material/chevron_right:",
            )
    if back:
        del st.query_params["objection"]
        st.rerun()
    if before or after:
        st.query_params["objection"] = known[place + (1 if after else -1)]
        st.rerun()


show()
