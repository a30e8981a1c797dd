"""The guide as a file: what a new agent is handed."""

from __future__ import annotations

import csv
import io
import re

import pytest

from coach import audit, guide, own_wordings
from coach.exporters import of_guide
from coach.exporters.of_guide import Handout, Kind, Names
from coach.guide import Wanted
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE
from rubrics.playbook import FIELDS, SLOTS, Wording

NAMES = Names(
    {step: f"<{step}>" for step in FIELDS}, {"formal": "formal"}, {}, {slot: slot for slot in SLOTS},
    lambda code: {"PE": "Perú", "CO": "Colombia"}.get(code, code),
)  # fmt: skip


def made(store: Store, settings: Settings, asked: Handout, kind: Kind = "html") -> str:
    return of_guide.handout(store, settings, HOUSE, asked, kind).decode("utf-8-sig")


def test_the_page_holds_every_objection_with_its_steps_and_what_to_avoid(
    store: Store, settings: Settings
) -> None:
    page = made(store, settings, Handout("", Wanted(), NAMES))
    assert page.count("<section ") == len(guide.objections()) == 20
    assert re.findall(r"<h3>(?:&lt;)?(\w+)", page)[:6] == [
        "recognise",
        "explore",
        "answer",
        "ask",
        "replies",
        "Evite",
    ]
    assert "Proponer que pida prestado." in page
    assert "Dice que ahora no tiene con qué pagar" in page
    assert "De los [monto], ¿qué parte tiene hoy disponible?" in page
    assert "Aquí no se vuelve a pedir el pago." in page


def test_the_page_needs_nothing_else_and_prints_on_a4(store: Store, settings: Settings) -> None:
    page = made(store, settings, Handout("no_money", Wanted(), NAMES))
    assert "@page{size:A4" in page
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|src=|url\(|https?://", page)


def test_the_page_of_a_country_leaves_out_what_its_rules_bar_and_says_so(
    store: Store, settings: Settings
) -> None:
    everywhere, colombia = (
        made(store, settings, Handout("no_money", Wanted(country=code), NAMES)) for code in ("", "CO")
    )
    barred = "¿Qué ocurrió este mes para que no le alcanzara?"
    assert barred in everywhere
    assert barred not in colombia
    assert "Colombia: " in colombia
    assert "Fuente: " in colombia


def tags(page: str) -> set[str]:
    """What stands behind the wordings, before the source of a rule."""
    return {tag for told in re.findall(r'<span class="from">(.*?)</span>', page) for tag in told.split(" · ")}


def test_what_was_asked_for_is_told_once_and_not_behind_every_wording(
    store: Store, settings: Settings
) -> None:
    everywhere, peru, formal = (
        tags(made(store, settings, Handout("", wanted, NAMES)))
        for wanted in (Wanted(), Wanted(country="PE"), Wanted(tone="formal"))
    )
    assert {"formal", "no en Colombia"} <= everywhere
    assert {tag for tag in everywhere if "Perú" in tag}
    assert not {tag for tag in peru if "Perú" in tag or "Colombia" in tag}
    assert "formal" in peru
    assert "formal" not in formal
    assert "no en Colombia" in formal
    assert "no en Colombia" in made(store, settings, Handout("", Wanted(country="PE"), NAMES), "csv")


def test_on_paper_objections_follow_each_other_and_bear_the_number_of_the_list(
    store: Store, settings: Settings
) -> None:
    page = made(store, settings, Handout("", Wanted(), NAMES))
    assert "break-before" not in page
    assert re.search(r"li\{break-inside:avoid\}", page)
    listed = re.findall(r'<li><a href="#(\w+)">', page)
    numbered = re.findall(r'<section id="(\w+)"><h2>(\d+)\. ', page)
    assert numbered == [(name, str(n)) for n, name in enumerate(listed, 1)]
    assert "<h2>1. " not in made(store, settings, Handout("no_money", Wanted(), NAMES))


def test_a_wording_of_ones_own_is_marked_and_stays_text(store: Store, settings: Settings) -> None:
    own_wordings.add(
        store,
        settings,
        HOUSE,
        "no_money",
        "replies",
        Wording(say="Entiendo <b>bien</b>, ¿qué día cobra usted?"),
        "",
    )
    page = made(store, settings, Handout("no_money", Wanted(), NAMES))
    assert 'Entiendo &lt;b&gt;bien&lt;/b&gt;, ¿qué día cobra usted? <span class="from">propia</span>' in page
    rows = list(csv.DictReader(io.StringIO(made(store, settings, Handout("", Wanted(), NAMES), "csv"))))
    (mine,) = [row for row in rows if row["propia"]]
    assert (mine["objeción"], mine["paso"]) == ("Falta de dinero", "<replies>")
    assert len(rows) > 1000


def test_a_wording_that_waives_something_says_when_it_may_be_said(store: Store, settings: Settings) -> None:
    say = "Si paga hoy, la mora queda en cero."
    own_wordings.add(store, settings, HOUSE, "no_money", "replies", Wording(say=say), "")
    bound = "promete una quita o un descuento: solo si el caso lo autoriza"
    page = made(store, settings, Handout("no_money", Wanted(), NAMES))
    assert f'{say} <span class="from">{bound} · propia</span>' in page
    rows = list(
        csv.DictReader(io.StringIO(made(store, settings, Handout("no_money", Wanted(), NAMES), "csv")))
    )
    assert {row["condición"] for row in rows if row["frase"] == say} == {bound}


def test_the_page_speaks_the_readers_language_and_the_log_keeps_it(store: Store, settings: Settings) -> None:
    asked = Handout("already_paid", Wanted(country="PE"), NAMES, "en")
    page = made(store, settings, asked)
    assert '<html lang="en">' in page
    assert "Guide to objections" in page
    assert of_guide.file_name(asked, "html") == "guide-pe-already_paid.html"
    (entry,) = audit.entries(store, HOUSE, action="export").rows
    assert (entry.subject, entry.detail) == ("export:guide", {"kind": "html"})


def test_where_nothing_fits_the_page_says_so(store: Store, settings: Settings) -> None:
    assert "Ninguna frase de la guía cumple estos filtros." in made(
        store, settings, Handout("", Wanted(text="xyzw"), NAMES)
    )


@pytest.mark.parametrize("kind", ["html", "csv"])
def test_the_name_of_the_file_says_what_it_is_for(kind: Kind) -> None:
    assert of_guide.file_name(Handout("", Wanted(country="MX"), NAMES), kind) == f"guia-mx.{kind}"


def test_a_reply_that_hangs_on_what_was_told_says_so(store: Store, settings: Settings) -> None:
    rows = list(csv.DictReader(io.StringIO(made(store, settings, Handout("", Wanted(), NAMES), "csv"))))
    told = {row["condición"] for row in rows if "pésame" in row["frase"]}
    assert told == {"si lo contó así"}
    assert any(row["condición"] == "" for row in rows)
    assert "si lo contó así" in made(store, settings, Handout("health_emergency", Wanted(), NAMES))
