"""What a team's calls show: a person's word first, criticals once confirmed, changes that are no chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from coach import outcomes
from coach.kappa import Share
from coach.outcomes import CallOutcomes
from coach.periods import Period, in_part, period, trend
from coach.picture import looked_at, picture
from coach.rows import CallFilter
from coach.store import Store
from coach.team_figures import Change, by_id, changes, strengths, to_work_on
from coach.types import Call, Override, Review
from coach.viewers import HOUSE
from rubrics.copc import kind_of
from rubrics.types import Criterion
from tests.coach.spoken import add_review

Keep = Callable[..., Call]


def criterion(name: str, *, group: str = "trato", weight: float = 5.0, **more: object) -> Criterion:
    return Criterion.model_validate(
        {"id": name, "label": name, "group": group, "check": "x", "weight": weight, "help": "", **more}
    )


FORM = by_id(
    [
        [
            criterion("calm"),
            criterion("firm", group="negociacion", weight=10),
            criterion("no_threats", weight=20, critical=True),  # weighs nothing, whatever is written
        ]
    ]
)


def came(n: int, login: str = "rosa", **sure: str) -> list[CallOutcomes]:
    return [CallOutcomes(f"{login}-{i}", login, dict(sure)) for i in range(n)]  # type: ignore[arg-type]


# outcomes


def test_a_persons_word_takes_the_place_of_the_machines(store: Store, keep: Keep) -> None:
    keep("a", verdicts={"calm": "fail", "firm": "pass"}, agent_login="rosa")
    add_review(store, Review("a", "Eva", datetime.now(UTC), (Override("calm", "pass", "Sí."),)))
    (call,) = outcomes.outcomes(store, HOUSE, CallFilter())
    assert call.sure == {"calm": "pass", "firm": "pass"}
    assert call.said == {"calm"}


def test_what_waits_for_a_person_is_not_counted(store: Store, keep: Keep) -> None:
    keep("a", verdicts={"calm": "fail", "firm": "na"}, waiting=("calm",))
    (call,) = outcomes.outcomes(store, HOUSE, CallFilter())
    assert call.sure == {"firm": "na"}


def test_a_call_that_cannot_be_judged_is_left_out(store: Store, keep: Keep) -> None:
    keep("a", evaluable="no")
    assert outcomes.outcomes(store, HOUSE, CallFilter()) == ()


def test_calls_that_are_counted_make_the_picture_that_reading_each_makes(store: Store, keep: Keep) -> None:
    keep("a", verdicts={"calm": "fail", "no_threats": "fail"}, agent_login="rosa")
    keep("b", verdicts={"calm": "pass", "no_threats": "fail"}, agent_login="rosa")
    keep("c", verdicts={"calm": "fail", "firm": "na"}, waiting=("calm",), agent_login="luz")
    keep("d", verdicts={"firm": "pass", "gone": "fail"})
    keep("e", evaluable="no", agent_login="luz")
    add_review(store, Review("b", "Eva", datetime.now(UTC), (Override("no_threats", "fail", "Sí."),)))
    seen = looked_at(store, HOUSE, CallFilter(), FORM)
    assert seen == picture(outcomes.outcomes(store, HOUSE, CallFilter()), FORM)
    assert seen.calls == 4
    assert seen.cells("rosa")["no_threats"].confirmed == seen.cells("rosa")["no_threats"].to_confirm == 1


# the picture


def test_rates_are_of_those_judged_by_agent_and_of_all() -> None:
    seen = picture([*came(6, calm="pass"), *came(3, "luz", calm="fail"), *came(1, "luz", calm="na")], FORM)
    assert seen.criteria["calm"].share == Share(6, 9)
    assert seen.cells("luz")["calm"].share == Share(0, 3)
    assert not seen.cells("luz")["calm"].enough


def test_a_critical_failure_counts_once_a_person_has_confirmed_it() -> None:
    waits = CallOutcomes("a", "rosa", {"no_threats": "fail"})
    told = CallOutcomes("b", "rosa", {"no_threats": "fail"}, frozenset({"no_threats"}))
    seen = picture([waits, told, *came(2, no_threats="pass")], FORM)
    cell = seen.criteria["no_threats"]
    assert (cell.share, cell.confirmed, cell.to_confirm) == (Share(2, 3), 1, 1)
    assert seen.copc["compliance"] == Share(2, 3)


def test_accuracy_is_the_share_of_calls_without_an_error_of_the_kind() -> None:
    seen = picture([*came(3, calm="pass", firm="fail"), *came(1, calm="fail", firm="pass")], FORM)
    assert seen.copc["customer"] == Share(3, 4)
    assert seen.copc["business"] == Share(1, 4)


def test_a_form_may_say_another_kind_of_error() -> None:
    assert kind_of(criterion("calm")) == "customer"
    assert kind_of(criterion("calm", copc="compliance")) == "compliance"
    assert kind_of(criterion("own_rule")) == "minor"
    assert kind_of(criterion("own_rule", critical=True)) == "compliance"


def test_groups_are_means_over_calls_with_an_interval() -> None:
    seen = picture([*came(8, calm="pass"), *came(2, "luz", calm="fail")], FORM)
    trato = seen.groups["trato"]
    assert trato.n == 10
    assert trato.value == 80.0
    assert trato.margin is not None
    assert trato.margin > 10


def test_what_loses_most_points_comes_first_and_what_is_met_is_no_place_to_begin() -> None:
    calls = [*came(12, calm="fail", firm="pass"), *came(12, calm="fail", firm="fail")]
    lost = to_work_on(picture(calls, FORM), FORM)
    assert [(one.criterion.id, round(one.points, 1)) for one in lost] == [("calm", 5.0), ("firm", 5.0)]
    assert to_work_on(picture(came(30, calm="pass", firm="pass"), FORM), FORM) == ()
    assert to_work_on(picture(came(9, calm="fail"), FORM), FORM) == ()
    confirmed = [CallOutcomes(str(n), "rosa", {"no_threats": "fail"}, frozenset(FORM)) for n in range(30)]
    assert to_work_on(picture(confirmed, FORM), FORM) == ()  # told elsewhere


def test_strengths_are_the_weightiest_of_what_is_met() -> None:
    found = strengths(picture(came(6, calm="pass", firm="pass", no_threats="pass"), FORM), FORM)
    assert [one.criterion.id for one in found] == ["firm", "calm"]


def test_a_change_is_told_only_where_it_is_clear() -> None:
    before = picture([*came(20, calm="fail", firm="pass"), *came(20, calm="fail", firm="fail")], FORM)
    now = picture([*came(20, calm="pass", firm="pass"), *came(16, calm="pass", firm="fail")], FORM)
    assert [(one.criterion.id, one.points) for one in changes(before, now, FORM)] == [("calm", 100.0)]


def test_a_handful_of_calls_is_no_change() -> None:
    assert not Change(FORM["calm"], Share(0, 5), Share(5, 5)).clear
    assert not Change(FORM["calm"], Share(30, 30), Share(30, 30)).clear


# periods


def test_without_dates_it_is_four_weeks_and_the_four_before() -> None:
    found = period(CallFilter(), date(2026, 11, 18))
    assert found == Period(date(2026, 10, 22), date(2026, 11, 18))
    assert found.before == Period(date(2026, 9, 24), date(2026, 10, 21))


def test_dates_that_are_asked_for_hold() -> None:
    asked = CallFilter(since=date(2026, 11, 1), until=date(2026, 11, 3))
    assert period(asked, date(2026, 12, 31)).before == Period(date(2026, 10, 29), date(2026, 10, 31))
    assert period(CallFilter(since=date(2027, 1, 1)), date(2026, 12, 31)).days == 1


def test_a_trend_is_of_whole_weeks() -> None:
    assert trend(Period(date(2026, 10, 22), date(2026, 11, 18))).since == date(2026, 8, 24)


def test_a_week_is_in_part_where_the_days_looked_at_cut_it() -> None:
    days, last = Period(date(2026, 11, 11), date(2026, 11, 18)), date(2026, 11, 30)
    mondays = [date(2026, 11, 9), date(2026, 11, 16)]
    assert [in_part(one, days, last) for one in mondays] == [True, True]
    assert [in_part(one, days, days.until) for one in mondays] == [True, False]  # no call is left out
    whole = Period(mondays[0], date(2026, 11, 22))
    assert not any(in_part(one, whole, last) for one in mondays)
