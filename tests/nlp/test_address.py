"""Tú and vos told from usted, and hints from proof."""

from __future__ import annotations

import pytest

from nlp.address import HINT, familiar_forms
from nlp.analyze import ruled_findings
from nlp.text import words_of
from nlp.thresholds import OPERATING
from tests.dialogue import dialogue
from transcripts.types import Transcript


def forms(text: str) -> list[tuple[str, bool]]:
    """(words, whether they are sure) of every familiar form."""
    words = words_of(text)
    return [(text[slice(*words.span(f.first, f.end))], f.score >= OPERATING) for f in familiar_forms(words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿Cuándo puedes pagar?", "puedes"),
        ("Te llamo de Crédito Norte", "Te llamo"),
        ("Es por tu deuda", "tu deuda"),
        ("Vos sabés", "Vos"),
        ("¿Ya pagaste?", "pagaste"),
        ("Mándame el comprobante", "Mándame"),
        ("mandame el comprobante", "mandame"),
        ("No te preocupes", "te preocupes"),
        ("¿Has pagado algo?", "Has pagado"),
        ("Podrías pagar hoy", "Podrías"),
        ("¿Tenís plata?", "Tenís"),
        ("Quiero ayudarte", "ayudarte"),
        ("Depende de ti", "ti"),
        ("Contame qué pasó", "Contame"),
    ],
)
def test_a_familiar_form_is_quoted(text: str, expected: str) -> None:
    assert (expected, True) in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "¿Cuándo puede usted pagar?",
        "Además, después del mes hay más interés.",
        "Existe y consiste en una parte aparte.",
        "Son dieciséis o veintitrés meses, disculpas.",
        "Estas fechas son difíciles.",
        "Usted me dijo «te pago mañana».",
        "Le hablo de Tu Crédito.",
        "Le habla Andrés Cortés.",
        "Llámeme cuando pueda y mándeme las facturas.",
        "Los impuestos, las compras y las cuentas.",
    ],
)
def test_usted_is_never_taken_for_familiar(text: str) -> None:
    assert forms(text) == []


@pytest.mark.parametrize("text", ["Mira, le explico.", "Oye, disculpe.", "Paga hoy.", "¿Cómo estás, señora?"])
def test_what_may_be_harmless_is_only_a_hint(text: str) -> None:
    words = words_of(text)
    assert [form.score for form in familiar_forms(words)] == [HINT]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¿Con qué pagás?", "pagás"),
        ("Bancame un toque", "Bancame"),
        ("Piénsalo bien", "Piénsalo"),
        ("No me levantes la voz", "levantes"),
        ("¿Y cuánto le diste?", "diste"),
        ("Léeme el folio", "Léeme"),
        ("¿Cachái?", "Cachái"),
        ("No me digás eso", "digás"),
        ("Tendrías que transferirlo, ¿te la juegas?", "te la juegas"),
        ("Págamelo el viernes", "Págamelo"),
        ("Anotá el número", "Anotá"),
        ("Si cuentas con el dinero", "cuentas"),
        ("Necesito que firmes el convenio", "firmes"),
        ("Mi jefe dijo que debes tres cuotas", "debes"),
        ("… Puedes pagar en la tienda", "Puedes"),
    ],
)
def test_forms_of_tu_and_vos(text: str, expected: str) -> None:
    assert (expected, True) in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Así nomás, no se preocupe.",
        "Le llamo de CrediMás.",
        "Las cuentas, las compras y las quitas de intereses.",
        "Buenas tardes, ¿qué dudas tiene?",
        "¿Le puedo hablar de tú?",
        "Zeta, y te, hache al final.",
        "Él le dijo a usted: vos no pagás nada.",
        "Se me va la vos de tanto hablar.",
        "Otra ves el sistema, las dos cuotas completas.",
        "Entonces le dejo firmes los 960 soles.",
        "Quedan conformes los dos, y las fechas, firmes.",
        "Son dos pagos firmes, y los aportes de su hija.",
        "Dale, perfecto, ándele.",
    ],
)
def test_words_that_only_look_familiar(text: str) -> None:
    assert not any(sure for _, sure in forms(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("¿Vos podés hoy?", ["Vos", "podés"]),
        ("Permítame, ¿usted paga hoy?", []),
        ("El pago vence hoy.", []),
        ("Dígame, ¿te parece?", ["te parece"]),
    ],
)
def test_every_familiar_form_of_a_turn_is_shown_and_usted_beside_it_excuses_none(
    text: str, shown: list[str]
) -> None:
    assert forms(text) == [(words, True) for words in shown]


def test_a_slogan_is_no_address_but_the_words_after_it_are() -> None:
    words = words_of("Banco Vega, tu casa, tu banco. ¿Puedes pagar?")
    assert [words.words[f.first].raw for f in familiar_forms(words, ("tu casa, tu banco",))] == ["Puedes"]


def tuteo(call: Transcript, *slogans: str) -> list[tuple[int, str]]:
    return [
        (f.quote.turn, f.quote.text)
        for f in ruled_findings(call, slogans)
        if f.label == "tuteo" and f.score >= OPERATING
    ]


def test_slogans_and_the_company_name_are_left_out_of_a_call() -> None:
    call = dialogue("A: Buenas tardes, de tu crédito, contigo siempre.\nD: Dígame.", company="Tu Crédito")
    assert tuteo(call, "contigo siempre") == []
    assert tuteo(call) == [(0, "contigo")]


def test_a_greeting_is_familiar_where_the_agent_is() -> None:
    polite = "A: ¿Cómo estás, Luz?\nD: Bien.\nA: Le llamo por su cuota."
    familiar = "A: ¿Cómo estás, Luz?\nD: Bien.\nA: Te llamo por la cuota.\nD: Ya.\nA: ¿Puedes hoy?\nD: No."
    assert tuteo(dialogue(polite)) == []
    assert [turn for turn, _ in tuteo(dialogue(familiar))] == [0, 2, 4]


def test_what_is_said_to_a_child_who_answers_is_no_address_of_the_debtor() -> None:
    call = dialogue("A: Buenas.\nO: ¿Hola?\nA: Pásame a tu mamá.\nO: Ma, te llaman.\nD: ¿Quién es?")
    assert tuteo(call) == []


TOLD = "A: Señora Luz, su cuota de quinientos pesos venció el cinco.\nD: "


@pytest.mark.parametrize(
    "between",
    [
        "Espéreme, mijo, agarra el teléfono.\nO: ¿Bueno?\nA: ¿Me pasas a tu mamá?\nO: Sí.",
        "Espéreme tantito.\nO: ¿Aló?\nA: Hola, corazón, ¿está tu mamá?\nO: Sí.\nA: Eres muy amable.\nO: Ya.",
        "Ahí le contesta mi hija.\nO: ¿Bueno?\nA: Hola, linda, ¿le avisas a tu mamá que la espero?",
    ],
)
def test_nor_is_it_where_the_child_answers_in_between(between: str) -> None:
    assert tuteo(dialogue(TOLD + between + "\nD: Ya, dígame.")) == []


def test_who_settles_the_debt_in_between_is_addressed_as_the_debtor() -> None:
    call = dialogue(
        TOLD + "Le paso a mi esposo.\nO: ¿Bueno?\nA: ¿Me puedes pagar quinientos el viernes?\nO: Sí."
    )
    assert [turn for turn, _ in tuteo(call)] == [3]


def test_a_voice_beside_the_debtor_leaves_it_open_to_whom_it_was_said() -> None:
    call = dialogue(TOLD + "No me alcanzó.\nO: ¡Mamá, ya vámonos!\nA: Oye, ¿y qué te pasó?\nD: Me enfermé.")
    (found,) = (f for f in ruled_findings(call) if f.label == "tuteo")
    assert found.score == HINT


@pytest.mark.parametrize(
    "text",
    [
        "esta llamada se grabala señora",
        "esta llamada se grábala señora",
        "usted pagala cuota y queda al día",
        "eso se lo manejala empresa",
        "le cobran por danos y perjuicios",
        "haceel pago hoy y tienesu cuenta al día",
        "le habla la doctora Nieves, de la sabela",
    ],
)
def test_what_a_recogniser_glued_behind_a_pronoun_is_no_order(text: str) -> None:
    assert forms(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "confirmala fecha, por favor",
        "Si pagala cuota, queda al corriente.",
        "dejala tarjeta en la ventanilla",
        "cambialos datos en la sucursal",
        "el cliente confirmale por favor ya",
        "entonces firmala hoy, señora Rosa",
        "buenas pagalo hoy en la tienda",
    ],
)
def test_what_a_recogniser_may_have_glued_decides_nothing_alone(text: str) -> None:
    assert [sure for _, sure in forms(text)] == [False]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pagala hoy, dale", "pagala"),
        ("Dejala, mañana la vemos.", "Dejala"),
        ("Y mandalo por acá.", "mandalo"),
        ("avisame cualquier cosa", "avisame"),
        ("ay dejame ver que dice esto", "dejame"),
        ("Págala cuando puedas, señora.", "Págala"),
        ("Contala bien, señora.", "Contala"),
        ("Danos una fecha.", "Danos"),
    ],
)
def test_an_order_to_tu_or_vos_counts_where_nobody_is_usted(text: str, shown: str) -> None:
    assert (shown, True) in forms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yo nomás le digo. Los papeles de su señora, ahí están. ¿Paga o no paga?",
        "¿Abona los doscientos hoy?",
        "Dígame sí o no, paga o no paga.",
        "Dos caminos. Uno: paga las dos cuotas y usted queda al día.",
    ],
)
def test_what_asks_or_tells_usted_is_no_hint_of_an_order(text: str) -> None:
    assert forms(text) == []
