"""Names stand in the order of Spanish, in the database and outside of it."""

from __future__ import annotations

from collections.abc import Callable

from coach import by_name, choices, listings, people, queries
from coach.rows import CallFilter
from coach.store import Store
from coach.types import Call
from coach.viewers import HOUSE
from tests.coach.people import somebody

ORDER = ["álvaro Paz", "Ana Ruiz", "Nadia Sol", "Núñez", "Nuño", "ñandú", "Ñáñez", "Óscar", "Ozuna", "Zúñiga"]


def test_accents_change_nothing_and_enye_comes_after_n() -> None:
    assert sorted({*ORDER}, key=by_name.key) == ORDER
    assert by_name.key("Ñáñez") == by_name.key("N\u0303a\u0301n\u0303ez")


def test_lists_of_people_and_agents_stand_in_it(store: Store, keep: Callable[..., Call]) -> None:
    for at, name in enumerate(reversed(ORDER)):
        somebody(store, "agent", f"p{at}", name=name, holds=(f"d{at}",), team="Norte")
        keep(f"c{at}", "no_money@1", agent_login=f"d{at}")
    pages = [people.people(store, HOUSE, role="agent", page=page, size=5).rows for page in (0, 1)]
    assert [one.name for page in pages for one in page] == ORDER
    assert [name for _, name in choices.choices(store, HOUSE).agents] == ORDER
    assert [one.agent for one in queries.agents(store, HOUSE)] == ORDER
    assert [one.agent for one in listings.objection_mix(store, HOUSE, CallFilter())] == ORDER
