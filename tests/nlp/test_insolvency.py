"""Insolvency is a special case; an empty purse or a failed business is none."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from tests.nlp.test_mockery import verdicts


@pytest.mark.parametrize(
    "said",
    [
        "Estoy en un proceso de insolvencia, lo lleva el juzgado tercero.",
        "Me declaré en bancarrota en febrero.",
        "Yo pedí mi propia quiebra.",
        "Estoy en concurso de acreedores desde junio.",
        "Me acogí a la ley 1564.",
        "Yo hice capítulo siete con un abogado.",
        "Me declaré en quiebra hace dos meses.",
        "Me acogí a la ley 1564 hace tres años.",
        "Me declaré en bancarrota hace diez días.",
        "Me declaré en bancarrota hace diez años y sigo pagando ese plan.",
        "Hace diez años que estoy en concurso de acreedores.",
        "Tengo esa deuda de hace diez años y ahora me declaré en quiebra.",
        "Me declaré en quiebra en el dos mil veintiséis.",
    ],
)
def test_insolvency_is_heard(said: str) -> None:
    assert "insolvent" in hear(said, "debtor").found


@pytest.mark.parametrize(
    "said",
    [
        "Ando en bancarrota, ya sabe cómo está la cosa.",
        "La empresa donde trabajo se declaró en quiebra.",
        "Me voy a declarar en bancarrota si siguen.",
        "Yo no me he declarado en quiebra.",
        "Voy por el capítulo siete de la novela.",
        "Me declaré en quiebra hace diez años.",
        "Hace diez años me declaré en bancarrota.",
        "Hice capítulo siete en el dos mil doce.",
        "Pedí mi propia quiebra hace años y ya se levantó.",
        "Estuve en un proceso de insolvencia que ya terminó.",
        "Me declaré en quiebra en 2010.",
        "Pasé por una quiebra hace quince años, ahora estoy bien.",
    ],
)
def test_what_only_sounds_like_it_is_none(said: str) -> None:
    assert "insolvent" not in hear(said, "debtor").found


def test_the_court_asked_for_is_no_lawyer_and_a_lawsuit_is() -> None:
    asked = verdicts("¿En qué juzgado está su quiebra?")["no_lawyer"]
    assert (asked.outcome, asked.needs_review) == ("pass", False)
    assert verdicts("Pues lo vamos a demandar en el juzgado por su quiebra.")["no_lawyer"].outcome == "fail"


@pytest.mark.parametrize(
    "answer",
    [
        "Entiendo. Suspendo la gestión, verifico con el área y le llamo el jueves con lo que resulte.",
        "¿En qué juzgado está su proceso? Anoto y suspendo la gestión.",
    ],
)
def test_who_checks_it_asks_for_no_payment_and_for_no_other_reason(answer: str) -> None:
    call = dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Doña Rosa, su cuota de mil pesos venció hace diez días.
        D: Me declaré en bancarrota en febrero, lo lleva el juzgado tercero.
        A: {answer}
        D: Bueno, gracias.
        A: Gracias a usted, hasta luego.
        """,
        country="CO",
    )
    judged = score(call, analyze(call), load_rubric()).verdicts
    assert judged["asks_reason"].outcome == "pass"
    assert {judged[name].outcome for name in ("firm", "gets_commitment", "offers_alternatives")} == {"na"}


def judged_of(answer: str, said: str = "Estoy en quiebra, ya metí los papeles.") -> dict[str, Verdict]:
    call = dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con doña Rosa Paz?
        D: Sí, soy yo.
        A: Doña Rosa, su cuota de mil pesos venció hace diez días.
        D: {said}
        A: {answer}
        D: Bueno.
        A: Gracias por su tiempo, hasta luego.
        """,
        country="CO",
    )
    return dict(score(call, analyze(call), load_rubric()).verdicts)


@pytest.mark.parametrize(
    "answer",
    [
        "Si no paga, la quiebra no le va a servir, lo demandamos.",
        "Su insolvencia no le va a servir lo demandamos",
        "A mí no me interesa su insolvencia, lo llevamos al juzgado.",
        "Con quiebra o sin quiebra lo llevamos a juicio.",
        "Si no me dice en qué juzgado está su quiebra, lo demandamos.",
        "La quiebra no la salva, ya la vamos a demandar.",
        "No me venga con cuentos, la vamos a demandar.",
        "No quiso arreglar, la demandamos.",
        "No hay de otra, igual la demandamos.",
    ],
)
def test_a_lawsuit_beside_what_is_no_use_is_one(answer: str) -> None:
    assert judged_of(answer)["no_lawyer"].outcome == "fail"


@pytest.mark.parametrize(
    "answer",
    [
        "No se preocupe, no la vamos a demandar.",
        "No la llamamos por un juicio, la llamamos para ayudarle.",
        "No, no es que la demandemos, la orientamos.",
        "Aquí no se le hace juicio ni se le demanda, le ayudamos.",
        "Entiendo que su quiebra la lleva el juzgado. ¿Qué número de expediente tiene?",
        "¿Qué abogado le lleva la quiebra? Lo anoto y detenemos las llamadas.",
    ],
)
def test_a_lawsuit_denied_is_none(answer: str) -> None:
    assert judged_of(answer)["no_lawyer"].outcome == "pass"
