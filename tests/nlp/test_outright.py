"""Lawyers, goods carried off and exposure told in plain words that name none of the usual ones."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "el viernes yo entrego los casos que no pagaron a los abogados de acá y ya no es conmigo",
        "Mañana paso su expediente a los abogados.",
        "El lunes mandamos toda la cartera vencida con nuestros abogados.",
        "Y los letrados le cobran sus honorarios, el veinte por ciento.",
        "De ahí para allá es con los abogados.",
        "El otro mes ya no le llamo yo, le llama un abogado.",
        "Son 260 para que no le pase a prejurídico.",
    ],
)
def test_a_file_given_to_lawyers_is_a_mention_of_them(said: str) -> None:
    found = verdicts(said)["no_lawyer"]
    assert found.outcome == "fail"
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "No le vamos a pasar su caso a los abogados, quédese tranquila.",
        "Si quiere consultarlo con su abogado, con gusto le mando los papeles.",
    ],
)
def test_lawyers_denied_or_the_debtors_own_are_no_mention(said: str) -> None:
    assert verdicts(said)["no_lawyer"].outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "y piden lo que haya la nevera el televisor lo que encuentren usted verá",
        "Se le llevan hasta la refri y el televisor.",
        "Vienen y cargan con la lavadora, la cama, lo que encuentren.",
        "Le dejan la casa vacía, señora.",
        "agradezca que le avisé por teléfono porque lo otro era que lo supieran en su pega",
        "Dé gracias a que no hemos llamado a su jefe todavía.",
        "Lo que sigue es que se enteren en su trabajo.",
        "yo no amenazo a nadie le informo lo que viene aténgase no más",
        "Mire que en su pega no les va a gustar saberlo.",
        "Todavía no le he dicho nada a su suegra, fíjese.",
    ],
)
def test_seizure_and_exposure_without_their_names_are_threats(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert found.outcome == "fail"
    assert found.evidence


@pytest.mark.parametrize(
    "said",
    [
        "Eso que le dijeron, que se llevan la nevera, no es cierto.",
        "Tiene garantía: pasan, se le llevan la lavadora y se la devuelven reparada.",
        "Gracias a Dios nadie salió herido en la inundación que se llevó los muebles.",
        "Aténgase al calendario de pagos que le mandamos, por favor.",
    ],
)
def test_goods_that_nobody_takes_are_no_threat(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "pass"


def disclosure(agent: str, *, before: str = "Sí, aquí al lado.") -> Verdict:
    call = dialogue(f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, con él.
        A: Don Darío, tiene tres cuotas vencidas desde enero. ¿Está su señora ahí?
        D: {before}
        A: {agent}
        O: ¿Cómo dice? ¿Quién habla?
        A: Gracias, que esté bien.
    """)
    return score(call, analyze(call), load_rubric()).verdicts["no_third_party_disclosure"]


@pytest.mark.parametrize(
    "said",
    [
        "póngamela altiro señora buenos días hablamos por las 3 cuotas que debe su marido",
        "Pásemela. Señora, buenos días: su esposo debe tres cuotas.",
        "Comuníqueme con ella. Mire, el crédito lo pidió su marido y no lo paga.",
    ],
)
def test_who_is_called_to_the_phone_hears_what_is_said_next(said: str) -> None:
    found = disclosure(said)
    assert found.outcome == "fail"
    assert found.needs_review
    assert found.evidence[0].turn == 4


@pytest.mark.parametrize(
    "said",
    [
        "Son tres cuotas, don Darío, las que debe. Pásemela si gusta.",
        "Pásemela, por favor. Señora, buenos días, ¿me ayuda a confirmar el correo de don Darío?",
    ],
)
def test_what_the_debtor_heard_before_is_no_disclosure(said: str) -> None:
    assert disclosure(said).outcome == "pass"


def test_whose_loan_it_is_told_to_who_just_spoke() -> None:
    call = dialogue("""
        A: Buenas tardes, habla Ana Ruiz, de Crédito Norte. ¿Se encuentra el señor Óscar Paz?
        O: No está. Habla su esposa.
        A: Señora, el crédito lo pidió su marido el año pasado, usted verá si lo ayuda a pagar.
        O: Yo no sabía nada.
        A: Gracias, señora. Que pase buena tarde.
    """)
    found = score(call, analyze(call), load_rubric()).verdicts["no_third_party_disclosure"]
    assert found.outcome == "fail"
