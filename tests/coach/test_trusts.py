"""A criterion begins as a suggestion and counts once people agree with it blind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select

from coach import people, queries, reviews, trusts
from coach.house_rules import TrustRules
from coach.judged_by import JudgedBy
from coach.made import Made
from coach.restand import keep_up, restand
from coach.schema import standings
from coach.settings import Settings
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from rubrics.loader import load_rubric
from rubrics.scoring import score, tally
from rubrics.types import Outcome, Pack, Rubric
from tests.coach.conftest import judged
from tests.coach.house import person, rated
from tests.dialogue import dialogue, found

FORM = load_rubric()
WEIGHTS = {"firm": 60.0, "empathy": 40.0}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A house in which trust is earned, by ten blind reviews so that tests stay short."""
    return settings.model_copy(update={"trust": TrustRules(least_blind=10, agreement_bar=0.6)})


@pytest.fixture
def kept(store: Store) -> Callable[..., Call]:
    """A judged call: «firm» passes and weighs 60, «empathy» fails and weighs 40."""

    def put(name: str, nlp: str = "nlp-1", **verdicts: Outcome) -> Call:
        said: dict[str, Outcome] = {"firm": "pass", "empathy": "fail", **verdicts}
        call = judged(name, verdicts=said)
        points = tally(WEIGHTS, call.scorecard.verdicts)
        card = replace(call.scorecard, rubric=FORM.name, weights=WEIGHTS, points=points[0])
        call = replace(call, scorecard=replace(card, points_low=points[1], points_high=points[2]))
        store.add_recording(call.transcript.recording)
        store.save(call, nlp)
        return call

    return put


def points(store: Store, name: str) -> float | None:
    return next(row.points for row in queries.calls(store, HOUSE, size=200).rows if row.id == name)


def counts(store: Store, name: str) -> frozenset[str] | None:
    with store.reading() as connection:
        return trusts.counts_in(connection, store, name)


def listened(
    store: Store, kept: Callable[..., Call], agreeing: int, differing: int = 0, *, blind: bool = True
) -> None:
    """Reviews in which «firm» came out as the machine said, and others in which it did not."""
    eva = person(store, "eva")
    for at in range(agreeing + differing):
        said: Outcome = "pass" if at % 2 else "fail"
        kept(f"c-{at}", firm=said)
        heard = said if at < agreeing else {"pass": "fail", "fail": "pass"}[said]
        rated(store, f"c-{at}", eva, {"firm": heard}, blind=blind)  # type: ignore[dict-item]


def test_at_first_nothing_counts_and_the_call_has_no_points(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    kept("a")
    assert points(store, "a") is None
    firm = trusts.trust(store, settings, FORM)["firm"]
    assert (firm.status, firm.n, firm.why, firm.needed) == ("suggestion", 0, "few", 10)
    now = reviews.standing(store.call("a"), FORM, None, counts(store, "a"))
    assert now.none_counts
    assert now.suggestions == ("firm", "empathy")
    assert now.verdicts["empathy"].outcome == "fail"  # still to be seen


def test_enough_blind_agreement_lets_a_criterion_count_in_stored_calls_and_new_ones(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    kept("a")
    listened(store, kept, 12)
    assert keep_up(store, settings) == ("firm",)
    assert points(store, "a") == 100.0  # «empathy» has not earned it yet: its fail is out of the points
    assert points(store, "c-0") == 0.0
    kept("new")
    assert points(store, "new") == 100.0
    firm = trusts.trust(store, settings, FORM)["firm"]
    assert (firm.status, firm.why, firm.n, firm.agreement) == ("counts", "cleared", 12, 1.0)
    assert firm.since is not None


def test_reviews_in_which_the_machines_word_was_seen_prove_nothing(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    listened(store, kept, 12, blind=False)
    assert keep_up(store, settings) == ()
    assert trusts.trust(store, settings, FORM)["firm"].n == 0


@pytest.mark.parametrize(("agreeing", "differing", "why"), [(9, 0, "few"), (10, 6, "agreement")])
def test_what_does_not_clear_the_bar_stays_a_suggestion(
    store: Store, settings: Settings, kept: Callable[..., Call], agreeing: int, differing: int, why: str
) -> None:
    listened(store, kept, agreeing, differing)
    keep_up(store, settings)
    assert trusts.trust(store, settings, FORM)["firm"].why == why


def test_agreement_that_chance_would_give_does_not_count(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    """Nineteen calls pass for both, and on the one that failed they differ: 95 % and nothing learnt."""
    eva = person(store, "eva")
    for at in range(20):
        kept(f"c-{at}")
        rated(store, f"c-{at}", eva, {"firm": "fail" if at == 7 else "pass"})
    keep_up(store, settings)
    firm = trusts.trust(store, settings, FORM)["firm"]
    assert (firm.status, firm.why, firm.agreement, firm.kappa) == ("suggestion", "kappa", 0.95, 0.0)


def test_a_criterion_that_falls_below_is_a_suggestion_again(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    listened(store, kept, 12)
    keep_up(store, settings)
    kept("a")
    luis = person(store, "luis")
    for at in range(12):
        rated(store, f"c-{at}", luis, {"firm": "na"})
    assert keep_up(store, settings) == ("firm",)
    assert points(store, "a") is None
    assert trusts.trust(store, settings, FORM)["firm"].why == "agreement"


def test_another_language_part_starts_anew_and_old_scorecards_keep_what_they_earned(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    listened(store, kept, 12)
    kept("old")
    keep_up(store, settings)
    kept("new", nlp="nlp-2")
    keep_up(store, settings)
    assert (points(store, "old"), points(store, "new")) == (100.0, None)
    firm = trusts.trust(store, settings, FORM)["firm"]
    assert (firm.status, firm.n, firm.why) == ("suggestion", 0, "changed")
    before = trusts.trust(store, settings, FORM, Made(FORM.name, "nlp-1", ""))["firm"]
    assert before.counts


def test_one_persons_words_on_a_call_count_once_the_last_of_them(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    kept("a")
    eva = person(store, "eva")
    for heard in ("fail", "fail", "pass"):
        rated(store, "a", eva, {"firm": heard})  # type: ignore[dict-item]
    firm = trusts.trust(store, settings, FORM)["firm"]
    assert (firm.n, firm.agreement) == (1, 1.0)


def test_what_a_person_judged_in_a_finished_review_counts_at_once(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    kept("a")
    rated(store, "a", person(store, "eva"), {"firm": "fail", "empathy": "pass"})
    assert restand(store, settings) == 1
    assert points(store, "a") == 40.0


def test_texts_of_forms_are_looked_up_before_the_database_is_locked(
    store: Store, settings: Settings, kept: Callable[..., Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept("a")
    rated(store, "a", person(store, "eva"), {"firm": "fail", "empathy": "pass"})
    both, writing = JudgedBy.both, Store.writing
    locked: list[bool] = []

    @contextmanager
    def locks(self: Store) -> Iterator[Connection]:
        with writing(self) as connection:
            locked.append(True)
            yield connection
            locked.clear()

    def looked_up(self: JudgedBy, *of: Any) -> tuple[Rubric, Pack | None]:
        assert not locked
        return both(self, *of)

    monkeypatch.setattr(Store, "writing", locks)
    monkeypatch.setattr(JudgedBy, "both", looked_up)
    assert restand(store, settings) == 1


def test_the_switch_and_the_demo_count_everything_and_say_so(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    kept("a")
    for knowing in ({"trust": TrustRules(count_all=True)}, {"demo": True}):
        start = settings.model_copy(update=knowing)
        there = Store(store.engine, store.data_dir, count_all=start.count_all)
        assert trusts.trust(there, start, FORM)["firm"].why == "all"
        restand(there, start)
        assert points(there, "a") == 60.0
    assert restand(store, settings) == 1  # and back
    assert points(store, "a") is None


def test_a_call_of_the_demonstration_keeps_its_points(store: Store, settings: Settings) -> None:
    call = judged("demo", demo=True)
    store.add_recording(call.transcript.recording)
    store.save(call)
    restand(store, settings)
    assert points(store, "demo") == 80.0


def test_what_somebody_tries_a_demonstration_with_counts_for_every_process(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    """The dashboard runs as a demonstration, a command beside it does not: both say the same of a call."""
    kept("before")
    with store.writing() as connection:
        people.put(connection, HOUSE, "erobles", "Elena Robles", "analyst", demo=True)
    kept("after")
    assert points(store, "after") == 60.0  # as soon as it comes
    assert restand(store, settings) == 1
    assert points(store, "before") == 60.0
    assert counts(store, "before") is None
    assert trusts.trust(store, settings, FORM)["firm"].why == "all"
    person(store, "eva")  # somebody real: it is a house now
    assert counts(store, "before") == frozenset()
    assert restand(store, settings) == 2
    assert points(store, "before") is None


def test_bringing_points_up_to_date_goes_on_in_pages_and_twice_changes_nothing(
    store: Store, settings: Settings, kept: Callable[..., Call]
) -> None:
    listened(store, kept, 12)
    trusts.refresh(store, settings)
    assert restand(store, settings, page=5, stop=lambda: True) == 5
    seen: list[tuple[int, int]] = []
    assert restand(store, settings, page=5, progress=lambda done, whole: seen.append((done, whole))) == 7
    assert seen == [(5, 12), (10, 12), (12, 12)]
    assert restand(store, settings) == 0


def test_a_confirmed_critical_failure_voids_whatever_has_earned_trust(
    store: Store, settings: Settings
) -> None:
    transcript = dialogue(
        "A: Buenas tardes, le saluda Ana, de Crédito Norte.\nD: Sí, buenas tardes, dígame de qué se trata.\n"
        "A: Si no paga, lo embargamos.\nD: Pues ahorita no tengo, la verdad, este mes no me alcanzó."
    )
    there = found(transcript, "greets@0", "threat@2: lo embargamos")
    call = Call(transcript, there, score(transcript, there, FORM))
    store.add_recording(transcript.recording)
    store.save(call)
    now = reviews.override(store, settings, HOUSE, call.id, "no_threats", "fail", "")
    assert (now.void, now.points) == (True, 0.0)
    with store.reading() as connection:
        row = connection.execute(select(standings)).one()
    assert (row.void, row.points) == (True, 0.0)


def test_a_scorecard_names_what_each_verdict_weighed(store: Store) -> None:
    form: Rubric = FORM
    transcript = dialogue("A: Buenas tardes, le saluda Ana.\nD: Sí, dígame de qué se trata.")
    card = score(transcript, found(transcript), form)
    assert card.weights == {c.id: c.weight for c in form.criteria}
