"""Forms, rules and wordings that cannot be used: what they stop, why, and the way back to one that can."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from coach import doctor, forms, own_wordings
from coach.pipeline import unread_of
from coach.unread import Unread
from views import _address, _session, _versions
from views._text import retold, t
from views._widgets import plain


def show() -> None:
    """One box for each file, above all else: calls wait for it."""
    settings = _session.settings()
    for one, told in zip(unread_of(settings), doctor.unread(settings), strict=True):
        with st.container(border=True, key=f"unread-{one.kind}-{one.path.stem}"):
            st.markdown(f":red[✕] {plain(t(told.said, **told.given))}")
            with st.expander(t("Qué corregir ({n})", n=len(one.mistakes))):
                st.markdown("\n".join(f"- {plain(retold(mistake.text))}" for mistake in one.mistakes))
            _ways(one)


def _ways(one: Unread) -> None:
    """To correct its text as a draft, or to put an earlier version in use again."""
    settings, viewer, store = _session.settings(), _session.viewer(), _session.store()
    back: Callable[[str], object]
    if one.kind == "playbook":
        found = own_wordings.versions(settings)
        back = partial(own_wordings.restore, store, settings, viewer)
    else:
        found = forms.versions(settings, one.id) if one.id else ()
        back = partial(forms.restore, store, settings, one.id, by=viewer)
        mend = one.id and st.button(t("Corregir el texto"), key=f"mend-{one.path}", icon=":material/edit:")
        if mend and _address.attempt(forms.begin_mending, settings, viewer, one):
            _address.go(draft=one.id)
    if not found:
        st.caption(t("No hay ninguna versión anterior que restaurar."))
    _versions.listed(found, back, t("Esa versión está en uso desde la próxima llamada."))
