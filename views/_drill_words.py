"""What the screens of practice say for ids: formats, their questions, the case, the debtor's side."""

from __future__ import annotations

import streamlit as st

from coach import third_person
from coach.attempt_body import Line
from coach.attempts import Kept
from coach.practicable import since
from drills.choices import reasons
from drills.drill import FormatId, Option
from drills.faults import faults
from drills.formats import FORMATS
from drills.scenario import Scenario
from nlp.labels import Text
from transcripts.types import Recording
from views import _formats, _labels, _session
from views._text import counted, own, t
from views._widgets import plain


def of(text: Text) -> str:
    """A text that is kept in both languages, in the session's."""
    return own(text.es, text.en)


def about(text: Text, name: str) -> str:
    """The same of what is said to who practises; about them, by `name`, where somebody else reads it."""
    return third_person.about(of(text), name) if name else of(text)


def format_name(name: FormatId) -> str:
    return of(FORMATS[name].label)


def format_help(name: FormatId) -> str:
    return of(FORMATS[name].help)


def question(kept: Kept) -> str:
    """What the exercise asks: the title of its screen."""
    if kept.source is not None and kept.format == "one_reply":
        return t("¿Qué diría aquí?")
    return {
        "one_reply": t("¿Qué responde?"),
        "choose_best": t("¿Cuál es la mejor respuesta?"),
        "rewrite_bad_line": t("¿Cómo lo diría usted?"),
        "three_escalating": t("¿Qué responde, tres veces seguidas?"),
        "whole_call": t("¿Cómo lleva esta llamada?"),
        "close_vague": t("¿Consigue cuánto, cuándo y cómo?"),
        "spot_fault": t("¿Qué turno falla?"),
        "third_party": t("¿Cómo deja el recado?"),
    }[kept.format]


def became(case: Scenario | None) -> str:
    """What became of a case after it was practised; nothing to say of one as it was, or of a real call."""
    if case is None:
        return ""
    told = {"same": "", "changed": t("versión anterior"), "gone": t("ya no se practica")}
    return told[since(_session.settings(), case)]


def case(recording: Recording) -> list[tuple[str, str]]:
    """The card of the case: names and values, without what is not known."""
    facts = recording.facts
    late = facts.days_late
    shown = [
        (t("Llama de"), recording.company or ""),
        (t("Persona"), recording.debtor_name or ""),
        (t("País"), _labels.country(recording.country) if recording.country else ""),
        (t("Producto"), facts.product or ""),
        (t("Acreedor"), facts.creditor or ""),
        (t("Debe"), _formats.money(facts.amount_due, facts.currency, recording.country)),
        (t("Atraso"), "" if late is None else lateness(late)),
        (t("Puede ofrecer"), "; ".join(facts.authorized_offers or ())),
    ]
    return [(name, value) for name, value in shown if value and value != _formats.NOTHING]


def case_card(recording: Recording, scenario: Scenario | None, name: FormatId) -> None:
    """The case as who answers has to know it, and when the exercise is won."""
    st.markdown(" · ".join(f"**{what}:** {plain(value)}" for what, value in case(recording)))
    if scenario is not None and (wanted := goal(scenario, name)):
        st.markdown(f"**{t('Meta')}:** {plain(wanted)}")


def lateness(days: int) -> str:
    if days > 0:
        return counted(days, "{n} día", "{n} días")
    return counted(-days, "vence en {n} día", "vence en {n} días") if days else t("vence hoy")


def goal(scenario: Scenario, name: FormatId) -> str:
    """When the exercise is won, by the scenario as the format plays it; empty where one reply is all, and
    nothing can be won.
    """
    if name == "three_escalating":
        return t(
            "Atender la objeción en al menos dos de las tres vueltas, y en una de ellas preguntar por ella o "
            "darle una salida."
        )
    if name not in ("whole_call", "close_vague", "third_party"):
        return ""
    wanted = scenario.success
    if name == "third_party" or wanted.kind == "third_party_message":
        return t("Dejar recado sin mencionar la deuda.")
    if wanted.kind == "callback":
        return t("Acordar qué sigue, sin pedir el pago.")
    sum_ = _formats.money(scenario.least, scenario.currency, scenario.country)
    if wanted.within_days is None:
        return t("Un compromiso de al menos {amount}.", amount=sum_)
    if wanted.within_days == 0:
        return t("Un compromiso de al menos {amount} para hoy mismo.", amount=sum_)
    return counted(
        wanted.within_days,
        "Un compromiso de al menos {amount} en {n} día.",
        "Un compromiso de al menos {amount} en {n} días.",
        amount=sum_,
    )


def speaker(line: Line, name: str = "") -> str:
    """`name`: whose exercise it is, where somebody else reads it."""
    if line.speaker == "agent":
        return (name or t("Usted")) if line.mine else t("Agente")
    return t("Otra persona") if line.speaker == "other" else t("Deudor")


def option(one: Option) -> str:
    """An option: a reason or a fault in the session's language; an answer as it would be said."""
    for text in (
        *(text for told in reasons().values() for text in told),
        *(f.label for f in faults().values()),
    ):
        if text.es == one.text:
            return of(text)
    return one.text


def passes(passed: int, times: int) -> str:
    """How often an asked exercise was passed, of how often it is asked for."""
    return counted(times, "lograda {passed} de {n} vez", "lograda {passed} de {n} veces", passed=passed)


def points(got: int, total: int) -> str:
    return t("{got} de {of}", got=got, of=total)
