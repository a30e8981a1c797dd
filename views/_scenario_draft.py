"""A draft of a scenario: its text, everything wrong in it by line, a try, and putting it in use."""

from __future__ import annotations

import streamlit as st

from coach import scenarios
from coach.types import CoachError
from drills.scenario import DrillError
from views import _address, _draft_text, _scenario_help, _scenario_try, _session
from views._text import counted, t
from views._widgets import plain


def show(name: str) -> None:
    settings = _session.settings()
    draft = scenarios.draft(settings, name)
    assert draft is not None
    st.title(t("Borrador: {name}", name=plain(name)))
    st.caption(
        t(
            "Se guarda con cada cambio y nadie lo practica hasta que lo publique. Qué lleva cada campo está "
            "en «Ayuda», bajo el texto."
        )
    )
    _address.said()
    text = _draft_text.field(draft, t("Texto del escenario"), scenarios.keep_draft)
    wrong = scenarios.check(text, name)
    many = counted(len(wrong), "{n} error impide publicarlo", "{n} errores impiden publicarlo")
    _draft_text.mistakes(text, wrong, many)
    _scenario_help.show()
    if not wrong:
        _scenario_try.show(scenarios.read(text, name))
    st.subheader(t("Publicar"))
    _publish(name, text, ready=not wrong)


def _publish(name: str, text: str, *, ready: bool) -> None:
    note = st.text_input(t("Qué cambia y por qué"), key=f"note-{name}", max_chars=300)
    with st.container(horizontal=True):
        if st.button(t("Publicar"), type="primary", disabled=not ready) and _draft_text.noted(note):
            _put_in_use(name, text, note)
        if _draft_text.dropped(name):
            scenarios.drop_draft(_session.settings(), name)
            _address.go(draft="")


def _put_in_use(name: str, text: str, note: str) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()

    def publish() -> None:
        try:
            scenarios.publish(store, settings, name, text, viewer, note.strip())
        except DrillError as error:
            raise CoachError(str(error)) from error

    if _address.done(publish):
        scenarios.drop_draft(settings, name)
        _address.say_later(t("En uso desde la próxima práctica."))
        _address.go(draft="", scenario=name)
