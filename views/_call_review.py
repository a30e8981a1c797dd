"""Reviewing a call: begin, what each key did, finish, and what the review changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from coach import acts, drafts, releases, reviews, sheets, tasks
from coach.types import Call, CoachError
from rubrics.settled import Settled
from views import _blind, _call_parts, _call_privacy, _call_release, _call_sheet, _formats, _session
from views._text import counted, refusal, t
from views._widgets import plain

STATE = "review"  # in the session: what was done last, by call


def top(call: Call) -> None:
    """What stands between the call's header and its player for who reviews, confirms or releases."""
    viewer, open_ = _session.viewer(), is_open(call)
    _finished(call)
    if not open_ and (kept := _kept(call.id)).gone and kept.error:
        st.warning(plain(refusal(kept.error)))
    with st.container(horizontal=True, vertical_alignment="center", key="work"):
        if viewer.may("review") and viewer.user_id is not None:
            _leave(call) if open_ else _begin(call)
        if viewer.may("release") and not open_:
            _call_release.panel(call, main=_just_finished(call))


def is_open(call: Call) -> bool:
    """Whether the viewer has a review of the call under way."""
    viewer = _session.viewer()
    return viewer.may("review") and drafts.current(_session.store(), viewer, call.id) is not None


def sheet(call: Call) -> dict[str, Any] | None:
    """The viewer's open review for the player; None where none is open."""
    store, viewer = _session.store(), _session.viewer()
    if not is_open(call):
        return None
    said = sheets.sheet(store, _session.settings(), viewer, call.id, names=_call_privacy.names())
    kept = _kept(call.id)
    given = releases.of_call(store, viewer, call.id)
    return _call_sheet.sheet_data(
        call, said, ack=kept.last, error=refusal(kept.error) if kept.error else "", given=given
    )


def act(recording_id: str, sent: tuple[Any, ...]) -> None:
    """What came from the player, before anything is drawn again."""
    viewer = _session.known()
    if viewer is None or not sent:
        return
    before = _kept(recording_id)
    done = acts.run(_session.store(), viewer, recording_id, sent, after=before.last)
    # a second message may come before the first was drawn: what it asked for still holds
    done = replace(done, finish=done.finish or (before.finish and not done.error))
    st.session_state[STATE] = (recording_id, done)
    sealed = any(isinstance(one, dict) and one.get("do") == "seal" for one in sent)
    st.session_state["anew"] = sealed or done.gone


def finish_where_asked(call: Call) -> None:
    """End the review, or its blind part, where the person asked for it; then all the page is drawn again, as
    also where the review is no longer under way.
    """
    kept = _kept(call.id)
    if st.session_state.pop("anew", False):
        st.rerun()
    if not kept.finish:
        return
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    before, now = releases.standing(store, settings, viewer, call.id), datetime.now(UTC)
    seconds = draft.seconds if (draft := drafts.current(store, viewer, call.id)) else 0.0
    try:
        with st.spinner(t("Guardando la revisión…")):
            done = reviews.finish(store, settings, viewer, call.id, now=now)
    except CoachError as refused:
        st.session_state[STATE] = (call.id, acts.Done(kept.last, error=refused))
        return
    st.session_state[STATE] = (call.id, acts.Done(kept.last))
    st.session_state["ended"] = done.review_id
    st.session_state["finished"] = (call.id, now, _told(call, before, done, seconds))
    st.rerun()


def ended() -> int | None:
    """The number of the review that has just ended, once."""
    number: int | None = st.session_state.pop("ended", None)
    return number


def _told(call: Call, before: Settled | None, done: reviews.Finished, seconds: float) -> list[str]:
    """What finishing changed, in words."""
    now = done.standing
    lines = [t("Duró {time}.", time=_formats.duration(seconds))]
    was, is_ = (_formats.standing(one) for one in (before, now))
    if was != is_:
        lines.append(t("Puntos: de {was} a {now}.", was=was, now=is_))
    else:
        lines.append(t("Los puntos quedan igual: {now}.", now=is_))
    if now.void:
        lines.append(
            counted(
                len(now.confirmed),
                "La llamada queda anulada por una falta crítica.",
                "La llamada queda anulada por {n} faltas críticas.",
            )
        )
    if done.rescored:
        after = _session.store().call(call.id)  # held to today's form, which may have what that had not
        has = after.scorecard.verdicts | after.scorecard.pack_verdicts
        changed = [_call_parts.label_of(after if name in has else call, name) for name in done.changed]
        lines.append(
            t("Temple evaluó de nuevo con sus correcciones y cambió: {what}.", what=", ".join(changed))
            if changed
            else t("Temple evaluó de nuevo con sus correcciones: fuera de lo que usted decidió, nada cambió.")
        )
    if done.dropped:
        lines.append(counted(len(done.dropped), "{n} criterio ya no aplica.", "{n} criterios ya no aplican."))
    return lines


def _finished(call: Call) -> None:
    if not _just_finished(call):
        return
    with st.container(border=True, key="answer"):
        st.markdown(f"**{t('Revisión terminada.')}** {plain(' '.join(st.session_state['finished'][2]))}")
        if st.button(t("Siguiente de la cola"), icon=":material/arrow_forward:", type="tertiary"):
            take_next()


def take_next() -> None:
    """Claim the first call of the queue, begin its review and go there."""
    store, settings, viewer = _session.store(), _session.settings(), _session.viewer()
    row = tasks.claim_next(store, settings, viewer)
    if row is None:
        st.info(t("No queda nada en la cola para usted."))
        return
    begin(row.recording_id)


def begin(recording_id: str) -> None:
    """Open the viewer's review of a call and go there."""
    drafts.open_review(_session.store(), _session.settings(), _session.viewer(), recording_id)
    st.session_state.pop("finished", None)
    st.session_state.pop(STATE, None)
    st.switch_page("views/call.py", query_params={"call": recording_id})


def _just_finished(call: Call) -> bool:
    """In this window, and nobody has had a word since."""
    of, at, _ = st.session_state.get("finished", ("", None, ()))
    return bool(of == call.id and call.review is not None and call.review.reviewed_at == at)


def _begin(call: Call) -> None:
    if _blind.calibrated(call):
        _blind.together(call)
        return
    if _session.store().wordless(call.id):
        return  # above stands why
    main = not _just_finished(call)
    icon = ":material/rate_review:"
    if st.button(
        t("Revisar esta llamada"),
        key="begin",
        type="primary" if main else "tertiary",
        icon=icon,
        shortcut="v",
    ):
        begin(call.id)
    _blind.way_out(call)


def _leave(call: Call) -> None:
    """Throw the draft away: asked twice, as it cannot be undone."""
    st.caption(t("Todo se guarda mientras revisa: puede salir y seguir después."))
    with st.popover(t("Descartar"), type="tertiary", icon=":material/delete:"):
        st.markdown(t("Se borra lo que hizo en esta revisión y la llamada vuelve a la cola."))
        if st.button(t("Descartar la revisión"), key="discard"):
            drafts.discard(_session.store(), _session.viewer(), call.id)
            st.rerun()


def _kept(recording_id: str) -> acts.Done:
    """What was done last on this call in this session."""
    of, done = st.session_state.get(STATE, ("", None))
    return done if of == recording_id and done is not None else acts.Done(0)
