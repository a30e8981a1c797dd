"""A team's week in words: the same sections for the page and for the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach import weekly
from coach.exporters.figures import names, percent, share, shared, trend_note
from coach.exporters.speak import Speak
from coach.exporters.words import day
from coach.kappa import Share
from coach.ledger import LedgerSummary
from coach.team_figures import LEAST_TO_WORK_ON, Change
from coach.weekly import LostHere, Week
from coach.written import LEAST_OF_MARGIN, Language, decimal, mean, money


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A title, then sentences, a table, quotes. `tone` is «fail» where something critical waits."""

    title: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
    quotes: tuple[tuple[str, str], ...] = ()  # the words, and where they are from
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Story:
    title: str
    subtitle: str
    figures: tuple[Figure, ...]
    trend_title: str
    trend_note: str
    sections: tuple[Section, ...]
    foot: str


def story(week: Week, language: Language = "es") -> Story:
    """Everything that the report says, in the language."""
    speak = Speak(language)
    first, last = day(week.days.since, language), day(week.days.until, language)
    name = weekly.named(week.days)
    return Story(
        speak("Semana del equipo {team}", "The week of team {team}", team=week.team),
        f"{week.site} · {name} · {first} – {last}",
        tuple(_figures(week, speak)),
        speak("Puntos por semana", "Points by week"),
        trend_note(week.editions, speak),
        tuple(_sections(week, speak)),
        f"{week.team} · {name}",
    )


def _figures(week: Week, speak: Speak) -> Iterator[Figure]:
    calls = speak("{n} evaluables", "{n} can be judged", n=week.now.evaluable)
    yield Figure(speak("Llamadas", "Calls"), str(week.now.calls), calls)
    n = week.now.points.n  # of few the mean stands bare, and would look the surer
    only = speak("solo ", "only ") if n < LEAST_OF_MARGIN else ""
    before = mean(week.before.points)
    stands = speak("{o}{n} llamadas · antes {m}", "{o}{n} calls · before {m}", o=only, n=n, m=before)
    yield Figure(speak("Calidad, de 100", "Quality, of 100"), mean(week.now.points), stands)
    kept = _kept(week.due)
    fallen = speak("de {n} vencidas con pagos conocidos", "of {n} due with known payments", n=kept.n)
    yield Figure(speak("Promesas cumplidas", "Promises kept"), share(kept) if kept.n else "—", fallen)
    waits = week.to_confirm + week.open_cases
    both = speak(
        "{a} de esta semana por confirmar, {b} de cualquiera por cerrar",
        "{a} of this week to confirm, {b} of any to close",
        a=week.to_confirm,
        b=week.open_cases,
    )
    yield Figure(speak("Casos críticos", "Critical cases"), str(waits), both)


def _sections(week: Week, speak: Speak) -> Iterator[Section]:
    if not week.now.calls:
        none = speak(
            "Esta semana el equipo no tiene llamadas evaluadas.", "This week the team has no judged calls."
        )
        yield Section(speak("Sin llamadas", "No calls"), (none,))
    else:
        yield _coach_first(week, speak)
        yield _changed(week, speak)
        yield _lost(week, speak)
        yield _met(week, speak)
    yield _promises(week, speak)
    yield _criticals(week, speak)
    if week.now.calls:
        yield _unreviewed(week, speak)


def _coach_first(week: Week, speak: Speak) -> Section:
    lines = []
    if week.lost:
        one = week.lost[0].lost
        lines.append(
            speak(
                "Conviene trabajar primero «{name}»: se cumple en {share}.",
                "It is best to work first on “{name}”: it is met in {share}.",
                name=speak.label(one.criterion),
                share=shared(one.share, speak),
            )
        )
        if one.criterion.better:
            lines.append(speak("Mejor así: {text}", "Better: {text}", text=one.criterion.better))
    else:
        lines.append(
            speak(
                "Ningún criterio destaca: faltan llamadas juzgadas (desde {n}), o casi todo se cumple.",
                "No criterion stands out: too few calls were judged (from {n} on), or nearly all is met.",
                n=LEAST_TO_WORK_ON,
            )
        )
    if week.first:
        who = names(week.first)
        lines.append(
            speak(
                "Con quién: {who}. Su intervalo completo queda bajo el promedio del equipo.",
                "With whom: {who}. The whole interval lies below the team's mean.",
                who=who,
            )
        )
    else:
        lines.append(
            speak(
                "Nadie queda claramente bajo el promedio: las diferencias caben en el azar.",
                "Nobody is clearly below the mean: the differences fit into chance.",
            )
        )
    return Section(speak("Qué acompañar primero", "What to coach first"), tuple(lines))


def _changed(week: Week, speak: Speak) -> Section:
    title = speak("Qué subió y qué bajó", "What went up and what went down")
    if not week.changes:
        none = speak(
            "Frente a la semana anterior no hay cambios claros.", "There is no clear change since last week."
        )
        return Section(title, (none,))
    return Section(title, tuple(_change(one, speak) for one in week.changes[:4]))


def _change(one: Change, speak: Speak) -> str:
    up = one.points > 0
    return speak(
        "{way} {name}: de {then} a {now} ({a} y {b} llamadas).",
        "{way} {name}: from {then} to {now} ({a} and {b} calls).",
        way=speak("Sube", "Up:") if up else speak("Baja", "Down:"),
        name=speak.label(one.criterion),
        then=share(one.before),
        now=share(one.now),
        a=one.before.n,
        b=one.now.n,
    )


def _lost(week: Week, speak: Speak) -> Section:
    title = speak("Dónde se pierden puntos", "Where points are lost")
    if not week.lost:
        return Section(title, (speak("En nada que destaque.", "Nowhere that stands out."),))
    head = (
        speak("Criterio", "Criterion"),
        speak("Se cumple", "Met"),
        speak("Intervalo 95 %", "95 % interval"),
        speak("Llamadas", "Calls"),
        speak("Puntos por llamada", "Points a call"),
    )
    rows = tuple(
        (
            speak.label(one.lost.criterion),
            share(one.lost.share),
            f"{percent(one.lost.share.low)}–{percent(one.lost.share.high)} %",
            str(one.lost.share.n),
            decimal(-one.lost.points, 1, speak.language, None),
        )
        for one in week.lost
    )
    quotes = tuple(quote for one in week.lost for quote in _quote(one, speak))
    return Section(title, (), Table(head, rows), quotes)


def _quote(one: LostHere, speak: Speak) -> Iterator[tuple[str, str]]:
    if one.said is not None:
        when = day(one.said.day, speak.language)
        yield f"«{one.said.text}»", f"{speak.label(one.lost.criterion)} · {when} · {one.said.recording_id}"


def _met(week: Week, speak: Speak) -> Section:
    title = speak("Objeciones y cómo se resuelven", "Objections and how they are met")
    if not week.met:
        return Section(title, (speak("No se oyó ninguna objeción.", "No objection was heard."),))
    head = (
        speak("Objeción", "Objection"),
        speak("Llamadas", "Calls"),
        speak("Respuesta que encaja", "Answered fittingly"),
        speak("Cuando se pudo", "Where possible"),
    )
    rows = tuple(
        (
            speak.objection(row.objection),
            f"{row.calls.hits} ({share(row.calls)})",
            share(row.resolved) if row.resolved.n else "—",
            str(row.resolved.n),
        )
        for row in week.met
    )
    return Section(title, (), Table(head, rows))


def _promises(week: Week, speak: Speak) -> Section:
    states = week.due.states
    lines = [
        speak(
            "Promesas firmes logradas esta semana: {n}.", "Firm promises agreed this week: {n}.", n=week.made
        ),
        speak(
            "Con fecha en esta semana: {kept} cumplidas, {partial} en parte, {broken} incumplidas, {open} "
            "aún en plazo, {unknown} sin datos de pagos.",
            "Due this week: {kept} kept, {partial} in part, {broken} broken, {open} still in time, {unknown} "
            "without data of payments.",
            kept=states["kept"],
            partial=states["partial"],
            broken=states["broken"],
            open=states["pending"] + states["due"],
            unknown=states["unknown"],
        ),
    ]
    for one in week.due.kept:
        paid, promised = (money(sum_, one.currency or None, None) for sum_ in (one.paid, one.promised))
        lines.append(
            speak(
                "Pagado: {paid} de {promised}.", "Paid: {paid} of {promised}.", paid=paid, promised=promised
            )
        )
    if week.due.not_read_back:
        lines.append(
            speak(
                "Sin repetir el acuerdo al cerrar: {n}.",
                "Closed without reading the agreement back: {n}.",
                n=week.due.not_read_back,
            )
        )
    return Section(speak("Promesas de pago", "Promises to pay"), tuple(lines))


def _criticals(week: Week, speak: Speak) -> Section:
    title = speak("Casos críticos que esperan", "Critical cases that wait")
    if not week.to_confirm and not week.open_cases:
        return Section(title, (speak("Ninguno.", "None."),))
    lines = (
        speak(
            "Llamadas de esta semana con una falta crítica por confirmar: {n}. Hasta entonces no anula nada.",
            "Calls of this week with a critical failure to confirm: {n}. Until then it voids nothing.",
            n=week.to_confirm,
        ),
        speak(
            "Casos confirmados con algo por hacer: {n}.",
            "Confirmed cases with something left to do: {n}.",
            n=week.open_cases,
        ),
    )
    return Section(title, lines, tone="fail")


def _unreviewed(week: Week, speak: Speak) -> Section:
    title = speak("Todavía sin revisión", "No review yet")
    if not week.unreviewed:
        every = speak(
            "Cada agente tiene al menos una llamada revisada.", "Every agent has at least one reviewed call."
        )
        return Section(title, (every,))
    said = speak(
        "Con llamadas esta semana y ninguna revisada: {who}.",
        "With calls this week and none reviewed: {who}.",
        who=names(week.unreviewed),
    )
    return Section(title, (said,))


def _kept(due: LedgerSummary) -> Share:
    return Share(sum(one.share.hits for one in due.kept), sum(one.share.n for one in due.kept))
