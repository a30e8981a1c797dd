"""Blind is blind: who has had the machine's verdicts before them leaves the blind review to others."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from coach import (
    audit,
    blind,
    calibration,
    comparison,
    critical_cases,
    criticals,
    drafting,
    drafts,
    handing,
    listings,
    own_calls,
    picture,
    queries,
    releases,
    reviews,
    sheets,
    tasks,
)
from coach.exporters.calls_table import calls_table
from coach.rows import CallFilter
from coach.settings import Settings
from coach.store import Store
from coach.team_figures import by_id
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from rubrics.loader import load_rubric
from tests.coach.review_people import NOW, keep_call, person
from tests.coach.test_drafts import drawn

CALL = "pe-01"


@pytest.fixture
def ana(store: Store, settings: Settings) -> Viewer:
    """An analyst who has seen another call, as everybody has."""
    keep_call(store, settings, CALL, failed=("no_threats",))
    keep_call(store, settings, "pe-02")
    ana = person(store, "ana", "analyst")
    audit.note(store, ana, blind.SAW, "call:pe-02")
    reviews.override(store, settings, ana, "pe-02", "empathy", "fail", "No pregunta.")
    return ana


@pytest.fixture
def luz(store: Store) -> Viewer:
    return person(store, "luz", "analyst")


def open_call(store: Store, viewer: Viewer) -> None:
    audit.note(store, viewer, blind.SAW, f"call:{CALL}")


def listed(store: Store, settings: Settings, viewer: Viewer) -> list[str]:
    return [row.recording_id for row in tasks.queue(store, settings, viewer, now=NOW).rows]


def test_who_has_seen_the_verdicts_neither_finds_nor_claims_it(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = drawn(store, blind=True)
    open_call(store, ana)
    assert (listed(store, settings, ana), listed(store, settings, luz)) == ([], [CALL])
    with pytest.raises(CoachError, match="Usted ya vio lo que dijo Temple"):
        tasks.claim(store, settings, ana, task, now=NOW)
    assert tasks.claim_next(store, settings, ana, now=NOW) is None
    assert ana.user_id is not None
    with pytest.raises(CoachError, match="Esa persona ya vio"):
        tasks.assign(store, settings, luz, task, ana.user_id, now=NOW)
    assert tasks.claim(store, settings, luz, task, now=NOW).blind


def test_what_was_opened_without_verdicts_spoils_nothing(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = drawn(store, blind=True)
    audit.note(store, ana, blind.SAW_BARE, f"call:{CALL}")
    audit.note(store, luz, blind.SAW, f"call:{CALL}")
    audit.note(store, ana, blind.SAW, "call:pe-011")
    assert tasks.claim(store, settings, ana, task, now=NOW).blind


def test_where_nobody_else_is_left_the_review_is_not_blind(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    drawn(store, blind=True)
    open_call(store, ana)
    open_call(store, luz)
    assert listed(store, settings, ana) == [CALL]
    draft = drafts.open_review(store, settings, ana, CALL, now=NOW)
    assert (draft.blind, draft.hides) == (False, False)
    reviews.finish(store, settings, ana, CALL, now=NOW)
    with store.reading() as connection:
        assert tasks.of_call(connection, CALL, luz) == []


def test_who_has_seen_it_reviews_beside_the_blind_task(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    drawn(store, blind=True)
    open_call(store, ana)
    assert not drafts.open_review(store, settings, ana, CALL, now=NOW).blind
    reviews.finish(store, settings, ana, CALL, now=NOW)
    assert listed(store, settings, luz) == [CALL]
    assert drafts.open_review(store, settings, luz, CALL, now=NOW).blind


def test_who_had_a_word_on_it_has_seen_it(store: Store, settings: Settings, ana: Viewer, luz: Viewer) -> None:
    reviews.override(store, settings, ana, CALL, "empathy", "fail", "No pregunta.")
    task = drawn(store, blind=True)
    with pytest.raises(CoachError, match="Usted ya vio"):
        tasks.claim(store, settings, ana, task, now=NOW)


def judged_together(store: Store, settings: Settings, *people: Viewer) -> int:
    """A calibration of the call that these people have handed in; gives its number."""
    lea = person(store, "lea", "admin")
    number = calibration.create(store, lea, "Septiembre", [CALL], [one.user_id for one in people])  # type: ignore[misc]
    for one in people:
        said = dict.fromkeys(store.call(CALL).scorecard.shown, ("pass", ""))
        calibration.score(store, one, number, CALL, said)  # type: ignore[arg-type]
    return number


def has_seen(store: Store, viewer: Viewer, recording_id: str = CALL) -> bool:
    assert viewer.user_id is not None
    with store.reading() as connection:
        return bool(connection.execute(select(blind.saw(viewer.user_id, recording_id))).scalar_one())


def test_who_judged_it_in_a_calibration_leaves_the_blind_review_to_others(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = drawn(store, blind=True)
    tasks.claim(store, settings, ana, task, now=NOW)
    judged_together(store, settings, ana, luz)
    eva = person(store, "eva", "analyst")
    assert [has_seen(store, who) for who in (ana, luz, eva)] == [True, True, False]
    assert [listed(store, settings, who) for who in (ana, luz, eva)] == [[], [], [CALL]]
    assert releases.shown(store, settings, ana, CALL).scorecard.verdicts  # nothing is kept from her for it
    with pytest.raises(CoachError, match="Usted ya vio"):
        tasks.claim(store, settings, ana, task, now=NOW)
    assert not drafts.open_review(store, settings, ana, CALL, now=NOW).blind
    assert tasks.claim(store, settings, eva, task, now=NOW).blind


def test_a_blind_review_that_was_begun_before_a_calibration_is_ended_as_one(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    drawn(store, blind=True)
    assert drafts.open_review(store, settings, ana, CALL, now=NOW).blind
    number = judged_together(store, settings, ana, luz)
    assert listed(store, settings, ana) == [CALL]
    assert drafts.hides(store, ana, CALL)
    found = comparison.compare(store, ana, number)
    assert (found.cells, found.criteria, found.apart) == ((), (), 1)
    assert comparison.compare(store, luz, number).apart == 0


def test_a_blind_review_that_was_begun_and_given_back_is_taken_again_as_one(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    """Meanwhile the calibration tells nothing of the call to who has begun; it can be given to them."""
    task, eva = drawn(store, blind=True), person(store, "eva", "analyst")
    assert drafts.open_review(store, settings, ana, CALL, now=NOW).blind
    tasks.give_back(store, ana, task)
    number = judged_together(store, settings, ana, luz)
    assert listed(store, settings, ana) == [CALL]
    assert comparison.compare(store, ana, number).apart == 1
    assert blind.waiting(store, ana, [CALL])
    assert tasks.claim(store, settings, ana, task, now=NOW).blind
    tasks.give_back(store, ana, task)
    assert ana.user_id is not None
    (hers,) = (one for one in handing.takers(store, settings, eva, [task]) if one.user_id == ana.user_id)
    assert hers.seen == frozenset()
    tasks.assign(store, settings, eva, task, ana.user_id, now=NOW)
    assert tasks.claim(store, settings, ana, task, now=NOW).blind


def test_a_review_that_was_begun_with_the_verdicts_is_no_blind_one(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    open_call(store, ana)
    assert not drafts.open_review(store, settings, ana, CALL, now=NOW).blind
    task = drawn(store, blind=True)
    assert listed(store, settings, ana) == []
    with pytest.raises(CoachError, match="o ya la juzgó en una revisión o una calibración"):
        tasks.claim(store, settings, ana, task, now=NOW)
    assert tasks.claim(store, settings, luz, task, now=NOW).blind


def test_comparing_is_seeing_the_verdicts(store: Store, settings: Settings, ana: Viewer, luz: Viewer) -> None:
    number = judged_together(store, settings, ana, luz)
    eva, tere = person(store, "eva", "analyst"), person(store, "tere", "trainer")
    assert comparison.compare(store, tere, number).cells
    comparison.compare(store, tere, number)
    assert [has_seen(store, who) for who in (eva, tere)] == [False, True]
    assert audit.entries(store, HOUSE, login="tere", action=blind.SAW).total == 1


def test_a_call_that_one_is_to_judge_blind_is_compared_later(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    number = judged_together(store, settings, ana, luz)
    tere = person(store, "tere", "trainer")
    drawn(store, blind=True)
    assert (comparison.compare(store, tere, number).cells, has_seen(store, tere)) == ((), False)


def test_the_failures_in_the_inbox_are_seen_and_those_that_are_only_counted_are_not(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    eva = person(store, "eva", "analyst")
    assert (criticals.waiting(store, luz), has_seen(store, luz)) == (1, False)
    assert [row.call.id for row in criticals.inbox(store, settings, luz).rows] == [CALL]
    assert has_seen(store, luz)
    reviews.override(store, settings, luz, CALL, "no_threats", "fail", "Amenazó con embargo.")
    assert not has_seen(store, eva)
    assert critical_cases.cases(store, settings, eva).total == 1
    assert has_seen(store, eva)


def test_what_waits_so_is_hidden_from_whoever_may_take_it(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    lea = person(store, "lea", "admin")
    releases.release(store, settings, HOUSE, CALL)
    task = drawn(store, blind=True)
    open_call(store, luz)
    assert [bool(blind.waiting(store, who, [CALL, "x"])) for who in (ana, lea, luz, HOUSE)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert releases.standing(store, settings, ana, CALL) is None
    assert not releases.shown(store, settings, ana, CALL).scorecard.verdicts
    assert criticals.inbox(store, settings, ana).rows == ()
    assert len(criticals.inbox(store, settings, luz).rows) == 1
    assert own_calls.examples(store, settings, ana, CallFilter(), "no_threats") == ()
    tasks.claim(store, settings, lea, task, now=NOW)
    assert not blind.waiting(store, ana, [CALL])  # another has it: it is not for her any more


def test_whoever_must_see_them_says_so_and_leaves_it_to_others(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    task = drawn(store, blind=True)
    tasks.claim(store, settings, ana, task, now=NOW)
    blind.forgo(store, ana, CALL)
    assert releases.shown(store, settings, ana, CALL).scorecard.verdicts
    assert (listed(store, settings, ana), listed(store, settings, luz)) == ([], [CALL])
    assert [one.action for one in audit.entries(store, HOUSE, subject=f"call:{CALL}").rows] == [
        "see",
        "claim",
    ]


@pytest.mark.parametrize(
    "which",
    [
        CallFilter(),  # from the days added up
        CallFilter(agents=("rosa",)),  # call by call
        CallFilter(criterion="no_threats", outcome="fail"),
        CallFilter(critical=True),
    ],
)
def test_no_figure_and_no_filter_tells_on_a_call_to_be_judged_blind(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer, which: CallFilter
) -> None:
    whole = queries.summary(store, ana, which)
    drawn(store, blind=True)
    open_call(store, luz)
    told, known = (blind.without(store, who, which) for who in (ana, luz))
    assert told.apart
    assert known.apart == blind.without(store, HOUSE, which).apart == ()
    less = queries.summary(store, ana, told)
    assert (less.calls, less.critical) == (whole.calls - 1, whole.critical - 1)
    assert less.points.n == whole.points.n - 1
    assert less.seconds == whole.seconds - 20
    page = listings.calls(store, ana, told, sort="-date", page=0, size=9)
    assert (page.total, CALL in [row.id for row in page.rows]) == (less.calls, False)
    weeks = queries.weeks(store, ana, told)
    assert sum(week.points.n for week in weeks) == less.points.n
    assert sum(row.calls for row in queries.agents(store, ana, told)) == less.calls
    criteria = by_id([load_rubric().criteria])
    hidden = picture.looked_at(store, ana, told, criteria).criteria.get("no_threats")
    assert hidden is None or not hidden.to_confirm
    assert picture.looked_at(store, luz, known, criteria).criteria["no_threats"].to_confirm == 1
    assert queries.summary(store, luz, known) == whole


def test_figures_of_days_and_of_single_calls_leave_out_the_same(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    drawn(store, blind=True)
    by_day, each = (
        blind.without(store, ana, which)
        for which in (CallFilter(countries=("PE",)), CallFilter(countries=("PE",), agents=("rosa",)))
    )
    assert queries.summary(store, ana, by_day) == queries.summary(store, ana, each)
    assert queries.weeks(store, ana, by_day) == queries.weeks(store, ana, each)


# judged together in a calibration


@pytest.fixture
def together(store: Store, ana: Viewer, luz: Viewer) -> int:
    """Ana and Luz judge the call in a calibration, each blind to the other and to the machine."""
    assert ana.user_id is not None
    assert luz.user_id is not None
    return calibration.create(store, luz, "Septiembre", [CALL], [ana.user_id, luz.user_id])


def hand_in(store: Store, settings: Settings, who: Viewer, number: int) -> None:
    calibration.score(
        store, who, number, CALL, dict.fromkeys(store.call(CALL).scorecard.verdicts, ("pass", ""))
    )


FAILED = CallFilter(criterion="no_threats", outcome="fail")


def tells(store: Store, settings: Settings, viewer: Viewer) -> dict[str, bool]:
    """Which doors tell the viewer what the machine said of the call."""
    told = blind.without(store, viewer, FAILED)
    return {
        "list": queries.summary(store, viewer, told).calls > 0,
        "export": CALL.encode() in calls_table(store, settings, viewer, FAILED, "csv"),
        "inbox": bool(criticals.inbox(store, settings, viewer).rows),
        "call": bool(releases.shown(store, settings, viewer, CALL).scorecard.verdicts),
        "standing": releases.standing(store, settings, viewer, CALL) is not None,
        "queue": CALL in listed(store, settings, viewer),
    }


def test_who_judges_it_in_a_calibration_sees_it_nowhere_until_it_is_compared(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer, together: int
) -> None:
    drawn(store)
    lea = person(store, "lea", "analyst")
    assert not any(tells(store, settings, ana).values())
    assert all(tells(store, settings, lea).values())
    hand_in(store, settings, ana, together)
    assert not any(tells(store, settings, ana).values())  # she may still change her mind
    hand_in(store, settings, luz, together)
    assert all(tells(store, settings, ana).values())


def test_a_calibration_that_is_closed_hides_nothing_more(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer, together: int
) -> None:
    drawn(store)
    calibration.close(store, luz, together)
    assert all(tells(store, settings, ana).values())


def test_who_judges_it_in_a_calibration_reviews_it_after(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer, together: int
) -> None:
    with pytest.raises(CoachError, match="está en una calibración suya"):
        drafts.open_review(store, settings, ana, CALL, now=NOW)
    with pytest.raises(CoachError, match="está en una calibración suya"):
        reviews.override(store, settings, ana, CALL, "no_threats", "pass", "No amenaza.")
    calibration.close(store, luz, together)
    assert not drafts.open_review(store, settings, ana, CALL, now=NOW).hides


def test_a_review_that_was_open_before_the_calibration_is_kept_and_covered(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer
) -> None:
    drawn(store, blind=True)
    drafts.open_review(store, settings, ana, CALL, now=NOW)
    for name in store.call(CALL).scorecard.verdicts:
        drafting.judge(store, ana, CALL, name, "pass", "Así lo oigo.", now=NOW)
    assert ana.user_id is not None
    assert luz.user_id is not None
    number = calibration.create(store, luz, "Septiembre", [CALL], [ana.user_id, luz.user_id])
    with pytest.raises(CoachError, match="está en una calibración suya"):
        drafting.seal(store, ana, CALL, now=NOW)
    calibration.close(store, luz, number)
    drafting.seal(store, ana, CALL, now=NOW)
    number = calibration.create(store, luz, "Otra vez", [CALL], [ana.user_id, luz.user_id])
    covered = sheets.sheet(store, settings, ana, CALL)
    assert (covered.hides, covered.before, covered.after) == (True, None, None)
    assert {(row.outcome, row.reason, row.evidence, row.waits, row.sealed) for row in covered.rows} == {
        (None, "", (), False, None)
    }
    with pytest.raises(CoachError, match="está en una calibración suya"):
        reviews.finish(store, settings, ana, CALL, now=NOW)
    calibration.close(store, luz, number)
    assert reviews.finish(store, settings, ana, CALL, now=NOW).standing.points is not None


def test_what_a_person_said_of_it_meanwhile_is_hidden_too(
    store: Store, settings: Settings, ana: Viewer, luz: Viewer, together: int
) -> None:
    lea = person(store, "lea", "analyst")
    drafts.open_review(store, settings, lea, CALL, now=NOW)
    drafting.judge(store, lea, CALL, "no_threats", "fail", "Amenaza.", now=NOW)
    reviews.finish(store, settings, lea, CALL, now=NOW)
    assert [row.recording_id for row in releases.pending(store, lea).rows] == [CALL]
    assert releases.pending(store, ana).total == 0
    assert (critical_cases.waiting(store, lea), critical_cases.waiting(store, ana)) == (1, 0)
    assert critical_cases.cases(store, settings, ana).rows == ()
