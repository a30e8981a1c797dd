"""What looks like an objection and is none, and plain ones that the rest of a turn hides."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.analyze import analyze
from nlp.labels import objection_ids
from nlp.thresholds import call_bar
from rubrics.loader import load_rubric
from rubrics.scoring import score
from tests.dialogue import dialogue

OPENING = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Ramiro Paz?
    D: Sí, soy yo.
    A: Don Ramiro, su cuota de mil pesos venció hace diez días. ¿Qué pasó con el pago?
"""


def objected(far: str, who: str = "D", opening: str = OPENING) -> set[str]:
    call = dialogue(f"{opening}{who}: {far}\nA: Le escucho.", call_started_at=date(2026, 11, 2), country="MX")
    turn = len(call.turns) - 2
    kinds = objection_ids()
    found = analyze(call).findings
    return {
        f.label for f in found if f.label in kinds and f.quote.turn == turn and f.score >= call_bar(f.label)
    }


ASKED = "A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Ramiro Paz?\n"


@pytest.mark.parametrize(
    "said", ["Sí, yo soy Ramiro.", "Yo soy Ramiro, dígame.", "Habla Ramiro.", "Sí, aquí Ramiro Paz."]
)
@pytest.mark.parametrize("known", ["Ramiro Paz", None])
def test_the_debtors_own_name_makes_nobody_else_of_them(said: str, known: str | None) -> None:
    call = dialogue(f"{ASKED}D: {said}\nA: Llamo por su cuota.", debtor_name=known)
    assert not analyze(call).of("wrong_person")


@pytest.mark.parametrize(
    "said", ["No, yo soy Joaquín, está equivocado.", "Soy Ramiro, el hijo. Mi papá no está."]
)
def test_another_name_or_a_namesake_is_another_person(said: str) -> None:
    call = dialogue(f"{ASKED}D: {said}\nA: Gracias.", debtor_name="Ramiro Paz")
    assert analyze(call).of("wrong_person")


def test_who_is_the_one_and_disputes_the_debt_is_no_wrong_person() -> None:
    said = "No, señor, está equivocado. Yo nunca he comprado nada con ustedes."
    assert objected(said) == {"not_my_debt"}


@pytest.mark.parametrize(
    ("said", "never"),
    [
        ("Le pago de hoy en ocho, que ya ahí me cae la plata del colegio.", "other_debts"),
        ("en 4 cuotas me la pagan la primera entra el 4 de noviembre", "other_debts"),
        ("Oiga, no le estoy diciendo que no le voy a pagar.", "refusal"),
        ("Mire, yo nunca dije que no iba a pagar.", "refusal"),
        ("Me chocó un bus y quedé con el brazo enyesado, la moto en el taller.", "bad_service"),
        ("Un combi me cerró en la avenida, la moto en el taller y yo en la casa.", "bad_service"),
        ("Me han leído el contador a ojo, yo vivo solo y llamé y me dijeron que sí.", "needs_third_party"),
        ("Primero la cooperativa, que ahí me garantiza mi compadre.", "needs_third_party"),
        ("El cinco, el jueves cinco, un día después de que entra la guita.", "vague_promise"),
        ("Es que arrancaron las clases y fue una cosa, los guardapolvos, la mochila.", "job_loss"),
    ],
)
def test_what_only_looks_like_an_objection_is_none(said: str, never: str) -> None:
    assert never not in objected(said)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("La plata se me va toda en el colegio y la renta.", "other_debts"),
        ("No le voy a pagar nada, hágale como quiera.", "refusal"),
        ("Compré la moto con ustedes y salió mala, está en el taller y no pago.", "bad_service"),
        ("Eso me lo ve el contador, tengo que preguntarle a él.", "needs_third_party"),
        ("Ahí le pago en unos días, cuando pueda.", "vague_promise"),
        ("Ya, y no me llamís más a la hora de almuerzo.", "harassment_complaint"),
        ("No me llame más al trabajo, por favor.", "harassment_complaint"),
        ("Al banco no me mande, la otra vez la referencia traía letras.", "payment_channel"),
        ("El link que me mandó no abre, sale una página en blanco.", "payment_channel"),
    ],
)
def test_plain_objections_are_heard(said: str, kind: str) -> None:
    assert kind in objected(said)


ANOTHER = f"{ASKED}O: No, él no está, soy su vecina.\nA: ¿A qué hora lo encuentro?\n"


@pytest.mark.parametrize(
    "said",
    [
        "¿Le debe plata a ustedes o qué? Porque acá han entrado como tres mensajes raros.",
        "Uy, pues llega ya noche, como a las ocho.",
        "Él está en el turno de noche, entra a las seis.",
    ],
)
def test_a_relatives_question_or_word_of_hours_complains_of_nothing(said: str) -> None:
    assert not objected(said, "O", ANOTHER) & {"harassment_complaint", "call_later"}


def test_the_debt_told_to_another_is_no_answer_however_late() -> None:
    call = dialogue(
        """
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Ramiro Paz?
        O: No, él no está, soy su suegra.
        A: Mucho gusto, señora. ¿A qué hora llega?
        O: Como a las ocho.
        A: ¿Y su esposa anda por ahí?
        O: Está en el trabajo.
        A: ¿A qué hora sale ella?
        O: A las seis.
        A: Es que don Ramiro debe cuatro pagos del crédito, dígale.
        O: Ah, caray.
        A: Gracias, que pase buena tarde.
        """,
        debtor_name="Ramiro Paz",
    )
    verdict = score(call, analyze(call), load_rubric()).verdicts["handles_objections"]
    assert verdict.outcome == "fail"
    assert "se le habla de la deuda a quien no es el titular (turno 9)" in verdict.reason


@pytest.mark.parametrize(
    "said",
    [
        "O sea que ya no me van a marcar.",
        "Espérese que estoy despachando. Ya, dígame.",
        "Voy en la micro, de pasajero, así que si se corta es el cerro.",
    ],
)
def test_what_only_sounds_like_one_is_no_objection(said: str) -> None:
    assert not objected(said) & {"harassment_complaint", "call_later"}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("¿Trescientos euros de luz de qué? Si ahí no vive nadie desde marzo.", "wrong_amount"),
        ("Ahí me está clavando ciento veinte de más.", "wrong_amount"),
        ("Oiga, ¿y esas comisiones no me las puede volar?", "asks_discount"),
        ("¿Y no me pueden quitar algo?", "asks_discount"),
        ("Yo tenía una compañía de pisos y la cerré en julio.", "job_loss"),
        ("Estuve tres semanas sin fibra y no vino nadie ni a mirar la caja.", "bad_service"),
        ("Eso ya lo hablé con una abogada.", "legal_threat"),
    ],
)
def test_what_is_objected_politely_is_heard(said: str, kind: str) -> None:
    assert kind in objected(said)
