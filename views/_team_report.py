"""The week of a team to take away: as a page and on paper, for who may export."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import streamlit as st

from coach import teams, weekly
from coach.exporters import of_week
from coach.exporters.of_week import MEDIA_TYPES, Kind
from coach.periods import Period
from coach.store import Store
from coach.teams import Team
from coach.viewers import Viewer
from coach.written import Language
from views import _formats, _session
from views._text import language, t

WEEKS = 8  # to choose among, the last that is over first


def report() -> None:
    """A menu with team and week; each file is made when it is asked for."""
    viewer = _session.viewer()
    known = teams.list_teams(_session.store(), viewer) if viewer.may("export") else ()
    if not known:
        return
    with st.popover(t("Reporte de la semana"), icon=":material/download:"):
        team = known[0]
        if len(known) > 1:
            team = st.selectbox(
                t("Equipo"), known, key="report-team", format_func=lambda one: f"{one.site} / {one.name}"
            )
        days = st.selectbox(t("Semana"), _weeks(), key="report-week", format_func=_named)
        names: dict[Kind, str] = {"html": t("Página (HTML)"), "pdf": t("Papel (PDF)")}
        for kind, label in names.items():
            st.download_button(
                label,
                _session.at_click(partial(_made, team=team, days=days, kind=kind, tongue=language())),
                file_name=of_week.file_name(team, days, kind),
                mime=MEDIA_TYPES[kind],
                key=f"report-{kind}",
                on_click="ignore",
                width="stretch",
            )


def _weeks() -> list[Period]:
    last = weekly.days_of("")
    back = (timedelta(days=7 * n) for n in range(WEEKS))
    return [Period(last.since - one, last.until - one) for one in back]


def _named(days: Period) -> str:
    first, last = _formats.day(days.since), _formats.day(days.until)
    return t("Semana {name}, del {first} al {last}", name=weekly.named(days), first=first, last=last)


def _made(store: Store, viewer: Viewer, team: Team, days: Period, kind: Kind, tongue: Language) -> bytes:
    return of_week.report(store, _session.settings(), viewer, team, days, kind, tongue)
