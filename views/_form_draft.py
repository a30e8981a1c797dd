"""A draft: its text, what is wrong in it by line, what it would change, and putting it in use."""

from __future__ import annotations

import streamlit as st

from coach import chores, forms
from coach.draft_files import Draft
from rubrics.types import Mistake
from views import _address, _form_lab, _form_parts, _session
from views._formats import SIGNS
from views._text import counted, t
from views._widgets import plain

HEIGHT_PX = 460


def show(name: str) -> None:
    settings = _session.settings()
    draft = forms.draft(settings, name)
    assert draft is not None
    st.title(t("Borrador: {name}", name=plain(_form_parts.draft_label(name))))
    st.caption(
        t(
            "Se guarda con cada cambio y no juzga ninguna llamada hasta que lo publique. Cómo se escribe: "
            "docs/rubric-files.md y docs/country-packs.md."
        )
    )
    _address.said()
    text = _text(draft)
    wrong = forms.check(text, settings)
    _mistakes(text, wrong)
    _form_lab.show(text, sound=not _unreadable(wrong))
    st.subheader(t("Publicar"))
    _publish(name, text, ready=not wrong)


def _text(draft: Draft) -> str:
    """The field. Only what this person writes is kept: somebody else may be at the same draft."""
    key = f"text-{draft.name}"
    st.session_state.setdefault(key, draft.text)
    text: str = st.text_area(
        t("Texto de la pauta"),
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
        forms.keep_draft(_session.settings(), name, st.session_state[f"text-{name}"])


def _see(key: str, text: str) -> None:
    st.session_state[key] = text


def _mistakes(text: str, wrong: tuple[Mistake, ...]) -> None:
    """Each with the line that it stands on."""
    if not wrong:
        st.markdown(f":green[{SIGNS['pass']}] {t('Se puede publicar.')}")
        return
    st.markdown(
        f":red[{SIGNS['fail']}] "
        + counted(len(wrong), "{n} error impide publicarla", "{n} errores impiden publicarla")
    )
    lines = text.splitlines()
    for one in sorted(wrong):
        said = ": ".join(part for part in (one.where, one.what) if part)
        here = lines[one.line - 1].strip() if 0 < one.line <= len(lines) else ""
        shown = f"  \n:small[:gray[{plain(here)}]]" if here else ""
        st.markdown(f"- **{t('línea {n}', n=one.line)}** · {plain(said)}{shown}")


def _unreadable(wrong: tuple[Mistake, ...]) -> bool:
    """Whether more is wrong than the number of its version: then it cannot be tried."""
    return any(one.where != "version" for one in wrong)


def _publish(name: str, text: str, *, ready: bool) -> None:
    note = st.text_input(t("Qué cambia y por qué"), key=f"note-{name}", max_chars=300)
    again = st.checkbox(t("Evaluar de nuevo lo ya guardado"), key=f"again-{name}")
    st.caption(t("Sin marcarlo, vale desde la próxima llamada y lo anterior queda como está."))
    with st.container(horizontal=True):
        if st.button(t("Publicar"), type="primary", disabled=not ready):
            _put_in_use(name, text, note, again=again)
        if _dropped(name):
            forms.drop_draft(_session.settings(), name)
            _address.go(draft="")


def _put_in_use(name: str, text: str, note: str, *, again: bool) -> None:
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    done: list[forms.Published] = []
    if not _address.attempt(lambda: done.append(forms.publish(store, settings, text, viewer, note.strip()))):
        return
    new = done[0]
    forms.drop_draft(settings, name)
    if again:
        chores.ask(store, viewer, "rescore", new.form.id)
    said = t("En uso desde la próxima llamada: {label}.", label=new.form.label)
    if not new.used:
        said += " " + t("Ninguna llamada se evalúa con ella todavía: diga en «for_calls» para cuáles es.")
    _address.say_later(plain(said))
    _address.go(draft="", form=new.form.id)


def _dropped(name: str) -> bool:
    with st.popover(t("Descartar")):
        st.markdown(t("El borrador se borra. Lo que está en uso no cambia."))
        return st.button(t("Sí, descartar"), key=f"drop-{name}")
