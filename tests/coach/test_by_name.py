"""Names stand in the order of Spanish, in the database and outside of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from alembic import command
from alembic.config import Config
from sqlalchemy import create_mock_engine, select
from sqlalchemy.schema import CreateTable

from coach import by_name, choices, database, listings, people, queries
from coach.rows import CallFilter
from coach.schema_lists import listed
from coach.schema_people import users
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from tests.coach.people import somebody

ORDER = [
    "álvaro Paz", "Ana Ruiz", "Àngels Pi", "Çelik", "Conceição Sá", "Nadia Sol", "Núñez", "Nuño", "ñandú",
    "Ñáñez", "Óscar", "Ozuna", "Zúñiga",
]  # fmt: skip


def test_accents_change_nothing_and_enye_comes_after_n() -> None:
    assert sorted({*ORDER}, key=by_name.key) == ORDER
    assert by_name.key("Ñáñez") == by_name.key("N\u0303a\u0301n\u0303ez")


def test_lists_of_people_and_agents_stand_in_it(store: Store, keep: Callable[..., Call]) -> None:
    for at, name in enumerate(reversed(ORDER)):
        somebody(store, "agent", f"p{at}", name=name, holds=(f"d{at}",), team="Norte")
        keep(f"c{at}", "no_money@1", agent_login=f"d{at}")
    pages = [people.people(store, HOUSE, role="agent", page=page, size=7).rows for page in (0, 1)]
    assert [one.name for page in pages for one in page] == ORDER
    assert [name for _, name in choices.choices(store, HOUSE).agents] == ORDER
    assert [one.agent for one in queries.agents(store, HOUSE)] == ORDER
    assert [one.agent for one in listings.objection_mix(store, HOUSE, CallFilter())] == ORDER


def test_lists_of_calls_stand_in_it(store: Store, keep: Callable[..., Call]) -> None:
    for at, name in enumerate(reversed(ORDER)):
        keep(f"c{at}", agent=name)
    assert in_order(store) == ORDER
    assert in_order(store, "-agent") == ORDER[::-1]
    store.update_recording(replace(store.recording("c0"), agent="Ñuflo"))  # it was Zúñiga's
    assert in_order(store) == [*ORDER[:10], "Ñuflo", *ORDER[10:-1]]


def test_calls_that_were_kept_before_come_to_stand_in_it(store: Store, keep: Callable[..., Call]) -> None:
    for at, name in enumerate(reversed(ORDER)):
        keep(f"c{at}", agent=name)
    keep("whose")
    keep("late", agent="N\u0303ato Gil")
    move(store, "0032")
    move(store, "head")
    assert in_order(store) == [*ORDER[:10], "N\u0303ato Gil", *ORDER[10:], None]


def test_a_name_with_no_room_for_its_marks_is_kept(store: Store, keep: Callable[..., Call]) -> None:
    keep("a", agent="ñ" * 200)
    assert in_order(store) == ["ñ" * 200]


def test_both_databases_sort_people_alike(store: Store) -> None:
    for at, name in enumerate([*reversed(ORDER), "N\u0303ato Gil", "ÇI\u0327A"]):
        somebody(store, "agent", f"p{at}", name=name)
    whole = [one.name for one in people.people(store, HOUSE, role="agent", page=0, size=20).rows]
    assert whole == sorted(whole, key=by_name.key)


def test_no_locale_of_the_database_changes_it() -> None:
    query = select(users.c.name).order_by(by_name.column(users.c.name))
    on_postgres = create_mock_engine("postgresql+psycopg://", lambda *_: None).dialect
    assert str(query.compile(dialect=on_postgres)).endswith('COLLATE "C"')
    assert "by_name(users.name)" in str(query)
    assert 'agent_order VARCHAR(200) COLLATE "C"' in str(CreateTable(listed).compile(dialect=on_postgres))


def in_order(store: Store, sort: str = "agent") -> list[str | None]:
    return [one.agent for one in listings.calls(store, HOUSE, CallFilter(), sort=sort, page=0, size=20).rows]


def move(store: Store, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        (command.upgrade if version == "head" else command.downgrade)(config, version)
