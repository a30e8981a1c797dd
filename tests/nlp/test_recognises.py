"""Understanding in plain words, and that the form never credits here what it denies there."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.ladder import pairs
from nlp.tagger import hear
from nlp.thresholds import OPERATING
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Scorecard
from tests.dialogue import dialogue
from transcripts.types import Transcript

OPENING = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
    D: Sí, soy yo.
    A: Don Darío, su cuota de mil pesos venció hace diez días. ¿Qué pasó con el pago?
"""
CLOSING = "D: Bueno.\nA: Gracias por su tiempo, hasta luego."


def told(far: str, agent: str) -> Transcript:
    return dialogue(f"{OPENING}D: {far}\nA: {agent}\n{CLOSING}")


def card(far: str, agent: str) -> Scorecard:
    call = told(far, agent)
    return score(call, analyze(call), load_rubric())


def feels(far: str, agent: str) -> bool:
    found = analyze(told(far, agent)).findings
    return any(f.label == "empathy" and f.score >= OPERATING and f.quote.turn == 4 for f in found)


PAID_TWICE = "Yo no les voy a pagar nada, ya pagué lo doble con sus intereses."
SHOP = "Vendo ropa y este mes bajó la venta a la mitad, no me alcanza ni para el local."


@pytest.mark.parametrize(
    ("far", "said"),
    [
        (SHOP, "La mitad de venta con los mismos gastos del local, es bravo, don Darío, lo entiendo bien."),
        (SHOP, "De vender bien a vender la mitad, claro que la cuota se resiente. ¿Cuándo repunta?"),
        (SHOP, "Y si la tienda no vende no entra nada, eso preocupa. ¿Qué días vende más?"),
        (SHOP, "Ya, con esa baja en las ventas se le hizo cuesta arriba el mes, don Darío."),
        (SHOP, "Claro, si no vende, de dónde saca. ¿Qué días le va mejor?"),
        (SHOP, "Vaya, menudo mes lleva usted. ¿Cuándo cobra?"),
        ("Me cobraron un cargo que no es mío, estoy molesto.", "Con razón está molesto, lo reviso ya."),
        ("Le estoy ayudando a mi mamá enferma, no tengo.", "Cuidar a su mamá, eso lo respeto, don Darío."),
        ("La verdad, no le voy a mentir, no tengo trabajo.", "Le agradezco que me hable con la verdad."),
        ("Cambiaron el turno y perdí las horas.", "Da rabia, don Darío, lo entiendo. ¿Desde cuándo?"),
        ("El patrón no me pagó lo que me debía.", "Eso no estuvo bien, don Darío. ¿Ya reclamó?"),
    ],
)
def test_the_debtors_own_fact_with_a_word_of_understanding_is_empathy(far: str, said: str) -> None:
    assert feels(far, said)


@pytest.mark.parametrize(
    "said",
    [
        "Claro que la cuota se atrasa, si para fiestas sí tiene.",
        "Eso lo respeto, pero le voy a hablar claro: hoy me paga.",
        "Entonces es eso. ¿Cuánto puede dar hoy?",
    ],
)
def test_other_uses_of_the_same_words_are_none(said: str) -> None:
    assert not feels(SHOP, said)


@pytest.mark.parametrize(
    "said",
    [
        "Entonces es eso.",
        "Vale. ¿Y qué le queda a fin de mes, descontado eso?",
        "Está en su derecho. ¿Cuánto puede dar hoy?",
        "Con razón está preocupado. ¿Con cuánto cuenta para esta semana?",
        "La entiendo, es duro. ¿Qué día vende más?",
    ],
)
def test_what_an_objection_is_credited_with_empathy_does_not_deny(said: str) -> None:
    call = told(SHOP, said)
    credited = any("recognise" in pair.rungs for pair in pairs(call, analyze(call)))
    assert credited == (card(SHOP, said).verdicts["empathy"].outcome == "pass")


def test_a_right_that_is_granted_recognises_the_threat_to_use_it() -> None:
    call = told("Los voy a denunciar en la Profeco.", "Está en su derecho, don Darío.")
    (pair,) = pairs(call, analyze(call))
    assert [quote.text for quote in pair.rungs["recognise"]] == ["Está en su derecho"]


def test_who_was_recognised_and_goes_on_with_the_same_matter_was_answered() -> None:
    call = dialogue(
        f"""{OPENING}
        D: Tuve un accidente, me partí la pierna y llevo tres semanas en la casa.
        A: Cuánto lo siento de verdad, don Darío. ¿Y cómo sigue?
        D: Con muletas, mañana me toca control en la clínica.
        A: ¿Y tiene quien lo acompañe?
        D: Sí, mi mamá. Pero no estoy recibiendo nada.
        A: Lo entiendo, no le voy a pedir que me pague nada hoy, lo importante es que se recupere.
        {CLOSING}"""
    )
    assert {pair.outcome for pair in pairs(call, analyze(call))} == {"fits"}


@pytest.mark.parametrize(
    "said",
    [
        "Comprendo que sienta que ha pagado mucho. ¿Quiere que revisemos juntos cuánto ha sido de intereses?",
        "Entiendo perfectamente que le moleste, don Darío.",
    ],
)
def test_what_the_debtor_feels_is_recognised_as_that(said: str) -> None:
    assert feels(PAID_TWICE, said)


@pytest.mark.parametrize(
    "said", ["Entiendo que le moleste, pero tiene que pagar.", "Entiendo que le moleste pero la deuda sigue."]
)
def test_what_is_felt_and_passed_over_is_not_said_plainly(said: str) -> None:
    assert "plain_empathy" not in hear(said, "agent").found


@pytest.mark.parametrize(
    "said",
    [
        "¿Quiere que revisemos juntos cuánto ha sido de intereses?",
        "¿Le parece si repasamos su cuenta, letra a letra?",
    ],
)
def test_to_go_over_the_sum_together_explores_it(said: str) -> None:
    found = analyze(told(PAID_TWICE, said)).of("probes")
    assert any(f.quote.turn == 4 and f.score >= OPERATING for f in found)


def test_recognised_in_plain_words_nothing_is_missing_before_a_refusal() -> None:
    call = dialogue(
        f"""{OPENING}
        D: Le firmé a mi compadre en la cooperativa y primero estoy pagando eso.
        A: Cuidar al compadre que firmó con usted, eso lo respeto. ¿Cuánto le queda por pagar allá?
        D: Todo el año todavía.
        A: Puede dar cien pesos al mes o uno solo de quinientos en agosto. ¿Cuál le sirve?
        D: No, no voy a pagar nada, señorita, ni un peso.
        A: ¿Y con cincuenta pesos el viernes?
        D: Que no le pago y punto.
        A: Gracias por su tiempo, hasta luego."""
    )
    verdict = score(call, analyze(call), load_rubric()).verdicts["gets_commitment"]
    assert "reconocer" not in verdict.reason


HOME = "Es que estoy pagando el arriendo y el colegio primero."


@pytest.mark.parametrize(
    ("far", "said"),
    [
        (HOME, "Entiendo, don Darío, son gastos importantes. Le puedo diferir en tres cuotas."),
        (HOME, "Son gastos fuertes. ¿Cuánto le queda?"),
        (HOME, "Sí, son cosas que hay que pagar primero. ¿Qué le queda libre?"),
        (HOME, "Comprendo, son prioridades. ¿Cuánto podría dar?"),
        (HOME, "Eso va primero, claro. ¿Le sirve en tres cuotas?"),
        ("Mi mamá está internada en el hospital.", "Primero está ella, don Darío. ¿Cómo sigue?"),
    ],
)
def test_needs_owned_as_such_recognise_without_their_names(far: str, said: str) -> None:
    assert feels(far, said)


@pytest.mark.parametrize(
    ("far", "said"),
    [
        (HOME, "Son gastos importantes, pero usted firmó."),
        (HOME, "Son gastos suyos. ¿Cuándo paga?"),
        (HOME, "Todos tenemos gastos importantes. ¿Cuándo paga?"),
        (HOME, "Son cargos importantes los que se le generan. ¿Cuándo paga?"),
        (HOME, "Eso va primero que nada, su pago. ¿Cuándo?"),
        ("Sí, ya sé, se me olvidó.", "Son gastos importantes. ¿Cuándo paga?"),
    ],
)
def test_needs_turned_round_or_not_told_recognise_nothing(far: str, said: str) -> None:
    assert not feels(far, said)


SACKED = "Es que me despidieron el mes pasado."


@pytest.mark.parametrize(
    "said",
    [
        "Qué lástima que haya perdido su trabajo, don Darío. ¿Le ha salido algo?",
        "Ay, qué lástima lo de su trabajo. ¿Le ha salido algo?",
        "Qué pesar que lo hayan despedido, don Darío. ¿Le ha salido algo?",
        "Me da mucho pesar escucharlo. ¿Le ha salido algo?",
        "ay qué pesar lo del trabajo don darío y le ha salido algo",
    ],
)
def test_sorry_for_what_befell_the_debtor_is_no_pity(said: str) -> None:
    assert card(SACKED, said).verdicts["empathy"].outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Ay, qué lástima.",
        "Qué pesar, don Darío.",
        "ay qué lástima le ha salido algo",
        "Pucha, qué fregado.",
        "Chuta, qué penca.",
        "Imagínese, con menos horas y todo subiendo.",
    ],
)
def test_a_bare_sigh_waits_for_a_person(said: str) -> None:
    verdict = card(SACKED, said).verdicts["empathy"]
    assert (verdict.outcome, verdict.needs_review) == ("pass", True)


@pytest.mark.parametrize(
    "said",
    [
        "Qué lástima me da usted, don Darío.",
        "Qué pesar de usted, la verdad.",
        "Qué lástima que no pague.",
        "Qué fregado es cobrarle a usted.",
        "Imagínese, con un juicio y los intereses encima.",
        "Qué lástima que haya perdido el descuento por no cumplir.",
        "Lo despidieron, qué lástima, pero usted firmó.",
    ],
)
def test_pity_for_the_person_or_regret_for_the_payment_recognises_nothing(said: str) -> None:
    assert card(SACKED, said).verdicts["empathy"].outcome == "fail"
