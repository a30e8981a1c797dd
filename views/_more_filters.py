"""The filters that are asked for now and then: behind one button, which says how many are in use."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach.rows import Choices
from views import _labels, _session
from views._address import choice
from views._text import own, t
from views._widgets import plain

OUTCOME = "outcome"
MORE = ("team", "campaign", "portfolio", "objection", "criterion", OUTCOME, "agreed", "sound")
_PLACE = "filter-"  # before a name: the widget's key, as `_address.first` gives it


def more(choices: Choices, *, calls: bool) -> dict[str, Any]:
    """Fields of `CallFilter`. With `calls`, also those that only a list of calls can show.

    What there is nothing to choose from is not offered.
    """
    offered = {name: options for name, options in _offered(choices, calls=calls).items() if options}
    if not offered:
        return {}
    n = sum(_value(name) in options for name, options in offered.items())
    label = t("Más filtros · {n}", n=n) if n else t("Más filtros")
    chosen: dict[str, str] = {}
    with st.popover(label, key="more", icon=":material/tune:", type="secondary" if n else "tertiary"):
        for name, options in offered.items():
            chosen[name] = choice(_label(name), name, options, _everyone(name))
            if name == "criterion" and chosen[name]:
                chosen[OUTCOME] = choice(t("Veredicto"), OUTCOME, _outcomes(), t("no cumple"))
        if n:
            st.button(t("Quitar estos filtros"), key="more-none", on_click=_clear, args=(tuple(offered),))
    if in_use := [_told(name, offered[name][value], chosen) for name, value in _used(chosen, offered)]:
        st.caption(plain(" · ".join(in_use)))
    return _fields(chosen)


def _used(chosen: dict[str, str], offered: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in chosen.items() if value and name in offered]


def _told(name: str, value: str, chosen: dict[str, str]) -> str:
    """What stands behind the button, in the open: «Sin amenazas: no cumple»."""
    if name != "criterion":
        return t("{label}: {value}", label=_label(name), value=value)
    outcome = _outcomes().get(chosen.get(OUTCOME, ""), t("no cumple"))
    return t("{label}: {value}", label=value, value=outcome)


def _fields(chosen: dict[str, str]) -> dict[str, Any]:
    criterion = chosen.get("criterion", "")
    return {
        "teams": tuple(int(team) for team in (chosen.get("team"),) if team),
        "campaigns": tuple(name for name in (chosen.get("campaign"),) if name),
        "portfolios": tuple(name for name in (chosen.get("portfolio"),) if name),
        "objections": tuple(name for name in (chosen.get("objection"),) if name),
        "criterion": criterion,
        "outcome": (chosen.get(OUTCOME) or "fail") if criterion else None,
        "promise": chosen.get("agreed") or None,
        "sound": chosen.get("sound") or None,
    }


def _offered(choices: Choices, *, calls: bool) -> dict[str, dict[str, str]]:
    """By name in the address: ids and what is read for them."""
    lists = {"campaign": choices.campaigns, "portfolio": choices.portfolios}
    offered = {name: {each: each for each in found} for name, found in lists.items()}
    if not calls:
        return offered
    teams = {str(number): name for number, name in choices.teams} if len(choices.teams) > 1 else {}
    known = _session.criteria()
    return {
        "team": teams,
        **offered,
        "objection": _by_label({name: _labels.finding(name) for name in choices.objections}),
        "criterion": {
            name: own(one.label, one.label_en) for name, one in known.items() if name in choices.criteria
        },
        "agreed": {
            "firm": t("Promesa firme"),
            "vague": t("Promesa por precisar"),
            "none": t("Sin promesa"),
        },
        "sound": {"heard": t("Con audio"), "read": t("Solo transcripción")},
    }


def _by_label(options: dict[str, str]) -> dict[str, str]:
    return dict(sorted(options.items(), key=lambda option: option[1].lower()))


def _outcomes() -> dict[str, str]:
    """«no cumple» stands for nothing chosen: it is what people look for."""
    return {"pass": _labels.outcome_name("pass"), "na": _labels.outcome_name("na")}


def _label(name: str) -> str:
    return {
        "team": t("Equipo"),
        "campaign": t("Campaña"),
        "portfolio": t("Cartera"),
        "objection": t("Objeción"),
        "criterion": t("Criterio") if _value(OUTCOME) in _outcomes() else t("Criterio que no se cumple"),
        "agreed": t("Promesa"),
        "sound": t("Audio"),
    }[name]


def _everyone(name: str) -> str:
    return t("Todos los equipos") if name == "team" else t("Cualquiera")


def _value(name: str) -> str:
    """What is chosen, before the widget is drawn: its own value, or what the address brings."""
    return str(st.session_state.get(f"{_PLACE}{name}", st.query_params.get(name, "")))


def _clear(names: tuple[str, ...]) -> None:
    for name in (*names, OUTCOME):
        st.session_state[f"{_PLACE}{name}"] = ""
