"""A country's rules beside the form: whose points they take, what only advises, what voids a call."""

from __future__ import annotations

from datetime import date
from typing import Any

from nlp.cues import Cue
from rubrics.loader import load_packs, load_rubric
from rubrics.scoring import score
from rubrics.settled import settle
from rubrics.types import Criterion, Pack, Rubric, Rule, Scorecard
from tests.dialogue import dialogue, found

CALL = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Luis Pérez?
    D: Sí, con él, dígame.
    A: Su cuota de mil pesos venció el dos, lleva doce días de atraso. ¿Por qué no pagó?
    D: Se me pasó, la verdad, ando con mucho trabajo estos días.
    A: Gracias, que tenga buen día.
"""
PAID = {"check": "says", "params": {"all_of": {"las gracias": ["thanks"]}}}
NEVER_ASKS = {"check": "never_says", "params": {"what": "por qué", "findings": ["asks_reason"]}}


def criterion(name: str, weight: float, **more: Any) -> Criterion:
    return Criterion(**{"id": name, "label": name, "group": "cierre", "help": ".", "weight": weight, **more})


def rule(name: str, certainty: Any = "A", **more: Any) -> Rule:
    about = {"source": "Ley 1", "certainty": certainty, "reviewed_on": date(2026, 11, 28)}
    return Rule(**{"id": name, "label": name, "help": ".", **about, **NEVER_ASKS, **more})


FORM = Rubric(
    id="pauta",
    version=1,
    label="Pauta",
    criteria=(
        criterion("thanks", 6, **PAID),
        criterion("asks_reason", 4, check="says", params={"all_of": {"la causa": ["asks_reason"]}}),
    ),
)
ASKED = ("asks_reason@2: ¿Por qué no pagó?", "thanks@4: Gracias")


def card(*rules: Rule, labels: tuple[str, ...] = ASKED, **pack: Any) -> Scorecard:
    call = dialogue(CALL)
    about = {"id": "co", "version": 2, "label": "Colombia", "reviewed_on": date(2026, 11, 28), **pack}
    return score(call, found(call, *labels), FORM, Pack(rules=rules, **about))


def test_without_a_pack_only_the_form_judges() -> None:
    call = dialogue(CALL)
    alone = score(call, found(call, *ASKED), FORM)
    assert (alone.points, alone.pack, alone.pack_verdicts, alone.replaced) == (100.0, "", {}, ())


def test_rules_are_judged_beside_the_form_and_take_no_points() -> None:
    judged = card(rule("does_not_ask"))
    assert (judged.pack_verdicts["does_not_ask"].outcome, judged.points) == ("fail", 100.0)
    assert judged.pack == "co@2+"


def test_a_rule_that_replaces_a_criterion_takes_its_points() -> None:
    judged = card(rule("does_not_ask", replaces="asks_reason"))
    assert (judged.points, judged.replaced) == (60.0, ("asks_reason",))


def test_a_criterion_that_the_law_replaces_is_shown_to_nobody() -> None:
    """Or the card would praise, and coaching ask for, what the law of the country forbids."""
    rules = (rule("does_not_ask", replaces="asks_reason"),)
    for labels, outcome in ((ASKED, "pass"), (ASKED[1:], "fail")):
        judged = card(*rules, labels=labels)
        assert judged.verdicts["asks_reason"].outcome == outcome
        assert "asks_reason" not in judged.shown
        pack = Pack(id="co", version=2, label="Colombia", reviewed_on=date(2026, 11, 28), rules=rules)
        seen = settle(judged, {}, FORM, pack).verdicts["asks_reason"]
        assert (seen.outcome, seen.condition, seen.needs_review) == ("na", "replaced_by_law", False)
        assert seen.reason == "La ley del país lo sustituye por otra regla: «does_not_ask»."
        said = settle(judged, {"asks_reason": ("fail", "No lo preguntó.")}, FORM, pack)
        assert said.verdicts["asks_reason"] == seen  # nor does an older word bring it back


def test_a_critical_rule_costs_no_points_before_a_person_confirms_it() -> None:
    for labels in (ASKED, ASKED[1:]):
        judged = card(rule("does_not_ask", replaces="asks_reason", critical=True), labels=labels)
        assert (judged.points, judged.weights) == (100.0, {"thanks": 6.0, "does_not_ask": 0.0})


def test_a_critical_criterion_costs_no_points_either_whatever_weight_its_form_writes() -> None:
    call = dialogue(CALL)
    wrote = (criterion("asks_reason", 4, critical=True, **NEVER_ASKS), criterion("thanks", 6, **PAID))
    judged = score(call, found(call, *ASKED), FORM.model_copy(update={"criteria": wrote}))
    assert (judged.points, judged.critical_failures) == (100.0, ("asks_reason",))


def test_a_rule_that_is_kept_brings_the_points_of_what_it_replaces() -> None:
    assert card(rule("does_not_ask", replaces="asks_reason"), labels=ASKED[1:]).points == 100.0


def test_where_the_rule_does_not_apply_the_points_leave_the_count() -> None:
    judged = card(rule("does_not_ask", replaces="asks_reason", na_when=["no_disposition"]))
    assert (judged.pack_verdicts["does_not_ask"].outcome, judged.points) == ("na", 100.0)


def test_a_rule_that_waits_for_a_person_opens_the_range() -> None:
    waits = {"check": "manual", "params": {"question": "¿Preguntó la causa?"}}
    judged = card(rule("does_not_ask", replaces="asks_reason", **waits))
    assert (judged.points, judged.points_low, judged.points_high) == (100.0, 60.0, 100.0)


def test_advice_below_certainty_a_takes_no_points() -> None:
    for certainty in ("B", "C"):
        judged = card(rule("does_not_ask", certainty, replaces="asks_reason"))
        assert (judged.points, judged.replaced) == (100.0, ())
        assert judged.verdicts["asks_reason"].outcome == "pass"  # and the criterion stays
        assert judged.pack_verdicts["does_not_ask"].outcome == "fail"  # it is shown all the same


def test_a_critical_rule_that_is_broken_voids() -> None:
    assert card(rule("does_not_ask", critical=True)).critical_failures == ("does_not_ask",)
    assert card(rule("does_not_ask", critical=True), labels=ASKED[1:]).critical_failures == ()


def test_advice_never_voids() -> None:
    assert card(rule("does_not_ask", "B", critical=True)).critical_failures == ()


def test_a_pack_looks_for_its_own_cues() -> None:
    cues = {"asks_why": Cue(said_by=("agent",), strong="por que no pago")}
    params = {"what": "una pregunta por la causa", "findings": ["asks_why"]}
    verdict = card(rule("does_not_ask", params=params), cues=cues).pack_verdicts["does_not_ask"]
    assert verdict.outcome == "fail"
    assert [(one.turn, one.text) for one in verdict.evidence] == [(2, "Por qué no pagó")]


def test_a_call_that_cannot_be_judged_gets_no_points_from_rules_either() -> None:
    call = dialogue("A: ¿Bueno?")
    pack = Pack(id="co", version=1, label="C", reviewed_on=date(2026, 11, 28), rules=(rule("x"),))
    judged = score(call, found(call, people={"debtor_reached": False}), FORM, pack)
    assert (judged.evaluable, judged.points) == ("no", None)


def test_colombia_takes_out_asking_the_reason_and_a_doubtful_breach_costs_nothing() -> None:
    call = dialogue(CALL)
    judged = score(call, found(call, *ASKED), load_rubric(), load_packs()["CO"])
    assert judged.pack_verdicts["does_not_ask_reason"].outcome == "fail"
    assert "asks_reason" not in judged.shown
    assert judged.weights["does_not_ask_reason"] == 0
    assert "asks_reason" not in judged.weights


def test_people_read_a_source_without_the_keys_of_the_list_of_sources() -> None:
    said = {rule.law for pack in load_packs().values() for rule in pack.rules}
    assert "Ley 2300 de 2023, art. 7" in said
    assert not [law for law in said if "[" in law or not law]


def test_the_common_rules_are_not_called_rules_of_rules() -> None:
    common, mexico = load_packs()[""], load_packs()["MX"]
    assert (common.title, common.title_en) == ("Reglas comunes", "Common rules")
    assert (mexico.title, mexico.title_en) == ("Reglas de México", "Rules of Mexico")
