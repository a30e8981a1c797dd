"""A team's week as a file, for who may see its figures; that it was taken out is in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from coach import audit, weekly
from coach.exporters.weekly_html import weekly_html
from coach.exporters.weekly_pdf import weekly_pdf
from coach.exporters.weekly_story import story
from coach.periods import Period
from coach.settings import Settings
from coach.store import Store
from coach.teams import Team
from coach.viewers import Viewer
from coach.written import Language

Kind = Literal["html", "pdf"]
MEDIA_TYPES: dict[Kind, str] = {"html": "text/html", "pdf": "application/pdf"}
WRITERS: dict[Kind, Callable[..., bytes]] = {"html": weekly_html, "pdf": weekly_pdf}


def report(
    store: Store,
    settings: Settings,
    viewer: Viewer,
    team: Team,
    days: Period,
    kind: Kind,
    language: Language = "es",
) -> bytes:
    """The report. CoachError where the viewer may not export or the team is not theirs."""
    viewer.require("export")
    found = weekly.week(store, settings, viewer, team, days)
    made = WRITERS[kind](story(found, language), found.trend, language, today=date.today())
    subject = f"team:{team.site}/{team.name}"
    audit.note(store, viewer, "export", subject, week=weekly.named(days), format=kind)
    return made


def file_name(team: Team, days: Period, kind: Kind, *, site: bool = False) -> str:
    """«norte-2026-W47.pdf»; with the site where several have a team of that name."""
    said = f"{team.site} {team.name}" if site else team.name
    safe = "-".join("".join(c if c.isalnum() else " " for c in said).split()).casefold()
    return f"{safe or team.id}-{weekly.named(days)}.{kind}"
