"""The debtor addresses whoever calls in one way all through, and speaks of no rest where all is promised."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from drills.loader import load_lines, load_scenarios
from drills.manner import form_of, leaves_rest
from drills.proposal import Offer
from drills.saying import Step, worded
from drills.state import Scene, begin
from tests.drills.conftest import MONDAY


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Te la hago corta, cobré y tengo la plata.", "tu"),
        ("¿Y qué me ofrecés? Tirame números.", "tu"),
        ("Bueno, le explico lo que hay detrás.", "usted"),
        ("¿Por qué me llama?", "usted"),
        ("Bueno, ¿y qué se le ofrece?", "usted"),
        ("Soy yo, con eso le alcanza, ¿no?", "usted"),
        ("Así es, téngalo por anotado.", "usted"),
        ("¡Quédese con su oferta y que le aproveche!", "usted"),
        ("Tómelo o déjelo: son 500 el viernes.", "usted"),
        ("No me pida más, que no hay.", "usted"),
        ("Mándenmelo y ya lo veo.", ""),
        ("Órale pues, ándele.", ""),
        ("No sé cómo decírselo a mi madre.", ""),
        ("Dale, anotame eso y contame.", "tu"),
        ("Llámame y cuéntamelo.", "tu"),
        ("No hay plata hasta el lunes.", ""),
        ("Ustedes les dicen cualquier cosa a todos.", ""),
    ],
)
def test_how_a_line_addresses(text: str, form: str) -> None:
    assert form_of(text) == form


@pytest.mark.parametrize(
    "kind",
    [
        *("reveals_lead_in", "hedges", "asks_back", "told_before", "small_offers", "asks_purpose", "is_self"),
        *("confirms", "nods", "thanks"),
    ],
)
def test_who_says_vos_says_no_usted(kind: str) -> None:
    case = load_scenarios()["quita_de_un_saque"]
    values = {"amount": "100.000 pesos", "date": "lunes 17"}
    for seed in range(30):
        scene = Scene(case, load_lines(), MONDAY, seed)
        debtor = replace(begin(case), offer=Offer(Decimal(100000), MONDAY))
        line, _ = worded(Step(debtor, kind, "hedged", values=values), scene)
        assert form_of(line) != "usted", line


@pytest.mark.parametrize("kind", ["small_offers", "accepts", "confirms"])
def test_of_the_whole_debt_there_is_no_rest(kind: str) -> None:
    for case in load_scenarios().values():
        scene = Scene(case, load_lines(), MONDAY, 1)
        debtor = replace(begin(case), offer=Offer(case.amount, MONDAY))
        for turns in range(8):
            step = Step(
                replace(debtor, turns=turns), kind, "accepted", values={"amount": "X", "date": "lunes"}
            )
            line, _ = worded(step, scene)
            assert not leaves_rest(line), line
