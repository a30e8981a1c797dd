"""Which calls are drawn, how likely each was, and who is short of reviews."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from coach import periods, quotas, sampling, wiping
from coach.draw_plan import HARD, REASONS, Candidate, plan, shares
from coach.schema_draws import chances
from coach.schema_people import agent_logins, memberships
from coach.schema_work import tasks
from coach.settings import Settings
from coach.store import Store
from coach.tasks import queue
from coach.types import Call, CoachError
from coach.viewers import HOUSE
from coach.workflow_rules import WorkflowRules
from tests.coach.conftest import LIMA, Clock
from tests.coach.house import drawn as house_drawn
from tests.coach.review_people import NOW, new_team, person

Keep = Callable[..., Call]
DAY = date(2026, 9, 15)
SEPTEMBER = date(2026, 9, 1)

frames = st.lists(st.sampled_from((None, *HARD)), max_size=60).map(
    lambda reasons: [Candidate(f"c{n:03}", "rosa", reason) for n, reason in enumerate(reasons)]
)
rules = st.builds(
    WorkflowRules,
    per_day=st.integers(1, 40),
    control_share=st.floats(0.05, 1),
    blind_share=st.floats(0, 1),
)


@given(frames, rules)
def test_every_call_has_a_chance_and_nobody_hears_more_than_a_day_holds(
    frame: list[Candidate], rules: WorkflowRules
) -> None:
    planned = plan(frame, rules, DAY)
    assert [one.recording_id for one in planned] == [one.recording_id for one in frame]
    assert all(0 < one.probability <= 1 for one in planned)
    assert all(one.drawn for one in planned if one.probability == 1)
    assert sum(one.drawn is not None for one in planned) <= rules.per_day
    assert not any(one.blind for one in planned if one.drawn is None)


@given(frames, rules)
def test_a_draw_can_be_repeated(frame: list[Candidate], rules: WorkflowRules) -> None:
    assert plan(frame, rules, DAY) == plan(frame, rules, DAY)


@given(frames)
def test_a_call_is_drawn_for_its_own_reason_or_at_random(frame: list[Candidate]) -> None:
    reasons = {one.recording_id: one.reason for one in frame}
    for one in plan(frame, WorkflowRules(), DAY):
        assert one.drawn in (None, "random", reasons[one.recording_id])


def test_what_was_heard_weighed_by_its_probability_is_a_mean_over_all() -> None:
    """Hard calls are heard more often, and are worse: a plain mean would be too low."""
    frame = [Candidate(f"c{n}", None, "critical" if n % 10 == 0 else None) for n in range(200)]
    points = {one.recording_id: 30.0 if one.reason else 80.0 for one in frame}
    truth = sum(points.values())
    plain, weighed = [], []
    for n in range(200):
        heard = [one for one in plan(frame, WorkflowRules(), DAY + timedelta(days=n)) if one.drawn]
        plain.append(sum(points[one.recording_id] for one in heard) / len(heard))
        weighed.append(sum(points[one.recording_id] / one.probability for one in heard))
    assert sum(plain) / 200 < 60
    assert sum(weighed) / 200 == pytest.approx(truth, rel=0.02)


def test_the_probability_is_how_often_a_call_is_drawn() -> None:
    frame = [Candidate(f"c{n}", None, HARD[n % 7] if n % 7 < 2 else None) for n in range(70)]
    rules = WorkflowRules(per_day=20)
    days = 500
    counts: Counter[str] = Counter()
    for n in range(days):
        planned = plan(frame, rules, DAY + timedelta(days=n))
        counts.update(one.recording_id for one in planned if one.drawn)
    for one in planned:
        assert counts[one.recording_id] / days == pytest.approx(one.probability, abs=0.08)


def test_the_control_share_is_a_plain_random_sample() -> None:
    frame = [Candidate(f"c{n}", None, "critical" if n < 30 else None) for n in range(60)]
    seen: Counter[str] = Counter()
    for n in range(500):
        planned = plan(frame, WorkflowRules(per_day=20), DAY + timedelta(days=n))
        seen.update(one.recording_id for one in planned if one.drawn == "random")
    assert all(n / 500 == pytest.approx(6 / 60, abs=0.06) for n in seen.values())
    assert len(seen) == 60


def test_blind_reviews_are_the_share_that_was_asked_for_whatever_the_reason() -> None:
    frame = [Candidate(f"c{n}", None, REASONS[1] if n % 2 else None) for n in range(3000)]
    drawn = [one for one in plan(frame, WorkflowRules(per_day=2500), DAY) if one.drawn]
    for reason in ("random", "critical"):
        of = [one.blind for one in drawn if one.drawn == reason]
        assert sum(of) / len(of) == pytest.approx(0.15, abs=0.04)


@given(st.lists(st.integers(0, 20), max_size=6), st.integers(-2, 60))
def test_shares_fill_what_there_is_and_no_more(sizes: list[int], slots: int) -> None:
    dealt = shares(sizes, slots)
    assert sum(dealt) == min(max(0, slots), sum(sizes))
    assert all(n <= size for n, size in zip(dealt, sizes, strict=True))


# the store


def drawn(store: Store) -> dict[str, str]:
    with store.reading() as connection:
        return dict(connection.execute(select(tasks.c.recording_id, tasks.c.reason)).all())


def probabilities(store: Store) -> dict[str, float]:
    with store.reading() as connection:
        query = select(chances.c.recording_id, chances.c.probability)
        return dict(connection.execute(query).all())


def review(**values: object) -> Settings:
    return Settings.model_validate({"review": values})


def test_each_reason_finds_its_calls(store: Store, keep: Keep) -> None:
    old = datetime(2026, 7, 1, 9, tzinfo=LIMA)
    keep("old", points=50.0, agent_login="rosa", call_started_at=old)
    keep("critical", points=50.0, critical=("no_threats",))
    keep("near", points=84.0)
    keep("doubt", points=50.0, waiting=("firm",))
    keep("new", points=50.0, agent_login="luis")
    keep("plain", points=50.0, agent_login="rosa")
    keep("voicemail", points=None, evaluable="no")
    made = sampling.draw(store, review(control_share=0.01, per_day=5, window_days=30), HOUSE, DAY)
    assert made.frame == 5
    assert made.of("random") == 1
    found = {id_: reason for id_, reason in drawn(store).items() if reason != "random"}
    expected = {"critical": "critical", "near": "threshold", "doubt": "doubt", "new": "new_agent"}
    assert found.items() <= expected.items()
    assert len(found) >= 3


def test_a_call_has_one_chance_in_one_draw(store: Store, keep: Keep) -> None:
    for n in range(10):
        keep(f"c{n}", points=50.0)
    settings = review(per_day=3, control_share=1)
    assert len(sampling.draw(store, settings, HOUSE, DAY).drawn) == 3
    assert probabilities(store) == {f"c{n}": pytest.approx(0.3) for n in range(10)}
    assert sampling.draw(store, settings, HOUSE, DAY).frame == 0
    keep("later", points=50.0)
    assert sampling.draw(store, settings, HOUSE, DAY).frame == 1


def test_to_ask_what_would_be_drawn_draws_nothing(store: Store, keep: Keep) -> None:
    keep("a", points=50.0)
    assert len(sampling.draw(store, Settings(), HOUSE, DAY, keep=False).drawn) == 1
    assert (drawn(store), probabilities(store)) == ({}, {})


def test_the_daily_draw_comes_once(store: Store, keep: Keep) -> None:
    assert sampling.daily(store, Settings(), now=NOW) == sampling.Draw(DAY, 0, ())
    keep("a", points=50.0)
    first = sampling.daily(store, Settings(), now=NOW)
    assert first is not None
    assert len(first.drawn) == 1
    keep("b", points=50.0)
    assert sampling.daily(store, Settings(), now=NOW + timedelta(hours=5)) is None
    assert sampling.daily(store, review(draw_daily=False), now=NOW + timedelta(days=1)) is None
    tomorrow = sampling.daily(store, Settings(), now=NOW + timedelta(days=1))
    assert tomorrow is not None
    assert [one.recording_id for one in tomorrow.drawn] == ["b"]


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("America/Lima", (6, 25)), ("Europe/Madrid", (-1, 18))],  # 01:00 and 20:00 there
)
def test_the_day_of_a_draw_is_that_of_the_house(
    store: Store, keep: Keep, clock: Clock, zone: str, hours: tuple[int, int]
) -> None:
    clock(zone)
    midnight = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    keep("a", points=50.0)
    early, late = (sampling.daily(store, Settings(), now=midnight + timedelta(hours=one)) for one in hours)
    assert early is not None
    assert early.day == DAY
    assert late is None


def test_an_agent_draws_nothing(store: Store) -> None:
    with pytest.raises(CoachError, match="no tiene permiso"):
        sampling.draw(store, Settings(), person(store, "rosa", "agent"), DAY)


# quotas


@pytest.fixture
def month(keep: Keep) -> None:
    """Six calls of Rosa and two of Luis in September, one of Rosa in August."""
    for n in range(6):
        keep(f"r{n}", agent="Rosa", agent_login="rosa")
    for n in range(2):
        keep(f"l{n}", agent="Luis", agent_login="luis")
    keep("august", agent="Rosa", agent_login="rosa", call_started_at=datetime(2026, 8, 31, 9, tzinfo=LIMA))


def test_quotas_tell_who_misses_most(store: Store, month: None) -> None:
    rosa, luis = quotas.quotas(store, Settings(), HOUSE, SEPTEMBER)
    assert (rosa.login, rosa.calls, rosa.quota, rosa.missing, rosa.to_draw) == ("rosa", 6, 4, 4, 4)
    assert (luis.login, luis.calls, luis.quota, luis.missing) == ("luis", 2, 2, 2)


def test_what_is_missing_is_drawn_among_the_rest_of_the_month(store: Store, month: None) -> None:
    settings = review(per_day=2, control_share=1)
    before = {one.recording_id for one in sampling.draw(store, settings, HOUSE, DAY).drawn}
    added = quotas.draw_missing(store, settings, HOUSE, SEPTEMBER, now=NOW)
    of_september = {id_ for id_ in before if id_ != "august"}
    assert added == 6 - len(of_september)
    for row in quotas.quotas(store, settings, HOUSE, SEPTEMBER):
        assert (row.waiting, row.to_draw) == (row.quota, 0)
    known = probabilities(store)
    assert all(known[id_] == 1 for id_ in of_september)
    rest = {id_: p for id_, p in known.items() if id_.startswith("r") and id_ not in of_september}
    drawn_now = [id_ for id_ in rest if id_ in drawn(store)]
    assert set(rest.values()) == {len(drawn_now) / len(rest)}
    assert quotas.draw_missing(store, settings, HOUSE, SEPTEMBER, now=NOW) == 0


def test_calls_whose_words_were_erased_are_in_no_quota_and_not_drawn(store: Store, month: None) -> None:
    """Nobody could review them; where fewer are left than are due, it is told."""
    with store.writing() as connection:
        for name in ("r0", "r1", "r2", "l0"):
            wiping.wipe_words(connection, name, "retention", NOW)
    rosa, luis = quotas.quotas(store, Settings(), HOUSE, SEPTEMBER)
    assert (rosa.calls, rosa.quota, rosa.missing, rosa.erased, rosa.cut) == (6, 3, 3, 3, True)
    assert (luis.calls, luis.quota, luis.missing, luis.erased, luis.cut) == (2, 1, 1, 1, True)
    assert quotas.draw_missing(store, Settings(), HOUSE, SEPTEMBER, now=NOW) == 4
    assert set(drawn(store)) == {"r3", "r4", "r5", "l1"}
    assert quotas.draw_missing(store, Settings(), HOUSE, SEPTEMBER, now=NOW) == 0


def test_an_erased_call_that_leaves_enough_cuts_no_quota(store: Store, month: None) -> None:
    with store.writing() as connection:
        wiping.wipe_words(connection, "r0", "retention", NOW)
    rosa, _ = quotas.quotas(store, Settings(), HOUSE, SEPTEMBER)
    assert (rosa.quota, rosa.erased, rosa.cut) == (4, 1, False)


def test_a_draw_for_quotas_takes_no_days_draw_away(store: Store, month: None) -> None:
    assert quotas.draw_missing(store, Settings(), HOUSE, SEPTEMBER, now=NOW)
    assert sampling.daily(store, Settings(), now=NOW) is not None


def test_a_lead_sees_the_quotas_of_own_teams_only(store: Store, month: None) -> None:
    norte, sur = new_team(store, "Norte"), new_team(store, "Sur")
    person(store, "rosa", "agent", team=norte)
    person(store, "luis", "agent", team=sur)
    lead = person(store, "eva", "lead", team=norte, leads=True)
    assert [row.login for row in quotas.quotas(store, Settings(), lead, SEPTEMBER)] == ["rosa"]
    assert quotas.draw_missing(store, Settings(), lead, SEPTEMBER, now=NOW) == 4
    assert {id_[0] for id_ in drawn(store)} == {"r"}


def test_a_login_that_changed_hands_is_the_quota_of_whose_it_was(
    store: Store, keep: Keep, settings: Settings
) -> None:
    rosa, beto = person(store, "rosa", "agent"), person(store, "beto", "agent")
    with store.writing() as connection:
        first = update(agent_logins).where(agent_logins.c.login == "rosa").values(until=date(2026, 9, 15))
        connection.execute(first)
        then = {"login": "rosa", "user_id": beto.user_id, "since": date(2026, 9, 16)}
        connection.execute(insert(agent_logins).values(**then))
    for day in range(9, 23):
        keep(f"c{day:02}", agent_login="rosa", call_started_at=datetime(2026, 9, day, 9, tzinfo=LIMA))
        if day < 13:
            house_drawn(store, f"c{day:02}", 0.5, state="open")
    assert [
        (row.user_id, row.agent, row.login, row.calls, row.waiting, row.to_draw)
        for row in quotas.quotas(store, settings, HOUSE, SEPTEMBER)
    ] == [(beto.user_id, "Beto", "rosa", 7, 0, 4), (rosa.user_id, "Rosa", "rosa", 7, 4, 0)]
    assert quotas.draw_missing(store, settings, HOUSE, SEPTEMBER, now=NOW) == 4
    assert {name for name in drawn(store) if name > "c12"} <= {f"c{day}" for day in range(16, 23)}
    assert quotas.draw_missing(store, settings, HOUSE, SEPTEMBER, now=NOW) == 0


def test_two_logins_of_a_person_make_one_quota(store: Store, keep: Keep, settings: Settings) -> None:
    rosa = person(store, "rosa", "agent")
    with store.writing() as connection:
        more = {"login": "rq2", "user_id": rosa.user_id, "since": date(2020, 1, 1)}
        connection.execute(insert(agent_logins).values(**more))
    for n in range(6):
        keep(f"c{n}", agent_login="rq2" if n < 4 else "rosa")
    (row,) = quotas.quotas(store, settings, HOUSE, SEPTEMBER)
    assert (row.login, row.calls, row.quota, row.logins) == ("rq2", 6, 4, 2)
    assert quotas.draw_missing(store, settings, HOUSE, SEPTEMBER, now=NOW) == 4
    with store.reading() as connection:
        found = connection.execute(select(tasks.c.recording_id, tasks.c.agent_login)).all()
    assert all((login == "rq2") == (name < "c4") for name, login in found)


def test_a_login_is_told_by_itself_for_the_days_on_which_it_was_nobodys(
    store: Store, keep: Keep, settings: Settings
) -> None:
    """Else it would stand under the name of who got it, beside them; any other has its calls' name."""
    rosa = person(store, "rosa", "agent")
    with store.writing() as connection:
        later = {"login": "r2", "user_id": rosa.user_id, "since": date(2026, 9, 16)}
        connection.execute(insert(agent_logins).values(**later))
    for day in (14, 15, 17):
        at = datetime(2026, 9, day, 9, tzinfo=LIMA)
        keep(f"c{day}", agent_login="r2", agent="Rosa", call_started_at=at)
        keep(f"x{day}", agent_login="x9", agent="Lía Paz", call_started_at=at)
    told = [(row.user_id, row.agent, row.calls) for row in quotas.quotas(store, settings, HOUSE, SEPTEMBER)]
    assert sorted(told, key=str) == [(rosa.user_id, "Rosa", 1), (None, "Lía Paz", 3), (None, "r2", 2)]


def test_what_a_lead_misses_is_drawn_among_the_calls_in_reach_and_once(
    store: Store, keep: Keep, settings: Settings
) -> None:
    """Rosa went from the north to the south in the middle of the month."""
    norte, sur = new_team(store, "Norte"), new_team(store, "Sur")
    rosa = person(store, "rosa", "agent", team=norte)
    with store.writing() as connection:
        its = memberships.c.user_id == rosa.user_id
        connection.execute(update(memberships).where(its).values(until=date(2026, 9, 15)))
        then = {"user_id": rosa.user_id, "team_id": sur, "leads": False, "since": date(2026, 9, 16)}
        connection.execute(insert(memberships).values(**then))
    for day in range(9, 23):
        keep(f"c{day:02}", agent_login="rosa", call_started_at=datetime(2026, 9, day, 9, tzinfo=LIMA))
    house_drawn(store, "c10", 0.25)
    lead = person(store, "eva", "lead", team=sur, leads=True)
    added = [quotas.draw_missing(store, settings, lead, SEPTEMBER, now=NOW) for _ in range(3)]
    assert added == [4, 0, 0]
    assert {name for name in drawn(store) if name != "c10"} <= {f"c{day}" for day in range(16, 23)}
    with store.reading() as connection:
        other = connection.execute(select(tasks.c.probability).where(tasks.c.recording_id == "c10"))
        assert other.scalar_one() == 0.25  # what is out of reach stands for what it stood for
    assert set(probabilities(store).values()) == {4 / 7}


def test_december_ends_with_the_year() -> None:
    assert periods.month_of(date(2026, 12, 31)) == (date(2026, 12, 1), date(2026, 12, 31))


def test_a_call_whose_words_were_erased_is_not_drawn(store: Store, settings: Settings, keep: Keep) -> None:
    for name in ("a", "b"):
        keep(name)
    with store.writing() as connection:
        wiping.wipe_words(connection, "a", "person", NOW)
    sampling.draw(store, settings, HOUSE)
    with store.reading() as connection:
        assert connection.execute(select(chances.c.recording_id)).scalars().all() == ["b"]


def test_a_call_that_waits_leaves_the_queue_when_its_words_are_erased(
    store: Store, settings: Settings, keep: Keep
) -> None:
    for name in ("a", "b"):
        keep(name)
    sampling.draw(store, settings, HOUSE)
    with store.writing() as connection:
        wiping.wipe_words(connection, "a", "person", NOW)
    assert [row.recording_id for row in queue(store, settings, HOUSE).rows] == ["b"]
