"""A review under way: saved at every change, resumed, blind until it is sealed, carried over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from coach import drafting, drafts, reviews, sheets, tasks
from coach.draft_body import Draft
from coach.schema_work import tasks as table
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE, Viewer
from rubrics.types import Verdict
from tests.coach.review_people import NOW, judged_call, keep_call, person
from transcripts.types import TranscriptError


@pytest.fixture
def call(store: Store, settings: Settings) -> Call:
    return keep_call(store, settings)


def drawn(store: Store, *, blind: bool = False, recording_id: str = "pe-01") -> int:
    row = {
        "recording_id": recording_id, "agent_login": "rosa", "reason": "random", "probability": 0.5,
        "blind": blind, "state": "open", "created_at": NOW, "due_on": date(2026, 9, 18),
    }  # fmt: skip
    with store.writing() as connection:
        return int(connection.execute(insert(table).values(**row).returning(table.c.id)).scalar_one())


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def opened(store: Store, settings: Settings, viewer: Viewer) -> Draft:
    return drafts.open_review(store, settings, viewer, "pe-01", now=NOW)


def test_what_was_done_is_there_again(store: Store, settings: Settings, ana: Viewer, call: Call) -> None:
    opened(store, settings, ana)
    drafting.judge(store, ana, call.id, "empathy", "pass", "Sí lo reconoce.", now=NOW)
    drafting.relabel(store, ana, call.id, 3, "refusal", "no_money", now=NOW)
    drafting.comment(store, ana, call.id, 2, "Aquí convenía preguntar.", for_agent=True, now=NOW)
    drafting.note(store, ana, call.id, "Buena llamada.", now=NOW)
    drafting.correct(store, ana, call.id, 5, text="Sí, el viernes le pago.", now=NOW)
    body = opened(store, settings, ana).body
    assert [(one.criterion, one.outcome) for one in body.overrides] == [("empathy", "pass")]
    assert (body.relabels[0].turn, body.relabels[0].added) == (3, "no_money")
    assert (body.comments[0].text, body.comments[0].for_agent) == ("Aquí convenía preguntar.", True)
    assert (body.notes, body.edits[0].text) == ("Buena llamada.", "Sí, el viernes le pago.")


def test_an_objection_is_never_the_agents(store: Store, settings: Settings, ana: Viewer, call: Call) -> None:
    opened(store, settings, ana)
    agents = next(i for i, turn in enumerate(call.transcript.turns) if turn.speaker == "agent")
    with pytest.raises(CoachError, match="Ese turno es del agente"):
        drafting.relabel(store, ana, call.id, agents, None, "no_money", now=NOW)
    drafting.correct(store, ana, call.id, agents, speaker="other", now=NOW)
    kept = drafting.relabel(store, ana, call.id, agents, None, "no_money", now=NOW).body
    assert [one.added for one in kept.relabels] == ["no_money"]


def test_sides_that_are_swapped_decide_whose_objection_it_is(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    opened(store, settings, ana)
    debtors = next(i for i, turn in enumerate(call.transcript.turns) if turn.speaker == "debtor")
    drafting.swap(store, ana, call.id, now=NOW)
    with pytest.raises(CoachError, match="Ese turno es del agente"):
        drafting.relabel(store, ana, call.id, debtors, None, "refusal", now=NOW)


def test_every_change_can_be_undone(store: Store, settings: Settings, ana: Viewer, call: Call) -> None:
    fresh = opened(store, settings, ana).body
    for _ in range(2):
        drafting.relabel(store, ana, call.id, 3, None, "no_money", now=NOW)
        drafting.swap(store, ana, call.id, now=NOW)
    drafting.judge(store, ana, call.id, "empathy", "na", "Así lo oigo.", now=NOW)
    drafting.unjudge(store, ana, call.id, "empathy", now=NOW)
    drafting.comment(store, ana, call.id, 1, "x", now=NOW)
    drafting.comment(store, ana, call.id, 1, " ", now=NOW)
    drafting.correct(store, ana, call.id, 1, speaker="other", now=NOW)
    assert drafting.correct(store, ana, call.id, 1, now=NOW).body == fresh


def test_text_and_speaker_of_a_turn_are_kept_together(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    opened(store, settings, ana)
    drafting.correct(store, ana, call.id, 1, text="Sí, soy yo.", now=NOW)
    (edit,) = drafting.correct(store, ana, call.id, 1, speaker="other", now=NOW).body.edits
    assert (edit.text, edit.speaker) == ("Sí, soy yo.", "other")


def test_a_speaker_that_was_only_read_is_no_correction(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    opened(store, settings, ana)
    heard = call.transcript.turns[1].speaker
    (edit,) = drafting.correct(store, ana, call.id, 1, text="Sí, soy yo.", speaker=heard, now=NOW).body.edits
    assert (edit.text, edit.speaker) == ("Sí, soy yo.", None)
    drafting.correct(store, ana, call.id, 1, speaker="other", now=NOW)
    (edit,) = drafting.correct(store, ana, call.id, 1, speaker=heard, now=NOW).body.edits
    assert edit.speaker is None


def test_what_cannot_be_is_refused_and_nothing_is_lost(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    opened(store, settings, ana)
    drafting.note(store, ana, call.id, "Sigo.", now=NOW)
    for bad in (
        lambda: drafting.judge(store, ana, call.id, "no_such", "pass"),
        lambda: drafting.correct(store, ana, call.id, 99, text="x"),
        lambda: drafting.correct(store, ana, call.id, 1, text="  "),
        lambda: drafting.comment(store, ana, call.id, 99, "x"),
        lambda: drafting.relabel(store, ana, call.id, 3, "no_such", None),
        lambda: drafting.relabel(store, ana, call.id, 99, None, "no_money"),
        lambda: drafting.relabel(store, ana, call.id, 3, None, None),
    ):
        with pytest.raises((CoachError, TranscriptError)):
            bad()
    kept = drafts.current(store, ana, call.id)
    assert kept is not None
    assert kept.body.notes == "Sigo."


def test_pauses_are_no_work(store: Store, settings: Settings, ana: Viewer, call: Call) -> None:
    opened(store, settings, ana)
    drafts.touch(store, ana, call.id, now=after(1.5))
    drafts.touch(store, ana, call.id, now=after(30))
    assert drafts.touch(store, ana, call.id, now=after(31)).seconds == 150


@given(st.lists(st.floats(-1e6, 1e6), max_size=20))
def test_seconds_only_grow_and_never_past_the_clock(steps: list[float]) -> None:
    seconds, at = 0.0, NOW
    for step in steps:
        then = at + timedelta(seconds=step)
        now = drafts.worked(seconds, at, then)
        assert seconds <= now <= seconds + drafts.PAUSE_S
        seconds, at = now, max(at, then)
    assert seconds <= (at - NOW).total_seconds() + 1e-3


def test_a_review_takes_its_task_and_work_keeps_the_claim(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer, call: Call
) -> None:
    task = drawn(store)
    opened(store, settings, ana)
    assert tasks.queue(store, settings, ana, now=NOW).rows[0].assignee == "Ana"
    with pytest.raises(CoachError, match="la tiene Ana"):
        opened(store, settings, luz)
    drafts.touch(store, ana, call.id, now=NOW + timedelta(hours=20))
    with pytest.raises(CoachError, match="la tiene Ana"):
        tasks.claim(store, settings, luz, task, now=NOW + timedelta(hours=30))
    drafts.discard(store, ana, call.id)
    assert drafts.current(store, ana, call.id) is None
    assert tasks.claim(store, settings, luz, task, now=NOW).assignee == "Luz"


def test_nobody_reviews_a_call_of_their_own(store: Store, settings: Settings, call: Call) -> None:
    rosa = person(store, "rosa", "agent")
    both = replace(rosa, role="analyst")
    with pytest.raises(CoachError, match="llamada suya"):
        opened(store, settings, both)


@pytest.mark.parametrize("role", ["agent", "lead", "auditor"])
def test_who_may_not_review_opens_nothing(store: Store, settings: Settings, call: Call, role: str) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        opened(store, settings, person(store, "x", role))  # type: ignore[arg-type]


def test_a_draft_is_its_persons_own(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer, call: Call
) -> None:
    opened(store, settings, ana)
    with pytest.raises(CoachError, match="no la tiene en revisión"):
        drafting.note(store, luz, call.id, "x")
    with pytest.raises(CoachError, match="Entre con su cuenta"):
        opened(store, settings, HOUSE)


# blind


def judge_all(store: Store, viewer: Viewer, call: Call, *, fail: tuple[str, ...] = ()) -> None:
    for name in call.scorecard.verdicts:
        drafting.judge(store, viewer, call.id, name, "fail" if name in fail else "pass", now=NOW)


def test_a_blind_review_hides_the_machine_until_all_is_judged(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    task = drawn(store, blind=True)
    tasks.claim(store, settings, ana, task, now=NOW)
    assert drafts.hides(store, ana, call.id)
    assert opened(store, settings, ana).hides
    shown = sheets.sheet(store, settings, ana, call.id)
    assert {(row.outcome, row.reason, row.evidence, row.waits) for row in shown.rows} == {
        (None, "", (), False)
    }
    assert shown.missing == len(call.scorecard.verdicts)
    with pytest.raises(CoachError, match="Faltan"):
        drafting.seal(store, ana, call.id)
    with pytest.raises(CoachError, match="a ciegas"):
        reviews.override(store, settings, ana, call.id, "empathy", "pass", "Así lo oigo.")
    judge_all(store, ana, call)
    assert not drafting.seal(store, ana, call.id).hides
    assert not drafts.hides(store, ana, call.id)
    differing = [row for row in sheets.sheet(store, settings, ana, call.id).rows if row.differs]
    assert [(row.criterion, row.outcome) for row in differing] == [("empathy", "fail")]


def test_what_was_sealed_stays_whatever_is_said_later(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    drawn(store, blind=True)
    opened(store, settings, ana)
    judge_all(store, ana, call)
    sealed = drafting.seal(store, ana, call.id).body.sealed
    drafting.judge(store, ana, call.id, "empathy", "fail")
    assert drafting.seal(store, ana, call.id).body.sealed == sealed


def test_nobody_is_asked_about_a_criterion_that_the_law_replaces(
    store: Store, settings: Settings, ana: Viewer
) -> None:
    call = judged_call(settings, failed=("asks_reason",))
    call = replace(call, scorecard=replace(call.scorecard, replaced=("asks_reason",)))
    store.add_recording(call.transcript.recording)
    store.save(call, "nlp-1")
    drawn(store, blind=True)
    opened(store, settings, ana)
    shown = sheets.sheet(store, settings, ana, call.id)
    assert "asks_reason" not in {row.criterion for row in shown.rows}
    with pytest.raises(CoachError, match="asks_reason"):
        drafting.judge(store, ana, call.id, "asks_reason", "fail", now=NOW)
    for name in call.scorecard.shown:
        drafting.judge(store, ana, call.id, name, call.scorecard.verdicts[name].outcome, now=NOW)
    assert not drafting.seal(store, ana, call.id).hides
    assert reviews.finish(store, settings, ana, call.id).standing.verdicts["asks_reason"].outcome == "na"


# the screen


def test_what_needs_a_person_comes_first(store: Store, settings: Settings, ana: Viewer) -> None:
    call = keep_call(store, settings, failed=("empathy", "no_threats"), waiting=("asks_reason",))
    opened(store, settings, ana)
    rows = sheets.sheet(store, settings, ana, call.id).rows
    assert [row.criterion for row in rows if row.first] == ["no_threats", "empathy", "asks_reason"]
    assert rows[0].critical
    assert {row.criterion for row in rows} == set(call.scorecard.verdicts)


# the machine judges again meanwhile


@pytest.fixture
def renew(store: Store, settings: Settings) -> Callable[..., None]:
    """The machine judges again: a criterion is gone, a turn is heard otherwise."""

    def judge_again(call: Call, *, without: str = "", lines: str | None = None) -> None:
        new = judged_call(settings, call.id, **({"lines": lines} if lines else {}))
        verdicts = {n: v for n, v in new.scorecard.verdicts.items() if n != without}
        verdicts["empathy"] = Verdict("pass", "Ahora sí.")
        store.save(replace(new, scorecard=replace(new.scorecard, verdicts=verdicts)), "nlp-2")

    return judge_again


def test_a_draft_goes_on_where_the_machine_judged_again(
    store: Store, settings: Settings, ana: Viewer, call: Call, renew: Callable[..., None]
) -> None:
    opened(store, settings, ana)
    drafting.judge(store, ana, call.id, "empathy", "pass", "Así lo oigo.", now=NOW)
    drafting.judge(store, ana, call.id, "concise", "fail", "Así lo oigo.", now=NOW)
    drafting.correct(store, ana, call.id, 1, text="Sí, con él mismo.", now=NOW)
    drafting.correct(store, ana, call.id, 3, text="No tengo.", now=NOW)
    heard = "A: Buenos días.\nD: Sí, con él.\nA: Debe.\nD: Otra cosa.\n"
    renew(call, without="concise", lines=heard)
    draft = opened(store, settings, ana)
    assert draft.body.renewed
    assert draft.body.lost == ("concise", "turn:3")
    assert [one.criterion for one in draft.body.overrides] == ["empathy"]
    assert [edit.turn for edit in draft.body.edits] == [1]
    with pytest.raises(CoachError, match="evaluó esta llamada de nuevo"):
        reviews.finish(store, settings, ana, call.id)
    seen = drafting.noticed(store, ana, call.id)
    assert (seen.body.renewed, seen.body.lost) == (False, ())
    assert drafts.touch(store, ana, call.id).scorecard_id == seen.scorecard_id


def test_a_word_on_who_speaks_goes_with_the_words_it_was_said_of(
    store: Store, settings: Settings, ana: Viewer, call: Call, renew: Callable[..., None]
) -> None:
    opened(store, settings, ana)
    drafting.swap(store, ana, call.id, now=NOW)
    drafting.settle(store, ana, call.id, now=NOW)
    renew(call, without="concise")  # judged again, heard as before
    body = opened(store, settings, ana).body
    assert (body.renewed, body.swapped, body.settled, body.lost) == (True, True, True, ())
    turns = list(call.transcript.turns)
    turns[1] = replace(turns[1], speaker="agent")
    anew = replace(call.transcript, turns=tuple(turns))
    store.save(replace(call, transcript=anew), "nlp-3")  # the same words, but another is said to speak
    body = opened(store, settings, ana).body
    assert (body.swapped, body.settled) == (False, False)
    assert body.lost == ("speakers:swapped", "speakers:settled")


def test_who_said_nothing_on_who_speaks_loses_nothing_of_it(
    store: Store, settings: Settings, ana: Viewer, call: Call, renew: Callable[..., None]
) -> None:
    opened(store, settings, ana)
    renew(call, lines="A: Buenos días.\nD: Sí, con él.\n")
    assert opened(store, settings, ana).body.lost == ()


def test_a_stale_claim_taken_by_another_does_not_stop_the_work(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer, call: Call
) -> None:
    task = drawn(store)
    opened(store, settings, ana)
    tasks.claim(store, settings, luz, task, now=NOW + timedelta(hours=25))
    drafting.note(store, ana, call.id, "Sigo.", now=NOW + timedelta(hours=26))
    reviews.finish(store, settings, ana, call.id, now=NOW + timedelta(hours=26))
    with store.reading() as connection:
        row = connection.execute(select(table)).one()
    assert (row.state, row.assigned_to) == ("claimed", luz.user_id)


def test_a_task_that_is_gone_leaves_the_draft(
    store: Store, settings: Settings, ana: Viewer, call: Call
) -> None:
    drawn(store)
    opened(store, settings, ana)
    with store.writing() as connection:
        connection.execute(update(table).values(state="dropped"))
    assert drafting.note(store, ana, call.id, "Sigo.").body.notes == "Sigo."
