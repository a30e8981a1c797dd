"""The cards of the team's screen, and its map as a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach.attention import Attention
from coach.broken_rules import Broken
from coach.kappa import Share
from coach.periods import Period
from coach.picture import Cell, Picture
from coach.rows import AgentRow, Summary
from coach.team_figures import Change, Lost
from coach.viewers import Viewer
from rubrics.types import Copc, Criterion
from views import _formats, _labels, _pages
from views._formats import SIGNS
from views._text import own, t
from views._widgets import Figure, figures, plain

WHOLE = "*"  # the column of the whole team
MOST_AGENTS = 24  # side by side


def answer(lost: Sequence[Lost], groups: Attention, changed: Sequence[Change], looked_at: Period) -> None:
    """The answer before the map: what to work on, with whom to begin, what has changed."""
    with st.container(border=True, key="answer"):
        st.markdown(_work_on(lost))
        st.markdown(_with_whom(groups))
        st.markdown(_changed(changed))
        before = looked_at.before
        days = _formats.days(looked_at.since, looked_at.until)
        then = _formats.days(before.since, before.until)
        st.caption(t("Llamadas {days}; antes: {then}.", days=days, then=then))


def _work_on(lost: Sequence[Lost]) -> str:
    if not lost:
        return t("Todavía no hay un criterio que destaque: faltan llamadas juzgadas, o casi todo se cumple.")
    first, *rest = lost
    said = t("Conviene trabajar **{name}**: se cumple en {share}.", name=_name(first), share=_share(first))
    if not rest:
        return said
    more = "; ".join(f"{_name(one)}, {_formats.share(one.share)}" for one in rest)
    return f"{said} {t('Después, por los puntos que cuestan: {more}.', more=more)}"


def _with_whom(groups: Attention) -> str:
    if not groups.first:
        return t("Nadie queda claramente bajo el promedio del equipo: las diferencias caben en el azar.")
    names = ", ".join(plain(agent.agent) for agent in groups.first)
    return t("Conviene empezar por **{names}**: su intervalo completo queda bajo el promedio.", names=names)


def _changed(changed: Sequence[Change]) -> str:
    if not changed:
        return t("Frente al periodo anterior no hay cambios claros.")
    told = "; ".join(_change(one) for one in changed[:3])
    return t("Frente al periodo anterior {changes}.", changes=told)


def _change(one: Change) -> str:
    values = {
        "name": f"**{plain(own(one.criterion.label, one.criterion.label_en))}**",
        "then": _formats.share(one.before),
        "now": _formats.share(one.now),
    }
    if one.points > 0:
        return t("sube {name}, de {then} a {now}", **values)
    return t("baja {name}, de {then} a {now}", **values)


def _name(one: Lost) -> str:
    return plain(own(one.criterion.label, one.criterion.label_en))


def _share(one: Lost) -> str:
    return _formats.shared(one.share)


def onwards(viewer: Viewer) -> None:
    """What else there is on the same calls."""
    with st.container(horizontal=True):
        if _pages.has(viewer.role, "objections"):
            st.page_link("views/objections.py", label=t("Objeciones"), icon=":material/forum:")
        if _pages.has(viewer.role, "coaching"):
            st.page_link("views/coaching.py", label=t("Acompañar"), icon=":material/support:")
        if _pages.has(viewer.role, "promises"):
            st.page_link("views/promises.py", label=t("Promesas"), icon=":material/handshake:")


def numbers(team: Summary, before: Summary, seen: Picture) -> None:
    """Points, and the share of calls without an error of each kind."""
    points = team.points
    then = _formats.mean(before.points)
    shown = [
        Figure(
            t("Puntos"),
            _formats.mean(points),
            t("{calls}; antes {then}", calls=_formats.calls(points.n), then=then),
        )
    ]
    for kind, label in kinds().items():
        share = seen.copc[kind]
        stands = t("{interval} · {calls}", interval=_formats.interval(share), calls=_formats.calls(share.n))
        shown.append(Figure(label, _formats.share(share), stands if share.n else t("sin llamadas juzgadas")))
    figures(shown, key="figures")
    st.caption(
        t(
            "Sin error: parte de las llamadas sin ninguno de esa clase, con su intervalo. Lo que espera a "
            "una persona no cuenta."
        )
    )


def kinds() -> dict[Copc, str]:
    return {
        "customer": t("Sin error de usuario final"),
        "business": t("Sin error de negocio"),
        "compliance": t("Sin error de cumplimiento"),
    }


def columns(agents: Sequence[AgentRow]) -> list[dict[str, Any]]:
    heads = [
        {"id": one.login, "label": one.agent, "href": f"agent?{urlencode({'agent': one.login})}"}
        for one in agents[:MOST_AGENTS]
    ]
    return [{"id": "", "label": t("Criterio")}, {"id": WHOLE, "label": t("Todos")}, *heads]


def rows(
    seen: Picture, criteria: Mapping[str, Criterion], agents: Sequence[AgentRow]
) -> list[dict[str, Any]]:
    """A row for each criterion that was judged, under its group."""
    found: list[dict[str, Any]] = []
    of_agents = [(agent, seen.cells(agent.login)) for agent in agents[:MOST_AGENTS]]
    for group in dict.fromkeys(criterion.group for criterion in criteria.values()):
        mine = [one for one in criteria.values() if one.group == group and one.id in seen.criteria]
        for place, criterion in enumerate(mine):
            label = own(criterion.label, criterion.label_en)
            cells = {WHOLE: cell(seen.criteria[criterion.id], label, t("Todos"))}
            for agent, its in of_agents:
                if held := its.get(criterion.id):
                    cells[agent.login] = cell(held, label, agent.agent)
            head = {"group": _labels.group(group)} if place == 0 else {}
            found.append({"id": criterion.id, "label": label, "cells": cells, **head})
    return found


def law(broken: Sequence[Broken], agents: Sequence[AgentRow]) -> list[dict[str, Any]]:
    """A row for each rule of a country that somebody was found to break: only that is known of it."""
    shown = {agent.login for agent in agents[:MOST_AGENTS]}
    found: list[dict[str, Any]] = []
    for one in broken:
        held = {WHOLE: one.calls, **{login: n for login, n in one.by_login.items() if login in shown}}
        cells = {who: cell(Cell(Share(0, 0), n), "", "") for who, n in held.items()}
        label = own(one.rule.label, one.rule.label_en)
        head = {} if found else {"group": _labels.group(one.rule.group)}
        found.append({"id": one.rule.id, "label": label, "cells": cells, **head})
    return found


def cell(held: Cell, criterion: str, who: str) -> dict[str, Any]:
    """The share with its n; grey where it stands on too few calls; critical failures as signs."""
    drawn: dict[str, Any] = {"text": _formats.NOTHING}
    if held.share.n:
        drawn = {"text": _formats.share(held.share), "sub": str(held.share.n)}
        drawn["tip"] = f"{who} · {criterion}: {_formats.shared(held.share)}"
    if held.enough:
        drawn["shade"] = round(1 - (held.share.value or 0.0), 3)
    else:
        drawn["faint"] = True
    if held.confirmed:
        drawn |= {"sign": f"{SIGNS['fail']} {held.confirmed}", "kind": "fail"}
    elif held.to_confirm:
        drawn |= {"sign": f"{SIGNS['review']} {held.to_confirm}", "kind": "review"}
    return drawn


def nothing_yet(viewer: Viewer) -> None:
    with st.container(border=True, key="empty"):
        st.markdown(t("Aquí verá a sus agentes cuando haya llamadas evaluadas con el usuario del agente."))
        if viewer.may("upload"):
            st.page_link("views/upload.py", label=t("Subir grabaciones"), icon=":material/upload:")
