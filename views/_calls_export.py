"""The list as it is filtered, to take away: for spreadsheets and for programs."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coach.exporters.calls_table import MEDIA_TYPES, Kind, calls_table
from coach.rows import CallFilter
from coach.store import Store
from coach.viewers import Viewer
from coach.written import Language
from views import _session
from views._text import language, t


def downloads(which: CallFilter) -> None:
    """A menu of the three kinds of file; each is made when it is asked for."""
    tongue = language()
    names: dict[Kind, str] = {
        "xlsx": t("Libro de Excel"),
        "csv": t("Tabla CSV"),
        "jsonl": t("JSON, una por línea"),
    }
    with st.popover(t("Descargar la lista"), icon=":material/download:"):
        named = _session.viewer().may("names") and st.checkbox(t("Con nombres"), key="download-names")
        for kind, label in names.items():
            st.download_button(
                label,
                _session.at_click(partial(_made, which=which, kind=kind, tongue=tongue, named=named)),
                file_name=f"{t('llamadas')}.{kind}",
                mime=MEDIA_TYPES[kind],
                key=f"download-{kind}",
                on_click="ignore",
                width="stretch",
            )


def _made(
    store: Store, viewer: Viewer, which: CallFilter, kind: Kind, tongue: Language, *, named: bool
) -> bytes:
    return calls_table(store, _session.settings(), viewer, which, kind, tongue, names=named)
