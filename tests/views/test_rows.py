"""What the call list says of each call."""

from __future__ import annotations

from collections.abc import Callable

from coach import criticals, listings, reviews, search_places
from coach.rows import CallFilter, CallRow
from coach.search_places import Place
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE, Viewer
from tests.views import seed
from transcripts.types import Recording, Transcript, Turn
from views import _rows, _said_so


def row(store: Store, recording_id: str) -> CallRow:
    page = listings.calls(store, HOUSE, CallFilter(), sort=listings.ATTENTION, page=0, size=100)
    return next(call for call in page.rows if call.id == recording_id)


def test_what_deserves_a_listen_comes_first(shown: Store) -> None:
    page = listings.calls(shown, HOUSE, CallFilter(), sort=listings.ATTENTION, page=0, size=100)
    assert page.rows[0].id == "mx-embargo"
    assert page.rows[1].id == "cl-buzon"  # nothing waits there: the newest of the rest


def test_points_are_a_range_with_how_many_wait(shown: Store) -> None:
    assert _rows.points(row(shown, "mx-embargo")) == {"text": "66–78", "sub": "1 por revisar"}


def test_a_critical_failure_stands_before_the_promise(shown: Store) -> None:
    assert _rows.outcome(row(shown, "mx-embargo")) == {
        "sign": "✕", "kind": "fail", "text": "Crítica por confirmar", "sub": "promesa firme",
    }  # fmt: skip


def test_a_promise_without_date_is_not_called_firm(shown: Store) -> None:
    cell = _rows.outcome(row(shown, "es-vaga"))
    assert (cell["sign"], cell["text"]) == ("?", "Promesa por precisar")


def test_voice_mail_is_not_evaluable_and_has_no_points(shown: Store) -> None:
    call = row(shown, "cl-buzon")
    assert _rows.outcome(call)["text"] == "No evaluable"
    assert _rows.points(call)["text"] == "—"


def test_a_call_without_a_login_is_nobodys(shown: Store) -> None:
    assert _rows.agent(row(shown, "pe-sin-asignar"))["text"] == "sin asignar"


def test_a_row_is_a_link_to_its_call(shown: Store) -> None:
    (drawn,) = _rows.rows((row(shown, "mx-embargo"),), {"mx-embargo": ("no_money", "hostile", "refusal")})
    assert drawn["href"] == "call?call=mx-embargo"
    assert drawn["cells"]["date"] == {"text": "jue 8 oct 2026", "sub": "17:40 · 24 s"}
    assert drawn["cells"]["objections"]["chips"] == ["Falta de dinero", "Hostilidad o insultos", "+1"]


def test_objections_of_a_page_come_in_one_question(shown: Store) -> None:
    assert listings.objections_in(shown, HOUSE, ["mx-embargo", "es-vaga", "cl-buzon"]) == {
        "mx-embargo": ("no_money",),
        "es-vaga": ("vague_promise",),
    }


def test_neighbours_follow_the_list_that_was_seen(shown: Store) -> None:
    near = listings.around(shown, HOUSE, "cl-buzon", CallFilter(), sort=listings.ATTENTION)
    assert (near.before, near.after) == ("mx-embargo", "pe-sin-asignar")


def test_the_ends_of_a_list_have_one_neighbour(shown: Store) -> None:
    only = CallFilter(countries=("MX",), critical=True)
    assert listings.around(shown, HOUSE, "mx-embargo", only, sort="-date") == listings.Around()


def test_the_objection_mix_knows_each_agents_calls(shown: Store) -> None:
    mix = {
        (m.login, m.objection): (m.calls, m.total) for m in listings.objection_mix(shown, HOUSE, CallFilter())
    }
    assert mix["rarce", "no_money"] == (1, 10)
    assert mix["mtapia", "refusal"] == (9, 10)


def test_words_that_were_searched_for_stand_in_the_row_and_open_the_call_there(shown: Store) -> None:
    found = search_places.places(shown, HOUSE, ["mx-embargo"], "dinero tengo")
    (drawn,) = _rows.rows((row(shown, "mx-embargo"),), {}, found)
    assert drawn["href"] == "call?call=mx-embargo&turn=3"
    assert drawn["said"]["who"] == "Deudor · turno 4"
    assert drawn["said"]["pieces"] == [
        ("Es que ahorita no ", False), ("tengo", True), (" ", False), ("dinero", True),
        (", me pagan hasta el jueves.", False),
    ]  # fmt: skip


def test_a_long_turn_is_cut_around_the_words() -> None:
    text = "Mire usted, " * 30 + "no tengo dinero" + ", de verdad que no" * 30
    at = text.index("no tengo")
    place = Place(Transcript(Recording("x"), (Turn("debtor", text),)), 0, ((at, at + 15),))
    shown = _said_so.pieces(place)
    assert [piece for piece in shown if piece[1]] == [("no tengo dinero", True)]
    whole = "".join(text for text, _ in shown)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 150


def test_a_row_names_what_its_call_failed_and_that_a_person_voided_it(
    fresh: Store, signed_in: Callable[..., Viewer]
) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    seed.fill(fresh, settings)
    analyst = signed_in(fresh, "analyst")
    failed = criticals.named(fresh, settings, analyst, ["mx-embargo", "es-vaga"])
    assert {call: [one.id for one in named] for call, named in failed.items()} == {
        "mx-embargo": ["no_threats"]
    }
    cell = _rows.outcome(row(fresh, "mx-embargo"), failed["mx-embargo"])
    assert cell["sub"] == "Sin amenazas · promesa firme"
    reviews.override(fresh, settings, analyst, "mx-embargo", "no_threats", "fail", "")
    failed = criticals.named(fresh, settings, analyst, ["mx-embargo"])
    assert _rows.outcome(row(fresh, "mx-embargo"), failed["mx-embargo"]) == {
        "sign": "✕", "kind": "fail", "text": "Anulada: Sin amenazas", "sub": "promesa firme",
    }  # fmt: skip
    reviews.override(fresh, settings, analyst, "mx-embargo", "no_threats", "pass", "Solo informa.")
    assert criticals.named(fresh, settings, analyst, ["mx-embargo"]) == {}
    assert _rows.outcome(row(fresh, "mx-embargo"))["text"] == "Promesa firme"


def test_to_an_agent_no_unconfirmed_failure_is_named(fresh: Store, signed_in: Callable[..., Viewer]) -> None:
    settings = Settings(data_dir=fresh.data_dir)
    seed.fill(fresh, settings)
    agent = signed_in(fresh, "agent", "rarce", holds=("rarce",))
    assert criticals.named(fresh, settings, agent, ["mx-embargo"]) == {}
