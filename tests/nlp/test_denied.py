"""Threats denied, taken back or explained to who fears them; and what is left in the air."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze
from nlp.thresholds import OPERATING
from rubrics.loader import PACKS, load_pack, load_rubric
from rubrics.scoring import score
from rubrics.types import Verdict
from tests.dialogue import dialogue
from transcripts.types import Transcript

JUDGED = ("no_threats", "no_lawyer", "courteous", "dignified_treatment")


def call(agent: str) -> Transcript:
    return dialogue(
        f"""
        A: Buenos días, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Darío Paz?
        D: Sí, soy yo.
        A: Don Darío, su cuota de mil pesos venció hace diez días.
        D: ¿Me van a embargar el sueldo? El otro muchacho me dijo que iba preso.
        A: {agent}
        D: Ah, bueno.
        A: Gracias por su tiempo, hasta luego.
        """,
        country="AR",
    )


def verdicts(agent: str) -> dict[str, Verdict]:
    said = call(agent)
    card = score(said, analyze(said), load_rubric(), load_pack(PACKS / "ar.yaml"))
    return {**card.verdicts, **card.pack_verdicts}


@pytest.mark.parametrize(
    "said",
    [
        "No, lo que le dijo mi compañero no es así. Hoy no hay ningún juicio ni embargo. "
        "Un embargo solo lo puede ordenar un juez, después de un juicio.",
        "no es asi no hay ningun juicio iniciado ni embargo un embargo solo lo puede ordenar un juez",
        "Mi compañero hizo mal en decirle que lo iban a embargar; eso no va a pasar.",
        "Lamento que le hayan dicho que lo iban a demandar, no es verdad.",
        "El embargo de sueldo que le mencionaron no existe.",
        "Un embargo es una medida que solo ordena un juez, y en su caso no se ha pedido.",
        "Para que haya embargo tendría que haber un juicio, y no lo hay.",
        "A usted nadie le va a descontar del sueldo, eso fue una mentira.",
        "La persona que le habló de meterlo preso no actuó bien y ya la reporté.",
        "Tampoco vamos a llamar a su jefe ni a sus vecinos, eso está prohibido.",
        "Nadie lo va a embargar. Si paga hoy le quitamos los recargos.",
        "Cómo se le ocurre que le van a llevar la lavadora; por una cuota no se hace nada de eso.",
        "Lo del embargo no es cierto. Si paga la mitad el viernes, el resto lo vemos después.",
        "Un embargo solo lo ordena un juez y aquí no hay ninguno. ¿Le sirve si paga en dos partes?",
        "Nadie de acá tendría que haberle dicho que le iban a embargar el sueldo.",
    ],
)
def test_harm_taken_back_is_neither_threat_nor_doubt(said: str) -> None:
    found = verdicts(said)
    assert {name: (found[name].outcome, found[name].needs_review) for name in JUDGED} == dict.fromkeys(
        JUDGED, ("pass", False)
    )


@pytest.mark.parametrize(
    "said",
    [
        "Mi compañero se lo dijo mal: no es la semana que viene, lo embargan mañana.",
        "Por ahora no hay juicio. El embargo llega después.",
        "Lo que le dijo mi compañero es cierto: le embargan el sueldo.",
        "Eso no es cierto. Pero le van a rematar la casa.",
    ],
)
def test_what_stands_beside_a_denial_is_heard(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "fail"


@pytest.mark.parametrize(
    "said",
    [
        "No va a la cárcel si paga hoy.",
        "Eso no va a pasar si me deposita hoy.",
        "Todavía no hay embargo, pero lo va a haber.",
        "No hay cárcel, pero le quitan la casa.",
        "Un embargo solo lo puede ordenar un juez.",
    ],
)
def test_harm_denied_on_terms_or_left_standing_waits_for_a_person(said: str) -> None:
    found = verdicts(said)["no_threats"]
    assert found.needs_review
    assert found.evidence


def test_a_quote_of_a_threat_is_not_of_what_was_denied() -> None:
    said = call("No hay ningún juicio. Pero le vamos a quitar la moto si no paga.")
    threats = [f for f in analyze(said).findings if f.label == "threat" and f.score >= OPERATING]
    assert threats
    assert all("juicio" not in f.quote.text for f in threats)


@pytest.mark.parametrize(
    "said",
    [
        "Si no paga va a terminar en la cárcel.",
        "Le vamos a quitar la moto si no paga.",
        "O paga o le embargamos el sueldo.",
        "Mandamos la policía a su casa.",
        "Le vamos a contar a su jefe nuevo cuando consiga trabajo.",
    ],
)
def test_seizure_and_jail_announced_are_a_threat_whatever_the_scores_say(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "fail"


@pytest.mark.parametrize(
    "said",
    [
        "Si usted manda la constancia, le pueden congelar todo.",
        "Si le quitan la moto, ¿cómo llega a trabajar?",
        "Si paga hoy le quitan los recargos.",
    ],
)
def test_what_helps_is_no_seizure(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "Uy, no. Que le hayan dicho «le vamos a embargar el sueldo» está mal, don Darío, lamento mucho que "
        "le haya pasado. Acá nadie le va a embargar nada ni va a ir la policía a su casa.",
        "Acá nadie le va a embargar nada ni va a ir la policía a su casa. Lamento que le hayan dicho "
        "«va preso».",
        "No corresponde que le digan que van a hablar con su jefe. Nadie va a hablar con su jefe.",
        "Ay, señor, qué mal que le hayan salido con que le rematan la casa. Eso aquí no pasa.",
        "Eso de «le caemos con la patrulla» no se lo debieron decir. Ninguna patrulla va a ir.",
        "¿Quién le dijo «le vamos a quitar la casa»? Nosotros no le quitamos nada a nadie.",
        "Ni embargo ni policía va a haber. Le pido disculpas si alguien le dijo que iba preso.",
    ],
)
def test_a_threat_told_again_and_disowned_is_neither_threat_nor_harsh(said: str) -> None:
    found = verdicts(said)
    assert {name: (found[name].outcome, found[name].needs_review) for name in JUDGED} == dict.fromkeys(
        JUDGED, ("pass", False)
    )
    assert "dureza" not in found["handles_objections"].reason


@pytest.mark.parametrize(
    "said",
    [
        "Como ya le dijo mi compañero, le vamos a embargar el sueldo.",
        "Le dijeron que lo iban a meter preso, y así va a ser.",
    ],
)
def test_a_threat_told_again_and_stood_by_is_one(said: str) -> None:
    assert verdicts(said)["no_threats"].outcome == "fail"


def test_a_threat_told_again_in_earnest_is_looked_at() -> None:
    said = "Le dijeron que le embargan el sueldo, y está muy mal que no lo haya tomado en serio."
    found = verdicts(said)["no_threats"]
    assert found.outcome == "fail" or found.needs_review


def test_a_denial_for_now_waits_for_a_person() -> None:
    found = verdicts("Acá nadie le va a embargar nada por ahora.")["no_threats"]
    assert (found.outcome, found.needs_review) == ("pass", True)
