"""A text that is being written, of whatever kind: its field, what is wrong in it, throwing it away."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from coach.draft_files import Draft
from coach.settings import Settings
from rubrics.types import Mistake
from views import _session
from views._formats import SIGNS
from views._text import retold, t
from views._widgets import plain

HEIGHT_PX = 460

Keep = Callable[[Settings, str, str], object]


def field(draft: Draft, label: str, keep: Keep) -> str:
    """The field. Only what this person writes is kept: somebody else may be at the same draft."""
    key = f"text-{draft.name}"
    st.session_state.setdefault(key, draft.text)
    text: str = st.text_area(
        label,
        height=HEIGHT_PX,
        key=key,
        label_visibility="collapsed",
        on_change=_keep,
        args=(draft.name, keep),
    )
    if text != draft.text:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":orange[?] {t('Alguien más cambió este borrador mientras tanto.')}")
            st.button(t("Ver su texto"), key="theirs", on_click=_see, args=(key, draft.text), type="tertiary")
    return text


def mistakes(text: str, wrong: tuple[Mistake, ...], verdict: str) -> None:
    """Each with the line that it stands on, under `verdict`; without any, that it can be published."""
    if not wrong:
        st.markdown(f":green[{SIGNS['pass']}] {t('Se puede publicar.')}")
        return
    st.markdown(f":red[{SIGNS['fail']}] {verdict}")
    lines = text.splitlines()
    for one in sorted(wrong):
        said = ": ".join(part for part in (one.where, retold(one.what)) if part)
        here = lines[one.line - 1].strip() if 0 < one.line <= len(lines) else ""
        shown = f"  \n:small[:gray[{plain(here)}]]" if here else ""
        st.markdown(f"- **{t('línea {n}', n=one.line)}** · {plain(said)}{shown}")


def named(name: str) -> bool:
    """Whether a new draft has a name; asked for where not. A button that waits for the field to be left looks
    broken to who has just written in it.
    """
    if not name:
        st.warning(t("Escriba un nombre corto."))
    return bool(name)


def noted(note: str) -> bool:
    """Whether it is said what changes; asked for where not, for the versions tell it to the others."""
    if not note.strip():
        st.warning(t("Diga qué cambia y por qué: queda con la versión."))
    return bool(note.strip())


def dropped(name: str) -> bool:
    """Whether it is to be thrown away, after a second yes."""
    with st.popover(t("Descartar")):
        st.markdown(t("El borrador se borra. Lo que está en uso no cambia."))
        return st.button(t("Sí, descartar"), key=f"drop-{name}")


def _keep(name: str, keep: Keep) -> None:
    if (viewer := _session.known()) is not None and viewer.may("forms"):
        keep(_session.settings(), name, st.session_state[f"text-{name}"])


def _see(key: str, text: str) -> None:
    st.session_state[key] = text
