"""The promise of a call as it stands, and a reviewer's word on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import streamlit as st

from coach import as_said, drafting, drafts, promises
from coach.types import Call, CoachError, PromiseKind, PromiseWord
from coach.written import read_amount
from nlp.types import Part, Promise
from transcripts.types import Quote
from views import _address, _call_parts, _formats, _session
from views._formats import SIGNS
from views._text import refusal, t
from views._widgets import plain

LONGEST_SUM = 24  # letters


def promise(call: Call, *, reviewing: bool = False) -> None:
    found = as_said.promised(call)
    with st.container(border=True, height="stretch", key="part-promise"):
        st.markdown(f"##### {t('Promesa de pago')}")
        if found is None and (left := promises.left_of(_session.store(), call.id)):
            st.markdown(f"### {plain(_call_parts.money_of(call, left))}")
            st.markdown(plain(_formats.day(left.due_on) if left.due_on else t("sin fecha firme")))
            if left.unsure:
                st.warning(t("No es seguro que se haya acordado."))
            st.caption(t("Sus palabras se borraron con el texto."))
        elif found is None:
            st.caption(plain(_withdrawn(call) or t("No hubo promesa en esta llamada.")))
        else:
            _told(call, found)
        if reviewing:
            _word(call, found)


def _told(call: Call, found: Promise) -> None:
    country = call.transcript.recording.country
    st.markdown(f"### {plain(_call_parts.money_of(call, found))}")
    st.markdown(plain(_call_parts.when(call, found)))
    for part in _formats.parts(found.later, found.currency, country):
        st.markdown(plain(part))
    if as_said.unsure(call):
        st.warning(t("No es seguro que se haya acordado. Escúchelo antes de contar con ella."))
    if not found.date_agrees:
        st.warning(t("Se dijo un día que no cuadra con el calendario. Escuche cuál se acordó."))
    _again(call, found)
    if found != call.findings.promise:
        st.caption(plain(t("Corregida en la revisión{who}.", who=_reviewer(call))))
    if call.findings.promise is not None:
        st.caption(plain(_call_parts.said(call, found.quote)))


def _withdrawn(call: Call) -> str:
    """That a review took away what Temple had heard; "" where nothing was heard."""
    heard = call.findings.promise
    if heard is None:
        return ""
    what = f"{_call_parts.money_of(call, heard)} · {_call_parts.when(call, heard)}"
    return t("Retirada en la revisión{who}. Temple había oído: {what}.", who=_reviewer(call), what=what)


def _reviewer(call: Call) -> str:
    """« de Ana, jue 8 oct 2026»; agents are told only that it was a review."""
    if call.review is None or _session.viewer().role == "agent":
        return ""
    word = call.review.promise
    who, at = (word.by, word.at) if word and word.at else (call.review.reviewer, call.review.reviewed_at)
    return t(" de {who}, {day}", who=who, day=_address.day(at))


def _again(call: Call, found: Promise) -> None:
    """Whether the agent repeated it and who promised confirmed it, as the verdict on that stands."""
    again = as_said.repeated(call, found)
    if again is None:
        return
    answered = _answered(another=as_said.by_another(call, found))
    said = again in as_said.ANSWERED
    _held(call, said, found.read_back, _repeated("said" if said else again))
    _held(call, again == "confirmed", found.confirmed, answered.get(again, answered["unconfirmed"]))


def _answered(*, another: bool) -> dict[str, str]:
    if another:
        return {
            "confirmed": t("Quien paga en lugar del deudor la confirmó"),
            "parting": t(
                "Quien paga en lugar del deudor solo agradeció o se despidió: falta oír si la confirmó"
            ),
            "unconfirmed": t("Quien paga en lugar del deudor no la confirmó"),
        }
    return {
        "confirmed": t("El deudor la confirmó"),
        "parting": t("El deudor solo agradeció o se despidió: falta oír si la confirmó"),
        "unconfirmed": t("El deudor no la confirmó"),
    }


def _repeated(again: str) -> str:
    """In the agent's own call, said to them."""
    if _session.viewer().role == "agent":
        own_words = {
            "said": t("Usted la repitió"),
            "otherwise": t("Usted la repitió con otro monto u otra fecha"),
            "in_part": t("Usted la repitió solo en parte"),
        }
        return own_words.get(again, t("Usted no la repitió"))
    words = {
        "said": t("El agente la repitió"),
        "otherwise": t("El agente la repitió con otro monto u otra fecha"),
        "in_part": t("El agente la repitió solo en parte"),
    }
    return words.get(again, t("El agente no la repitió"))


def _held(call: Call, held: bool, quote: Quote | None, text: str) -> None:
    sign = SIGNS["pass" if held else "na"]
    st.markdown(f"{sign} {text}", help=plain(_call_parts.said(call, quote)) if held and quote else None)


def _word(call: Call, found: Promise | None) -> None:
    """What the reviewer says of the promise; kept in the draft, in force once the review ends."""
    draft = drafts.current(_session.store(), _session.viewer(), call.id)
    said = draft.body.promise if draft else None
    if said is not None:
        st.info(plain(t("Al terminar su revisión: {what}.", what=_said(call, said))))
    with st.popover(t("Corregir la promesa"), icon=":material/edit:", type="tertiary"):
        try:
            word = _asked(call, found, said)
            if word is None:
                return
            drafting.promise(_session.store(), _session.viewer(), call.id, word)
        except CoachError as refused:
            st.error(plain(refusal(refused)))
            return
        st.rerun()


def _asked(call: Call, found: Promise | None, said: PromiseWord | None) -> PromiseWord | None:
    """The form, filled with what stands; what was given in it when it is sent."""
    held = said if said and said.kind == "corrected" else None
    given_before = held or found
    country = call.transcript.recording.country
    kinds: dict[PromiseKind, str] = {
        "corrected": t("Hubo promesa, y es esta"),
        "none": t("No la hubo"),
        "as_heard": t("Como la oyó Temple"),
    }
    before = given_before.amount if given_before else None
    with st.form(f"promise-{call.id}", border=False):
        kind = st.radio(t("Promesa"), list(kinds), format_func=kinds.__getitem__, key="promise-kind")
        written = _amount(t("Monto"), before, country, key="promise-amount")
        currency = st.text_input(
            t("Moneda"), (given_before.currency or "") if given_before else "", max_chars=3,
            key="promise-currency",
        )  # fmt: skip
        day = st.date_input(
            t("Fecha de pago"), held.due_on if held else found.date if found else None,
            format=_formats.date_field(), key="promise-day",
        )  # fmt: skip
        channel = st.text_input(
            t("Medio de pago"), (given_before.channel or "") if given_before else "", max_chars=60,
            key="promise-channel",
        )  # fmt: skip
        parts = _parts(_later_of(held, found), country)
        if not st.form_submit_button(t("Guardar"), type="primary"):
            return None
    if kind != "corrected":
        return PromiseWord(kind)
    amount = read_amount(written, before, country)
    later = tuple(_given(one, country) for one in parts if one.written.strip())
    return PromiseWord("corrected", amount, currency.upper(), day, channel, later)


def _amount(label: str, before: Decimal | None, country: str | None, *, key: str) -> str:
    """A field for a sum as the call's country writes it."""
    return st.text_input(label, _formats.amount(before, country), max_chars=LONGEST_SUM, key=key)


def _later_of(held: PromiseWord | None, found: Promise | None) -> tuple[Part, ...]:
    if held is not None and held.later is not None:
        return held.later
    return found.later if found else ()


@dataclass(frozen=True, slots=True)
class _Later:
    """A part as its fields hold it."""

    before: Decimal | None
    written: str
    day: date | None


def _parts(before: tuple[Part, ...], country: str | None) -> list[_Later]:
    """Fields for what is paid after the first part, and for one part more; one left without a sum is none."""
    st.caption(t("Si paga en partes, las que siguen a la primera. Una parte sin monto se quita."))
    told = []
    for at in range(len(before) + 1):
        known = before[at] if at < len(before) else None
        was = known.amount if known else None
        with st.container(horizontal=True):
            written = _amount(t("Monto de la parte {n}", n=at + 2), was, country, key=f"promise-part-{at}")
            day = st.date_input(
                t("Fecha de la parte {n}", n=at + 2), known.date if known else None,
                format=_formats.date_field(), key=f"promise-part-day-{at}",
            )  # fmt: skip
        told.append(_Later(was, written, day))
    return told


def _given(one: _Later, country: str | None) -> Part:
    """CoachError where it has no sum or no day."""
    amount = read_amount(one.written, one.before, country)
    if amount is None or one.day is None:
        raise CoachError("Falta la fecha de una parte.")
    return Part(amount, one.day)


def _said(call: Call, word: PromiseWord) -> str:
    if word.kind == "none":
        return t("no hubo promesa")
    if word.kind == "as_heard":
        return t("la promesa queda como la oyó Temple")
    money = _formats.money(word.amount, word.currency, call.transcript.recording.country)
    day = _formats.day(word.due_on) if word.due_on else t("sin fecha firme")
    later = _formats.parts(word.later or (), word.currency, call.transcript.recording.country)
    return " · ".join(part for part in (money, day, word.channel, *later) if part)
