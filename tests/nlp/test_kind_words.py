"""What is said kindly is no rudeness, what is laid aside is not asked for, and who has no money says so."""

from __future__ import annotations

import pytest

from nlp import merged
from nlp.analyze import analyze
from nlp.cues import cues_of
from nlp.merged import SOURCE
from nlp.plain import says_plainly
from nlp.tagger import hear
from nlp.thresholds import OPERATING
from nlp.types import Finding
from tests.dialogue import dialogue

SURE_TONE = 0.75  # above it an insult needs no listening
KIND = "Entiendo que le pese, le doy la razón. Ya le dije que es así."


def left(worded: set[tuple[int, str]], *marked: tuple[str, int, int]) -> list[str]:
    """The labels that are left of those `marked` beside empathy in the first sentence."""
    call = dialogue(f"D: Ya no puedo más.\nA: {KIND}")
    found = [Finding("empathy", call.quote(1, 0, 37), 0.8, SOURCE)]
    found += [Finding(label, call.quote(1, start, end), 0.7, SOURCE) for label, start, end in marked]
    return [f.label for f in merged._without_kind_words(call, found, worded, [])]


def test_a_tone_that_no_words_bear_out_falls_beside_understanding_in_one_sentence() -> None:
    assert left(set(), ("rude", 0, 37), ("impatient", 9, 37)) == ["empathy"]


def test_a_tone_stays_in_another_sentence_or_where_words_bear_it_out() -> None:
    assert left(set(), ("impatient", 39, 61)) == ["empathy", "impatient"]
    assert left({(1, "rude")}, ("rude", 0, 37)) == ["empathy", "rude"]


@pytest.mark.parametrize(
    "said",
    [
        "Entiendo que le duela, pero apúrese que no tengo todo el día.",
        "Comprendo que está enfermo, pero ya deje de quejarse y pague.",
    ],
)
def test_a_tone_stays_where_the_sentence_goes_on_to_a_curt_order(said: str) -> None:
    call = dialogue(f"D: Ya no puedo más.\nA: {said}", country="MX")
    comma = said.index(",")
    words = hear(said, "agent")
    (hit,) = words.found["snaps_after_but"].hits
    snapped = [call.quote(1, *words.words.span(hit.first, hit.end))]
    found = [
        Finding("empathy", call.quote(1, 0, comma), 0.8, SOURCE),
        Finding("rude", call.quote(1, comma + 2, len(said)), 0.7, SOURCE),
    ]
    assert merged._without_kind_words(call, found, set(), snapped) == found


def test_a_hand_held_out_after_but_is_no_curt_order() -> None:
    said = "Entiendo que le duela, pero no se preocupe y dígame cómo le ayudo."
    assert "snaps_after_but" not in hear(said, "agent").found


@pytest.mark.parametrize(
    "said",
    [
        "Mire, no tengo plata.",
        "no tengo pasta ni para comer",
        "No tengo la plata de la cuota.",
        "Es que no tenemos dinero ahorita.",
        "No me queda guita, señora.",
        "no tengo nada de lana joven",
    ],
)
def test_who_has_no_money_says_it_plainly(said: str) -> None:
    assert says_plainly(hear(said, "debtor"), "no_money") >= 0.7


@pytest.mark.parametrize(
    "said",
    [
        "No tengo dinero en efectivo, pero le transfiero.",
        "No tengo problema con el dinero.",
        "Mi hermana dice que no tiene plata.",
        "No tengo dinero que ver con esa empresa.",
        "No tengo ese dinero, lo recibió su colega.",
        "No tengo la lana de mi cuñado.",
        "Si no tengo plata el lunes le marco yo.",
        "¿Y si no tengo dinero esa semana, qué sucede?",
        "No tengo el dinero aquí, lo saco del cajero y hoy deposito.",
        "No tenemos pasta ni salsa en el negocio.",
        "No tengo harina para las tortas.",
    ],
)
def test_what_only_sounds_like_it_does_not(said: str) -> None:
    assert "has_no_money" not in hear(said, "debtor").found


@pytest.mark.parametrize(
    "said",
    ["Del préstamo hoy no le hablo.", "No tratemos hoy lo de la cuota.", "El saldo ni lo mencionemos ahora."],
)
def test_what_is_laid_aside_is_not_asked_for(said: str) -> None:
    assert "lays_aside" in hear(said, "agent").found
    call = dialogue(f"D: Se murió mi tío ayer.\nA: Cuánto lo siento. {said}", country="CO")
    assert "asks_commitment" not in {f.label for f in analyze(call).findings if f.score >= 0.5}


@pytest.mark.parametrize(
    "said",
    [
        "No hablamos de toda la deuda, ¿me abona 300 para el lunes?",
        "Del saldo completo no le hablo, ¿con cuánto puede comenzar?",
        "No le menciono el saldo, ¿qué día me deposita?",
    ],
)
def test_what_the_same_breath_asks_for_is_not_laid_aside(said: str) -> None:
    assert "lays_aside" not in hear(said, "agent").found


def test_a_request_for_a_part_of_it_is_still_heard() -> None:
    call = dialogue("D: No me alcanza.\nA: No le hablo de toda la cuota, ¿me confirma 200 para el viernes?")
    assert "asks_commitment" in {f.label for f in analyze(call).findings if f.score >= 0.5}


def test_the_new_cues_are_said_by_one_side_only() -> None:
    assert "has_no_money" not in cues_of("agent").read(cues_of("agent").words("no tengo dinero"))[0]


@pytest.mark.parametrize(
    ("agent", "rude"),
    [
        ("Pague y su historial queda limpio.", False),
        ("Pague y limpiamos su historial.", False),
        ("Liquide hoy y queda al corriente.", False),
        ("Deposite la cuota y se le quita el recargo.", False),
        ("Cancele el total y sale del buró.", False),
        ("Abone la mitad y le congelamos los intereses.", False),
        ("Pague y ya.", True),
        ("Pague y deje de molestar.", True),
        ("Pague, sinvergüenza, y su historial queda limpio.", True),
    ],
)
def test_what_paying_brings_is_no_curt_order(agent: str, rude: bool) -> None:
    call = dialogue(f"A: Le llamo por su crédito, debe mil pesos.\nD: No tengo.\nA: {agent}\nD: Bueno.")
    found = [f.score for f in analyze(call).findings if f.label == "rude" and f.quote.turn == 2]
    assert (max(found, default=0.0) >= OPERATING) is rude


def tones(said: str, country: str) -> list[tuple[str, float]]:
    call = dialogue(
        f"""
        A: Buenas tardes, le habla Ana Ruiz, de Crédito Norte. ¿Hablo con el señor Mario Quiroga?
        D: Sí, soy yo.
        A: Le llamo por su crédito, que está vencido desde hace dos meses. ¿Qué pasó?
        D: No tengo dinero ahorita.
        A: {said}
        D: Bueno.
        """,
        country=country,
    )
    return [(f.label, f.score) for f in analyze(call).findings if f.quote.turn == 4 and f.label == "rude"]


@pytest.mark.parametrize(
    ("country", "said"),
    [
        ("MX", "Pague el viernes y queda al día."),
        ("MX", "Pague el viernes y ya no le corren intereses."),
        ("AR", "Pagá el viernes y quedás al día."),
        ("MX", "Pague mil pesos el viernes."),
        ("PE", "Abone doscientos soles el lunes."),
        ("CO", "Consigne cien mil el quince."),
        ("GT", "Deposite quinientos quetzales antes del viernes."),
        ("CL", "Pague en la página o en la sucursal."),
        ("EC", "Pague en cualquier caja."),
        ("ES", "Ingrese cincuenta euros a primeros de mes."),
        ("US", "Pague con tarjeta, señor Quiroga."),
        ("MX", "Pague lo que pueda."),
        ("CO", "Pague cuando le alcance."),
        ("PE", "Pague primero la luz y luego vemos."),
    ],
)
def test_how_much_when_or_where_to_pay_is_no_curt_order(country: str, said: str) -> None:
    assert tones(said, country) == []


@pytest.mark.parametrize("said", ["Pague.", "Pague, señora.", "Pagá.", "Pague hoy mismo o ya sabe."])
def test_a_bare_order_waits_for_a_person(said: str) -> None:
    ((_, score),) = tones(said, "AR")
    assert OPERATING <= score < SURE_TONE


@pytest.mark.parametrize(
    "said",
    ["Pague ya.", "Pague de una vez.", "Pague mil pesos el viernes y deje de llorar.", "Pague lo que debe."],
)
def test_an_order_barked_is_rude_whatever_it_names(said: str) -> None:
    assert max(score for _, score in tones(said, "MX")) > SURE_TONE
