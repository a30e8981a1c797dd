"""A draft of a scenario: its text, everything wrong in it by line, a try, and putting it in use."""

from __future__ import annotations

import streamlit as st

from coach import scenarios
from coach.draft_files import Draft
from coach.types import CoachError
from drills.scenario import DrillError
from rubrics.types import Mistake
from views import _address, _scenario_try, _session
from views._formats import SIGNS
from views._text import counted, t
from views._widgets import plain

HEIGHT_PX = 460


def show(name: str) -> None:
    settings = _session.settings()
    draft = scenarios.draft(settings, name)
    assert draft is not None
    st.title(t("Borrador: {name}", name=plain(name)))
    st.caption(
        t(
            "Se guarda con cada cambio y nadie lo practica hasta que lo publique. Cómo se escribe: "
            "docs/writing-drills.md."
        )
    )
    _address.said()
    text = _text(draft)
    wrong = scenarios.check(text, name)
    _mistakes(text, wrong)
    if not wrong:
        _scenario_try.show(scenarios.read(text, name))
    st.subheader(t("Publicar"))
    _publish(name, text, ready=not wrong)


def _text(draft: Draft) -> str:
    """The field. Only what this person writes is kept: somebody else may be at the same draft."""
    key = f"text-{draft.name}"
    st.session_state.setdefault(key, draft.text)
    text: str = st.text_area(
        t("Texto del escenario"),
        height=HEIGHT_PX,
        key=key,
        label_visibility="collapsed",
        on_change=_keep,
        args=(draft.name,),
    )
    if text != draft.text:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":orange[?] {t('Alguien más cambió este borrador mientras tanto.')}")
            st.button(t("Ver su texto"), key="theirs", on_click=_see, args=(key, draft.text), type="tertiary")
    return text


def _keep(name: str) -> None:
    if (viewer := _session.known()) is not None and viewer.may("forms"):
        scenarios.keep_draft(_session.settings(), name, st.session_state[f"text-{name}"])


def _see(key: str, text: str) -> None:
    st.session_state[key] = text


def _mistakes(text: str, wrong: tuple[Mistake, ...]) -> None:
    """Each with the line that it stands on."""
    if not wrong:
        st.markdown(f":green[{SIGNS['pass']}] {t('Se puede publicar.')}")
        return
    st.markdown(
        f":red[{SIGNS['fail']}] "
        + counted(len(wrong), "{n} error impide publicarlo", "{n} errores impiden publicarlo")
    )
    lines = text.splitlines()
    for one in sorted(wrong):
        said = ": ".join(part for part in (one.where, one.what) if part)
        here = lines[one.line - 1].strip() if 0 < one.line <= len(lines) else ""
        shown = f"  \n:small[:gray[{plain(here)}]]" if here else ""
        st.markdown(f"- **{t('línea {n}', n=one.line)}** · {plain(said)}{shown}")


def _publish(name: str, text: str, *, ready: bool) -> None:
    note = st.text_input(t("Qué cambia y por qué"), key=f"note-{name}", max_chars=300)
    with st.container(horizontal=True):
        if st.button(t("Publicar"), type="primary", disabled=not ready):
            _put_in_use(name, text, note)
        with st.popover(t("Descartar")):
            st.markdown(t("El borrador se borra. Lo que está en uso no cambia."))
            if st.button(t("Sí, descartar"), key=f"drop-{name}"):
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
