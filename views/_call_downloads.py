"""What a call's screen lets out as files; each is made when it is asked for, by whoever is signed in then."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import streamlit as st

from coach import account_file, muting
from coach.exporters import of_call
from coach.exporters.account_zip import account_zip
from coach.store import Store
from coach.types import Call
from coach.viewers import Viewer
from views import _session
from views._text import language, t


def downloads(call: Call) -> None:
    """The scorecard on paper, for everybody who may see it; all of it for programs, and the sound without
    names, for who may export. Names are in them only where that is asked for.
    """
    settings, tongue, viewer = _session.settings(), language(), _session.viewer()
    recording_id = call.id
    with st.container(horizontal=True, vertical_alignment="center", key="downloads"):
        named = viewer.may("names") and st.checkbox(t("Con nombres"), key="download-names")
        _download(
            t("Descargar la evaluación (PDF)"),
            f"{recording_id}.pdf",
            lambda store, viewer: of_call.paper(store, settings, viewer, recording_id, tongue, names=named),
        )
        if viewer.may("export"):
            _download(
                t("Descargar el resultado (JSON)"),
                f"{recording_id}.json",
                lambda store, viewer: of_call.data(store, settings, viewer, recording_id, names=named),
            )
            if call.transcript.recording.audio and call.transcript.turns:
                _download(
                    t("Descargar el audio sin datos personales"),
                    f"{recording_id}.flac",
                    lambda store, viewer: muting.muted(store, viewer, recording_id),
                )
        account = call.transcript.recording.account
        if account and account_file.may_file(viewer):
            _complaint(account)


def _complaint(account: str) -> None:
    """Everything about the call's account; the log gets its entries where it is made."""
    settings, tongue = _session.settings(), language()

    def make(store: Store, viewer: Viewer) -> bytes:
        out = BytesIO()
        account_zip(store, settings, viewer, account, out, language=tongue)
        return out.getvalue()

    st.download_button(
        t("Expediente de la cuenta (ZIP)"),
        _session.at_click(make),
        file_name="expediente.zip",
        mime="application/zip",
        icon=":material/folder_zip:",
        help=t("Todas las llamadas de la cuenta, siempre con nombres: es para el titular o la autoridad."),
        on_click="ignore",
    )


def _download(label: str, name: str, make: Callable[[Store, Viewer], bytes]) -> None:
    ending = name.rpartition(".")[2]
    st.download_button(
        label,
        _session.at_click(make),
        file_name=name,
        mime="audio/flac" if ending == "flac" else f"application/{ending}",
        icon=":material/download:",
        on_click="ignore",
    )
