"""One person: what repeats in their calls with own words, a plan for it, and the plans there are."""

from __future__ import annotations

from datetime import date

import streamlit as st

from coach import coaching, coaching_effect
from coach.assignments import MOST_TIMES, Order
from coach.coaching import FOLLOW_UP, MOST_OPEN
from coach.coaching_rows import Sheet
from coach.patterns import LEAST_CALLS, Pattern
from coach.practicable import THIRD_ONLY, objections_for
from coach.types import CoachError
from drills.drill import FormatId
from views import _address, _agent_parts, _coaching_plan, _coaching_words, _formats, _labels, _session
from views._formats import SIGNS
from views._text import counted, refusal, t
from views._widgets import plain

MOST_NAMED = 5  # of what is left out


def show(login: str) -> None:
    viewer = _session.viewer()
    _coaching_words.back(t("Acompañar"))
    try:
        of = coaching.sheet(_session.store(), viewer, _session.criteria(), login)
    except CoachError as error:
        st.title(t("Acompañar"))
        st.info(plain(refusal(error)))
        return
    st.title(plain(t("¿En qué acompañar a {name}?", name=of.person.name)))
    _address.said()
    _answer(of)
    st.page_link(
        "views/agent.py", label=t("Todas sus cifras"), icon=":material/trending_up:",
        query_params={"agent": login},
    )  # fmt: skip
    open_plans = [plan for plan in of.plans if plan.state == "open"]
    if open_plans:
        st.subheader(t("Planes abiertos"))
        for plan in open_plans:
            _coaching_plan.coached(plan, of.person)
    full = len(of.open) >= MOST_OPEN
    if of.patterns:
        st.subheader(t("Lo que se repite"))
        for place, one in enumerate(of.patterns):
            _pattern(of, one, str(place), full=full)
    if of.others:
        _own_choice(of, full=full)
    _coaching_plan.past([plan for plan in of.plans if plan.state != "open"], of.person)


def _answer(of: Sheet) -> None:
    days = _formats.days(of.since, of.until)
    with st.container(border=True, key="answer"):
        _coaching_words.grave(of.login, "", of.grave)
        if of.patterns:
            names = "; ".join(
                f"**{plain(_coaching_words.topic(one.kind, one.name))}**" for one in of.patterns
            )
            said = t("Fuera de los planes abiertos, por dónde empezar: {names}.", names=names)
            st.markdown(said if of.open else t("Por dónde empezar: {names}.", names=names))
        else:
            more = t("Lo que se repite ya tiene un plan abierto; no hay nada más que se repita.")
            said = more if of.met else t("No hay nada que se repita.")
            st.markdown(f"{said} {t('Abajo puede elegir usted el tema.')}")
        _few(of)
        st.caption(f"{_formats.calls(of.calls)}, {days}.")


def _few(of: Sheet) -> None:
    """What is left out of the answer, as there are too few calls to tell."""
    if not of.few:
        return
    names = [
        f"{plain(_coaching_words.topic(one.kind, one.name))} ({_counts(one)})" for one in of.few[:MOST_NAMED]
    ]
    if (rest := len(of.few) - MOST_NAMED) > 0:
        names.append(counted(rest, "y {n} cosa más", "y {n} cosas más"))
    st.caption(
        t(
            "Con menos de {least} veredictos no se sabe si algo se repite. Fallan, pero quedan fuera: "
            "{names}.",
            least=LEAST_CALLS,
            names="; ".join(names),
        )
    )


def _own_choice(of: Sheet, *, full: bool) -> None:
    """A plan about whatever its maker chooses, whether it repeats or not."""
    st.subheader(t("Otro tema"))
    known = {one.id: one for one in of.others}
    chosen = st.selectbox(
        t("Tema del plan"), list(known), index=None, key=f"topic-{of.login}",
        placeholder=t("Elija un criterio o una objeción"),
        format_func=lambda name: _named(known[name]),
    )  # fmt: skip
    if chosen is not None:
        _pattern(of, known[chosen], "own", full=full)


def _named(one: Pattern) -> str:
    """A topic with what is known of it."""
    known = t("falla en {counts}", counts=_counts(one)) if one.share.n else t("sin veredictos")
    return f"{_coaching_words.topic(one.kind, one.name)} · {known}"


def _counts(one: Pattern) -> str:
    return t("{n} de {total}", n=one.share.hits, total=one.share.n)


def _pattern(of: Sheet, one: Pattern, place: str, *, full: bool) -> None:
    """One thing to work on, with own words, and the form of a plan."""
    found = coaching.quotes(_session.store(), _session.settings(), _session.viewer(), of, one)
    with st.container(border=True, key=f"part-pattern-{place}"):
        sign = f":red[{SIGNS['fail']}] " if one.critical or one.stands_out else ""
        st.markdown(f"{sign}**{plain(_coaching_words.topic(one.kind, one.name))}**")
        st.caption(_coaching_words.told(one))
        if one.rung:
            st.markdown(t("El paso que más falta: **{step}**.", step=_labels.step(one.rung, *of.countries)))
        for example in found:
            if one.kind != "objection":
                _agent_parts.missed(example)
                continue
            _agent_parts.quoted(example)
            if example.reason:
                st.caption(t("Respondió: «{words}»", words=plain(example.reason[:240])))
        if not found:
            st.caption(t("Ninguna llamada entregada lo muestra todavía."))
        if full:
            st.caption(t("Con {n} planes abiertos alcanza: cierre uno antes de empezar otro.", n=MOST_OPEN))
            return
        with st.expander(t("Hacer un plan"), icon=":material/add:"):
            _form(of, one)


def _form(of: Sheet, one: Pattern) -> None:
    key = f"{of.login}-{one.id}"
    target = st.text_area(
        t("Meta, en sus palabras"),
        value=_usual(one, of.countries),
        key=f"target-{key}",
        max_chars=coaching.LONGEST,
    )
    ends = st.date_input(
        t("Volver a mirar el"), value=_coaching_words.workday(FOLLOW_UP), format=_formats.date_field(),
        key=f"ends-{key}",
    )  # fmt: skip
    last = ends if isinstance(ends, date) else date.today()
    order = _drill(one, key, last) if of.person.user_id is not None else None
    if of.person.user_id is None:
        st.caption(t("Nadie de la casa tiene este usuario del marcador: el plan va sin práctica asignada."))
    if one.share.n < coaching_effect.LEAST_CALLS:
        st.caption(
            t(
                "De antes hay {n} que dicen algo de esto. Para saber después si el plan ayudó hacen falta "
                "{least} parecidas: puede que no se llegue a saber.",
                n=_formats.calls(one.share.n), least=coaching_effect.LEAST_CALLS,
            )
        )  # fmt: skip
    if st.button(t("Empezar el plan"), type="primary", key=f"begin-{key}") and isinstance(ends, date):
        store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
        if _address.attempt(
            coaching.begin, store, settings, viewer, _session.criteria(), of.login, one.id, target, ends,
            (order,) if order else (),
        ):  # fmt: skip
            _address.say_later(t("El plan está abierto y la persona ya lo ve."))
            st.rerun()


def _drill(one: Pattern, key: str, ends: date) -> Order | None:
    """A drill that goes with the plan, done by the day of looking again; none where nothing is chosen, or
    where no exercise marks what the plan is about.
    """
    known = _coaching_words.objections()
    if one.kind != "objection":
        known = {name: known[name] for name in objections_for(one.name)}
    if not known:
        st.caption(_unmarked(one))
        return None
    third = one.kind != "objection" and one.name in THIRD_ONLY
    if third:
        st.caption(t("Los ejercicios solo puntúan este criterio cuando contesta otra persona."))
    names = {"": t("Sin práctica"), **known}
    usual = one.name if one.kind == "objection" else ""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        objection = st.selectbox(
            t("Práctica sobre"), list(names), index=list(names).index(usual),
            format_func=names.__getitem__, key=f"objection-{key}",
        )  # fmt: skip
        kinds = _coaching_words.formats(objection)
        if objection and third:
            kinds = {"third_party": kinds["third_party"]}
        kind: FormatId = st.selectbox(
            t("Formato"), list(kinds), format_func=kinds.__getitem__, key=f"format-{key}",
            disabled=not objection,
        )  # fmt: skip
        times = st.number_input(
            t("Veces que debe lograrla"), 1, MOST_TIMES, 3, key=f"times-{key}", disabled=not objection
        )
    if not objection:
        return None
    due = min(_coaching_words.workday(14), ends)
    return Order(kind, due, objection=objection, times=int(times))


def _unmarked(one: Pattern) -> str:
    """What to do where no exercise fits."""
    said = t(
        "Los ejercicios no puntúan este criterio: el plan va sin práctica. Sirve escuchar juntos llamadas en "
        "que sí se cumple."
    )
    criterion = _session.criteria().get(one.name)
    line = plain(criterion.better) if criterion and criterion.better else ""
    return f"{said} {t('Una frase de la que partir: «{line}»', line=line)}" if line else said


def _usual(one: Pattern, countries: tuple[str, ...]) -> str:
    """A sentence to begin with."""
    if one.kind == "objection":
        step = _labels.step(one.rung, *countries) if one.rung else ""
        said = t("Que ante «{objection}» dé una respuesta que encaje", objection=_labels.finding(one.name))
        return f"{said}, {t('sin saltarse el paso de {step}', step=step)}." if step else f"{said}."
    return t("Que en sus llamadas se cumpla «{name}».", name=_coaching_words.topic(one.kind, one.name))
