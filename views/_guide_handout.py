"""The guide to take away: to print and hand out, and as a table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coach.exporters import of_guide
from coach.exporters.of_guide import MEDIA_TYPES, Handout, Kind, Names
from coach.guide import Wanted
from coach.store import Store
from coach.viewers import Viewer
from coach.written import Language
from rubrics.playbook import SLOTS
from views import _labels, _session
from views._text import language, t


def handout(objection: str, wanted: Wanted) -> None:
    """A menu: what is on the screen as files, each made when it is asked for."""
    with st.popover(t("Descargar la guía"), icon=":material/download:"):
        its = asked(objection, wanted, language())
        kinds: dict[Kind, str] = {"html": t("Página para imprimir (HTML)"), "csv": t("Tabla CSV")}
        for kind, label in kinds.items():
            st.download_button(
                label,
                _session.at_click(partial(_made, asked=its, kind=kind)),
                file_name=of_guide.file_name(its, kind),
                mime=MEDIA_TYPES[kind],
                key=f"guide-{kind}",
                on_click="ignore",
                width="stretch",
            )


def asked(objection: str, wanted: Wanted, tongue: Language) -> Handout:
    """With the names as this screen says them, told now: the file is made where no screen is."""
    slots = {name: _labels.slot(name) for name in SLOTS}
    said = _labels.steps(), _labels.tones(), _labels.stages(), slots, _labels.countries_in(tongue)
    return Handout(objection, wanted, Names(*said), tongue)


def _made(store: Store, viewer: Viewer, asked: Handout, kind: Kind) -> bytes:
    return of_guide.handout(store, _session.settings(), viewer, asked, kind)
