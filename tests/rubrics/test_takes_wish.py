"""A lawyer named or a stop asked for is answered by taking it as it is; what a colleague was told, too."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.cues import cues_of
from rubrics.loader import load_rubric
from rubrics.scoring import score
from rubrics.types import Scorecard
from tests.dialogue import dialogue


def judged(*turns: str) -> Scorecard:
    said = "\n".join(turns)
    call = dialogue(
        f"""
        A: Buenas tardes, habla Lucas Benítez, de Financiera Roble. ¿Es usted Mario Quiroga?
        D: Sí, soy yo.
        A: Su crédito tiene mil cuatrocientos pesos vencidos desde el tres de noviembre.
        {said}
        """,
        country="MX",
    )
    return score(call, analyze(call), load_rubric())


@pytest.mark.parametrize(
    "answer",
    [
        "Queda anotado. Toda comunicación irá por esa vía.",
        "Muy bien, desde hoy me comunico con su abogado.",
        "Anotado. Hasta que no nos escriba él, a usted no se le llama.",
    ],
)
def test_a_stop_that_is_noted_is_answered(answer: str) -> None:
    found = judged(
        "D: Yo ya tengo un abogado, todo con él.",
        "A: Muy bien, don Mario. ¿Me da el teléfono de esa oficina?",
        "D: Es 210 555 0144. Y que no me hablen más.",
        f"A: {answer} Gracias por avisarnos.",
        "D: Adiós.",
    )
    assert found.verdicts["handles_objections"].outcome == "pass"


def test_a_stop_that_is_noted_and_not_obeyed_is_not_heeded() -> None:
    agent = cues_of("agent")
    assert "heeds_wish" in agent.score(agent.words("Queda anotado. Hasta luego."))
    assert "heeds_wish" not in agent.score(agent.words("Queda anotado. Igual le marco el treinta."))


NO_MORE = "Ya no me llamen más, por favor, me marcan todos los días."


@pytest.mark.parametrize(
    "answer",
    [
        "Queda anotado, igual le marco el treinta.",
        "Queda anotado, pero igual le vuelvo a llamar el lunes.",
        "Tomo nota de que no quiere más llamadas, de todas formas le llamo mañana.",
        "Anotado, mañana le marco otra vez.",
        "Ok, queda anotado. Lo mismo lo llamo el viernes.",
        "Queda registrado, aunque lo volveremos a llamar.",
        "Lo registro, pero mientras no pague le vamos a seguir llamando.",
        "Las llamadas van a seguir hasta que pague.",
    ],
)
def test_who_calls_all_the_same_has_taken_no_wish(answer: str) -> None:
    verdict = judged(f"D: {NO_MORE}", f"A: {answer}", "D: Bueno.").verdicts["handles_objections"]
    assert (verdict.outcome, verdict.needs_review) == ("fail", False)
    assert "se hace lo contrario" in verdict.reason


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (NO_MORE, "Queda anotado, ya no le volvemos a llamar. Disculpe la molestia."),
        (NO_MORE, "De acuerdo, no lo volvemos a llamar, pero le escribimos por correo."),
        (NO_MORE, "Entiendo, disculpe. Queda anotado que prefiere correo; por correo le escribimos."),
        (
            NO_MORE,
            "Entiendo su molestia. Queda anotado. ¿Quiere que lo llame el treinta o prefiere un mensaje?",
        ),
        (
            "No me llamen al trabajo, me van a correr.",
            "Queda anotado, pero le marco a su celular, ¿está bien?",
        ),
        (
            "Me marcan a toda hora.",
            "Disculpe la molestia. Queda anotado. Le marco solo por la tarde, ¿le parece?",
        ),
    ],
)
def test_who_takes_the_wish_or_asks_leave_goes_against_nothing(said: str, answer: str) -> None:
    verdict = judged(f"D: {said}", f"A: {answer}", "D: Bueno.").verdicts["handles_objections"]
    assert "se hace lo contrario" not in verdict.reason
    assert verdict.outcome == "pass"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("con todo respeto me alegra que los conozca en que le puedo ayudar con su cuenta", "pass"),
        ("Respeto sus derechos, don Mario. ¿En qué le puedo servir?", "pass"),
        ("Sus derechos de nada le sirven si no paga.", "fail"),
        ("Igual tiene que pagar.", "fail"),
    ],
)
def test_who_knows_their_rights_is_answered_without_heat(answer: str, outcome: str) -> None:
    warned = "D: Yo soy abogado y conozco mis derechos, así que cuidadito."
    found = judged(warned, f"A: {answer}", "D: Bueno.")
    assert found.verdicts["handles_objections"].outcome == outcome


SORRY = "Qué falta de respeto, le ofrezco una disculpa por eso. Meto la garantía por escrito."


def labels(said: str) -> set[str]:
    call = dialogue(
        f"""
        A: Buenas tardes, habla Lucas Benítez, de Financiera Roble. ¿Es usted Mario Quiroga?
        D: {said}
        A: Me gustaría entender por qué, don Mario. ¿Qué pasó?
        D: Que el colchón se hundió al mes y me dijeron que la garantía no cubre nalgas gordas.
        A: {SORRY}
        D: Bueno.
        A: Gracias, hasta luego.
        """,
        country="MX",
    )
    return {f.label for f in analyze(call).findings if f.quote.turn == 1}


@pytest.mark.parametrize(
    "said",
    [
        "si pero ya le dije a tu compañera que no les voy a pagar ni un peso hagan lo que quieran",
        "Sí, pero ya le dije ayer a la otra señorita que no voy a pagar.",
        "A tu compañero ya le expliqué que no pienso pagar.",
    ],
)
def test_a_later_apology_makes_no_complaint_of_what_a_colleague_was_told(said: str) -> None:
    found = labels(said)
    assert "refusal" in found
    assert "harassment_complaint" not in found


@pytest.mark.parametrize(
    "said",
    [
        "Ya le dije a su compañera que dejen de llamarme.",
        "ya le dije a tu compañera que no me llamen al trabajo",
        "Ya le dije a su compañero que el viernes pago y siguen llamando.",
    ],
)
def test_calls_complained_of_to_a_colleague_are_a_complaint(said: str) -> None:
    assert "harassment_complaint" in labels(said)


LAWYER = "Mi abogado me dijo que no les pague."
HOUNDED = "Me están llamando a toda hora, ya me tienen cansado."


@pytest.mark.parametrize("said", [LAWYER, HOUNDED])
@pytest.mark.parametrize(
    "answer",
    [
        "Yo en tu lugar ni caso.",
        "Uy, qué feo. Yo en su lugar ni caso les hacía.",
        "Yo que usted ni les contesto. Le mando el link de pago.",
        "Ni caso le haga, señor.",
        "No les pare bolas.",
        "Yo que vos ni me calentaba.",
        "Haga de cuenta que no le llamaron.",
        "No se haga mala sangre.",
    ],
)
def test_who_makes_light_of_it_has_answered_nothing(said: str, answer: str) -> None:
    verdict = judged(f"D: {said}", f"A: {answer}", "D: Bueno.").verdicts["handles_objections"]
    assert verdict.outcome == "fail"
    assert "se le quita importancia" in verdict.reason


@pytest.mark.parametrize(
    "answer",
    [
        "Entiendo su molestia; no les haga caso, ahora mismo quito su número y lo reporto.",
        "Le ofrezco una disculpa. Si le llaman de otro número no haga caso, son fraudes.",
        "Lamento que lo llamen tanto. Vamos a hacerle caso: ya no le marcamos, queda anotado.",
    ],
)
def test_who_does_something_about_it_makes_light_of_nothing(answer: str) -> None:
    verdict = judged(f"D: {HOUNDED}", f"A: {answer}", "D: Bueno.").verdicts["handles_objections"]
    assert "se le quita importancia" not in verdict.reason
    assert verdict.outcome == "pass"
