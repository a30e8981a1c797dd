"""With what each call is judged: forms and countries' rules in use, each of them whole, drafts, the lab."""

from __future__ import annotations

import streamlit as st

from coach import forms
from coach.pipeline import places_of
from coach.types import CoachError
from views import _address, _form_draft, _form_parts, _form_table, _form_unread, _session
from views._list import listing
from views._text import t
from views._widgets import plain


def show() -> None:
    viewer, settings = _session.viewer(), _session.settings()
    viewer.require("forms")
    known = forms.in_use(settings)
    asked = st.query_params.get("form", "")
    drafted = st.query_params.get("draft", "")
    if drafted and _is_draft(drafted):
        _back()
        _form_draft.show(drafted)
    elif asked in known:
        _back()
        _form_table.show(*known[asked])
    else:
        _all()


def _is_draft(name: str) -> bool:
    try:
        return forms.draft(_session.settings(), name) is not None
    except CoachError:  # no name of a draft
        return False


def _all() -> None:
    """Everything in use; drafts first, as somebody is at work on them."""
    settings = _session.settings()
    st.title(t("¿Con qué se evalúa cada llamada?"))
    _address.said()
    known = forms.in_use(settings)
    _form_unread.show()
    base, *special = places_of(settings)
    with st.container(border=True, key="answer"):
        st.markdown(
            t(
                "Con **{base}**; para {n} clases de llamada hay otra. Además, con las reglas del país de "
                "la llamada.",
                base=plain(base.label),
                n=len(special),
            )
            if settings.packs
            else t("Con **{base}**, sin reglas de países: así está en los ajustes.", base=plain(base.label))
        )
        if due := _form_parts.due_rules(known):
            st.markdown(f":orange[?] {due}")
    if drafts := forms.drafts(settings):
        st.subheader(t("Borradores"))
        picked = listing(_form_parts.draft_columns(), _form_parts.draft_rows(drafts), key="drafts")
        if picked.row:
            _address.go(draft=picked.row)
    st.subheader(t("Pautas"))
    _pick(listing(_form_parts.form_columns(), _form_parts.form_rows(known, settings), key="forms").row)
    _form_parts.new(known)
    st.subheader(t("Reglas de los países"))
    st.caption(t("No es asesoría legal: pida a quien conoce la ley de su país que las revise."))
    _pick(listing(_form_parts.pack_columns(), _form_parts.pack_rows(known, settings), key="packs").row)


def _pick(form_id: str | None) -> None:
    if form_id:
        _address.go(form=form_id)


def _back() -> None:
    with st.container(key="steps"):
        if st.button(t("Todas las pautas"), type="tertiary", icon=":material/arrow_back:"):
            _address.go(form="", draft="")


show()
