"""How objections were met: kept as a few numbers for each call, read once, counted over many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from coach import queries, rungs
from coach.kappa import Share
from coach.rows import CallFilter
from coach.schema import ladders
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from nlp.ladder import HowMet, Pair
from nlp.types import Finding
from tests.coach.conftest import judged
from tests.coach.people import somebody
from transcripts.types import Quote

Keep = Callable[..., Call]


def pair(outcome: HowMet, *reached: str, turn: int = 1, label: str = "no_money") -> Pair:
    quote = Quote(turn, 0, 2, "No")
    return Pair(Finding(label, quote, 0.9, "x"), (turn + 1,), dict.fromkeys(reached, (quote,)), 0.5, outcome)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Pair]]:
    """What the models would read in each call, by its id."""
    pairs: dict[str, list[Pair]] = {}
    monkeypatch.setattr(rungs, "pairs_of", lambda transcript, _: pairs.get(transcript.recording.id, []))
    return pairs


def test_a_call_is_kept_as_times_rungs_and_where_it_was_missed_first() -> None:
    pairs = [pair("fits", "recognise", "ask"), pair("unanswered", "recognise", turn=3), pair("call_ended")]
    assert rungs.summed("no_money", pairs) == {
        "label": "no_money", "times": 3, "recognise": 2, "explore": 0, "answer": 0, "ask": 1, "fits": 1,
        "missed": 1, "turn": 3,
    }  # fmt: skip


def test_each_call_is_read_once(store: Store, keep: Keep, told: dict[str, list[Pair]]) -> None:
    keep("a", "no_money@1")
    keep("b", "no_money@1", lines="A: Buenos días.\nD: No tengo.")
    keep("c", "greeting@0")
    told["a"] = [pair("fits", "answer")]
    assert rungs.keep_up(store, most=1) == 1
    assert rungs.keep_up(store) == 1
    assert rungs.keep_up(store) == 0
    with store.reading() as connection:
        rows = connection.execute(
            select(ladders.c.label, ladders.c.times).order_by(ladders.c.findings_id)
        ).all()
    assert [tuple(row) for row in rows] == [("no_money", 1), ("no_money", 0)]


def test_what_is_found_anew_is_read_anew(store: Store, keep: Keep, told: dict[str, list[Pair]]) -> None:
    keep("a", "no_money@1")
    told["a"] = [pair("unanswered")]
    rungs.keep_up(store)
    store.save(judged("a", "refusal@1"), "nlp-2")
    told["a"] = [pair("fits", label="refusal")]
    assert rungs.keep_up(store) == 1
    assert [row.objection for row in rungs.met(store, HOUSE, CallFilter())] == ["refusal"]


def test_shares_say_what_they_are_of(store: Store, keep: Keep, told: dict[str, list[Pair]]) -> None:
    for name in ("a", "b", "c"):
        keep(name, "no_money@1")
    keep("d")
    told["a"] = [pair("fits", "recognise"), pair("unanswered")]
    told["b"] = [pair("brushed_off", "ask")]
    told["c"] = [pair("call_ended")]
    rungs.keep_up(store)
    (met,) = rungs.met(store, HOUSE, CallFilter())
    assert met.calls == Share(3, 4)
    assert met.rungs["recognise"] == Share(1, 4)
    assert met.resolved == Share(1, 2)


def test_the_list_shows_the_calls_that_are_counted(
    store: Store, keep: Keep, told: dict[str, list[Pair]]
) -> None:
    """What is perhaps an objection is in neither; it stays in its call."""
    for name in ("a", "b", "c"):
        keep(name, "no_money@1")
    told |= {"a": [pair("fits")], "b": [pair("unanswered")]}
    which = CallFilter(objections=("no_money", "refusal"))
    assert queries.calls(store, HOUSE, which).total == 3  # their ladders are still to be read
    rungs.keep_up(store)
    (met,) = rungs.met(store, HOUSE, CallFilter())
    assert sorted(row.id for row in queries.calls(store, HOUSE, which).rows) == ["a", "b"]
    assert met.calls.hits == 2
    (met,) = rungs.met(store, HOUSE, which)
    assert met.calls == Share(2, 2)


def test_the_never_resolved_are_told_with_their_turn(
    store: Store, keep: Keep, told: dict[str, list[Pair]]
) -> None:
    keep("a", "no_money@1", agent_login="rosa")
    keep("b", "no_money@1", agent_login="luz")
    told["a"] = [pair("unanswered", turn=1)]
    told["b"] = [pair("unanswered"), pair("fits")]
    rungs.keep_up(store)
    page = rungs.missed(store, HOUSE, CallFilter(), "no_money")
    assert (page.total, page.rows[0].recording_id, page.rows[0].turn) == (1, "a", 1)
    assert rungs.missed(store, HOUSE, CallFilter(), "refusal").total == 0


def test_a_lead_counts_the_own_team_only(store: Store, keep: Keep, told: dict[str, list[Pair]]) -> None:
    for login, team in (("rosa", "Norte"), ("luz", "Sur")):
        keep(login, "no_money@1", agent_login=login)
        told[login] = [pair("unanswered")]
        somebody(store, "agent", login, holds=(login,), team=team)
    rungs.keep_up(store)
    lead = somebody(store, "lead", "leo", leads="Norte")
    assert rungs.missed(store, lead, CallFilter()).total == 1
    assert rungs.met(store, lead, CallFilter())[0].calls == Share(1, 1)
    missed = rungs.missed(store, HOUSE, CallFilter()).rows  # calls that bring no name: of who held the login
    assert sorted(row.agent or "" for row in missed) == ["Luz", "Rosa"]
