"""What a call's screen lets out as files; each is made when it is asked for, by whoever is signed in then."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from coach.exporters import of_call
from coach.store import Store
from coach.viewers import Viewer
from views import _session
from views._text import language, t


def downloads(recording_id: str) -> None:
    """The scorecard on paper, for everybody who may see it; all of it for programs, for who may export."""
    settings, tongue = _session.settings(), language()
    with st.container(horizontal=True, key="downloads"):
        _download(
            t("Descargar la evaluación (PDF)"),
            f"{recording_id}.pdf",
            lambda store, viewer: of_call.paper(store, settings, viewer, recording_id, tongue),
        )
        if _session.viewer().may("export"):
            _download(
                t("Descargar el resultado (JSON)"),
                f"{recording_id}.json",
                lambda store, viewer: of_call.data(store, settings, viewer, recording_id),
            )


def _download(label: str, name: str, make: Callable[[Store, Viewer], bytes]) -> None:
    st.download_button(
        label,
        _session.at_click(make),
        file_name=name,
        mime=f"application/{name.rpartition('.')[2]}",
        icon=":material/download:",
        on_click=_session.exported,
        args=(f"call:{name.rpartition('.')[0]}",),
    )
