"""Coaching plans: what repeats in an agent's calls, with quotes and drills, and whether it helped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import insert, select, update

from coach import audit, coaching, database, notices, own_calls, patterns, practicable, reviews
from coach.assignment_rows import of_person
from coach.assignments import Order
from coach.coaching_effect import Counts, Effect, as_kept, bounded, compared, kept
from coach.coaching_rows import drills_of, ended, mine, open_plans, plan_of, quoted
from coach.kappa import Share
from coach.rows import CallFilter
from coach.schema import findings, ladders, scorecards
from coach.schema_people import agent_logins, memberships
from coach.schema_work import disputes
from coach.settings import Settings
from coach.store import Store
from coach.team_figures import by_id
from coach.types import CoachError
from coach.viewers import HOUSE, Role, Viewer
from rubrics.loader import load_rubric
from rubrics.types import Outcome
from tests.coach.house import rated, released
from tests.coach.people import somebody
from tests.coach.review_people import judged_call, keep_call
from tests.filled import filled

CRITERIA = by_id([load_rubric().criteria])
NOW = datetime(2026, 9, 30, 15, tzinfo=UTC)
FIRST = date(2026, 9, 1)
DAY = date(2026, 10, 20)
NO = Share(0, 0)


@pytest.fixture
def trainer(store: Store) -> Viewer:
    return somebody(store, "trainer")


@pytest.fixture
def rosa(store: Store) -> Viewer:
    for login in ("ana", "beto", "caro"):
        somebody(store, "agent", login, holds=(login,), team="Norte")
    return somebody(store, "agent", "rosa", name="Rosa Quispe", holds=("rosa",), team="Norte")


Calls = Callable[..., None]


@pytest.fixture
def calls(store: Store, settings: Settings) -> Calls:
    """`n` calls of one agent, of which `faulty` miss the criterion, one a day."""

    def put(
        login: str, n: int, faulty: int, *, criterion: str = "empathy", first: date = FIRST, **more: object
    ) -> None:
        for place in range(n):
            name = f"{login}-{first:%m%d}-{place}"
            failed = (criterion,) if place < faulty else ()
            day = datetime.combine(first + timedelta(days=place % 20), datetime.min.time(), UTC)
            keep_call(
                store, settings, name, failed=failed, agent_login=login, agent=login.title(),
                call_started_at=day, **more,
            )  # fmt: skip

    return put


@pytest.fixture
def house(store: Store, calls: Calls, rosa: Viewer) -> None:
    def fill() -> None:
        calls("rosa", 12, 9)
        for login in ("ana", "beto", "caro"):
            calls(login, 12, 2)

    filled(store, "coaching", fill)


def plan(
    store: Store, settings: Settings, viewer: Viewer, *orders: Order, pattern: str = "criterion:empathy"
) -> int:
    return coaching.begin(
        store, settings, viewer, CRITERIA, "rosa", pattern, "Que nombre lo que la persona contó.", DAY,
        orders, now=NOW,
    )  # fmt: skip


def seen(store: Store, viewer: Viewer, login: str = "rosa") -> tuple[patterns.Pattern, ...]:
    return coaching.sheet(store, viewer, CRITERIA, login).patterns


# what repeats


def test_what_repeats_is_told_with_n_and_beside_the_team(store: Store, trainer: Viewer, house: None) -> None:
    (one,) = seen(store, trainer)
    assert (one.id, one.share, one.team) == ("criterion:empathy", Share(9, 12), Share(6, 36))
    assert one.stands_out
    assert one.lost == pytest.approx(CRITERIA["empathy"].weight * 9 / 12)


def test_what_voids_a_call_costs_no_points_whatever_its_form_writes() -> None:
    tally = patterns.Tally(Counter({"rosa": 12}))
    tally.add("rosa", "empathy", 9, 12)
    critical = CRITERIA["empathy"].model_copy(update={"critical": True})
    (one,) = patterns.worth(tally, ["rosa"], frozenset(), {"empathy": critical})
    assert (one.critical, one.lost) == (True, 0.0)


@pytest.mark.parametrize(("n", "faulty"), [(1, 1), (9, 9), (12, 2), (40, 8)])
def test_few_calls_few_faults_and_rare_ones_are_no_pattern(
    store: Store, trainer: Viewer, rosa: Viewer, calls: Calls, n: int, faulty: int
) -> None:
    calls("rosa", n, faulty)
    assert seen(store, trainer) == ()


def test_whatever_the_form_has_can_be_chosen_however_few_calls_say_something_of_it(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    calls("rosa", 4, 3)
    of = coaching.sheet(store, trainer, CRITERIA, "rosa")
    assert of.countries == ("PE",)
    assert [(one.name, one.share) for one in of.few] == [("empathy", Share(3, 4))]
    assert {one.id for one in of.others} >= {f"criterion:{name}" for name in CRITERIA}
    plan(store, settings, trainer, pattern="criterion:empathy")
    (made,) = open_plans(store, trainer)
    assert (made.name, made.share, made.n) == ("empathy", 0.75, 4)
    later = coaching.sheet(store, trainer, CRITERIA, "rosa")
    assert "criterion:empathy" not in {one.id for one in later.others}


def test_doubtful_verdicts_say_nothing(store: Store, trainer: Viewer, rosa: Viewer, calls: Calls) -> None:
    calls("rosa", 12, 12, waiting=("empathy",))
    assert seen(store, trainer) == ()


def test_a_critical_failure_counts_once_people_have_confirmed_it_twice(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    calls("rosa", 4, 4, criterion="no_threats")
    assert seen(store, trainer) == ()
    boss = somebody(store, "analyst")
    for place in range(2):
        reviews.override(store, settings, boss, f"rosa-0901-{place}", "no_threats", "fail", "Amenaza.")
    (one,) = seen(store, trainer)
    assert one.critical
    assert one.share.hits == 2


def test_an_objection_that_stays_open_is_a_pattern_with_its_weakest_step(
    store: Store, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    calls("rosa", 12, 0)
    unmet(store, "rosa", fits=2)
    (one,) = seen(store, trainer)
    assert (one.id, one.share, one.rung, one.team) == ("objection:no_money", Share(10, 12), "explore", None)


def test_where_most_have_few_calls_more_weeks_are_looked_at(
    store: Store, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    """A call of today by somebody else does not hide what repeats in the calls of weeks ago."""
    calls("rosa", 12, 9, first=date(2026, 9, 1))
    assert [row.weeks for row in coaching.agents(store, trainer, CRITERIA)] == [4]
    calls("beto", 1, 0, first=date(2026, 10, 20))
    shown = {row.login: row for row in coaching.agents(store, trainer, CRITERIA)}
    assert {login: row.weeks for login, row in shown.items()} == {"rosa": 8, "beto": 8}
    assert [one.id for one in shown["rosa"].patterns] == ["criterion:empathy"]
    of = coaching.sheet(store, trainer, CRITERIA, "rosa")
    assert (of.calls, [one.id for one in of.patterns]) == (12, ["criterion:empathy"])
    then = coaching.sheet(store, trainer, CRITERIA, "rosa", up_to=date(2026, 9, 4))
    assert (then.calls, then.until) == (4, date(2026, 9, 4))


def test_the_weeks_are_those_in_which_enough_calls_are_listed(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    """A call that cannot be judged is in nobody's patterns."""
    calls("rosa", 12, 9, first=date(2026, 8, 5))
    calls("rosa", 8, 6, first=date(2026, 9, 5))
    for at in range(3):
        day = datetime(2026, 9, 10 + at, tzinfo=UTC)
        one = judged_call(settings, f"mudo-{at}", agent="Rosa", call_started_at=day)
        store.add_recording(one.transcript.recording)
        store.save(replace(one, scorecard=replace(one.scorecard, evaluable="no", points=None)), "nlp-1")
    assert [(row.login, row.weeks) for row in coaching.agents(store, trainer, CRITERIA)] == [("rosa", 8)]


def test_where_nobody_has_enough_the_last_four_weeks_are_told(
    store: Store, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    calls("rosa", 3, 3, first=date(2026, 9, 1))
    calls("beto", 3, 0, first=date(2026, 6, 1))
    assert [(row.login, row.weeks) for row in coaching.agents(store, trainer, CRITERIA)] == [("rosa", 4)]


def unmet(store: Store, login: str, *, fits: int) -> None:
    """Every call of the agent brings «no_money»; all but `fits` leave it open, none explores."""
    with store.writing() as connection:
        made = connection.execute(select(findings.c.id, findings.c.recording_id)).all()
        own = [row.id for row in made if row.recording_id.startswith(login)]
        for place, number in enumerate(own):
            met = place < fits
            connection.execute(
                insert(ladders).values(
                    findings_id=number, label="no_money", times=1, recognise=1, explore=0, answer=1, ask=1,
                    fits=int(met), missed=int(not met), turn=None if met else 3,
                )
            )  # fmt: skip


def test_list_and_sheet_look_at_the_same_weeks(
    store: Store, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    calls("rosa", 12, 9, first=date(2026, 9, 1))
    calls("ana", 12, 0, first=date(2026, 9, 20))
    calls("beto", 3, 0, first=date(2026, 5, 1))  # away since: of those weeks there is nothing to list
    listed = {row.login: row.calls for row in coaching.agents(store, trainer, CRITERIA)}
    assert listed.keys() == {"rosa", "ana"}
    for login, n in listed.items():
        assert coaching.sheet(store, trainer, CRITERIA, login).calls == n
    assert coaching.sheet(store, trainer, CRITERIA, "beto").calls == 3


def test_the_list_puts_first_who_needs_it_most(store: Store, trainer: Viewer, house: None) -> None:
    rows = coaching.agents(store, trainer, CRITERIA)
    assert [row.login for row in rows] == ["rosa", "ana", "beto", "caro"]
    assert [one.id for one in rows[0].patterns] == ["criterion:empathy"]
    assert rows[1].patterns == ()


# plans


def test_a_plan_has_quotes_of_released_calls_and_tells_its_agent(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None
) -> None:
    with_words(store, settings)
    number = plan(store, settings, trainer, Order("one_reply", DAY, objection="no_money"))
    (one,) = mine(store, rosa)
    assert (one.id, one.pattern, one.n, one.by) == (number, "criterion:empathy", 13, "Trainer")
    (quote,) = quoted(store, settings, rosa, one)
    assert quote.said == "No tengo dinero, señorita, me pagan el viernes."
    (drill,) = drills_of(store, rosa, one)
    assert (drill.objection, drill.passes, drill.times) == ("no_money", 0, 1)
    told = {note.kind: note.of for note in notices.waiting(store, settings, rosa) if note.id}
    assert told["plan_made"] == number
    assert "drill_assigned" in told
    assert audit.entries(store, HOUSE, action="plan.make").total == 1


@pytest.mark.parametrize(
    ("state", "told", "lifted"), [("open", True, False), ("dismissed", False, False), ("upheld", False, True)]
)
def test_a_fault_that_is_under_appeal_or_was_won_is_quoted_as_such(
    store: Store,
    settings: Settings,
    trainer: Viewer,
    rosa: Viewer,
    house: None,
    state: str,
    told: bool,
    lifted: bool,
) -> None:
    with_words(store, settings)
    plan(store, settings, trainer)
    row = {"criterion": "empathy", "opened_by": rosa.user_id, "opened_at": datetime.now(UTC), "reason": "x",
           "quote": "", "due_on": DAY, "state": state, "decision": ""}  # fmt: skip
    with store.writing() as connection:
        its = select(scorecards.c.id).where(scorecards.c.recording_id == "rosa-citada")
        card = connection.execute(its).scalar_one()
        connection.execute(insert(disputes).values(recording_id="rosa-citada", scorecard_id=card, **row))
    if lifted:
        judge = somebody(store, "analyst", "eva", name="Eva")
        rated(store, "rosa-citada", judge, {"empathy": "pass"}, blind=False, kind="dispute")
    (own,) = mine(store, rosa)
    (shown,) = quoted(store, settings, trainer, own)
    assert (shown.appealed, shown.lifted) == (told, lifted)
    which = CallFilter(agents=("rosa",))
    found = own_calls.examples(store, settings, trainer, which, "empathy", most=1)
    assert [one.appealed for one in found] == ([] if lifted else [told])


def with_words(store: Store, settings: Settings, name: str = "rosa-citada") -> None:
    """A released call of Rosa's in which the failure is quoted."""
    from dataclasses import replace

    from rubrics.types import Verdict
    from tests.coach.review_people import judged_call

    call = judged_call(settings, name)
    quote = call.transcript.quote(3, 0, 15)
    verdicts = dict(call.scorecard.verdicts) | {"empathy": Verdict("fail", "No reconoce.", (quote,), 0.9)}
    store.add_recording(call.transcript.recording)
    store.save(replace(call, scorecard=replace(call.scorecard, verdicts=verdicts)), "nlp-1")
    released(store, name)


def test_words_of_an_erased_call_are_in_no_plan(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None
) -> None:
    with_words(store, settings)
    plan(store, settings, trainer)
    store.forget("rosa-citada")
    (one,) = mine(store, rosa)
    assert quoted(store, settings, rosa, one) == ()
    assert quoted(store, settings, trainer, one) == ()


def test_a_pattern_with_a_plan_is_not_proposed_again(
    store: Store, settings: Settings, trainer: Viewer, house: None
) -> None:
    plan(store, settings, trainer)
    assert seen(store, trainer) == ()
    with pytest.raises(CoachError, match="ya tiene un plan abierto"):
        plan(store, settings, trainer)


@pytest.mark.parametrize(
    ("target", "day", "why"),
    [(" ", DAY, "Falta la meta"), ("a" * 1001, DAY, "hasta 1000"), ("x", NOW.date(), "después de hoy")],
)
def test_a_plan_needs_a_target_and_a_day_to_come(
    store: Store, settings: Settings, trainer: Viewer, house: None, target: str, day: date, why: str
) -> None:
    with pytest.raises(CoachError, match=why):
        coaching.begin(store, settings, trainer, CRITERIA, "rosa", "criterion:empathy", target, day, now=NOW)


def test_a_bad_drill_makes_no_plan(store: Store, settings: Settings, trainer: Viewer, house: None) -> None:
    with pytest.raises(CoachError, match="ya no está"):
        plan(store, settings, trainer, Order("one_reply", DAY, scenario="no_hay"))
    assert open_plans(store, trainer) == ()


# rights


def test_a_lead_coaches_the_own_team_and_no_other(
    store: Store, settings: Settings, trainer: Viewer, house: None
) -> None:
    north, south = (
        somebody(store, "lead", "norte", leads="Norte"),
        somebody(store, "lead", "sur", leads="Sur"),
    )
    plan(store, settings, north)
    assert len(open_plans(store, north)) == 1
    assert open_plans(store, south) == ()
    for act in (
        lambda: coaching.sheet(store, south, CRITERIA, "rosa"),
        lambda: plan_of(store, south, "rosa"),
        lambda: coaching.measured(store, south, CRITERIA, open_plans(store, trainer)[0]),
        lambda: coaching.close(store, south, CRITERIA, open_plans(store, trainer)[0]),
    ):
        with pytest.raises(CoachError, match="No hay ningún agente"):
            act()


@pytest.mark.parametrize("role", ["analyst", "agent", "auditor"])
def test_nobody_else_coaches(
    store: Store, settings: Settings, trainer: Viewer, house: None, role: Role
) -> None:
    plan(store, settings, trainer)
    other = somebody(store, role, "ana" if role == "agent" else "")
    assert mine(store, other) == ()
    one = open_plans(store, trainer)[0]
    for act in (
        lambda: open_plans(store, other),
        lambda: coaching.sheet(store, other, CRITERIA, "rosa"),
        lambda: plan(store, settings, other),
        lambda: drills_of(store, other, one),
        lambda: coaching.close(store, other, CRITERIA, one),
    ):
        with pytest.raises(CoachError, match="no tiene permiso"):
            act()


def test_who_takes_over_a_login_reads_no_plan_of_the_former(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None
) -> None:
    plan(store, settings, trainer)
    with store.writing() as connection:
        its = update(agent_logins).where(agent_logins.c.login == "rosa")
        connection.execute(its.values(until=date(2026, 12, 31)))
        connection.execute(update(memberships).where(memberships.c.user_id == rosa.user_id).values(until=DAY))
    other = somebody(store, "agent", "nueva")
    with store.writing() as connection:
        connection.execute(
            insert(agent_logins).values(login="rosa", user_id=other.user_id, since=date(2027, 1, 1))
        )
    assert mine(store, other) == ()
    assert len(mine(store, rosa)) == 1


# whether it helped


def test_fewer_faults_in_like_calls_are_told_with_their_interval(
    store: Store, settings: Settings, trainer: Viewer, house: None, calls: Calls
) -> None:
    plan(store, settings, trainer)
    calls("rosa", 20, 1, first=date(2026, 10, 1))
    (one,) = open_plans(store, trainer)
    came = coaching.measured(store, trainer, CRITERIA, one, today=DAY)
    assert (came.before, came.after, came.verdict) == (Share(9, 12), Share(1, 20), "better")
    assert came.change == pytest.approx(-0.7)
    assert came.team_before == Share(6, 36)


def handed_over(store: Store, rosa: Viewer, *more: str) -> None:
    """Rosa's login is Beto's from October on; she goes on with those named."""
    beto = somebody(store, "agent", "beto")
    october = date(2026, 10, 1)
    with store.writing() as connection:
        its = update(agent_logins).where(agent_logins.c.login == "rosa")
        connection.execute(its.values(until=date(2026, 9, 30)))
        for login, whose in (("rosa", beto), *((one, rosa) for one in more)):
            row = {"login": login, "user_id": whose.user_id, "since": october}
            connection.execute(insert(agent_logins).values(**row))


@pytest.fixture
def october(store: Store, rosa: Viewer, house: None, calls: Calls) -> None:
    """Rosa's login goes to Beto in the weeks looked at, who calls with it too."""
    handed_over(store, rosa)
    calls("rosa", 10, 10, first=date(2026, 10, 1))


def test_coaching_starts_from_the_persons_own_time_with_the_login(
    store: Store, settings: Settings, trainer: Viewer, october: None
) -> None:
    of = coaching.sheet(store, trainer, CRITERIA, "rosa")
    assert (of.person.name, of.calls) == ("Beto", 10)
    (one,) = of.patterns
    assert one.share == Share(10, 10)
    (row,) = (row for row in coaching.agents(store, trainer, CRITERIA) if row.login == "rosa")
    assert (row.calls, [each.share for each in row.patterns]) == (10, [Share(10, 10)])


@pytest.fixture
def left(store: Store, rosa: Viewer, house: None, calls: Calls) -> Viewer:
    """Beto takes Rosa's login over before the last day looked at, and has not called with it yet."""
    calls("ana", 1, 0, first=date(2026, 9, 28))
    beto = somebody(store, "agent", "beto")
    with store.writing() as connection:
        its = update(agent_logins).where(agent_logins.c.login == "rosa")
        connection.execute(its.values(until=date(2026, 9, 20)))
        row = {"login": "rosa", "user_id": beto.user_id, "since": date(2026, 9, 21)}
        connection.execute(insert(agent_logins).values(**row))
    return beto


def test_a_plan_is_of_whose_calls_it_was_made_though_the_login_goes_on_to_another(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, left: Viewer, calls: Calls
) -> None:
    plan(store, settings, trainer, Order("one_reply", DAY, objection="no_money"))
    (one,) = mine(store, rosa)
    assert (one.user_id, one.person, one.share, one.n) == (rosa.user_id, "Rosa Quispe", 0.75, 12)
    assert one.until == date(2026, 9, 28)  # when the login was Beto's
    assert [drill.objection for drill in drills_of(store, rosa, one)] == ["no_money"]
    assert mine(store, left) == ()
    kinds = [[n.kind for n in notices.waiting(store, settings, who)] for who in (rosa, left)]
    assert ["plan_made" in told for told in kinds] == [True, False]
    calls("rosa", 10, 0, first=date(2026, 10, 1))
    came = coaching.measured(store, trainer, CRITERIA, one, today=DAY)
    assert (came.before, came.after) == (Share(9, 12), Share(0, 0))


def test_plans_of_who_had_the_login_before_are_told_apart_and_end_in_its_place(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, left: Viewer, calls: Calls
) -> None:
    """They leave the room and the topics of who has it now, and can be closed still."""
    for pattern in ("criterion:empathy", "criterion:concise", "criterion:polite_close"):
        plan(store, settings, trainer, pattern=pattern)
    calls("rosa", 12, 12, first=date(2026, 10, 1))
    of = coaching.sheet(store, trainer, CRITERIA, "rosa")
    assert (of.person.name, of.open, len(of.plans)) == ("Beto", (), 3)
    (row,) = (row for row in coaching.agents(store, trainer, CRITERIA) if row.login == "rosa")
    assert (row.open, len(row.left), len(row.due(DAY))) == ((), 3, 3)
    assert [one.name for one in row.patterns] == ["empathy"]
    plan(store, settings, trainer)
    (his,) = coaching.sheet(store, trainer, CRITERIA, "rosa").open
    assert (his.person, his.n) == ("Beto", 12)
    first = of.plans[0]
    coaching.close(store, trainer, CRITERIA, first)
    assert first.id not in {one.id for one in open_plans(store, trainer)}


def test_a_plan_goes_with_its_person_to_their_next_login(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None, calls: Calls
) -> None:
    plan(store, settings, trainer)
    handed_over(store, rosa, "rosa-2")
    calls("rosa", 12, 0, first=date(2026, 10, 1))
    calls("rosa-2", 12, 9, first=date(2026, 10, 1))
    of = coaching.sheet(store, trainer, CRITERIA, "rosa-2")
    assert ([one.login for one in of.open], of.patterns) == (["rosa"], ())
    with pytest.raises(CoachError, match="ya tiene un plan abierto"):
        coaching.begin(
            store, settings, trainer, CRITERIA, "rosa-2", "criterion:empathy", "Nombrar.", DAY, now=NOW
        )
    rows = {row.login: row for row in coaching.agents(store, trainer, CRITERIA)}
    assert [(len(rows[one].open), len(rows[one].left)) for one in ("rosa", "rosa-2")] == [(0, 0), (1, 0)]


def test_a_plan_of_an_older_store_is_of_who_had_the_login_then(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None
) -> None:
    plan(store, settings, trainer, Order("one_reply", DAY, objection="no_money"))
    handed_over(store, rosa)
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with store.writing() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0040")
        command.upgrade(config, "head")
    (one,) = mine(store, rosa)
    assert (one.user_id, len(drills_of(store, rosa, one))) == (rosa.user_id, 1)


def test_calls_of_who_took_over_the_login_say_nothing_of_the_plan(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None, calls: Calls
) -> None:
    plan(store, settings, trainer)
    handed_over(store, rosa)
    calls("rosa", 20, 1, first=date(2026, 10, 1))
    (one,) = open_plans(store, trainer)
    came = coaching.measured(store, trainer, CRITERIA, one, today=DAY)
    assert (came.before, came.after, came.verdict) == (Share(9, 12), Share(0, 0), "unknown")
    assert came.team_after == Share(1, 20)  # Beto is of the team, whichever login he takes calls with


def test_calls_by_every_login_of_the_person_tell_whether_it_helped(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None, calls: Calls
) -> None:
    plan(store, settings, trainer)
    handed_over(store, rosa, "rosa-2")
    calls("rosa", 20, 20, first=date(2026, 10, 1))
    calls("rosa-2", 20, 1, first=date(2026, 10, 1))
    (one,) = open_plans(store, trainer)
    came = coaching.measured(store, trainer, CRITERIA, one, today=DAY)
    assert (came.before, came.after, came.verdict) == (Share(9, 12), Share(1, 20), "better")


def test_a_login_that_was_nobodys_is_measured_until_it_is_somebodys(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    calls("x9", 12, 9)
    coaching.begin(store, settings, trainer, CRITERIA, "x9", "criterion:empathy", "Nombrar.", DAY, now=NOW)
    calls("x9", 10, 1, first=date(2026, 10, 1))
    (one,) = open_plans(store, trainer)
    assert coaching.measured(store, trainer, CRITERIA, one, today=DAY).after == Share(1, 10)
    with store.writing() as connection:
        row = {"login": "x9", "user_id": rosa.user_id, "since": date(2026, 10, 1)}
        connection.execute(insert(agent_logins).values(**row))
    came = coaching.measured(store, trainer, CRITERIA, one, today=DAY)
    assert (came.before, came.after) == (Share(9, 12), Share(0, 0))


@pytest.mark.parametrize(("n", "faulty"), [(7, 0), (12, 8)])
def test_with_few_calls_or_within_chance_nothing_can_be_told(
    store: Store, settings: Settings, trainer: Viewer, house: None, calls: Calls, n: int, faulty: int
) -> None:
    plan(store, settings, trainer)
    calls("rosa", n, faulty, first=date(2026, 10, 1))
    assert (
        coaching.measured(store, trainer, CRITERIA, open_plans(store, trainer)[0], today=DAY).verdict
        == "unknown"
    )


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (Effect(Share(4, 10), Share(0, 12), -0.4, 0.45, NO, NO, like=(10, 12)), "chance"),
        (Effect(Share(4, 10), Share(0, 12), None, None, NO, NO, like=(10, 7)), "few"),
        (Effect(Share(4, 10), Share(0, 12), None, None, NO, NO, like=(5, 12)), "few"),
        (Effect(Share(4, 7), Share(0, 12), None, None, NO, NO, like=(7, 12)), "never"),
        (Effect(Share(4, 7), Share(0, 3), None, None, NO, NO, (3, 9), like=(10, 12)), "waits"),
        (Effect(Share(4, 10), Share(0, 12), -0.4, 0.2, NO, NO, like=(10, 12)), ""),
        (Effect(Share(4, 10), Share(0, 12), None, None, NO, NO), ""),  # kept before there was a count
    ],
)
def test_why_it_cannot_be_told(of: Effect, why: str) -> None:
    assert of.why == why
    assert kept(json.loads(json.dumps(as_kept(of)))) == of


def test_calls_that_are_like_none_of_before_are_not_counted_as_like(
    store: Store, settings: Settings, trainer: Viewer, house: None, calls: Calls
) -> None:
    plan(store, settings, trainer)
    calls("rosa", 9, 0, first=date(2026, 10, 1))
    came = coaching.measured(store, trainer, CRITERIA, open_plans(store, trainer)[0], today=DAY)
    assert came.like == (came.before.n, 9)


def test_easier_calls_are_not_taken_for_progress() -> None:
    hard, easy = ("MX", "prejuridica"), ("MX", "recordatorio")
    before = {hard: (18, 20), easy: (1, 10)}
    after = {hard: (9, 10), easy: (3, 30)}  # alike in each kind, but more of the easy ones
    change, margin = compared(before, after)
    assert change == pytest.approx(0.0)
    assert margin is not None
    assert compared({hard: (18, 20)}, {easy: (1, 30)}) == (None, None)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (Counts(10, 20), Counts(0, 10, 10), 0.0),  # all of it again, or none
        (Counts(0, 10, 10), Counts(10, 20), 0.0),
        (Counts(10, 20), Counts(0, 5, 15), None),
        (Counts(16, 20), Counts(0, 18, 2), -0.7),  # better whatever they come to
        (Counts(0, 19, 1), Counts(15, 20), 0.7),
        (Counts(0, 0, 20), Counts(0, 20), 0.0),
    ],
)
def test_what_waits_for_a_person_makes_nothing_better_or_worse(
    before: Counts, after: Counts, change: float | None
) -> None:
    kind = ("MX", "recordatorio")
    found, _ = bounded({kind: before}, {kind: after})
    assert found == (None if change is None else pytest.approx(change))


def test_failures_that_nobody_has_confirmed_yet_are_no_progress(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    boss = somebody(store, "analyst")

    def judged(days: str, outcome: Outcome) -> None:
        for place in range(10):
            reviews.override(
                store, settings, boss, f"rosa-{days}-{place}", "no_threats", outcome, "Lo oí entero."
            )

    def measured() -> tuple[object, ...]:
        (one,) = open_plans(store, trainer)
        came = coaching.measured(store, trainer, CRITERIA, one, today=DAY)
        return came.after, came.waiting, came.verdict

    calls("rosa", 20, 10, criterion="no_threats")
    judged("0901", "fail")
    plan(store, settings, trainer, pattern="criterion:no_threats")
    calls("rosa", 20, 10, criterion="no_threats", first=date(2026, 10, 1))
    assert measured() == (Share(0, 10), (0, 10), "unknown")
    judged("1001", "pass")
    assert measured() == (Share(0, 20), (0, 0), "better")


def test_a_closed_plan_keeps_what_waited_and_older_ones_have_none(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, calls: Calls
) -> None:
    calls("rosa", 12, 6, criterion="no_threats")
    plan(store, settings, trainer, pattern="criterion:no_threats")
    (one,) = open_plans(store, trainer)
    came = coaching.measured(store, trainer, CRITERIA, one, today=DAY)
    coaching.close(store, trainer, CRITERIA, one, now=datetime(2026, 10, 20, tzinfo=UTC))
    (closed,) = plan_of(store, trainer, "rosa")
    assert closed.outcome == came
    assert came.waiting == (6, 0)
    older = {name: said for name, said in as_kept(came).items() if "waiting" not in name}
    assert (kept(older).waiting, kept(older).team_waiting) == ((0, 0), 0)


def test_what_was_measured_when_a_plan_was_closed_stays(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None, calls: Calls
) -> None:
    plan(store, settings, trainer)
    calls("rosa", 20, 1, first=date(2026, 10, 1))
    closed_at = datetime(2026, 10, 20, tzinfo=UTC)
    coaching.close(store, trainer, CRITERIA, open_plans(store, trainer)[0], now=closed_at)
    calls("rosa", 20, 20, first=date(2026, 10, 21))
    (one,) = plan_of(store, trainer, "rosa")
    assert (one.state, one.closed_at) == ("done", closed_at)
    assert coaching.measured(store, trainer, CRITERIA, one).after == Share(1, 20)
    assert mine(store, rosa) == ()


def test_the_agent_is_told_of_a_closed_plan_and_what_is_left_to_practise_ends(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None
) -> None:
    number = plan(store, settings, trainer, Order("one_reply", DAY, objection="no_money"))
    (one,) = open_plans(store, trainer)
    coaching.close(store, trainer, CRITERIA, one, now=NOW)
    told = [(note.kind, note.of, note.title) for note in notices.waiting(store, settings, rosa) if note.id]
    assert told == [("plan_ended", number, "criterion:empathy")]
    assert of_person(store, rosa.user_id or 0) == ()
    assert audit.entries(store, HOUSE, action="drill.withdraw").total == 1
    assert [one.id for one in ended(store, rosa)] == [number]
    coaching.close(store, trainer, CRITERIA, one, now=NOW)  # closed already
    assert len([note for note in notices.waiting(store, settings, rosa) if note.id]) == 1


def test_a_day_to_look_again_waits_for_who_made_the_plan(
    store: Store, settings: Settings, trainer: Viewer, house: None
) -> None:
    plan(store, settings, trainer)
    kinds = {one.kind for one in notices.waiting(store, settings, trainer, now=NOW)}
    assert "follow_ups" not in kinds
    later = datetime(2026, 10, 21, tzinfo=UTC)
    (one,) = [n for n in notices.waiting(store, settings, trainer, now=later) if n.kind == "follow_ups"]
    assert (one.n, one.overdue) == (1, 1)
    coaching.look_again(store, trainer, open_plans(store, trainer)[0], date(2026, 11, 20), now=later)
    assert not [n for n in notices.waiting(store, settings, trainer, now=later) if n.kind == "follow_ups"]


# practice that goes with a plan


def test_what_is_practised_for_a_plan_ends_by_the_day_of_looking_again(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None
) -> None:
    plan(store, settings, trainer, Order("one_reply", DAY + timedelta(days=1), objection="no_money"))
    (one,) = mine(store, rosa)
    assert [drill.due_on for drill in drills_of(store, rosa, one)] == [DAY]
    sooner = DAY - timedelta(days=2)
    coaching.look_again(store, trainer, one, sooner, now=NOW)
    assert [drill.due_on for drill in drills_of(store, rosa, one)] == [sooner]


def test_the_quotes_of_a_plan_know_whether_their_call_has_sound(
    store: Store, settings: Settings, trainer: Viewer, rosa: Viewer, house: None
) -> None:
    with_words(store, settings)
    plan(store, settings, trainer)
    (one,) = mine(store, rosa)
    (quote,) = quoted(store, settings, rosa, one)
    has_sound = store.recording("rosa-citada").audio is not None
    assert (quote.has_audio, has_sound) == (False, False)


def test_every_criterion_of_the_form_is_practised_on_something_or_on_nothing() -> None:
    known = set(CRITERIA)
    assert known > practicable.UNMARKED | practicable.THIRD_ONLY
    assert practicable.objections_for("states_purpose") == ()
    assert practicable.objections_for("greeting_identification") == ("wrong_person",)
    assert "no_money" in practicable.objections_for("empathy")
