"""Suggested replies ask for nothing that the call told already, and for no money after a plain no."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.analyze import analyze
from nlp.tagger import hear
from rubrics.loader import pack_of
from rubrics.playbook import load_playbook
from rubrics.replies import suggest
from tests.dialogue import dialogue, found

OPENING = """
    A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con don Marcos Paz?
    D: Sí, soy yo.
    A: Don Marcos, su crédito tiene un saldo vencido de mil pesos desde hace cuarenta días.
"""


def replies(lines: str, label: str, country: str = "MX", at: int = -1) -> list[str]:
    """The first three to the objection `label` of the last words of the debtor, found or not."""
    call = dialogue(f"{OPENING}{lines}", country=country, call_started_at=date(2025, 11, 10), days_late=40)
    last = [i for i, turn in enumerate(call.turns) if turn.speaker != "agent"][at]
    findings = analyze(call)
    more = found(call, f"{label}@{last}").findings
    every = tuple(sorted({*findings.findings, *more}, key=lambda f: f.quote))
    heard = type(findings)(every, findings.promise, findings.talk, findings.people)
    every_one = suggest(heard, call, load_playbook(), pack_of(country))
    one = next(s for s in every_one if (s.objection.label, s.objection.quote.turn) == (label, last))
    return [reply.text for reply in one.replies[:3]]


@pytest.mark.parametrize("country", ["MX", "CO", "CL", "AR", "PE", "ES", "CR", "EC", "US"])
@pytest.mark.parametrize("no", ["No les voy a pagar ni un peso.", "No pago más, hagan lo que quieran."])
def test_after_a_plain_no_no_instalment_is_asked_for(no: str, country: str) -> None:
    for text in replies(f"D: {no}", "refusal", country):
        assert not {"asks_money", "asks_money_now"} & hear(text, "agent").found.keys(), text
        assert "cuota" not in text


def test_what_would_have_to_happen_is_not_asked_of_who_told_it_or_was_asked() -> None:
    told = "D: No le voy a pagar nada hasta que vuelva a la jornada completa."
    assert "hasta que eso pase" in replies(told, "refusal")[0]
    asked = "A: ¿Qué tendría que cambiar para que usted quiera arreglarlo?\nD: Nada. No pago."
    for lines in (told, asked):
        assert not any("tendría que pasar" in text for text in replies(lines, "refusal"))


@pytest.mark.parametrize(
    ("label", "said", "asks"),
    [
        (
            "call_later",
            "Mañana. A las diez, no, espere, a las diez y media.",
            ("hora?", "¿Le llamo", "Dígame el día"),
        ),
        ("no_money", "Ando sin plata, recién me pagan el jueves.", ("¿Para qué día", "¿Qué día cree")),
        ("not_my_debt", "Yo nunca saqué nada con ustedes.", ("alguna vez tuvo",)),
        ("job_loss", "Cerraron la tienda. Ahora ando vendiendo comida.", ("otro ingreso", "otra entrada")),
        ("vague_promise", "En cuanto el ingeniero me liquide, yo voy.", ("de qué depende", "la venta")),
        ("asks_discount", "¿Cuánto sería si lo pago en dos veces?", ("¿De cuánto sería",)),
        ("vague_promise", "Déjeme ver... el miércoles. Antes no.", ("¿Qué día", "qué día sería")),
        (
            "other_debts",
            "Me entra el martes. Apartando la comida, me queda una parte.",
            ("qué día?", "fecha del mes"),
        ),
        ("payment_channel", "No encuentro la referencia y sin eso no me lo toman.", ("¿Qué mensaje",)),
        ("not_my_debt", "Ese crédito yo lo refinancié en junio y cobran el viejo.", ("cédula", "alguna vez")),
        ("other_debts", "También está la renta. Póngale 1,500, sí.", ("¿De cuánto",)),
    ],
)
def test_what_was_just_told_is_not_asked(label: str, said: str, asks: tuple[str, ...]) -> None:
    first = replies(f"A: ¿Y eso?\nD: {said}", label)[:2]
    assert first
    assert not any(one.lower() in text.lower() for text in first for one in asks), first


def test_a_charge_that_is_named_is_not_asked_for() -> None:
    first = replies("D: ¿Y esos seis mil de intereses? No me pueden cobrar tanto.", "wrong_amount", "CL")[:2]
    assert all("ese cargo" in text.lower() for text in first), first


@pytest.mark.parametrize(
    "said",
    [
        "La obra está parada hace más de un mes.",
        "No hay jale con estas lluvias.",
        "No me sale trabajo en la obra.",
    ],
)
def test_who_has_no_work_is_not_told_of_sales(said: str) -> None:
    for text in replies(f"D: {said}", "job_loss"):
        assert "venta" not in text
        assert "le va mejor" not in text
        assert "por día o por semana" not in text


def test_whoever_treats_customers_badly_is_no_sale_that_is_low() -> None:
    said = "D: Así tratan ustedes a los clientes. Yo hago lo que puedo, después les doy algo."
    assert not any("venta" in text for text in replies(said, "vague_promise"))


def test_who_waits_to_be_paid_is_told_of_no_complaint() -> None:
    said = "D: La plata no aparece. Llevo dos semanas esperando que me paguen un trabajo que ya entregué."
    for text in replies(said, "bad_service"):
        assert not any(word in text for word in ("reclamo", "fallara")), text


def test_who_will_not_pay_for_a_bad_service_is_sent_to_no_window() -> None:
    said = "D: La tarjeta me la bloquearon sin avisar. ¿Por qué voy a pagar un servicio así?"
    assert not any("ventanilla" in text for text in replies(said, "payment_channel", "CO"))


def test_a_denied_debt_is_no_doubt_of_the_caller() -> None:
    said = "D: Yo con ustedes no tengo nada. Debe ser otra persona con el mismo nombre."
    assert not any("número oficial" in text for text in replies(said, "distrust", "CO"))
    doubt = "D: Yo con ustedes no tengo nada. ¿Cómo sé que esto no es una estafa?"
    assert any("oficial" in text for text in replies(doubt, "distrust", "CO"))


def test_a_relative_who_was_asked_for_money_is_begged_pardon() -> None:
    call = dialogue(
        "A: Buenas tardes, ¿está don Hilario Candia?\nO: No está, soy su esposa.\n"
        "A: ¿A qué hora lo encuentro?\nO: En la noche.\nA: ¿Y usted no puede dar hoy quinientos pesos?\n"
        "O: No, joven, ¿de dónde? Yo no tengo, si apenas sale la comida.",
        country="MX",
    )
    last = suggest(analyze(call), call, load_playbook())[-1].replies
    assert "disculpe" in last[0].text.lower()
    assert "no tenía por qué" in last[0].text
    assert not any("hora" in reply.text for reply in last)


def test_many_calls_are_spoken_of_only_where_they_were() -> None:
    threatened = replies(
        "D: Se esconde atrás de un teléfono para asustar a la gente.", "harassment_complaint"
    )
    assert not any("tantas llamadas" in text or "números" in text for text in threatened)
    called = replies("D: Me llaman tres veces al día, ya no paran de llamar.", "harassment_complaint")
    assert any("llamadas" in text for text in called)


def test_who_gives_no_datum_refuses_no_payment() -> None:
    call = dialogue(
        "A: ¿Néstor Ferreyra? Deme el documento.\nD: No te doy nada, adiós.\nA: Adiós.", country="AR"
    )
    findings = found(call, "gives_no_datum@1", "refusal@1")
    (one,) = suggest(findings, call, load_playbook())
    assert "oficial" in one.replies[0].text or "teléfono de la empresa" in one.replies[0].text


def test_when_somebody_is_back_is_not_asked_of_who_told_it() -> None:
    call = dialogue("A: ¿Podría hablar con César Huamán?\nO: Está trabajando, hasta la noche no viene.")
    (one,) = suggest(found(call, "wrong_person@1", "tells_return@1"), call, load_playbook())
    assert not any("hora la encuentro" in r.text or "por la mañana" in r.text for r in one.replies[:2])


def test_nobody_is_told_of_bad_words_that_were_not_said() -> None:
    lines = "A: Buenas tardes, ¿señora Ofelia?\nD: Otra vez ustedes, ¿no tienen vida o qué?"
    call = dialogue(lines, country="PE")
    (one,) = suggest(found(call, "harassment_complaint@1"), call, load_playbook())
    assert not any("hablaran así" in reply.text for reply in one.replies)


def test_a_machine_objects_nothing() -> None:
    call = dialogue(
        "O: Hola, en este momento no puedo contestar. Deje su mensaje después del tono.\n"
        "A: Buenas tardes, le habla Ana Ruiz. Le agradezco que me devuelva la llamada."
    )
    assert suggest(analyze(call), call, load_playbook()) == ()


@pytest.mark.parametrize(
    "said", ["El perro se enfermó y ando en ceros.", "Se nos murió la gata, no tengo dinero."]
)
def test_an_animal_is_no_emergency_of_people(said: str) -> None:
    call = dialogue(f"{OPENING}D: {said}\nA: Ya.", country="MX")
    for one in suggest(analyze(call), call, load_playbook()):
        assert one.spared is None
        assert not any("pésame" in r.text or "emergencia" in r.text for r in one.replies[:3]), one.replies


def test_a_mother_in_hospital_is_grave_whatever_pets_there_are() -> None:
    call = dialogue(f"{OPENING}D: Mi mamá está en el hospital y el perro se enfermó, no tengo.\nA: Ya.")
    assert {one.spared for one in suggest(analyze(call), call, load_playbook())} == {"grave"}


def test_no_driver_in_spain_is_told_to_manejar() -> None:
    said = "D: Me pilla conduciendo por la autovía, ahora no puedo."
    assert not any("maneje" in text for text in replies(said, "call_later", "ES"))


def test_a_way_that_was_offered_and_taken_is_written_down() -> None:
    lines = (
        "A: Hay dos formas: el 15 paga 500 y el resto después, o paga todo el 15 sin recargo.\n"
        "D: La de quinientos. Si me estiro me quedo sin comer."
    )
    assert "anoto" in replies(lines, "no_money", "AR")[0]


def test_a_rent_that_comes_in_is_no_pay_day() -> None:
    first = replies("D: Ando sin plata. Me pagan el arriendo de la pieza y con eso como.", "no_money", "CO")[
        0
    ]
    assert "el día en que le pagan" not in first
