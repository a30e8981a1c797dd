"""Checks that forms are built from without Python: small calls, findings by hand, what is said of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError

from nlp.types import Near
from rubrics.checks import CHECKS
from rubrics.types import Verdict
from tests.dialogue import dialogue, found, quote
from transcripts.types import Transcript

CALL = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte.
    D: Sí, dígame.
    A: Esta llamada se graba. Su cuota venció el dos.
    D: No me alcanza, señorita.
    A: Lo entiendo. Podemos dividirla en dos pagos.
    D: Ah, bueno.
    A: Gracias, hasta luego.
"""


def judged(
    check: str,
    params: dict[str, Any],
    *labels: str,
    call: Transcript | str = CALL,
    talk: dict[str, Any] | None = None,
    promise: dict[str, Any] | None = None,
    **recording: Any,
) -> Verdict:
    transcript = dialogue(call, **recording) if isinstance(call, str) else call
    kind = CHECKS[check]
    findings = found(transcript, *labels, talk=talk, promise=promise)
    return kind.check(transcript, findings, kind.params.model_validate(params))


def quoted(verdict: Verdict) -> list[tuple[int, str]]:
    return [(one.turn, one.text) for one in verdict.evidence]


def refused(check: str, params: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as error:
        CHECKS[check].params.model_validate(params)
    return str(error.value.errors()[0]["msg"])


# in_order

ORDER = {"steps": {"el saludo": ["greets"], "el aviso": ["recording_notice"], "las gracias": ["thanks"]}}
STEPS = ("greets@0: Buenas tardes", "recording_notice@2: Esta llamada se graba", "thanks@6: Gracias")


def test_steps_in_their_order_pass_with_each_one_quoted() -> None:
    verdict = judged("in_order", ORDER, *STEPS)
    assert verdict.outcome == "pass"
    assert verdict.reason == "Dice en orden el saludo, el aviso y las gracias (turnos 1, 3 y 7)."
    assert quoted(verdict) == [(0, "Buenas tardes"), (2, "Esta llamada se graba"), (6, "Gracias")]


def test_a_step_that_comes_too_early_fails_and_names_both() -> None:
    order = {"steps": {"el aviso": ["recording_notice"], "el saludo": ["greets"]}}
    verdict = judged("in_order", order, *STEPS)
    assert verdict.outcome == "fail"
    assert verdict.reason.endswith("(turnos 1 y 3): el orden es el aviso y el saludo.")
    assert {turn for turn, _ in quoted(verdict)} == {0, 2}


def test_a_step_said_again_in_time_counts() -> None:
    order = {"steps": {"el aviso": ["recording_notice"], "las gracias": ["thanks"]}}
    verdict = judged("in_order", order, "thanks@0", *STEPS[1:])
    assert (verdict.outcome, quoted(verdict)[-1]) == ("pass", (6, "Gracias"))


def test_a_step_that_is_missing_fails_and_says_where_it_was_sought() -> None:
    verdict = judged("in_order", ORDER, STEPS[0], STEPS[2])
    assert verdict.outcome == "fail"
    assert verdict.reason == "No se oye el aviso: se buscó en los turnos 1–7."


def test_two_steps_may_share_a_turn() -> None:
    order = {"steps": {"la deuda": ["states_debt"], "el aviso": ["recording_notice"]}}
    assert judged("in_order", order, STEPS[1], "states_debt@2: Su cuota venció el dos").outcome == "pass"


def test_what_the_debtor_says_is_no_step_of_the_agent() -> None:
    assert judged("in_order", ORDER, *STEPS[:2], "thanks@5").outcome == "fail"


def test_one_step_has_no_order() -> None:
    assert "at least 2" in refused("in_order", {"steps": {"el saludo": ["greets"]}})


# offers

ULTIMATUM = """
    A: Le llama Ana Ruiz, de Crédito Norte.
    D: No me alcanza.
    A: Tiene hasta el viernes, o vamos por sus cosas.
    D: Ay, señorita.
    A: Bueno, divídalo en dos pagos.
"""
IN_PARTS = ("offers_alternatives@4: divídalo en dos pagos", "offer_plan@4: en dos pagos")
A_DAY = ("offers_alternatives@2: hasta el viernes", "offer_date@2: hasta el viernes")


def test_a_day_is_a_way_to_settle_but_not_under_a_threat() -> None:
    assert judged("offers", {}, *IN_PARTS, *A_DAY, call=ULTIMATUM).outcome == "pass"
    verdict = judged("offers", {}, *IN_PARTS, *A_DAY, "threat@2: vamos por sus cosas", call=ULTIMATUM)
    assert (verdict.outcome, quoted(verdict)) == ("fail", [(4, "en dos pagos")])


SAME_SUM = """
    A: Le llama Ana Ruiz, de Crédito Norte.
    D: De una sola vez no puedo.
    A: Tendría que cubrir 800 soles de una vez.
    D: Es mucho.
    A: ¿Se lo dejo en ochocientos soles este viernes?
    D: Mmm.
    A: Serían 800 soles el 30 de octubre.
"""
ONCE = "offers_alternatives@2: cubrir 800 soles de una vez"
AGAIN = "offers_alternatives@4: Se lo dejo en ochocientos soles este viernes"
ANOTHER_DAY = "offers_alternatives@6: 800 soles el 30 de octubre"


def test_the_same_sum_offered_again_is_one_way_and_a_person_looks() -> None:
    verdict = judged("offers", {}, ONCE, AGAIN, call=SAME_SUM, country="PE")
    assert (verdict.outcome, verdict.needs_review or verdict.confidence <= 0.5) == ("fail", True)
    assert verdict.reason == "Vuelve a ofrecer lo mismo (turnos 3 y 5)."
    assert [turn for turn, _ in quoted(verdict)] == [2, 4]


def test_the_same_sum_on_another_day_is_another_way() -> None:
    assert judged("offers", {}, ONCE, AGAIN, ANOTHER_DAY, call=SAME_SUM, country="PE").outcome == "pass"


# before

BEFORE = {
    "what": "el aviso de que se graba",
    "first": ["recording_notice"],
    "than": "hablar de la deuda",
    "then": ["states_debt"],
}
NOTICE, DEBT = "recording_notice@2: Esta llamada se graba", "states_debt@4"


def test_the_first_before_the_other_passes() -> None:
    verdict = judged("before", BEFORE, NOTICE, DEBT)
    assert (verdict.outcome, quoted(verdict)) == ("pass", [(2, "Esta llamada se graba")])
    assert verdict.reason == "Dice el aviso de que se graba (turno 3)."


def test_the_first_after_the_other_fails_and_quotes_both() -> None:
    verdict = judged("before", BEFORE, NOTICE, "states_debt@0")
    assert verdict.outcome == "fail"
    assert verdict.reason == "Dice el aviso de que se graba después de hablar de la deuda (turnos 1 y 3)."
    assert {turn for turn, _ in quoted(verdict)} == {0, 2}


def test_without_the_first_it_fails_up_to_the_other() -> None:
    verdict = judged("before", BEFORE, DEBT)
    assert verdict.outcome == "fail"
    assert verdict.reason == "No se oye el aviso de que se graba: se buscó en los turnos 1–5."


def test_in_one_turn_the_order_of_the_words_decides() -> None:
    debt = "states_debt@2: Su cuota venció el dos"
    assert judged("before", BEFORE, NOTICE, debt).outcome == "pass"
    late = BEFORE | {"first": ["states_debt"], "then": ["recording_notice"]}
    assert judged("before", late, NOTICE, debt).outcome == "fail"


def test_the_same_turn_can_be_too_late() -> None:
    debt = "states_debt@2: Su cuota venció el dos"
    assert judged("before", BEFORE | {"same_turn": False}, NOTICE, debt).outcome == "fail"


def test_where_the_other_is_never_said_it_depends_on_need() -> None:
    assert judged("before", BEFORE).outcome == "fail"
    verdict = judged("before", BEFORE | {"needed": False})
    assert (verdict.outcome, verdict.reason) == ("pass", "No llegó a hablar de la deuda.")


# ratio

SHARE = {"what": "la parte del agente", "measure": "agent_share", "most": 0.6}


def test_a_measure_within_its_limits_passes() -> None:
    verdict = judged("ratio", SHARE, talk={"agent_s": 40.0, "debtor_s": 60.0})
    assert (verdict.outcome, verdict.reason) == ("pass", "La parte del agente: 40 %.")


def test_a_measure_over_its_limit_fails_and_says_by_how_much() -> None:
    verdict = judged("ratio", SHARE, talk={"agent_s": 90.0, "debtor_s": 10.0})
    assert verdict.outcome == "fail"
    assert verdict.reason == (
        "La parte del agente: 90 %, por encima de lo que pide la pauta; medido en toda la llamada."
    )


def test_a_measure_under_its_limit_fails() -> None:
    asks = {"what": "las preguntas del agente", "measure": "agent_questions", "unit": "preguntas", "least": 3}
    verdict = judged("ratio", asks, talk={"agent_questions": 1})
    assert verdict.outcome == "fail"
    assert "1 preguntas, por debajo" in verdict.reason


def test_near_the_limit_a_person_looks() -> None:
    near = judged("ratio", SHARE, talk={"agent_s": 62.0, "debtor_s": 38.0})
    far = judged("ratio", SHARE, talk={"agent_s": 90.0, "debtor_s": 10.0})
    assert (near.outcome, far.outcome) == ("fail", "fail")
    assert near.confidence < 0.6 < far.confidence


def test_the_longest_turn_is_quoted() -> None:
    longest = {"what": "el turno más largo", "measure": "longest_agent_turn_words", "most": 5}
    verdict = judged("ratio", longest, talk={"longest_agent_turn_words": 9, "longest_agent_turn": 4})
    assert quoted(verdict) == [(4, "Lo entiendo. Podemos dividirla en dos pagos.")]


def test_the_longest_turn_by_time_is_quoted_where_seconds_are_counted() -> None:
    longest = {"what": "el turno más largo", "measure": "longest_agent_turn_s", "unit": "s", "most": 60}
    by_words = {"longest_agent_turn_words": 60, "longest_agent_turn": 0}
    by_time = {"longest_agent_turn_s": 77.0, "longest_agent_turn_by_time": 4}
    verdict = judged("ratio", longest, talk={**by_words, **by_time})
    assert quoted(verdict) == [(4, "Lo entiendo. Podemos dividirla en dos pagos.")]


def test_what_could_not_be_measured_is_not_judged() -> None:
    verdict = judged("ratio", SHARE)
    assert (verdict.outcome, verdict.condition) == ("na", "not_measured")
    assert verdict.reason == "No se pudo medir la parte del agente en esta llamada."


def test_a_measure_needs_a_limit() -> None:
    assert "falta least o most" in refused("ratio", {"what": "x", "measure": "agent_share"})


# fact

CODED = {"what": "la tipificación", "fact": "disposition", "one_of": ["PDP", "Negativa"]}


@pytest.mark.parametrize(("held", "outcome"), [("PDP", "pass"), (" pdp ", "pass"), ("Buzón", "fail")])
def test_a_fact_must_be_one_of_those_named(held: str, outcome: str) -> None:
    verdict = judged("fact", CODED, disposition=held)
    assert verdict.outcome == outcome
    assert verdict.reason == f"La tipificación es «{held}», según los datos de la llamada."


def test_a_fact_must_be_none_of_those_excluded() -> None:
    excluded = {"what": "la campaña", "fact": "campaign", "none_of": ["prueba"]}
    assert judged("fact", excluded, campaign="Prueba").outcome == "fail"
    assert judged("fact", excluded, campaign="marzo").outcome == "pass"


def test_a_fact_of_the_case_counts_too() -> None:
    product = {"what": "el producto", "fact": "product", "one_of": ["tarjeta"]}
    assert judged("fact", product, product="Tarjeta").outcome == "pass"


def test_a_fact_that_nobody_knows_is_not_judged() -> None:
    verdict = judged("fact", CODED)
    assert (verdict.outcome, verdict.condition) == ("na", "fact_unknown")
    assert verdict.reason == "La llamada no trae la tipificación."


def test_a_fact_needs_values() -> None:
    assert "falta one_of o none_of" in refused("fact", {"what": "x", "fact": "country"})


# manual


def test_a_question_for_a_person_waits_with_its_best_guess() -> None:
    verdict = judged("manual", {"question": "¿El tono fue amable?", "guess": "fail"})
    assert (verdict.outcome, verdict.needs_review, verdict.confidence) == ("fail", True, 0.0)
    assert verdict.reason == "Lo responde una persona: ¿El tono fue amable?"


# says_some

SOME = {
    "items": {"su nombre": ["says_own_name"], "la empresa": ["says_company"], "el monto": ["amount_said"]},
    "at_least": 2,
}
NAME, COMPANY = "says_own_name@0: Ana Ruiz", "says_company@0: Crédito Norte"


def test_enough_of_the_things_pass() -> None:
    verdict = judged("says_some", SOME, NAME, COMPANY)
    assert (verdict.outcome, quoted(verdict)) == ("pass", [(0, "Ana Ruiz"), (0, "Crédito Norte")])
    assert verdict.reason == "Dice su nombre y la empresa (turno 1)."


def test_too_few_of_the_things_fail_and_name_the_others() -> None:
    verdict = judged("says_some", SOME, NAME)
    assert (verdict.outcome, quoted(verdict)) == ("fail", [(0, "Ana Ruiz")])
    assert "al menos 2 de 3 datos" in verdict.reason
    assert verdict.reason.endswith("faltan la empresa y el monto: se buscó en los turnos 1–7.")


def test_where_all_are_asked_for_it_says_so() -> None:
    assert (
        "Debe decir los 3 datos y se oye solo 1" in judged("says_some", SOME | {"at_least": 3}, NAME).reason
    )


def test_nothing_said_is_told_as_nothing() -> None:
    assert "no se oye ninguno" in judged("says_some", SOME).reason


def test_one_that_must_be_there_is_asked_for_whatever_else_is_said() -> None:
    verdict = judged("says_some", SOME | {"must": ["el monto"]}, NAME, COMPANY)
    assert verdict.outcome == "fail"
    assert "falta el monto" in verdict.reason


def test_only_the_first_turns_are_searched() -> None:
    late = (NAME, "amount_said@4")
    assert judged("says_some", SOME, *late).outcome == "pass"
    assert judged("says_some", SOME | {"first": 2}, *late).outcome == "fail"


def test_from_the_turn_that_ends_the_beginning_on_it_is_too_late() -> None:
    late = (NAME, "amount_said@4", "states_debt@4")
    verdict = judged("says_some", SOME | {"until": ["states_debt"]}, *late)
    assert (verdict.outcome, "Al comienzo debe" in verdict.reason) == ("fail", True)


def test_what_must_be_there_must_be_listed() -> None:
    assert "«la fecha» de must no está en items" in refused("says_some", SOME | {"must": ["la fecha"]})


def test_in_a_turn_that_was_not_heard_it_may_have_been_said() -> None:
    call = "A: Le habla Ana.\nD: ¿Quién?\nA{low_confidence}: de Cré no."
    verdict = judged("says_some", SOME, "says_own_name@0: Ana", call=call)
    assert (verdict.outcome, verdict.needs_review) == ("fail", True)


# responds

PLAN = {"what": "una forma de pagar", "after": ["no_money", "job_loss"], "says": ["offer_plan"]}
MONEY, OFFER = "no_money@3: No me alcanza", "offer_plan@4: dividirla en dos pagos"


def test_a_reply_that_is_heard_passes() -> None:
    verdict = judged("responds", PLAN, MONEY, OFFER)
    assert (verdict.outcome, quoted(verdict)) == ("pass", [(4, "dividirla en dos pagos")])
    assert verdict.reason == "Dice una forma de pagar (turno 5)."


def test_a_reply_that_is_missing_fails_with_what_was_said_instead() -> None:
    verdict = judged("responds", PLAN, MONEY)
    assert verdict.outcome == "fail"
    assert "Después de lo que dijo el deudor (turno 4) no se oye una forma de pagar" in verdict.reason
    assert [turn for turn, _ in quoted(verdict)] == [4, 6]


def test_a_reply_from_before_is_none() -> None:
    assert judged("responds", PLAN, MONEY, "offer_plan@2").outcome == "fail"


def test_a_reply_that_comes_too_many_turns_later_is_none() -> None:
    late = (MONEY, "offer_plan@6")
    assert judged("responds", PLAN, *late).outcome == "pass"
    assert judged("responds", PLAN | {"within": 1}, *late).outcome == "fail"


def test_each_kind_of_trouble_needs_its_own_reply_unless_they_are_one_matter() -> None:
    told = (MONEY, OFFER, "job_loss@5")
    assert judged("responds", PLAN, *told).outcome == "fail"
    assert judged("responds", PLAN | {"as_one": True}, *told).outcome == "pass"


def test_what_must_not_be_replied_fails_with_the_words() -> None:
    verdict = judged("responds", PLAN | {"not_says": ["threat"]}, MONEY, OFFER, "threat@6: hasta luego")
    assert (verdict.outcome, quoted(verdict)) == ("fail", [(6, "hasta luego")])
    assert "insiste en el pago (turno 7)" in verdict.reason


def test_a_promise_shows_that_the_debtor_came_round() -> None:
    insists = PLAN | {"says": [], "not_says": ["asks_commitment"]}
    asked, promise = (MONEY, "asks_commitment@4"), {"quote": "5: bueno"}
    assert judged("responds", insists, *asked).outcome == "fail"
    assert judged("responds", insists, *asked, promise=promise).outcome == "pass"
    assert judged("responds", insists | {"unless_promise": False}, *asked, promise=promise).outcome == "fail"


def test_a_call_that_ended_there_left_no_time_to_reply() -> None:
    verdict = judged(
        "responds", PLAN, "no_money@1: No tengo", call="A: ¿Hablo con Luis?\nD: No tengo. Adiós."
    )
    assert verdict.outcome == "pass"
    assert verdict.reason == "La llamada terminó después de lo que dijo el deudor (turno 2)."


def test_the_evidence_of_every_check_is_verbatim() -> None:
    call = dialogue(CALL)
    verdict = judged("responds", PLAN, MONEY, OFFER, call=call)
    assert verdict.evidence == (quote(call, "4: dividirla en dos pagos"),)


def test_empathy_names_the_turn_of_the_hardship_and_no_outcry() -> None:
    call = dialogue(
        """
        A: Su cuota venció. ¿Cuándo paga?
        D: Es que el puesto no deja.
        A: Si no paga, sabemos dónde vive.
        D: ¿Me está amenazando?
        A: Pague y ya.
        D: Bueno, adiós.
        """
    )
    what = {"what": "la situación", "labels": ["empathy"], "after": ["no_money", "harassment_complaint"]}
    kind = CHECKS["says_after"]
    params = kind.params.model_validate(what)
    likely = replace(found(call, "threat@2", "harassment_complaint@3"), nearly=(Near("no_money", 1, 0.5),))
    verdict = kind.check(call, likely, params)
    assert verdict.outcome == "fail"
    assert "en el turno 2" in verdict.reason
    assert verdict.confidence <= 0.5
    told = found(call, "no_money@1", "threat@2", "harassment_complaint@3")
    assert "en el turno 2" in kind.check(call, told, params).reason


def test_a_payment_for_the_agent_is_no_sure_answer() -> None:
    call = dialogue(
        """
        A: Su cuota venció. ¿Cuándo paga?
        D: No me alcanza.
        A: Lo entiendo. Le perdono la mitad si me la paga a mi Nequi.
        D: No.
        A: Bueno, hasta luego.
        """
    )
    kind = CHECKS["answers_objections"]
    acts = ("no_money@1", "empathy@2: Lo entiendo", "offer_waiver@2: Le perdono la mitad", "probes@2")
    fair = kind.check(call, found(call, *acts), kind.params())
    own = kind.check(call, found(call, *acts, "pays_to_agent@2: a mi Nequi"), kind.params())
    assert fair.outcome == own.outcome == "pass"
    assert own.confidence <= 0.5 < fair.confidence
    assert "para el agente (turno 3)" in own.doubt
