"""Figures as files write them: never a mean without its interval, never a share without what it is of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coach.exporters.speak import Speak
from coach.exporters.words import day
from coach.kappa import Share
from coach.written import Language, whole_percent

MOST_NAMES = 12


def names(known: tuple[str, ...]) -> str:
    shown = ", ".join(known[:MOST_NAMES])
    return shown if len(known) <= MOST_NAMES else f"{shown} (+{len(known) - MOST_NAMES})"


def percent(value: float) -> str:
    return str(whole_percent(value))


def share(held: Share) -> str:
    return f"{percent(held.value or 0.0)} %"


def shared(held: Share, speak: Speak) -> str:
    return speak(
        "{share} de {n} llamadas ({low}–{high} %)",
        "{share} of {n} calls ({low}–{high} %)",
        share=share(held),
        n=held.n,
        low=percent(held.low),
        high=percent(held.high),
    )


def made_on(today: date, language: Language) -> str:
    speak = Speak(language)
    return speak("Hecho el {day} con Temple", "Made on {day} with Temple", day=day(today, language))


def trend_note(editions: Sequence[str], speak: Speak) -> str:
    """What a trend of points shows; and that its calls were judged by these `editions`, if any."""
    drawn = speak(
        "El punto es el promedio; la banda, su intervalo del 95 %.",
        "The dot is the mean; the band its 95 % interval.",
    )
    if not editions:
        return drawn
    mixed = speak(
        "En esta semana y las anteriores hay llamadas evaluadas con versiones distintas de una misma pauta o "
        "de las mismas reglas: {names}. Sus puntos no se comparan entre sí.",
        "In this week and those before some calls were judged by different versions of one form or of the "
        "same rules: {names}. Their points cannot be compared.",
        names=", ".join(editions),
    )
    return f"{drawn} {mixed}"
