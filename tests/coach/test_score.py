"""An agent's score: which calls make it, what each of them stands for, and what is honest to say."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from math import sqrt

import pytest
from sqlalchemy import insert

from coach import calibration
from coach.house_rules import ScoreRules
from coach.intervals import mean, weighted
from coach.periods import month_of
from coach.schema_people import agent_logins
from coach.schema_work import disputes
from coach.score import Score, band, scores, spanned
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import HOUSE, Viewer
from tests.coach.house import NOW, agent, drawn, person, released, team

MONTH = month_of(date(2026, 9, 14))
Put = Callable[..., None]


@pytest.fixture
def put(store: Store, keep: Callable[..., Call]) -> Put:
    """A call of rosa's in September, drawn and released where not said otherwise."""

    def call(
        name: str, points: float | None = 80.0, *, p: float = 1.0, out: bool = True, **more: object
    ) -> None:
        more.setdefault("agent_login", "rosa")
        keep(name, points=points, **more)
        if p:
            drawn(store, name, p)
        if out:
            released(store, name)

    return call


def of(store: Store, settings: Settings, login: str = "rosa", viewer: Viewer = HOUSE) -> Score:
    return next(row for row in scores(store, settings, viewer, *MONTH) if row.login == login)


def test_hard_cases_that_were_drawn_more_often_weigh_less(store: Store, settings: Settings, put: Put) -> None:
    agent(store, "rosa")
    for at in range(4):
        put(f"easy-{at}", 90.0, p=0.1)
    put("hard", 40.0, p=1.0)
    found = of(store, settings)
    assert found.n == 5
    assert found.points.value == pytest.approx((4 * 10 * 90 + 40) / 41)


def test_below_the_minimum_there_is_no_score(store: Store, settings: Settings, put: Put) -> None:
    agent(store, "rosa")
    for at in range(4):
        put(f"c-{at}")
    found = of(store, settings)
    assert (found.n, found.needed, found.points.value, found.band, found.enough) == (4, 5, None, "", False)


@pytest.mark.parametrize(
    "more",
    [
        {"evaluable": "no"},
        {"out": False},
        {"p": 0.0},
        {"agent_login": None},
        {"agent_login": "otro"},
        {"points": None},
        {"call_started_at": datetime(2026, 8, 31, 12, tzinfo=UTC)},
    ],
    ids=lambda more: next(iter(more)),
)
def test_what_is_not_eligible_is_not_counted(
    store: Store, settings: Settings, put: Put, more: dict[str, object]
) -> None:
    agent(store, "rosa")
    for at in range(5):
        put(f"c-{at}", 80.0)
    put("out", **{"points": 0.0, **more})
    found = of(store, settings)
    assert (found.n, found.points.value) == (5, 80.0)


def test_a_call_that_waits_for_its_release_is_told(store: Store, settings: Settings, put: Put) -> None:
    agent(store, "rosa")
    put("a")
    put("b", out=False)
    assert (of(store, settings).n, of(store, settings).waiting, of(store, settings).calls) == (1, 1, 2)


def test_what_is_released_after_the_cut_off_is_of_another_day(
    store: Store, settings: Settings, put: Put
) -> None:
    agent(store, "rosa")
    put("a")
    (found,) = scores(store, settings, HOUSE, *MONTH, cut_off=NOW - timedelta(hours=1))
    assert (found.n, found.waiting) == (0, 1)


def test_a_call_that_was_released_before_the_lot_fell_on_it_counts(
    store: Store, settings: Settings, put: Put
) -> None:
    agent(store, "rosa")
    for at in range(10):
        put(f"c-{at}", 100.0 if at < 5 else 40.0, p=0.0, out=False)
        released(store, f"c-{at}", NOW - timedelta(days=3) if at >= 5 else NOW)
        drawn(store, f"c-{at}", 0.5)
    found = of(store, settings)
    assert (found.n, found.waiting, found.points.value) == (10, 0, pytest.approx(70.0))


def test_a_call_that_is_in_the_queue_for_a_dispute_alone_was_not_drawn(
    store: Store, settings: Settings, put: Put
) -> None:
    agent(store, "rosa")
    put("c-0", p=0.0)
    with store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO tasks (recording_id, reason, probability, blind, state, created_at)"
            " VALUES ('c-0', 'dispute', 1.0, true, 'open', '2026-09-20 00:00:00')"
        )
    assert of(store, settings).sample == ()


def test_a_task_for_a_dispute_does_not_change_what_the_call_stands_for(
    store: Store, settings: Settings, put: Put
) -> None:
    agent(store, "rosa")
    for at in range(5):
        put(f"c-{at}", 60.0 if at else 100.0, p=0.1, out=False)
        released(store, f"c-{at}", NOW)
    before = of(store, settings).points.value
    with store.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO tasks (recording_id, reason, probability, blind, state, created_at)"
            " VALUES ('c-0', 'dispute', 1.0, true, 'done', '2026-10-05 00:00:00')"
        )
    assert of(store, settings).points.value == before


def test_a_call_with_two_tasks_is_one_call(store: Store, settings: Settings, put: Put) -> None:
    agent(store, "rosa")
    for at in range(4):
        put(f"c-{at}", 100.0, p=0.5)
    put("both", 50.0, p=0.5)
    drawn(store, "both", 0.5, state="claimed")
    found = of(store, settings)
    assert (found.n, found.points.value) == (5, 90.0)


def test_a_voided_call_is_zero(store: Store, settings: Settings, put: Put) -> None:
    agent(store, "rosa")
    for at in range(5):
        put(f"c-{at}", 100.0)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE standings SET points = 0, void = true WHERE scorecard_id = 1")
    found = of(store, settings)
    assert (found.points.value, found.voided) == (80.0, 1)


def test_open_disputes_are_told_and_change_nothing(store: Store, settings: Settings, put: Put) -> None:
    rosa = agent(store, "rosa")
    for at in range(5):
        put(f"c-{at}", 70.0)
    row = {
        "recording_id": "c-1", "scorecard_id": 2, "criterion": "firm", "opened_by": rosa.user_id,
        "opened_at": NOW,
        "reason": "Sí lo pedí.", "quote": "", "due_on": date(2026, 10, 7), "decision": "",
    }  # fmt: skip
    with store.writing() as connection:
        connection.execute(insert(disputes), [{**row, "state": state} for state in ("open", "dismissed")])
    found = of(store, settings)
    assert (found.open_disputes, found.points.value) == (1, 70.0)


def test_bands_and_whether_the_interval_lies_in_one(store: Store, settings: Settings, put: Put) -> None:
    agent(store, "rosa")
    for at in range(8):
        put(f"c-{at}", 97.0 + at % 2)
    found = of(store, settings)
    assert (found.band, found.sure) == ("sobresaliente", True)
    names = [band(settings, points) for points in (89.94, 89.96, 80.0, 79.9)]
    assert names == ["cumple", "sobresaliente", "cumple", "en desarrollo"]


def test_a_few_calls_all_alike_are_not_taken_for_certainty(
    store: Store, settings: Settings, put: Put
) -> None:
    agent(store, "rosa")
    for at in range(5):
        put(f"c-{at}", 90.0)
    found = of(store, settings)
    assert found.points.margin is not None
    assert found.points.margin > 5
    assert not found.sure


def test_a_login_that_changed_hands_counts_for_whose_it_was(
    store: Store, settings: Settings, put: Put
) -> None:
    agent(store, "rosa", until=date(2026, 9, 10))
    new = person(store, "luz", "agent")
    with store.writing() as connection:
        held = {"login": "rosa", "user_id": new.user_id, "since": date(2026, 9, 11)}
        connection.execute(insert(agent_logins).values(**held))
    put("early", call_started_at=datetime(2026, 9, 10, 15, tzinfo=UTC))
    put("late", call_started_at=datetime(2026, 9, 11, 15, tzinfo=UTC))
    assert [(row.login, row.n) for row in scores(store, settings, HOUSE, *MONTH)] == [("luz", 1), ("rosa", 1)]


def test_everybody_sees_the_scores_in_reach(store: Store, settings: Settings, put: Put) -> None:
    site, north = team(store, "Lima", "Norte")
    _, south = team(store, "Lima", "Sur")
    rosa, _ = agent(store, "rosa", north), agent(store, "paco", south)
    put("a")
    put("b", agent_login="paco")
    lead = person(store, "lia", "lead", teams=(north,))
    assert [row.login for row in scores(store, settings, lead, *MONTH)] == ["rosa"]
    assert [row.login for row in scores(store, settings, rosa, *MONTH)] == ["rosa"]
    assert [(row.login, row.team) for row in scores(store, settings, HOUSE, *MONTH, site_id=site)] == [
        ("paco", "Sur"), ("rosa", "Norte"),
    ]  # fmt: skip
    assert scores(store, settings, HOUSE, *MONTH, site_id=site + 1) == ()
    with pytest.raises(CoachError, match="no tiene permiso"):
        scores(store, settings, person(store, "aud", "auditor"), *MONTH)


def test_with_a_sampler_that_draws_hard_calls_four_times_as_often_the_score_is_unbiased() -> None:
    """Two thousand draws of one month. What the weights do is exact: the weighted errors around the truth add
    up to nothing but chance. What the ratio adds is a fraction of the estimate's own error, where the plain
    mean of the same draws is off by many times that; and the interval holds the truth about as often as it
    says.
    """
    chance = random.Random(7)
    month = [(chance.gauss(55, 12), 0.4) for _ in range(60)] + [
        (chance.gauss(88, 6), 0.1) for _ in range(240)
    ]
    month = [(min(100.0, max(0.0, points)), p) for points, p in month]
    truth = sum(points for points, _ in month) / len(month)
    errors, plain, sums, held = [], [], [], 0
    for _ in range(2000):
        sample = [(points, p) for points, p in month if chance.random() < p]
        found = weighted([points for points, _ in sample], [1 / p for _, p in sample], spread=10.0)
        assert found.value is not None
        assert found.margin is not None
        sums.append(sum((points - truth) / p for points, p in sample))
        errors.append(found.value - truth)
        plain.append(sum(points for points, _ in sample) / len(sample) - truth)
        held += abs(errors[-1]) <= found.margin
    middle, deviation = spread_of(sums)
    assert abs(middle) < 3 * deviation / sqrt(len(sums))
    bias, error = spread_of(errors)
    assert abs(bias) < error / 5
    assert spread_of(plain)[0] < -5 * error
    assert 0.93 <= held / len(errors) <= 0.99


def spread_of(values: list[float]) -> tuple[float, float]:
    middle = sum(values) / len(values)
    return middle, sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


@pytest.mark.parametrize("n", [5, 8, 20])
def test_equal_weights_give_the_plain_mean_and_students_interval(n: int) -> None:
    values = [60.0 + 37 * at % 40 for at in range(n)]
    plain = mean(n, sum(values), sum(v * v for v in values))
    found = weighted(values, [3.0] * n)
    assert found.value == pytest.approx(plain.value)
    assert found.margin == pytest.approx(plain.margin)


def test_a_sheet_leaves_out_what_its_reader_is_to_judge_blind_and_the_month_does_not(
    store: Store, settings: Settings, put: Put
) -> None:
    agent(store, "rosa")
    for at in range(5):
        put(f"good-{at}", 90.0)
    put("bad", 30.0)
    eva, luz = person(store, "eva"), person(store, "luz")
    assert eva.user_id is not None
    assert luz.user_id is not None
    calibration.create(store, luz, "Septiembre", ["bad"], [eva.user_id, luz.user_id])
    (sheet,) = scores(store, settings, eva, *MONTH, logins=("rosa",), apart=True)
    assert (sheet.n, sheet.points.value) == (5, pytest.approx(90.0))
    assert of(store, settings, viewer=eva).points.value == pytest.approx(80.0)
    (whole,) = scores(store, settings, person(store, "lea"), *MONTH, logins=("rosa",), apart=True)
    assert whole.points.value == pytest.approx(80.0)


def test_the_bands_that_an_interval_touches_are_named_from_the_lowest() -> None:
    rules = ScoreRules()
    assert spanned(rules, 36.0, 88.0) == ("en desarrollo", "cumple")
    assert spanned(rules, 79.0, 100.0) == ("en desarrollo", "cumple", "sobresaliente")
    assert spanned(rules, 79.96, 89.94) == ("cumple",)
    assert spanned(ScoreRules(bands={"bien": 75.0}, below="por mejorar"), 0.0, 20.0) == ("por mejorar",)
