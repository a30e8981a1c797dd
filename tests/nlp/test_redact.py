"""What gives people away in a call: the same stretches for the text, its words, its seconds."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.redact import PLACEHOLDERS, redact_text, redacted, redacted_text, redactions
from nlp.types import Promise
from tests.dialogue import dialogue
from transcripts.types import Recording, Stretch, Transcript, Trust, Turn, Word

GOLD = Path(__file__).parent.parent / "gold/redaction.jsonl"
SECONDS = 0.06  # a slow, shared machine; on one's own it takes about a quarter


def told(call: Transcript, promise: Promise | None = None) -> list[str]:
    """«turn kind: words» of every redaction; the words must be where they are said to be."""
    out = []
    for each in redactions(call, promise):
        quote = each.quote
        assert call.turns[quote.turn].text[quote.start : quote.end] == quote.text
        out.append(f"{quote.turn} {each.kind}: {quote.text}")
    return out


def spoken(*words: str, start_s: float = 0.0) -> Turn:
    """A debtor's turn of words that last half a second each."""
    timed = tuple(
        Word(start_s + i / 2, start_s + (i + 1) / 2, word, 0.9 - i / 100) for i, word in enumerate(words)
    )
    return Turn("debtor", " ".join(words), start_s, start_s + len(words) / 2, timed)


# what a text becomes


def test_each_kind_has_its_placeholder() -> None:
    text = "Soy Marisol Quiceno, cédula 52345678, tarjeta 4111 1111 1111 1111, ana@correo.mx, calle Hidalgo 5"
    expected = "Soy [nombre], cédula [documento], tarjeta [tarjeta], [correo], [dirección]"
    assert redact_text(text) == expected


def test_placeholders_are_words_in_brackets() -> None:
    assert all(word[0] == "[" and word[-1] == "]" for word in PLACEHOLDERS.values())


def test_stretches_of_one_turn_make_its_text() -> None:
    call = dialogue("A: ¿Señora Elvia Mendiola?\nD: Sí, mi celular es 55 4180 2217.", country="MX")
    spans = [each for each in redactions(call) if each.quote.turn == 1]
    assert redacted_text(call.turns[1].text, spans) == "Sí, mi celular es [teléfono]."


def test_a_redacted_call_says_nothing_that_was_redacted() -> None:
    call = dialogue(
        "A: Buenas, don Anselmo. ¿Me da su cédula?\nD: 4 1 1 7 2 3 8.\nA: 4117238, gracias, don Anselmo.",
        country="CO",
    )
    said = [turn.text for turn in redacted(call).turns]
    assert said == [
        "Buenas, don [nombre]. ¿Me da su cédula?",
        "[documento].",
        "[documento], gracias, don [nombre].",
    ]


def test_a_redacted_call_has_nothing_left_to_redact() -> None:
    for line in GOLD.read_text(encoding="utf-8").splitlines()[:10]:
        raw = json.loads(line)
        turns = tuple(Turn(turn["speaker"], turn["text"]) for turn in raw["turns"])
        once = redacted(Transcript(Recording("t", country=raw["country"]), turns))
        assert [each for each in redactions(once) if each.quote.text[0] != "["] == []


def test_text_that_was_taken_out_is_redacted_too() -> None:
    call = dialogue("A: Buenas tardes.", debtor_name="Elvia Mendiola")
    taken_out = (Stretch("phantom", 1.0, 2.0, text="gracias Elvia"), Stretch("music", 3.0, 4.0))
    call = replace(call, trust=Trust(stretches=taken_out))
    assert [stretch.text for stretch in redacted(call).trust.stretches] == ["gracias [nombre]", ""]


# seconds and words


def test_seconds_come_from_the_words() -> None:
    call = dialogue("A: ¿Los últimos cuatro de su tarjeta?\nD: x")
    call = replace(
        call, turns=(call.turns[0], spoken("eh", "tres", "tres", "cero", "siete", "sí", start_s=10))
    )
    found = redactions(call)[0]
    assert (found.quote.text, found.start_s, found.end_s) == ("tres tres cero siete", 10.5, 12.5)


def test_seconds_without_words_are_in_proportion_to_characters() -> None:
    call = dialogue("A[0-2]: ¿Su DNI?\nD[10-20]: 12345678 ......... sí")
    found = redactions(call)[0]
    assert (found.start_s, found.end_s) == (10.0, pytest.approx(10 + 10 * 8 / 21))


def test_no_seconds_where_the_turn_has_none() -> None:
    found = redactions(dialogue("A: ¿Su DNI?\nD: 12345678"))[0]
    assert (found.start_s, found.end_s) == (None, None)


def test_words_of_one_stretch_become_one_word_as_long() -> None:
    turn = spoken("soy", "Ana", "Ruiz,", "dígame")
    call = Transcript(Recording("t", debtor_name="Ana Ruiz"), (turn,))
    after = redacted(call).turns[0]
    assert [(word.text, word.start_s, word.end_s) for word in after.words] == [
        ("soy", 0.0, 0.5),
        ("[nombre],", 0.5, 1.5),
        ("dígame", 1.5, 2.0),
    ]
    assert after.text == " ".join(word.text for word in after.words)


def test_words_that_do_not_spell_the_text_are_left_out() -> None:
    turn = replace(spoken("soy", "Ana", "Ruiz"), text="Soy Ana, de Puebla")
    call = Transcript(Recording("t", debtor_name="Ana Ruiz"), (turn,))
    after = redacted(call).turns[0]
    assert (after.text, after.words) == ("Soy [nombre], de Puebla", ())


def test_turns_without_anything_stay_as_they_are() -> None:
    call = dialogue("A: Son dos cuotas de mil doscientos pesos.\nD: El viernes le pago quinientos.")
    assert redacted(call).turns == call.turns


# the promise


def test_the_promise_survives() -> None:
    call = dialogue(
        "A: ¿Me confirma los últimos cuatro de su cuenta?\nD: 2265, y le pago 2265 el 15 de marzo.",
        country="MX",
        call_started_at=date(2025, 3, 3),
    )
    promise = Promise(call.quote(1), Decimal(2265), "MXN", date(2025, 3, 15))
    assert told(call) == ["1 account: 2265", "1 account: 2265"]
    assert told(call, promise) == []


def test_sums_and_days_to_pay_on_are_no_strings_of_figures() -> None:
    for said in (
        "Le pago quinientos el viernes.",
        "Ochocientos, ochocientos cincuenta.",
        "El 15, el 22 y el 29.",
    ):
        assert told(dialogue(f"A: ¿Cuánto y cuándo?\nD: {said}", country="MX")) == []


# hostile text, speed


@pytest.mark.parametrize(
    "text",
    ["", " ", "\0" * 50, "😀🙂", "ª½İß", "e\u0301" * 20, "@", "arroba", "señor", "¿", "1" * 5000, "(" * 200],
)
def test_odd_text_breaks_nothing(text: str) -> None:
    call = Transcript(
        Recording("t", debtor_name=text, agent=text, company=text, country="??"), (Turn("debtor", text),)
    )
    assert redact_text(text) is not None
    assert redacted(call).turns


@pytest.mark.parametrize(
    "part",
    [
        "a",
        "1 ",
        "cuatro ",
        "Rosa ",
        "calle 5 ",
        "@",
        "arroba ",
        "señor ",
        "cédula 4 1 1 1 ",
        "guion ka ",
        "vivo en rosa 12, ",
        "mi usuario es pepe ",
        "Quispe Mamani ",
    ],
)
def test_a_hundred_thousand_characters_take_no_forever(part: str) -> None:
    text = (part * (100_000 // len(part) + 1))[:100_000]
    call = Transcript(
        Recording("t", debtor_name="Rosa Paz"), (Turn("agent", "¿Su cédula?"), Turn("debtor", text))
    )
    before = time.process_time()
    redactions(call)
    assert time.process_time() - before < 20


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.text(max_size=30))
def test_every_quote_is_verbatim(text: str, name: str) -> None:
    turns = (Turn("agent", "¿Me da su cédula y su correo?"), Turn("debtor", text))
    told(Transcript(Recording("t", debtor_name=name, country="PE"), turns))


def test_a_call_of_1500_words_is_quick() -> None:
    turns: list[Turn] = []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        turns += [Turn(turn["speaker"], turn["text"]) for turn in json.loads(line)["turns"]]
    calls, words = [turns[:0]], 0
    for turn in turns:
        calls[-1].append(turn)
        words += len(turn.text.split())
        if words >= 1500:
            calls.append([])
            words = 0
    took = []
    for each in calls[:6]:
        call = Transcript(Recording("t", debtor_name="Elvia Mendiola", country="MX"), tuple(each))
        before = time.process_time()
        redactions(call)
        took.append(time.process_time() - before)
    assert min(took) < SECONDS
