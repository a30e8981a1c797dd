"""Which form and which country's rules judge a call, by its facts."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coach.pipeline import (
    Forms,
    form_for,
    form_of,
    forms_of,
    judge,
    judged_with,
    judging,
    pack_for,
    rubric_of,
)
from coach.settings import Settings
from rubrics.types import Applies, Rubric, RubricError, Scorecard
from tests.dialogue import dialogue, found
from transcripts.types import CaseFacts, Recording


@cache
def temples() -> Forms:
    return forms_of(Settings())


def form(**facts: Any) -> str:
    """The id of the form for a call with these facts."""
    return form_for(Recording("c-1", **facts), temples()).id


def forms(*rules: Applies | None) -> Forms:
    """The base form and one for each of `rules`, called f1, f2, …"""
    base = Rubric(id="base", version=1, label="B")
    return (
        base,
        *(Rubric(id=f"f{i}", version=1, label="F", for_calls=rule) for i, rule in enumerate(rules, 1)),
    )


@pytest.mark.parametrize(
    ("call_type", "form_id"),
    [
        ("recordatorio", "recordatorio"),
        ("Preventiva", "recordatorio"),
        (" PDP ROTA ", "promesa_rota"),
        ("promesa_rota", "promesa_rota"),
        ("Confirmación de pago", "confirmacion"),
        ("tercero", "tercero"),
        ("contacto indirecto", "tercero"),
        ("cobranza", "cobranza"),
        ("", "cobranza"),
        (None, "cobranza"),
    ],
)
def test_the_kind_of_call_decides_the_form(call_type: str | None, form_id: str) -> None:
    assert form(call_type=call_type) == form_id


def test_the_disposition_is_not_the_kind_of_call() -> None:
    assert form(disposition="tercero") == "cobranza"


@pytest.mark.parametrize(
    ("form_id", "gone", "new"),
    [
        ("recordatorio", {"asks_reason", "firm"}, set()),
        ("promesa_rota", set(), {"recalls_promise"}),
        ("confirmacion", {"asks_reason", "gets_commitment", "explains_benefit"}, set()),
        ("tercero", {"states_purpose", "gets_commitment", "firm"}, {"asks_when_to_call"}),
    ],
)
def test_a_form_asks_what_its_kind_of_call_allows(form_id: str, gone: set[str], new: set[str]) -> None:
    base, form = temples()[0], next(one for one in temples() if one.id == form_id)
    before, after = ({criterion.id for criterion in one.criteria} for one in (base, form))
    assert gone <= before - after
    assert after - before == new
    assert {"no_threats", "no_third_party_disclosure"} <= {c.id for c in form.criteria if c.critical}


def test_every_line_of_a_rule_must_hold() -> None:
    both = forms(Applies(portfolio=("Tarjetas",), direction="inbound"))
    assert form_for(Recording("c", portfolio="tarjetas", direction="inbound"), both).id == "f1"
    assert form_for(Recording("c", portfolio="tarjetas", direction="outbound"), both).id == "base"
    assert form_for(Recording("c", portfolio="tarjetas"), both).id == "base"


def test_days_late_bound_a_form_and_must_be_known() -> None:
    late = forms(Applies(days_late_at_most=0), Applies(days_late_at_least=91))
    chosen = [
        form_for(Recording("c", facts=CaseFacts(days_late=days)), late).id for days in (0, 1, 90, 91, None)
    ]
    assert chosen == ["f1", "base", "base", "f2", "base"]


def test_the_first_form_whose_rule_holds_is_taken() -> None:
    rules = forms(Applies(campaign=("marzo",)), Applies(campaign=("marzo", "abril")))
    assert form_for(Recording("c", campaign="Marzo"), rules).id == "f1"
    assert form_for(Recording("c", campaign="abril"), rules).id == "f2"


def test_a_form_without_a_rule_is_for_no_kind_of_call() -> None:
    assert form_for(Recording("c", call_type="recordatorio"), forms(None)).id == "base"


def test_a_scorecard_finds_the_form_it_was_made_by() -> None:
    def card(name: str) -> Scorecard:
        return Scorecard("c-1", name, {}, None, None, None)

    assert form_of(card("tercero@1+abc"), temples()).id == "tercero"
    assert form_of(card("ya_no_existe@1+abc"), temples()).id == "cobranza"


def test_the_settings_name_ones_own_forms(tmp_path: Path) -> None:
    own = tmp_path / "mia.yaml"
    own.write_text("id: mia\nversion: 3\nlabel: Mía\nbased_on: cobranza\n", encoding="utf-8")
    settings = Settings(rubric=str(own), rubrics_by_call=("tercero",))
    assert rubric_of(settings).id == "mia"
    assert [one.id for one in forms_of(settings)] == ["mia", "tercero"]


def test_a_form_that_does_not_exist_is_told() -> None:
    with pytest.raises(RubricError, match=r"recordatorios\.yaml: no se puede leer"):
        judging(Recording("c-1"), Settings(rubrics_by_call=("recordatorios",)))


@pytest.mark.parametrize(
    ("country", "of_settings", "pack"),
    [("CO", "", "co"), ("CO", "MX", "co"), (None, "MX", "mx"), (None, "", "comun"), ("BO", "", "comun")],
)
def test_the_country_decides_the_pack(country: str | None, of_settings: str, pack: str) -> None:
    chosen = pack_for(Recording("c-1", country=country), Settings(country=of_settings))
    assert chosen is not None
    assert chosen.id == pack


def test_packs_can_be_turned_off() -> None:
    assert pack_for(Recording("c-1", country="CO"), Settings(packs=False)) is None


def test_a_call_is_judged_by_its_form_and_its_countrys_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call, "goodbye@2"))
    lines = "A: ¿Está don Luis?\nO: No, no está.\nA: Ya lo llamo, hasta luego."
    card = judge(dialogue(lines, call_type="tercero", country="CO"), Settings()).scorecard
    assert card.rubric.startswith("tercero@")
    assert card.pack.startswith("co@")
    assert "asks_when_to_call" in card.verdicts
    assert "gets_commitment" not in card.verdicts


def test_the_texts_of_the_settings_are_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nlp.analyze.analyze", lambda call, slogans: found(call))
    settings = Settings(scripts=("Esta llamada se graba por calidad.",))
    call = judge(dialogue("A: Hola, Luis. Esta llamada se graba por calidad."), settings)
    assert [one.quote.text for one in call.findings.of("required_script")] == [
        "Esta llamada se graba por calidad."
    ]


def test_every_form_and_pack_in_use_is_named() -> None:
    names = {name.partition("@")[0] for name in judged_with(Settings())}
    assert {"cobranza", "recordatorio", "tercero", "co", "comun"} <= names
    assert "" in judged_with(Settings(packs=False))
