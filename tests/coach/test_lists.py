"""What is repeated for the lists' sake follows what it repeats, whoever changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select, update

from coach import letters, listings, queries, search_places
from coach.rows import CallFilter
from coach.schema import standings
from coach.schema_lists import listed, places, tallies
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE, Viewer
from rubrics.types import Verdict
from tests.coach import people
from tests.coach.conftest import judged

Keep = Callable[..., Call]


def one(store: Store, recording_id: str) -> dict[str, object]:
    with store.reading() as connection:
        row = connection.execute(select(listed).where(listed.c.recording_id == recording_id)).one()
    return dict(row._mapping)


def by_rows(store: Store) -> tuple[int, int, float]:
    """Calls, with points, their sum: counted call by call."""
    points = listed.c.points
    counts = func.count(), func.count(points), func.coalesce(func.sum(points), 0.0)
    with store.reading() as connection:
        n, having, total = connection.execute(select(*counts).where(listed.c.evaluable != "no")).one()
    return n, having, total


def by_days(store: Store) -> tuple[int, int, float]:
    """The same from the days added up."""
    sums = [func.coalesce(func.sum(tallies.c[name]), 0) for name in ("evaluable", "with_points", "points")]
    with store.reading() as connection:
        n, having, total = connection.execute(select(*sums)).one()
    return n, having, total


def test_a_judged_call_is_listed(store: Store, keep: Keep) -> None:
    keep("a", "no_money@1", agent="Rosa Quispe", agent_login="rquispe", country="PE", points=90.0)
    row = one(store, "a")
    assert (row["agent_login"], row["country"], row["points"]) == ("rquispe", "PE", 90.0)
    assert by_days(store) == by_rows(store) == (1, 1, 90.0)


def test_a_call_judged_anew_is_listed_once(store: Store, keep: Keep) -> None:
    call = keep("a", points=90.0)
    store.save(replace(call, scorecard=replace(call.scorecard, points=40.0)), "nlp-2")
    assert one(store, "a")["points"] == 40.0
    assert by_days(store) == by_rows(store) == (1, 1, 40.0)


def test_where_a_call_stands_is_listed_whoever_says_so(store: Store, keep: Keep) -> None:
    keep("a", points=90.0, critical=("no_threats",))
    with store.writing() as connection:
        connection.execute(update(standings).values(points=0.0, critical=0, void=True))
    row = one(store, "a")
    assert (row["points"], row["urgent"], row["void"]) == (0.0, False, True)
    assert queries.summary(store, HOUSE).critical == 0
    assert by_days(store) == by_rows(store) == (1, 1, 0.0)


def test_late_facts_of_a_call_are_listed(store: Store, keep: Keep) -> None:
    call = keep("a", country="PE", call_started_at=date(2026, 9, 14))
    later = replace(call.transcript.recording, country="MX", call_started_at=None, debtor_name="Ramón Ñúñez")
    store.update_recording(later)
    row = one(store, "a")
    assert (row["country"], row["call_date"], row["debtor_name"]) == ("MX", None, "Ramón Ñúñez")
    assert queries.choices(store, HOUSE).countries == ("MX",)
    assert queries.choices(store, HOUSE).first is None
    assert queries.summary(store, HOUSE, CallFilter(until=date(2030, 1, 1))).calls == 0


def test_a_forgotten_call_leaves_nothing_behind(store: Store, keep: Keep) -> None:
    keep("a", debtor_name="Lorena Bustos")
    keep("b")
    store.forget("a")
    assert [row.id for row in queries.calls(store, HOUSE, CallFilter(text="bustos")).rows] == []
    assert [row.id for row in queries.calls(store, HOUSE, CallFilter(text="dinero")).rows] == ["b"]
    store.forget("b")
    with store.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tallies)).scalar_one() == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alvarez", ["a"]),  # accents do not count in names either
        ("ÁLVAREZ nu", ["a"]),
        ("0771", ["a"]),
        ("77", ["a"]),  # shorter than what the index of names holds
        ('al"var', []),
        ("ez\nnu", []),
        ("pagaré", ["b"]),
        ("pagar OR dinero", []),  # a word like any other
        ("snake_case", ["b"]),
        ("dinero*", ["a"]),
        ("e" * 3000, []),  # longer than a word of an index may be
        ("?", ["a", "b"]),  # no word: nothing to look for
    ],
)
def test_what_is_typed_is_found_or_not_and_never_an_error(
    store: Store, keep: Keep, text: str, expected: list[str]
) -> None:
    keep("a", debtor_name="Inés Álvarez Núñez", account="620771")
    keep("b", lines="A: ¿Cuándo pagará?\nD: El jueves le pago, snake_case.")
    found = queries.calls(store, HOUSE, CallFilter(text=text)).rows
    assert sorted(row.id for row in found) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dinero no tengo", ["a", "b"]),  # in any order
        ('"no tengo dinero"', ["a"]),
        ("«No tengo dinero»", ["a"]),
        ("“no tuve dinero”", []),  # another verb
        ('"no tengo dineros"', ["a"]),  # in any form, as the screen says
        ('jueves "no tengo dinero"', ["a"]),
        ('"lorena bustos"', ["c"]),  # a name as it is written
        ('"bustos lorena"', []),
        ('"no tengo', ["a", "b"]),  # never closed: words
        ('"?"', ["a", "b", "c"]),
    ],
)
def test_words_in_quotation_marks_are_a_phrase(
    store: Store, keep: Keep, text: str, expected: list[str]
) -> None:
    keep("a", lines="A: ¿Cuándo paga?\nD: Hoy no tengo dinero, el jueves sí.")
    keep("b", lines="A: ¿Cuándo paga?\nD: Dinero hoy no lo tengo.")
    keep("c", lines="A: ¿Cuándo paga?\nD: Mañana.", debtor_name="Lorena Bustos")
    found = queries.calls(store, HOUSE, CallFilter(text=text)).rows
    assert sorted(row.id for row in found) == expected


def test_what_was_searched_for_is_shown_where_it_is_said(store: Store, keep: Keep) -> None:
    keep("a", lines="A: ¿Tiene dinero?\nD: Ahora no tengo dinero.\nA: Entiendo.")
    found = search_places.places(store, HOUSE, ["a"], "dinero tengo no")["a"]
    assert found.turn == 1
    text = found.transcript.turns[1].text
    assert [text[start:end] for start, end in found.spans] == ["no", "tengo", "dinero"]
    (span,) = search_places.places(store, HOUSE, ["a"], '"no tengo dinero"')["a"].spans
    assert text[slice(*span)] == "no tengo dinero"


def test_a_call_found_by_its_debtors_name_shows_no_words(store: Store, keep: Keep) -> None:
    keep("a", lines="A: ¿Hablo con Lorena Bustos?\nD: Sí, soy yo.", debtor_name="Lorena Bustos")
    assert [row.id for row in queries.calls(store, HOUSE, CallFilter(text="bustos")).rows] == ["a"]
    assert search_places.places(store, HOUSE, ["a"], "bustos") == {}
    found = search_places.places(store, HOUSE, ["a"], "hablo")["a"]
    assert "Bustos" not in found.transcript.turns[0].text


def test_a_new_wording_of_a_transcript_is_found_and_the_old_is_not(store: Store, keep: Keep) -> None:
    keep("a", lines="A: Buenos días.\nD: No tengo dinero.")
    store.save(judged("a", lines="A: Buenos días.\nD: No tengo trabajo."), "nlp-1")
    assert queries.calls(store, HOUSE, CallFilter(text="dinero")).total == 0
    assert queries.calls(store, HOUSE, CallFilter(text="trabajo")).total == 1


def test_letters_know_their_place_though_criteria_come_and_go(store: Store, keep: Keep) -> None:
    keep("a", verdicts={"firm": "pass"})
    keep("b", verdicts={"calm": "fail"}, waiting=("calm",))
    keep("c", verdicts={"calm": "na", "firm": "fail"})
    assert [one(store, name)["outcomes"] for name in ("a", "b", "c")] == ["p", "-F", "fn"]
    assert queries.choices(store, HOUSE).criteria == ("firm", "calm")
    waiting = CallFilter(criterion="calm", outcome="fail")
    assert [row.id for row in queries.calls(store, HOUSE, waiting).rows] == ["b"]


def test_an_objection_met_often_takes_one_letter(store: Store) -> None:
    with store.writing() as connection:
        rows = [letters.said(connection, {"no_money": n}) for n in (1, 2, 12, 300)]
        assert letters.known(connection, "objection") == {"no_money": 0}
    (column,) = letters.columns("".join(rows), 1)
    assert (len(column), column.count(letters.NONE)) == (4, 0)


def test_a_place_is_nobody_elses(store: Store) -> None:
    with store.writing() as connection:
        letters.outcomes(connection, {"firm": Verdict("pass", "")})
        assert letters.outcomes(connection, {"calm": Verdict("fail", "", needs_review=True)}) == "-F"
        taken = connection.execute(select(places.c.name, places.c.place).order_by(places.c.place)).all()
    assert [tuple(row) for row in taken] == [("firm", 0), ("calm", 1)]


@pytest.mark.parametrize("sort", [sign + name for name in listings.ORDERS for sign in ("", "-")])
def test_neighbours_are_those_of_the_list_in_every_order(store: Store, keep: Keep, sort: str) -> None:
    facts: list[tuple[str | None, float | None, date | None, tuple[str, ...]]] = [
        ("Ana", 80.0, date(2026, 9, 1), ()),
        ("Ana", 80.0, date(2026, 9, 1), ("no_threats",)),
        (None, None, None, ()),
        ("bruno", 40.0, None, ()),
        ("Bruno", None, date(2026, 9, 3), ("no_threats",)),
        ("ana", 80.0, date(2026, 9, 2), ()),
        (None, 10.0, date(2026, 9, 1), ()),
    ]
    for number, (agent, points, day, critical) in enumerate(facts):
        keep(f"c{number}", agent=agent, points=points, call_started_at=day, critical=critical)
    page = listings.calls(store, HOUSE, CallFilter(), sort=sort, page=0, size=20)
    ids = [row.id for row in page.rows]
    assert len(ids) == len(facts)
    for before, here, after in zip([None, *ids], ids, [*ids[1:], None], strict=False):
        near = listings.around(store, HOUSE, here, CallFilter(), sort=sort)
        assert (near.before, near.after) == (before, after)


def test_figures_are_the_same_for_who_reaches_all_by_another_way(store: Store, keep: Keep) -> None:
    """A lead's figures are added up call by call, those of the house by days."""
    lead = people.somebody(store, "lead", leads="Norte")
    people.somebody(store, "agent", "ana", holds=("ana",), team="Norte")
    for number in range(12):
        keep(
            f"c{number}", "no_money@1", points=50.0 + number, agent="Ana", agent_login="ana", country="PE",
            call_started_at=date(2026, 9, 1 + number), portfolio="p" if number % 2 else None,
            critical=("no_threats",) if number % 5 == 0 else (),
        )  # fmt: skip
    for which in (CallFilter(), CallFilter(portfolios=("p",)), CallFilter(since=date(2026, 9, 7))):
        assert queries.summary(store, lead, which) == pytest.approx(queries.summary(store, HOUSE, which))
        assert queries.weeks(store, lead, which) == queries.weeks(store, HOUSE, which)
    seen, whole = queries.choices(store, lead), queries.choices(store, HOUSE)
    assert (seen.agents, seen.portfolios, seen.first) == (whole.agents, whole.portfolios, whole.first)


def test_an_auditor_counts_the_own_portfolio_only(store: Store, keep: Keep) -> None:
    keep("a", portfolio="p", country="PE")
    keep("b", portfolio="q", country="MX")
    auditor = people.somebody(store, "auditor", portfolios=("p",))
    assert queries.summary(store, auditor).calls == 1
    assert queries.calls(store, auditor).total == 1
    assert queries.choices(store, auditor).countries == ("PE",)
    assert queries.summary(store, Viewer(9, "x", "X", "auditor")).calls == 0


def test_a_team_is_who_was_in_it_on_the_day(store: Store, keep: Keep) -> None:
    lead = people.somebody(store, "lead", leads="Norte")
    people.somebody(store, "agent", "ana", holds=("ana",), team="Norte")
    keep("a", agent="Ana", agent_login="ana")
    keep("b", agent="Beto", agent_login="beto")
    keep("c")
    (team,) = queries.choices(store, HOUSE).teams
    found = queries.calls(store, HOUSE, CallFilter(teams=(team[0],)))
    assert ([row.id for row in found.rows], team[1]) == (["a"], "Norte")
    assert queries.choices(store, lead).teams == (team,)
    assert queries.choices(store, people.somebody(store, "agent", "ana")).teams == ()
