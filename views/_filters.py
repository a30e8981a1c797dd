"""Which calls a screen shows: the same filters everywhere, kept in the address and in the session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from coach import blind, periods, search, teams
from coach.periods import Period
from coach.rows import UNASSIGNED, CallFilter, Choices
from coach.viewers import Viewer
from views import _formats, _labels, _session
from views._address import choice, first, words
from views._more_filters import MORE, more
from views._text import t
from views._widgets import keep_in_address, plain

DAYS = (date(2000, 1, 1), date(2100, 12, 31))  # not those of the calls: another team has others
MOST_SIDE_BY_SIDE = 6  # teams

# what the state filter offers, in the order it is shown; the words are in `_state`
STATES: dict[str, dict[str, Any]] = {
    "all": {},
    "review": {"needs_review": True},
    "critical": {"critical": True},
    "promise": {"promise": "firm"},
    "not_evaluable": {"evaluable": ("no",)},
}
FOR_OTHERS = ("review", "critical")  # states in which a call waits for who reviews


def call_filter(choices: Choices, *, states: bool) -> CallFilter:
    """The filters, the same for every screen: kept in the address, remembered while the session lasts.

    What the viewer is to judge blind is in no list and no figure. With `states`, also the words searched for,
    the state of the call, and what only a list can show.
    """
    state: dict[str, Any] = {}
    own = _session.viewer().role == "agent"  # all calls are theirs, and what waits for others is not told
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        named = _session.viewer().may("names")
        searched = t("palabras dichas, deudor, cuenta") if named else t("palabras dichas")
        text = words(t("Buscar"), "q", searched) if states else ""
        agent = "" if own else choice(t("Agente"), "agent", _people(choices), t("Todos"))
        countries = {code: _labels.country(code) for code in choices.countries}
        country = choice(t("País"), "country", countries, t("Todos"))
        since, until = _dates()
        rest = {} if states else more(choices, calls=False)
        if not states:
            _none_of(agent or country or since or any(rest.values()))
    if states:
        st.caption(
            t(
                "Entre comillas, las palabras seguidas y en ese orden, en cualquiera de sus formas: "
                '"no me alcanza" encuentra también «no me alcanzó».'
            )
        )
        with st.container(horizontal=True, vertical_alignment="center", key="narrow"):
            state = STATES[_state([name for name in STATES if not own or name not in FOR_OTHERS])]
            rest = more(choices, calls=True)
            _none_of(text or agent or country or since or state or any(rest.values()))
    if text.strip() and search.holds(text) is None:
        st.caption(t("{words}: no hay letras ni números que buscar. Se ven todas.", words=plain(text)))
    which = CallFilter(
        agents=(UNASSIGNED if agent == "-" else agent,) if agent else (),
        countries=(country,) if country else (),
        since=since,
        until=until,
        text=text,
        **state | {name: value for name, value in rest.items() if value},
    )
    return blind.without(_session.store(), _session.viewer(), which)


def none_found(which: CallFilter) -> str:
    """Why no call is shown: the words searched for, the filters, or both together."""
    if not which.text:
        return t("Ninguna llamada cumple estos filtros. Quite alguno para ver más.")
    words = plain(which.text)
    if which == CallFilter(text=which.text):
        return t("Ninguna llamada tiene lo que busca: {words}. Pruebe con otras palabras.", words=words)
    return t(
        "Ninguna llamada con estos filtros tiene lo que busca: {words}. Quite alguno o pruebe con otras "
        "palabras.",
        words=words,
    )


def _none_of(used: object) -> None:
    """One click that takes off every filter, where any is in use."""
    if used:
        st.button(
            t("Quitar todos los filtros"), key="filters-none", type="tertiary", on_click=_clear,
            icon=":material/filter_alt_off:",
        )  # fmt: skip


def _clear() -> None:
    empty: dict[str, Any] = {"days": [], "state": "all"}
    for name in ("q", "agent", "country", "days", "state", *MORE):
        if f"filter-{name}" in st.session_state:
            st.session_state[f"filter-{name}"] = empty.get(name, "")


def _people(choices: Choices) -> dict[str, str]:
    """Names by login; «-» stands for calls without a login, as an empty word cannot stand in an address."""
    nobody = {"-": t("sin asignar")} if choices.unassigned else {}
    return dict(choices.agents) | nobody


def team(viewer: Viewer) -> Viewer:
    """Whose eyes to look with: those of the lead of one team, chosen among several; else the viewer's own."""
    found = {str(one.id): one.name for one in teams.list_teams(_session.store(), viewer)}
    if len(found) < 2:
        return viewer
    key = first("team", lambda written: written if written in found else None)
    options = ["", *found]
    shown: dict[str, Any] = {
        "format_func": lambda option: found.get(option, t("Todos los equipos")),
        "key": key,
        "persist_state": "session",
        "label_visibility": "collapsed",
    }
    if len(found) <= MOST_SIDE_BY_SIDE:
        usual = None if key in st.session_state else ""
        chosen = st.segmented_control(t("Equipo"), options, default=usual, **shown)
    else:
        chosen = st.selectbox(t("Equipo"), options, **shown)
    keep_in_address("team", chosen or "")
    return teams.through(viewer, int(chosen)) if chosen else viewer


def days() -> tuple[date | None, date | None]:
    """First and last day asked for, by themselves."""
    return _dates()


def of_days(which: CallFilter, last: date) -> tuple[CallFilter, Period]:
    """The calls of the days asked for; without any, of the last weeks."""
    looked_at = periods.period(which, last)
    return looked_at.of(which), looked_at


def _state(offered: Sequence[str]) -> str:
    key = first("state", lambda written: written if written in offered else None)
    names = {
        "all": t("Todas"),
        "review": t("? Por revisar"),
        "critical": t("✕ Crítica por confirmar"),
        "promise": t("✓ Con promesa"),
        "not_evaluable": t("– No evaluables"),
    }
    chosen = st.segmented_control(
        t("Estado"),
        list(offered),
        default=None if key in st.session_state else "all",
        format_func=names.__getitem__,
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )
    keep_in_address("state", "" if chosen in (None, "all") else chosen)
    return chosen or "all"


def _dates() -> tuple[date | None, date | None]:
    """First and last day, both included; the second is missing while a person is still choosing."""
    key = first("days", _read_days)
    chosen = st.date_input(
        t("Fechas"),
        value=[],
        min_value=DAYS[0],
        max_value=DAYS[1],
        format=_formats.date_field(),
        key=key,
        persist_state="session",
    )
    days = [*chosen, None, None][:2] if isinstance(chosen, tuple) else [None, None]
    keep_in_address("days", "_".join(day.isoformat() for day in days if day))
    return days[0], days[1]


def _read_days(written: str) -> tuple[date, ...] | None:
    try:
        days = tuple(date.fromisoformat(day) for day in written.split("_"))
    except ValueError:
        return None
    return days if all(DAYS[0] <= day <= DAYS[1] for day in days) else None
