"""The agent's own scorecard: what went well, two things to work on, read, an appeal where they disagree."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach import dispute_rows, disputes, releases
from coach.better_lines import better_line
from coach.frozen import signed_month_of
from coach.quotes import distinct
from coach.types import Call, CoachError
from rubrics.settled import Settled, to_work_on
from rubrics.types import Criterion, Verdict
from views import _address, _call_parts, _call_privacy, _formats, _session
from views._text import own, refusal, t
from views._widgets import plain

MOST = 2  # things to work on at a time: more would be none


def top(call: Call, now: Settled) -> None:
    """Kind words first, then what to work on, then «ya la leí»."""
    _words(call, now)
    with st.container(horizontal=True, vertical_alignment="center", key="work"):
        _acknowledge(call)
        until = _window(call)
        if until:
            st.caption(until)
    answers(call)


def appeal(call: Call) -> dict[str, Any] | None:
    """What may be disputed, for the player; None where nothing may."""
    store, viewer = _session.store(), _session.viewer()
    window = disputes.window(store, _session.settings(), viewer, call.id) if viewer.may("dispute") else None
    if window is None:
        return None
    draft = f"{viewer.user_id} {call.id}"  # the name under which the browser keeps a half-written one
    until = " ".join(part for part in (_window(call), _signed(call)) if part)
    return {"criteria": list(window.criteria), "until": until, "draft": draft}


def appealed(call: Call) -> dict[str, str]:
    """By criterion, what has come of its dispute so far: said where the criterion stands, closed or open."""
    words = {
        "open": t("apelación en curso"),
        "upheld": t("apelación aceptada"),
        "dismissed": t("se mantiene"),
        "void": t("apelación sin decisión"),
    }
    rows = dispute_rows.of_call(_session.store(), _session.viewer(), call.id)
    return {row.criterion: words[row.state] for row in rows if row.state in words}


def dispute(call: Call, word: dict[str, Any]) -> None:
    """Open the dispute that came from the player."""
    criterion, place = str(word.get("criterion", "")), word.get("quote")
    verdict = (call.scorecard.verdicts | call.scorecard.pack_verdicts).get(criterion)
    quotes = distinct(call.transcript, verdict.evidence) if verdict else []  # as the player showed them
    quote = quotes[place] if isinstance(place, int) and 0 <= place < len(quotes) else None
    reason = str(word.get("reason", ""))[:5000]
    try:
        disputes.dispute(
            _session.store(), _session.settings(), _session.viewer(), call.id, criterion, reason, quote
        )
    except CoachError as refused:
        st.error(plain(refusal(refused)))
        return
    label = _call_parts.label_of(call, criterion)
    _address.say_later(
        plain(t("Se envió su apelación de «{label}». La respuesta llega a Inicio.", label=label))
    )
    st.rerun()


def answers(call: Call) -> None:
    """Disputes of the call and what came of them."""
    rows = dispute_rows.of_call(_session.store(), _session.viewer(), call.id, names=_call_privacy.names())
    for row in rows:
        label = plain(_call_parts.label_of(call, row.criterion))
        with st.container(border=True, key=f"part-dispute-{row.id}"):
            st.markdown(f"**{_state(row.state)}** · {label}")
            st.caption(plain(t("Se apeló: {reason}", reason=row.reason)))
            if row.state == "open":
                by = t("Una segunda persona decide a más tardar el {day}.", day=_formats.day(row.due_on))
                st.caption(" ".join(part for part in (by, _signed(call)) if part))
                if _session.viewer().may("dispute") and st.button(
                    t("Retirar la apelación"), key=f"withdraw-{row.id}", type="tertiary"
                ):
                    disputes.withdraw(_session.store(), _session.viewer(), row.id)
                    st.rerun()
            elif row.state == "void":
                st.markdown(
                    t(
                        "La llamada se evaluó de nuevo y este criterio ya no se juzga en ella: nada cuenta "
                        "en contra por él, y no hay nada que decidir."
                    )
                )
            elif row.decision:
                st.markdown(plain(t("Respuesta: {why}", why=row.decision)))


def _state(state: str) -> str:
    return {
        "open": t("Apelación en curso"),
        "upheld": t("✓ Apelación aceptada"),
        "dismissed": t("– Se mantiene el veredicto"),
        "withdrawn": t("– Apelación retirada"),
        "void": t("– Apelación terminada sin decisión"),
    }[state]


def _words(call: Call, now: Settled) -> None:
    form, pack = _session.form(call), _session.pack(call)
    judged = now.verdicts | now.pack_verdicts
    criteria = [c for c in (*form.criteria, *(pack.rules if pack else ())) if c.id in judged]
    good = [c for c in criteria if judged[c.id].outcome == "pass" and not judged[c.id].needs_review]
    work = to_work_on(now, criteria)
    with st.container(border=True, key="answer"):
        if good:
            names = ", ".join(own(c.label, c.label_en) for c in good[:3])
            st.markdown(f"**{t('Lo que hizo bien')}**: {plain(names)}.")
        if not work:
            st.markdown(t("No hay nada que corregir en esta llamada. Gracias por atenderla así."))
            return
        st.markdown(f"**{t('Una cosa para trabajar') if len(work) == 1 else t('Dos cosas para trabajar')}**")
        for criterion in work[:MOST]:
            _to_work_on(call, criterion, judged[criterion.id])


def _to_work_on(call: Call, criterion: Criterion, verdict: Verdict) -> None:
    label = plain(own(criterion.label, criterion.label_en))
    told = [plain(verdict.told)]
    if verdict.evidence:
        told.append(_call_parts.in_context(call, distinct(call.transcript, verdict.evidence)[0]))
    if better := better_line(call, criterion, verdict, _session.settings()):
        told.append(f"{t('Mejor así:')} {plain(better)}")
    st.markdown(f"- **{label}**: {' '.join(told)}")


def _acknowledge(call: Call) -> None:
    store, viewer = _session.store(), _session.viewer()
    given = releases.of_call(store, viewer, call.id)
    if given is None:
        return
    if given.acknowledged_at:
        st.caption(t("Usted la leyó el {day}.", day=_address.day(given.acknowledged_at)))
    elif st.button(t("Ya la leí"), key="acknowledge", type="primary", icon=":material/done:"):
        try:
            releases.acknowledge(store, viewer, call.id)
        except CoachError as refused:
            st.error(plain(refusal(refused)))
            return
        st.rerun()


def _window(call: Call) -> str:
    found = disputes.window(_session.store(), _session.settings(), _session.viewer(), call.id)
    if found is None:
        return ""
    day = _formats.day(found.until)
    return t(
        "¿No está de acuerdo con un criterio? Ábralo y dígalo con «No estoy de acuerdo» hasta el {day}.",
        day=day,
    )


def _signed(call: Call) -> str:
    """What an appeal can still change of a month that is signed; "" where it is not, or does not count it."""
    if (month := signed_month_of(_session.store(), call.id)) is None:
        return ""
    return t(
        "El mes de esta llamada ({month}) ya está firmado y no cambia: si se acepta la apelación, los puntos "
        "se proponen como ajuste, que solo suma.",
        month=_formats.month(month),
    )
