"""The list of scenarios, drafts first, and the way to a new one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import scenarios
from coach.draft_files import Draft
from coach.retired import retired
from coach.scenarios import Known
from views import _address, _draft_text, _labels, _session
from views._formats import SIGNS
from views._list import listing
from views._text import counted, own, retold, t
from views._widgets import plain


def show(known: Mapping[str, Known]) -> None:
    settings = _session.settings()
    for trouble in scenarios.troubles(settings):
        st.error(t("Un escenario propio no se usa: {why}", why=plain(retold(trouble))))
    drafts = scenarios.drafts(settings)
    own_ones = sum(one.own for one in known.values())
    with st.container(border=True, key="answer"):
        told = (
            counted(own_ones, "con **{n}** propio", "con **{n}** propios")
            if own_ones
            else t("ninguno propio")
        )
        st.markdown(t("Hay **{n}** escenarios, {own}.", n=len(known), own=told))
    if drafts:
        st.subheader(t("Borradores"))
        columns = [{"id": "name", "label": t("Borrador")}, {"id": "state", "label": t("Cómo está")}]
        picked = listing(columns, [_draft(one) for one in drafts], key="drafts")
        if picked.row:
            _address.go(draft=picked.row)
    _new(known)
    shown = _filtered(known)
    if not shown:
        st.info(t("Ningún escenario cumple estos filtros. Quite alguno para ver más."))
        return
    picked = listing(_columns(), [_row(one) for one in shown], key="scenarios")
    if picked.row:
        _address.go(scenario=picked.row)
    _retired()


def _retired() -> None:
    """Those that were taken out of use, with the way back."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    gone = retired(settings)
    if not gone:
        return
    with st.expander(t("Retirados"), icon=":material/archive:"):
        for one in gone:
            with st.container(horizontal=True, vertical_alignment="center", key=f"row-retired-{one.id}"):
                name = own(one.case.title, one.case.title_en) if one.case else one.id
                st.markdown(f"{plain(name)} · {t('versión {n}', n=one.last.version)}")
                restore = partial(scenarios.restore, store, settings, one.id, one.last.digest, viewer)
                _address.offer(
                    t("Volver a usarlo"), restore, key=f"use-{one.id}",
                    told=t("El escenario vuelve a usarse."),
                )  # fmt: skip


def _filtered(known: Mapping[str, Known]) -> list[Known]:
    """Those of the country, level and objection asked for, the easy ones first."""
    cases = [one.scenario for one in known.values()]
    countries: dict[str, str] = {
        code: _labels.country(code) for code in sorted({case.country for case in cases})
    }
    levels = {str(n): t("nivel {n}", n=n) for n in range(1, 6)}
    met = sorted({name for case in cases for name in case.objections})
    objections = {name: _labels.finding(name) for name in met}
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        country = _address.choice(t("País"), "country", countries, t("Todos"), of="scenario")
        level = _address.choice(t("Dificultad"), "level", levels, t("Todos"), of="scenario")
        objection = _address.choice(t("Objeción"), "objection", objections, t("Todas"), of="scenario")
    found = [
        one
        for one in known.values()
        if country in ("", one.scenario.country)
        and level in ("", str(one.scenario.difficulty))
        and (not objection or objection in one.scenario.objections)
    ]
    return sorted(found, key=lambda one: (not one.own, one.scenario.difficulty, one.scenario.title))


def _columns() -> list[dict[str, Any]]:
    return [
        {"id": "title", "label": t("Escenario")},
        {"id": "country", "label": t("País")},
        {"id": "objections", "label": t("Objeciones"), "hide": True},
        {"id": "level", "label": t("Dificultad"), "align": "right"},
    ]


def _row(one: Known) -> dict[str, Any]:
    case = one.scenario
    return {
        "id": case.id,
        "href": f"scenarios?{urlencode({'scenario': case.id})}",
        "cells": {
            "title": {
                "text": own(case.title, case.title_en),
                "sub": t("propio") if one.own else case.product,
            },
            "country": {"text": _labels.country(case.country)},
            "objections": {"text": "", "chips": [_labels.finding(name) for name in case.objections[:2]]},
            "level": {"text": str(case.difficulty)},
        },
    }


def _draft(one: Draft) -> dict[str, Any]:
    n = len(scenarios.check(one.text, one.name))
    state = (
        {"text": counted(n, "{n} error", "{n} errores"), "sign": SIGNS["fail"], "kind": "fail"}
        if n
        else {"text": t("se puede publicar"), "sign": SIGNS["pass"], "kind": "pass"}
    )
    return {
        "id": one.name,
        "href": f"scenarios?{urlencode({'draft': one.name})}",
        "cells": {"name": {"text": one.name, "sub": _address.moment(one.changed_at)}, "state": state},
    }


def _new(known: Mapping[str, Known]) -> None:
    bases = {name: own(one.scenario.title, one.scenario.title_en) for name, one in known.items()}
    with st.popover(t("Nuevo escenario"), icon=":material/add:"):
        name = st.text_input(
            t("Nombre corto: minúsculas sin ñ ni acentos, números, «_»"), key="new-scenario", max_chars=40,
            placeholder="quincena_partida",
        ).strip()  # fmt: skip
        first = list(bases).index(_simplest(known))
        base = st.selectbox(
            t("A partir de"), list(bases), first, format_func=bases.__getitem__, key="new-base"
        )
        made = st.button(t("Crear el borrador")) and _draft_text.named(name)
        if made and _address.attempt(scenarios.begin_new, _session.settings(), _session.viewer(), name, base):
            _address.go(draft=name)


def _simplest(known: Mapping[str, Known]) -> str:
    """The easiest case of the house's country to write over, else of any."""
    country = _session.settings().country.upper()
    cases = [one.scenario for one in known.values()]
    return min(cases, key=lambda case: (case.country != country, case.difficulty, case.id)).id
