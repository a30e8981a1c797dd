"""A coaching plan: for who coaches with its effect and what to do with it, for the agent as a card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

import streamlit as st

from coach import coaching, coaching_rows, notices
from coach.assignment_rows import Mine
from coach.coaching_effect import Effect, after_of
from coach.coaching_rows import Plan
from coach.own_calls import Person
from coach.practicable import can_be_done
from coach.viewers import Viewer
from coach.workdays import local_day
from views import _address, _agent_parts, _coaching_words, _drill_words, _formats, _pages, _session
from views._formats import SIGNS
from views._text import t
from views._widgets import plain


def coached(plan: Plan, of: Person) -> None:
    """An open plan on the sheet of a person, measured so far."""
    store, viewer, criteria = _session.store(), _session.viewer(), _session.criteria()
    with st.container(border=True, key=f"part-plan-{plan.id}"):
        _head(plan, of)
        _read(plan)
        effect = coaching.measured(store, viewer, criteria, plan)
        _effect(effect)
        _drills(coaching_rows.drills_of(store, viewer, plan))
        _quotes(viewer, plan)
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"row-plan-{plan.id}"):
            later = st.date_input(
                t("Volver a mirar el"), value=max(plan.follow_up_on, _coaching_words.workday(1)),
                format=_formats.date_field(), key=f"later-{plan.id}",
            )  # fmt: skip
            moved = isinstance(later, date) and later != plan.follow_up_on
            _address.offer(
                t("Cambiar el día"), partial(coaching.look_again, store, viewer, plan, later),
                key=f"move-{plan.id}", disabled=not moved,
            )  # fmt: skip
            close = partial(coaching.close, store, viewer, criteria, plan)
            _address.offer(
                t("Cerrar: se trabajó"), close, key=f"close-{plan.id}", icon=":material/check:",
                told=t("El plan está cerrado, con lo que se midió hasta hoy."),
            )  # fmt: skip
            _address.offer(
                t("Dejarlo"), partial(close, dropped=True), key=f"drop-{plan.id}", type="tertiary",
                told=t("El plan quedó sin terminar."),
            )  # fmt: skip


def past(plans: Sequence[Plan], of: Person) -> None:
    if not plans:
        return
    with st.expander(t("Planes cerrados")):
        for plan in plans:
            _closed(plan)
            _of_another(plan, of)


def _closed(plan: Plan) -> None:
    st.markdown(f"**{plain(_coaching_words.plan_name(plan))}** · {plain(plan.target)}")
    left = f" · {t('se dejó')}" if plan.state == "dropped" else ""
    st.caption(f"{_address.day(plan.created_at)} – {_address.day(plan.closed_at)}{left}")
    if plan.outcome is not None:
        _effect(plan.outcome)


def own() -> None:
    """The agent's own plans: the open ones as cards, then those that were closed."""
    store, viewer = _session.store(), _session.viewer()
    plans, over = coaching_rows.mine(store, viewer), coaching_rows.ended(store, viewer)
    if plans or over:
        st.subheader(t("Su plan"))
    for plan in plans:
        with st.container(border=True, key=f"part-plan-{plan.id}"):
            st.markdown(f"**{plain(_coaching_words.plan_name(plan))}**")
            st.markdown(plain(plan.target))
            day = _formats.day(plan.follow_up_on)
            by = f"{t('Acompaña {name}.', name=plain(plan.by))} " if plan.by else ""
            st.caption(by + t("Se vuelve a mirar el {day}. No entra en su puntaje ni en su paga.", day=day))
            _quotes(viewer, plan)
            waiting = coaching_rows.drills_of(store, viewer, plan)
            _drills(waiting)
            if any(not one.done for one in waiting):
                _coaching_words.practise()
            _say_read(plan)
    if over:
        with st.expander(t("Planes cerrados")):
            for plan in over:
                _closed(plan)
                if plan.by:
                    st.caption(t("Acompañó {name}.", name=plain(plan.by)))


def of_agent(viewer: Viewer, login: str) -> None:
    """On an agent's sheet: the own plans, or for who coaches the way to the plan."""
    if viewer.role == "agent":
        own()
    elif viewer.may("assign") and login and _pages.has(viewer.role, "coaching"):
        st.page_link(
            "views/coaching.py", label=t("Acompañar: planes y práctica"), icon=":material/support:",
            query_params={"agent": login},
        )  # fmt: skip


def _of_another(plan: Plan, of: Person) -> None:
    """Whose a plan is that was made by the login when it was another's."""
    if plan.user_id == of.user_id:
        return
    if plan.person:
        name = plain(plan.person)
        st.caption(t("Este plan es de {name}, que tuvo antes este usuario del marcador.", name=name))
    else:
        st.caption(t("Este plan se hizo cuando el usuario del marcador no era de nadie."))


def _head(plan: Plan, of: Person) -> None:
    st.markdown(f"**{plain(_coaching_words.plan_name(plan))}**")
    st.markdown(plain(plan.target))
    first, _ = after_of(local_day(plan.created_at), date.today())
    told = t(
        "Empezó el {day}; cuentan las llamadas desde el {first}",
        day=_address.day(plan.created_at), first=_formats.day(first),
    )  # fmt: skip
    if plan.by:
        told += " · " + t("por {name}", name=plain(plan.by))
    due = plan.follow_up_on <= date.today()
    look = t("volver a mirar el {day}", day=_formats.day(plan.follow_up_on))
    st.caption(f"{told} · {SIGNS['review'] + ' ' if due else ''}{look}")
    _of_another(plan, of)


def _read(plan: Plan) -> None:
    """To who coaches: whether its person said that they read it."""
    told, at = _answer(plan)
    if told:
        st.caption(t("Lo leyó el {day}.", day=_address.day(at)) if at else t("Todavía no dijo que lo leyó."))


def _say_read(plan: Plan) -> None:
    """To its person: the way to say so, until they did."""
    told, at = _answer(plan)
    if told and at is None:
        store, viewer = _session.store(), _session.viewer()
        act = partial(notices.read_of_practice, store, viewer, "plan_made", plan.id)
        _address.offer(t("Ya lo leí"), act, key=f"read-plan-{plan.id}", type="tertiary")


def _answer(plan: Plan) -> tuple[bool, datetime | None]:
    if plan.user_id is None:
        return False, None
    return notices.practice_read(_session.store(), plan.user_id, "plan_made", plan.id)


def _effect(effect: Effect) -> None:
    st.markdown(" ".join(filter(None, (_coaching_words.came(effect), _coaching_words.why(effect)))))
    said = f"{_coaching_words.before(effect)} {_coaching_words.since(effect)}"
    st.caption(f"{said} {_coaching_words.beside(effect)}")
    if any(effect.waiting):
        st.caption(_coaching_words.waiting(effect))
    if _coaching_words.weighed(effect):
        st.caption(
            t(
                "La diferencia compara cada país y tipo de llamada con los suyos, en la mezcla de ahora: por "
                "eso no es la resta de los porcentajes."
            )
        )


def _quotes(viewer: Viewer, plan: Plan) -> None:
    for one in coaching_rows.quoted(_session.store(), _session.settings(), viewer, plan):
        _agent_parts.quoted(one)


def _drills(asked: Sequence[Mine]) -> None:
    for one in asked:
        sign = f":green[{SIGNS['pass']}]" if one.done else f":gray[{SIGNS['na']}]"
        done = _drill_words.passes(min(one.passes, one.times), one.times)
        until = t("hasta el {day}", day=_formats.short_day(one.due_on))
        if not one.done and not can_be_done(_session.settings(), one.format, one.scenario, one.objection):
            until = t("ya no se puede hacer")
        st.markdown(f"{sign} {plain(_coaching_words.asked(one.title))} · {done} · {until}")
