"""The numbers of the screens, from calls counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from coach import listings, own_calls, owners, queries
from coach.rows import UNASSIGNED, CallFilter
from coach.schema_people import agent_logins
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from tests.coach.conftest import LIMA
from tests.coach.house import agent
from tests.coach.people import somebody

Keep = Callable[..., Call]


def ids(store: Store, **which: Any) -> list[str]:
    return sorted(row.id for row in queries.calls(store, HOUSE, CallFilter(**which)).rows)


@pytest.fixture
def three(keep: Keep) -> None:
    """Two calls of Rosa, one of nobody; the last has a critical failure that waits for a person."""
    monday = datetime(2026, 9, 14, 10, 22, tzinfo=LIMA)
    rosa = {"agent": "Rosa Quispe", "agent_login": "rquispe"}
    keep(
        "a",
        "no_money@1",
        "no_money@1",
        "refusal@1",
        points=90.0,
        country="PE",
        call_started_at=monday,
        promise={"quote": 1, "amount": 240, "date": "2026-09-18"},
        verdicts={"firm": "pass", "calm": "na"},
        **rosa,
    )
    keep(
        "b",
        "no_money@1",
        points=70.0,
        country="PE",
        call_started_at=monday + timedelta(days=7),
        promise={"quote": 1},
        verdicts={"firm": "fail", "calm": "pass"},
        account="620771",
        **rosa,
    )
    keep(
        "c",
        points=50.0,
        country="MX",
        call_started_at=monday + timedelta(days=8),
        critical=("no_threats",),
        waiting=("calm",),
        verdicts={"firm": "fail", "calm": "fail"},
        lines="A: Lo vamos a embargar.\nD: Pagaré.",
    )


def test_calls_come_newest_first(store: Store, three: None) -> None:
    page = queries.calls(store, HOUSE)
    assert [row.id for row in page.rows] == ["c", "b", "a"]
    assert page.rows[2].started_local == datetime(2026, 9, 14, 10, 22)


def test_a_page_is_cut_in_the_database(store: Store, three: None) -> None:
    page = queries.calls(store, HOUSE, page=1, size=2)
    assert ([row.id for row in page.rows], page.total) == (["a"], 3)


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ({"agents": ("rquispe",)}, ["a", "b"]),
        ({"agents": (UNASSIGNED,)}, ["c"]),
        ({"agents": ("rquispe", UNASSIGNED)}, ["a", "b", "c"]),
        ({"countries": ("MX",)}, ["c"]),
        ({"since": date(2026, 9, 21)}, ["b", "c"]),
        ({"until": date(2026, 9, 21)}, ["a", "b"]),
        ({"critical": True}, ["c"]),
        ({"needs_review": False}, ["a", "b"]),
        ({"promise": "firm"}, ["a"]),
        ({"promise": "vague"}, ["b"]),
        ({"promise": "none"}, ["c"]),
        ({"objections": ("refusal", "hostile")}, ["a"]),
        ({"criterion": "firm", "outcome": "fail"}, ["b", "c"]),
        ({"text": "embargo"}, ["c"]),
        ({"text": "pagará"}, ["c"]),
        ({"text": "DINEROS señoritas"}, ["a", "b"]),
        ({"text": "0771"}, ["b"]),
        ({"text": "100%"}, []),
        ({"evaluable": ("no",)}, []),
        ({"demo": True}, []),
    ],
)
def test_a_filter_keeps_the_calls_it_names(
    store: Store, three: None, which: Any, expected: list[str]
) -> None:
    assert ids(store, **which) == expected


def test_the_summary_counts_what_it_says(store: Store, three: None) -> None:
    found = queries.summary(store, HOUSE)
    assert (found.calls, found.critical, found.to_review, found.firm_promises) == (3, 1, 1, 1)
    assert (found.points.n, found.points.value) == (3, 70.0)


def test_what_is_not_evaluable_enters_no_average(store: Store, keep: Keep) -> None:
    keep("a", points=90.0)
    keep("voicemail", points=None, evaluable="no")
    found = queries.summary(store, HOUSE)
    assert (found.calls, found.evaluable, found.points.n, found.points.value) == (2, 1, 1, 90.0)


def test_a_call_without_login_is_in_nobodys_score(store: Store, three: None) -> None:
    (rosa,) = queries.agents(store, HOUSE)
    assert (rosa.login, rosa.agent, rosa.calls, rosa.points.value) == ("rquispe", "Rosa Quispe", 2, 80.0)
    assert queries.choices(store, HOUSE).unassigned == 1


def test_weeks_begin_on_monday(store: Store, three: None) -> None:
    assert [(w.monday, w.points.n, w.points.value) for w in queries.weeks(store, HOUSE)] == [
        (date(2026, 9, 14), 1, 90.0),
        (date(2026, 9, 21), 2, 60.0),
    ]


def test_no_week_is_of_days_that_no_call_is_believed_to_be_of(store: Store, keep: Keep, three: None) -> None:
    of_who_counts = queries.weeks(store, HOUSE)
    keep("mal", agent_login="rquispe", call_started_at=datetime(date.today().year + 1, 11, 20, tzinfo=LIMA))
    keep("reloj", agent_login="rquispe", call_started_at=datetime(1970, 1, 2, tzinfo=LIMA))
    assert queries.weeks(store, HOUSE) == of_who_counts
    lead = somebody(store, "lead", "lia", leads="Norte")
    somebody(store, "agent", "rosa", holds=("rquispe",), team="Norte")
    assert [week.points.n for week in queries.weeks(store, lead)] == [1, 1]
    asked = queries.weeks(store, HOUSE, CallFilter(since=date(1969, 1, 1)))
    assert asked[0].monday == date(1969, 12, 29)  # who asks for those days has them


def test_choices_offer_what_there_is(store: Store, three: None) -> None:
    found = queries.choices(store, HOUSE)
    assert (found.agents, found.countries) == ((("rquispe", "Rosa Quispe"),), ("MX", "PE"))
    assert (found.first, found.last) == (date(2026, 9, 14), date(2026, 9, 22))


def test_an_empty_store_has_empty_answers(store: Store) -> None:
    assert queries.calls(store, HOUSE).total == 0
    assert queries.summary(store, HOUSE).points.value is None
    assert (queries.agents(store, HOUSE), queries.weeks(store, HOUSE)) == ((), ())
    assert queries.choices(store, HOUSE).first is None


def test_a_call_without_its_agents_name_bears_that_of_who_held_the_login(store: Store, keep: Keep) -> None:
    """The dialler's «ext201» was Ana's until Monday and is Beto's since; nobody holds «ext9»."""
    agent(store, "ana", until=date(2026, 9, 14))
    agent(store, "beto", since=date(2026, 9, 15))
    with store.writing() as connection:
        connection.execute(update(agent_logins).values(login="ext201"))
    for name, day, login in (("a", 14, "ext201"), ("b", 15, "ext201"), ("c", 15, "ext9")):
        at = datetime(2026, 9, day, 10, 22, tzinfo=LIMA)
        keep(name, "no_money@1", agent=None, agent_login=login, call_started_at=at)
    rows = {row.id: row.agent for row in queries.calls(store, HOUSE).rows}
    assert rows == {"a": "Ana", "b": "Beto", "c": None}
    assert owners.name_of(store, "a") == "Ana"
    assert owners.with_agent(store, store.recording("a")).agent == "Ana"
    assert owners.with_agent(store, store.recording("c")).agent is None


@pytest.mark.parametrize(("holders", "shown"), [(("ana",), "Ana"), (("ana", "beto"), "ext201")])
def test_figures_of_a_login_bear_a_name_only_where_one_person_ever_held_it(
    store: Store, keep: Keep, holders: tuple[str, ...], shown: str
) -> None:
    """A login of many hands is told as such: its figures are not those of the last."""
    for at, login in enumerate(holders):
        agent(store, login, since=date(2026, 9, 10 + at), until=date(2026, 9, 10 + at))
    with store.writing() as connection:
        connection.execute(update(agent_logins).values(login="ext201"))
    keep("a", "no_money@1", agent=None, agent_login="ext201")
    keep("c", "no_money@1", agent=None, agent_login="ext9")
    assert {row.agent for row in queries.agents(store, HOUSE)} == {shown, "ext9"}
    assert dict(queries.choices(store, HOUSE).agents) == {"ext201": shown, "ext9": "ext9"}
    assert {row.agent for row in listings.objection_mix(store, HOUSE, CallFilter())} == {shown, "ext9"}


def test_figures_of_a_login_that_several_names_share_bear_the_login_and_nobody_alone(
    store: Store, keep: Keep
) -> None:
    """The newest names stand beside it; a part of a name that is there already is no other person."""
    for at, called in enumerate(
        ("Iván Lara", "Carla Montes", "Montes", "Andrés Vélez", "Rubén Arce", "ruben arce")
    ):
        login = "rarce" if "rce" in called else "crobles"
        day = datetime(2026, 9, 10 + at, 10, 22, tzinfo=LIMA)
        keep(f"c-{at}", "no_money@1", agent=called, agent_login=login, call_started_at=day)
    shared, one = "crobles (Andrés Vélez, Carla Montes…)", "ruben arce"
    assert [row.agent for row in queries.agents(store, HOUSE)] == [shared, one]
    assert queries.choices(store, HOUSE).agents == (("crobles", shared), ("rarce", one))
    assert {row.agent for row in listings.objection_mix(store, HOUSE, CallFilter())} == {shared, one}
    assert own_calls.person(store, HOUSE, "crobles").name == shared
    early = CallFilter(until=date(2026, 9, 10))
    assert [row.agent for row in queries.agents(store, HOUSE, early)] == ["Iván Lara"]
    lead = somebody(store, "lead", leads="Norte")  # nobody of theirs holds it
    assert queries.choices(store, lead).agents == ()


def test_figures_of_a_login_bear_its_holders_name_whatever_was_said_on_the_phone(
    store: Store, keep: Keep
) -> None:
    agent(store, "ana", since=date(2026, 9, 1))
    for at, called in enumerate(("Ana Ruiz", "Wilson Rincón", "Ana Ruiz")):
        keep(f"c-{at}", "no_money@1", agent=called, agent_login="ana")
    assert [row.agent for row in queries.agents(store, HOUSE)] == ["Ana"]
    assert queries.choices(store, HOUSE).agents == (("ana", "Ana"),)
    assert {row.agent for row in listings.objection_mix(store, HOUSE, CallFilter())} == {"Ana"}
