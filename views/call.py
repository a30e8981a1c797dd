"""One call: who and when, what came of it, and the player with transcript, rubric and replies."""

from __future__ import annotations

import json

import streamlit as st

from coach import listings, queries
from coach.results import result
from coach.rows import CallFilter
from coach.types import Call, CoachError
from views import _call_data, _call_parts, _session
from views._player import player
from views._text import t


def show() -> None:
    call = _asked_for()
    if call is None:
        return
    _session.saw(call)
    _steps(call)
    now = _session.standing(call)
    _call_parts.header(call, now)
    _call_parts.critical(call, now, _session.form(call), _session.pack(call))
    _player(call)
    with st.container(horizontal=True, key="parts"):
        _call_parts.promise(call)
        _call_parts.talk(call)
        _call_parts.trust(call)
    if _session.viewer().may("export"):
        _download(call)


def _download(call: Call) -> None:
    st.download_button(
        t("Descargar el resultado (JSON)"),
        json.dumps(result(call), ensure_ascii=False, indent=2),
        file_name=f"{call.id}.json",
        mime="application/json",
        icon=":material/download:",
        on_click=_session.exported,
        args=(f"call:{call.id}",),
    )


def _asked_for() -> Call | None:
    """The call that the address names; where there is none, a way back."""
    wanted = st.query_params.get("call", "")
    try:
        return queries.call(_session.store(), _session.viewer(), wanted)
    except CoachError as error:
        st.title(t("Llamada"))
        st.info(str(error) if wanted else t("Elija una llamada en la lista."))
        st.page_link("views/calls.py", label=t("Volver a la lista"), icon=":material/arrow_back:")
        return None


def _steps(call: Call) -> None:
    """Back to the list, and on along it."""
    which, sort = st.session_state.get("list", (CallFilter(), listings.ATTENTION))
    near = listings.around(_session.store(), _session.viewer(), call.id, which, sort=sort)
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="steps"
    ):
        st.page_link("views/calls.py", label=t("Llamadas"), icon=":material/arrow_back:")
        with st.container(horizontal=True, horizontal_alignment="right"):
            before = st.button(
                t("Anterior"), disabled=near.before is None, type="tertiary", icon=":material/chevron_left:"
            )
            after = st.button(
                t("Siguiente"), disabled=near.after is None, type="tertiary", icon=":material/chevron_right:"
            )
    target = near.before if before else near.after if after else None
    if target:
        st.query_params["call"] = target
        st.query_params.pop("turn", None)
        st.rerun()


@st.fragment
def _player(call: Call) -> None:
    """In a fragment: a click on a line sends the line's number, not the whole page again."""
    _session.viewer()
    form, pack = _session.form(call), _session.pack(call)
    data = _call_data.player_data(call, form, _session.suggestions(call), turn=_turn(call), pack=pack)
    picked = player(data, key=f"player-{call.id}")
    if picked is not None:
        st.query_params["turn"] = str(picked)


def _turn(call: Call) -> int | None:
    """The turn that a shared address points to."""
    written = st.query_params.get("turn", "")
    return int(written) if written.isdigit() and int(written) < len(call.transcript.turns) else None


show()
