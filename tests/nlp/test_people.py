"""Who was on the phone, in what order identity and debt came, and who was told of the debt."""

from __future__ import annotations

import pytest

from nlp.analyze import analyze, ruled_findings
from nlp.people import people
from nlp.types import People
from tests.dialogue import dialogue, found
from transcripts.types import Transcript


def on_the_phone(call: Transcript, *labels: str) -> People:
    return people(call, found(call, *labels).findings)


ASKED = """
    A: ¿Hablo con la señora Luz Ospina?
    D: Sí, con ella.
    A: Le llamo por su cuota vencida.
    D: Ah, sí.
"""


def test_identity_comes_before_the_debt() -> None:
    who = on_the_phone(dialogue(ASKED), "verifies_identity@0", "self_identifies@1", "states_debt@2")
    assert (who.identity_turn, who.debt_turn, who.identity_before_debt) == (1, 2, True)


def test_the_debt_in_the_first_breath_comes_before_identity() -> None:
    call = dialogue("A: Le llamo por su cuota vencida, ¿hablo con Luz?\nD: Sí, con ella.")
    who = on_the_phone(call, "states_debt@0", "verifies_identity@0", "self_identifies@1")
    assert who.identity_before_debt is False


@pytest.mark.parametrize(
    "opening",
    [
        "buenas tardes soy tomás arriaga de financiera roble",
        "hola soy carlos mota de crédito norte",
        "Buenas tardes, le habla Ana Ruiz, de Banco del Sur.",
    ],
)
def test_who_only_says_who_calls_has_asked_for_nobody(opening: str) -> None:
    call = dialogue(f"A: {opening}\nD: buenas\nA: tiene una cuota vencida desde el cinco\nD: se me olvidó")
    assert analyze(call).people.identity_before_debt is False


def test_a_name_that_is_said_behind_the_company_is_asked_for() -> None:
    call = dialogue(
        "A: hola soy ana ruiz de financiera roble hablo con elisa\nD: sí\nA: tiene una cuota vencida"
    )
    assert analyze(call).people.identity_before_debt is True


def test_a_debt_never_told_has_no_order() -> None:
    who = on_the_phone(dialogue(ASKED), "verifies_identity@0", "self_identifies@1")
    assert who.identity_before_debt is None


RELATIVE = """
    A: ¿La señora Luz Ospina?
    O: No está, soy su hermana.
    A: Dígale que debe tres cuotas.
    O: Ya le digo.
"""


def test_the_debt_told_to_a_relative_is_quoted() -> None:
    who = on_the_phone(
        dialogue(RELATIVE), "wrong_person@1: soy su hermana", "discloses_debt@2: debe tres cuotas"
    )
    assert who.third_party
    assert who.other_said is not None
    assert who.other_said.text == "soy su hermana"
    assert who.disclosed_to_other is not None
    assert who.disclosed_to_other.text == "debe tres cuotas"


def test_the_debt_told_to_the_debtor_is_disclosed_to_nobody() -> None:
    who = on_the_phone(dialogue(ASKED), "states_debt@2")
    assert who.disclosed_to_other is None


def test_the_debt_told_to_whoever_was_called_to_the_phone_is_told_to_the_debtor() -> None:
    call = dialogue("A: ¿Luz?\nO: Se la paso.\nA: Señora Luz, es por su cuota vencida.\nD: ¿Aló? Dígame.")
    who = on_the_phone(call, "hands_over@1", "states_debt@2: su cuota vencida")
    assert who.disclosed_to_other is None


def test_the_debt_in_the_first_breath_is_told_to_whoever_answers() -> None:
    call = dialogue("A: Llamo por la deuda de Luz Ospina.\nO: Yo soy la vecina.\nD: ¿Quién es?")
    who = on_the_phone(call, "states_debt@0: la deuda")
    assert who.disclosed_to_other is not None
    assert who.disclosed_to_other.turn == 0


def test_a_doubtful_sign_of_debt_discloses_nothing() -> None:
    who = on_the_phone(dialogue(RELATIVE), "discloses_debt@2*0.4: debe tres cuotas")
    assert who.disclosed_to_other is None


def test_from_the_words_alone() -> None:
    call = dialogue(RELATIVE, debtor_name="Luz Ospina")
    who = people(call, ruled_findings(call))
    assert who.disclosed_to_other is not None
    assert who.disclosed_to_other.turn == 2
    assert not who.debtor_reached


ANSWERED = """
    A: Buenas tardes, ¿hablo con la señora Nidia Pardo?
    D: {}
    A: Marta Gil, de Crédito Norte. ¿Me confirma los últimos cuatro de su documento?
    D: {}
    A: Es por un crédito vencido desde octubre, novecientos pesos. ¿Cuándo lo paga?
    D: Luego vemos.
"""
VOID = """
    A: Le hablo de Crédito Norte: tiene pendiente la cuota del cinco. ¿Qué pasó con ese pago?
    D: {}
    A: {}
"""


@pytest.mark.parametrize(
    ("left", "void"),
    [
        ("Ya nos toca, ya nos toca, adiós.", "¿Bueno? ¿Teresa?"),
        ("Al rato, adiós.", "¿Bueno?"),
        ("Ahorita no puedo, bye.", "¿Bueno, doña Tere?"),
        ("No me interesa, chao.", "¿Sigue ahí?"),
        ("Chau, chau.", "¿Hola?"),
        ("Estoy manejando, hasta luego.", "¿Señora Teresa?"),
        ("Estoy manejando, hasta luego.", "Señora, no me cuelgue."),
        ("Estoy manejando.", "¿Aló? ¿Me escucha?"),
    ],
)
def test_who_says_goodbye_and_leaves_the_agent_calling_hung_up(left: str, void: str) -> None:
    call = dialogue(VOID.format(left, void), debtor_name="Teresa Robles")
    assert analyze(call).people.debtor_hung_up


@pytest.mark.parametrize(
    ("left", "void"),
    [
        ("Estoy manejando.", "¿Bueno?"),
        ("Estoy manejando.", "¿Me escucha?"),
        ("No me alcanza.", "Señora, escúcheme."),
        ("El viernes le pago, adiós.", "Bueno, señora."),
        ("El viernes le pago, adiós.", "Perfecto, la esperamos."),
        ("El viernes le pago, adiós.", "Hasta luego, señora Teresa."),
        ("Dígale adiós a ese dinero.", "Señora Teresa, entonces el viernes."),
    ],
)
def test_one_call_without_a_goodbye_and_an_answer_to_one_are_no_hang_up(left: str, void: str) -> None:
    call = dialogue(VOID.format(left, void), debtor_name="Teresa Robles")
    assert not analyze(call).people.debtor_hung_up


def test_who_hangs_up() -> None:
    who = on_the_phone(dialogue("A: Le llamo del banco.\nD: No me interesa.\nA: ¿Bueno? ¿Bueno?"))
    assert (who.debtor_hung_up, who.agent_hung_up) == (True, False)


@pytest.mark.parametrize(
    "back", ["Depende quién lo busca.", "¿Quién habla?", "¿De parte de quién?", "depende quien lo busca"]
)
def test_who_asks_back_settles_it_with_the_answer_after_that(back: str) -> None:
    call = dialogue(
        f"""
        A: Buen día, ¿hablo con el señor Mario Quiroga?
        D: {back}
        A: Soy Lucas Benítez, de Estudio del Plata. ¿Me confirma los últimos tres números de su documento?
        D: Siete siete dos.
        A: Gracias, Mario. Son sesenta y ocho mil pesos del préstamo, vencidos el diez.
        """
    )
    assert analyze(call).people.identity_turn == 3


@pytest.mark.parametrize(
    "back",
    [
        "¿De parte de quién?",
        "¿Quién habla?",
        "Hola, ¿quién la busca?",
        "¿Para qué la busca?",
        "de parte de quien",
    ],
)
def test_a_question_back_alone_settles_nothing(back: str) -> None:
    call = dialogue(
        f"""
        A: Buenas tardes, ¿hablo con la señora Nidia Pardo?
        D: {back}
        A: Le llamo del Banco Andino: tiene una deuda vencida de ochocientos mil pesos.
        D: Ella no está.
        """
    )
    assert analyze(call).people.identity_turn is None


@pytest.mark.parametrize(
    ("back", "answer"),
    [
        ("¿De parte de quién?", "No, eso por teléfono no lo doy. ¿Cómo sé que no es fraude?"),
        ("¿Quién la busca?", "Dígame primero de qué se trata."),
        ("¿Para qué asunto?", "No le doy ningún dato."),
        ("¿De dónde llaman?", "Depende."),
        ("¿Qué quiere?", "Esos datos no se los voy a dar."),
        ("¿Quién habla?", "Ni loca, yo no doy datos."),
    ],
)
def test_who_asks_back_and_gives_nothing_settles_nothing(back: str, answer: str) -> None:
    assert analyze(dialogue(ANSWERED.format(back, answer))).people.identity_before_debt is False


def test_a_datum_given_after_one_was_withheld_settles_it() -> None:
    call = dialogue(
        """
        A: Buenas tardes, ¿hablo con el señor Mario Quiroga? ¿Me regala su fecha de nacimiento?
        D: No, señorita, yo no doy datos.
        A: Hace bien. Dígame nada más en qué mes firmó.
        D: En marzo del veinticuatro.
        A: Gracias. La mensualidad de octubre está vencida desde el día veinte, son cuatro mil pesos.
        """
    )
    assert analyze(call).people.identity_turn == 3


@pytest.mark.parametrize(
    ("back", "answer", "turn"),
    [
        ("Sí, soy yo.", "No le doy ningún dato.", 1),
        ("¿Qué quiere?", "Siete siete dos uno.", 3),
        ("¿De dónde me habla?", "Sí, con ella.", 3),
        ("Dígame.", "Ajá.", 1),
    ],
)
def test_who_is_the_debtor_may_ask_and_keep_their_data(back: str, answer: str, turn: int) -> None:
    assert analyze(dialogue(ANSWERED.format(back, answer))).people.identity_turn == turn


@pytest.mark.parametrize(
    "answer", ["Sí, ¿quién habla?", "Con ella. ¿De parte de quién?", "¿Quién habla? Sí, soy yo."]
)
def test_who_answers_and_asks_back_is_the_debtor(answer: str) -> None:
    call = dialogue(
        f"""
        A: Buenas tardes, ¿hablo con la señora Nidia Pardo?
        D: {answer}
        A: Le llamo del Banco Andino: tiene una deuda vencida de ochocientos mil pesos.
        """
    )
    assert analyze(call).people.identity_turn == 1
