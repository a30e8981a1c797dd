"""The machine interface: exact keys out, and a clear word for every kind of bad line in."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from coach.in_english import in_english
from coach.interchange import Report, score_file, tag_file
from coach.results import result
from coach.types import Call
from rubrics.types import Certainty, Pack, Rule, Scorecard, Verdict
from tests.dialogue import dialogue, found
from transcripts.types import CaseFacts, Transcript, TranscriptError

GOOD: dict[str, Any] = {
    "id": "ej-01",
    "call_date": "2025-10-08",
    "agent": "Iván Robledo",
    "company": "Financiera Vértice",
    "debtor_name": "Elvia Mendiola",
    "country": "MX",
    "turns": [
        {"speaker": "agent", "start": 0.6, "end": 6.3, "text": "Buenas tardes, ¿hablo con la señora Elvia?"},
        {
            "speaker": "debtor",
            "start": 7.0,
            "end": 9.0,
            "text": "No tengo dinero. Pago el viernes mil pesos.",
        },
    ],
}


class Label(NamedTuple):
    id: str
    score: float


def judge(transcript: Transcript) -> Call:
    """A fixed judgement of any call of two turns or more."""
    if len(transcript.turns) < 2:
        card = Scorecard(transcript.recording.id, "r@1+d", {}, None, None, None, (), "no")
        return Call(transcript, found(transcript), card)
    findings = found(
        transcript,
        "no_money@1*0.8: No tengo dinero",
        "no_money@1*0.9: dinero",
        "greeting@0: Buenas tardes",
        "threat@0*0.4",
        "some_cue@0",
        promise={
            "quote": "1: Pago el viernes mil pesos",
            "amount": "1000.50",
            "currency": "MXN",
            "date": "2025-10-10",
        },
    )
    verdicts = {
        "firm": Verdict("pass", "pidió pagar", (transcript.quote(0, 0, 6),)),
        "calm": Verdict("fail", "según las palabras", needs_review=True),
    }
    card = Scorecard(transcript.recording.id, "r@1+d", verdicts, 80.5, 70, 90, ("no_threats",), "partly")
    return Call(transcript, findings, card)


@pytest.fixture
def score(tmp_path: Path) -> Callable[..., tuple[list[dict[str, Any]], Report]]:
    """Write lines, score them, give results and report."""

    def run(*lines: Any, raw: bytes | None = None, country: str | None = None) -> Any:
        source = tmp_path / "calls.jsonl"
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
        source.write_bytes(raw if raw is not None else text.encode())
        out = io.StringIO()
        report = score_file(source, out, judge, country=country)
        return [json.loads(line) for line in out.getvalue().splitlines()], report

    return run


Score = Callable[..., tuple[list[dict[str, Any]], Report]]


@pytest.fixture
def heard(tmp_path: Path) -> Callable[..., Transcript]:
    """What `judge` gets for one line."""

    def run(line: dict[str, Any], country: str | None = None) -> Transcript:
        got: list[Transcript] = []

        def listening(transcript: Transcript) -> Call:
            got.append(transcript)
            return judge(replace(transcript, turns=()))

        source = tmp_path / "one.jsonl"
        source.write_text(json.dumps(line))
        report = score_file(source, io.StringIO(), listening, country=country)
        assert report.errors == []
        return got[0]

    return run


Heard = Callable[..., Transcript]


def test_a_result_has_exactly_these_keys_and_values(score: Score) -> None:
    (result,), report = score(GOOD)
    assert result == {
        "id": "ej-01",
        "evaluable": "partly",
        "objections": [{"turn": 1, "id": "no_money", "score": 0.9}],
        "acts": [{"turn": 0, "id": "greeting", "score": 0.9}],
        "rubric": {"firm": "pass", "calm": "fail"},
        "needs_review": ["calm"],
        "evidence": {"firm": [{"turn": 0, "start": 0, "end": 6, "text": "Buenas"}], "calm": []},
        "reasons": {"firm": "pidió pagar", "calm": "según las palabras"},
        "replaced": [],
        "pack": {},
        "promise": {
            "amount": 1000.5,
            "currency": "MXN",
            "date": "2025-10-10",
            "channel": None,
            "turn": 1,
            "needs_review": False,
        },
        "points": 80.5,
        "critical_failures": ["no_threats"],
        "critical_rules": [],
    }
    assert (report.done, report.errors, report.notices) == (1, [], [])


def test_what_the_law_put_a_rule_in_place_of_is_marked() -> None:
    call = judge(
        dialogue("A: Buenas tardes.\nD: No tengo dinero. Pago el viernes mil pesos.", id="co-1", country="CO")
    )
    card = replace(call.scorecard, replaced=("calm", "not_in_this_form"))
    told = result(replace(call, scorecard=card), None)
    assert told["replaced"] == ["calm"]
    assert told["needs_review"] == []
    assert told["reasons"]["calm"].startswith(
        "No se juzga aquí: la ley del país lo sustituye por otra regla."
    )
    assert told["reasons"]["firm"] == "pidió pagar"


def test_a_rule_of_the_country_says_what_a_failure_of_it_is() -> None:
    def rule(name: str, certainty: Certainty) -> Rule:
        about = {"label": name, "check": "manual", "help": ".", "source": "Ley 1", "critical": True}
        return Rule(id=name, certainty=certainty, reviewed_on=date(2026, 11, 28), **about)

    rules = (rule("hours", "A"), rule("record", "B"))
    pack = Pack(id="mx", version=1, label="M", reviewed_on=date(2026, 11, 28), rules=rules)
    call = judge(dialogue("A: Buenas tardes.\nD: No tengo dinero. Pago el viernes mil pesos.", id="mx-1"))
    verdicts = {
        "hours": Verdict("fail", "tarde"),
        "record": Verdict("fail", "dudoso", needs_review=True),
        "gone": Verdict("pass", "ya no está en el paquete"),
    }
    critical = ("no_threats", "hours")
    card = replace(call.scorecard, pack_verdicts=verdicts, critical_failures=critical)
    told = result(replace(call, scorecard=card), pack)
    assert (told["critical_failures"], told["critical_rules"]) == (["no_threats"], ["hours"])
    assert told["pack"]["hours"] == {
        "outcome": "fail",
        "needs_review": False,
        "certainty": "A",
        "advice": False,
        "critical": True,
        "reason": "tarde",
        "evidence": [],
    }
    keys = ("needs_review", "certainty", "advice", "critical")
    assert [told["pack"]["record"][key] for key in keys] == [True, "B", True, False]
    assert [told["pack"]["gone"][key] for key in keys] == [False, None, None, None]


def test_all_call_facts_reach_the_recording(heard: Heard) -> None:
    more = {
        "amount_due": 4380.5,
        "currency": "MXN",
        "days_late": 41,
        "product": "crédito",
        "creditor": "Vértice",
        "authorized_offers": ["dos pagos"],
        "call_type": "primer_contacto",
        "agent_login": "irobledo",
        "campaign": "c",
        "portfolio": "p",
        "account": 620771,
        "disposition": "promesa",
        "direction": "Outbound",
    }
    recording = heard(GOOD | more).recording
    assert recording.facts == CaseFacts(Decimal("4380.5"), "MXN", 41, "crédito", "Vértice", ("dos pagos",))
    assert (recording.account, recording.direction) == ("620771", "outbound")
    assert recording.call_date == date(2025, 10, 8)


def test_facts_may_stand_in_an_object_of_their_own(heard: Heard) -> None:
    assert heard(GOOD | {"facts": {"amount_due": "480", "days_late": None}}).recording.facts.amount_due == 480


@pytest.mark.parametrize(
    "line",
    [
        {"id": "a", "turns": []},
        {"id": 7, "turns": [{"speaker": "agent", "text": "Hola"}]},
        {**dict.fromkeys(GOOD), "id": "a", "turns": [{"speaker": None, "text": None, "start": None}]},
        {
            "id": "a",
            "country": "",
            "call_date": "",
            "turns": [{"speaker": "Agent", "text": "Hola", "start": "1.5"}],
        },
        {"id": "a", "authorized_offers": None, "facts": None, "turns": []},
        {"id": "a", "turns": [{"text": "¿Quién habla?"}]},
    ],
)
def test_what_is_missing_or_null_is_no_error(score: Score, line: dict[str, Any]) -> None:
    _, report = score(line)
    assert (report.done, report.errors) == (1, [])


@pytest.mark.parametrize(
    ("written", "known"), [("sí", True), ("Si", True), ("no", False), ("1", True), ("true", True), (0, False)]
)
def test_yes_and_no_are_read_as_in_tables(heard: Heard, written: object, known: bool) -> None:
    names = ("first_contact", "notice_played", "promise_kept")
    facts = heard({"id": "a", "turns": []} | dict.fromkeys(names, written)).recording.facts
    assert [getattr(facts, name) for name in names] == [known] * 3


def test_facts_in_quotes_are_read_as_in_tables(heard: Heard) -> None:
    told = {"currency": "mxn", "days_late": "41 días", "direction": "saliente", "amount_due": "$ 4.380,50"}
    recording = heard({"id": "a", "turns": []} | told).recording
    assert recording.facts == CaseFacts(Decimal("4380.50"), "MXN", 41)
    assert recording.direction == "outbound"


def test_times_that_run_backwards_are_none(heard: Heard) -> None:
    turns = [
        {"speaker": "agent", "text": "a", "start": 5.0, "end": 4.0},
        {"speaker": "agent", "text": "c", "start": 5.0},
    ]
    times = [(turn.start_s, turn.end_s) for turn in heard({"id": "a", "turns": turns}).turns]
    assert times == [(None, None), (5.0, None)]
    (notice,) = heard({"id": "a", "turns": turns}).trust.notices
    assert notice.text.endswith("cuyos tiempos por eso no se usan: 1.")


def test_a_few_turns_without_a_speaker_leave_the_roles_sure(heard: Heard) -> None:
    turns = [{"speaker": "agent", "text": "a"}] * 10 + [{"speaker": None, "text": "b"}]
    assert heard({"id": "a", "turns": turns}).trust.sure_speakers
    assert not heard({"id": "a", "turns": turns[-2:]}).trust.sure_speakers


def test_turns_keep_their_order(heard: Heard) -> None:
    turns = [{"speaker": "agent", "text": "b", "start": 9}, {"speaker": "debtor", "text": "a", "start": 1}]
    assert [turn.text for turn in heard({"id": "a", "turns": turns}).turns] == ["b", "a"]


def test_unknown_keys_are_told_once_and_ignored(score: Score) -> None:
    line = GOOD | {"noise": "clean", "turns": [GOOD["turns"][0] | {"mood": "x"}, GOOD["turns"][1]]}
    _, report = score(line, line | {"id": "other"})
    assert report.done == 2
    assert report.notices == ["Se pasaron por alto claves que Temple no conoce: noise, turns.mood."]


def test_the_country_is_for_calls_that_do_not_say_theirs(heard: Heard) -> None:
    assert heard({"id": "a", "turns": []}, "CO").recording.country == "CO"
    assert heard(GOOD, "CO").recording.country == "MX"


BAD_LINES = [
    ("{", "no es JSON válido"),
    ("hola", "no es JSON válido"),
    ("[1, 2]", "se esperaba una llamada"),
    ('"texto"', "se esperaba una llamada"),
    ({"turns": []}, "«id» falta"),
    ({"id": None, "turns": []}, "«id» falta"),
    ({"id": "", "turns": []}, "«id» falta"),
    ({"id": "a"}, "«turns» falta"),
    ({"id": "a", "turns": None}, "«turns» falta"),
    ({"id": "a", "turns": {}}, "«turns» no es una lista"),
    ({"id": "a", "turns": ["Hola"]}, "turno 0: «turns» no es un objeto: 'Hola'"),
    ({"id": "a", "turns": [{"speaker": "agent"}]}, "turno 0: «text» falta"),
    ({"id": "a", "turns": [{"speaker": "agent", "text": 7}]}, "turno 0: «text» no es texto: '7'"),
    (
        {"id": "a", "turns": [{"speaker": "robot", "text": "x"}]},
        "turno 0: «speaker» tiene un valor que no existe",
    ),
    ({"id": "a", "turns": [{"text": "x", "start": "pronto"}]}, "turno 0: «start» no es un número: 'pronto'"),
    ('{"id": "a", "turns": [{"text": "x", "start": NaN}]}', "turno 0: «start» no es un número"),
    ({"id": "a", "turns": [], "call_date": "08/10/2025"}, "«call_date» no es una fecha AAAA-MM-DD"),
    ({"id": "a", "turns": [], "call_date": 20251008}, "«call_date» no es una fecha AAAA-MM-DD"),
    ({"id": "a", "turns": [], "country": "Atlántida"}, "«country» no es un país (use MX, CO, CL…)"),
    (
        '{"id": "a", "turns": [{"speaker": "agent", "te',
        "no es JSON válido en la columna 47. El archivo parece",
    ),
    ('{"id": "a", "turns": [{"speaker": ', "no es JSON válido en la columna 34. El archivo parece cortado"),
]


@pytest.mark.parametrize(("line", "said"), BAD_LINES)
def test_a_bad_line_is_named_and_the_rest_goes_on(score: Score, line: Any, said: str) -> None:
    results, report = score(GOOD, line, GOOD)
    assert (len(results), report.done, len(report.errors)) == (2, 2, 1)
    assert report.errors[0].startswith(f"calls.jsonl: línea 2: {said}"), report.errors[0]


def test_a_voice_without_an_end_is_refused_as_at_the_import(score: Score) -> None:
    long = {"id": "larga", "turns": [{"speaker": "agent", "text": "palabra " * 9000}]}
    results, report = score(GOOD, long)
    assert ([one["id"] for one in results], report.done) == (["ej-01"], 1)
    assert "llamada «larga», turno 1: son 72000 letras seguidas de una sola voz" in report.errors[0]


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ({"amount_due": "mucho"}, "«amount_due» no es una cantidad: 'mucho'. Corríjalo"),
        ({"amount_due": -5}, "«amount_due» es menor que lo posible: '-5'. Escriba 0 o más y vuelva"),
        ({"amount_due": "-5"}, "«amount_due» es menor que lo posible"),
        ({"days_late": "un mes"}, "«days_late» no es un número de días: 'un mes'. Escriba solo el número"),
        ({"days_late": 1.5}, "«days_late» no es un número entero: '1.5'. Escriba solo el número"),
        ({"days_late": 90000}, "«days_late» es mayor que lo posible: '90000'. Escriba 20000 o menos"),
        ({"currency": "pesos"}, "«currency» no es una moneda (use MXN, COP, PEN…): 'pesos'"),
        ({"first_contact": "tal vez"}, "«first_contact» no es un sí o un no: 'tal vez'. Escriba sí o no"),
        ({"first_contact": 5}, "«first_contact» no es un sí o un no: '5'. Escriba sí o no"),
        ({"direction": "arriba"}, "«direction» no es una dirección (use entrante o saliente): 'arriba'"),
        (
            {"contacts": [{"at": "ayer"}]},
            "contacto 0: «at» no es un día con su hora: 'ayer'. Escriba la hora",
        ),
        ({"contacts": [{"at": "2026-03-10T09:15"}]}, "contacto 0: «at» no dice su zona horaria: '2026-03-10"),
    ],
)
def test_a_fact_that_no_other_reader_would_take_is_told_with_what_would_do(
    score: Score, fact: dict[str, Any], said: str
) -> None:
    _, report = score({"id": "a", "turns": []} | fact)
    (told,) = report.errors
    assert told.startswith(f"calls.jsonl: línea 1: {said}"), told
    assert in_english(told).endswith("and try again.")


def test_bytes_that_are_no_text_are_a_bad_line(score: Score) -> None:
    good = json.dumps(GOOD).encode()
    results, report = score(raw=good + b"\n\xff\xfe\x00\n" + good)
    assert (len(results), len(report.errors)) == (2, 1)


def test_blank_lines_marks_and_a_missing_last_line_end_are_fine(score: Score) -> None:
    good = json.dumps(GOOD, ensure_ascii=False).encode()
    results, report = score(raw=b"\xef\xbb\xbf" + good + b"\r\n\r\n  \n" + good)
    assert (len(results), report.errors) == (2, [])


@pytest.mark.parametrize("fault", [TranscriptError("no se puede"), ZeroDivisionError("x")])
def test_a_call_that_cannot_be_judged_costs_no_other(tmp_path: Path, fault: Exception) -> None:
    def sometimes(transcript: Transcript) -> Call:
        if transcript.recording.id == "malo":
            raise fault
        return judge(transcript)

    source = tmp_path / "calls.jsonl"
    source.write_text("\n".join(json.dumps(GOOD | {"id": name}) for name in ("a", "malo", "b")))
    report = score_file(source, io.StringIO(), sometimes)
    assert report.done == 2
    assert report.errors[0].startswith("calls.jsonl: llamada malo: ")


def test_tagging_answers_line_for_line(tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def tag(text: str, speaker: str) -> list[Label]:
        asked.append((text, speaker))
        return [Label("no_money", 0.912345)] if speaker == "debtor" else []

    source = tmp_path / "utterances.jsonl"
    source.write_text(
        '{"text": "No tengo", "speaker": "debtor", "country": "mx"}\n'
        '{"text": "Hola", "speaker": "robot"}\n'
        '{"text": "Buenas", "speaker": "agent", "id": 3, "nota": 1}\n'
        '{"text": "Ya", "id": [1.5]}\n'
    )
    out = io.StringIO()
    report = tag_file(source, out, tag)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines[0] == {"labels": [{"id": "no_money", "score": 0.9123}]}
    assert lines[1]["labels"] == []
    assert lines[2] == {"id": 3, "labels": []}
    assert asked == [("No tengo", "debtor"), ("Buenas", "agent"), ("Ya", "unknown")]
    assert lines[3] == {"labels": []}
    assert (report.done, len(report.errors)) == (3, 1)
    assert report.notices == [
        "Se pasaron por alto claves que Temple no conoce: nota.",
        "Frases que no son de agent ni de debtor, y por eso quedan sin etiquetas: 1. "
        "Diga en «speaker» quién las dijo.",
    ]


def test_an_utterance_is_read_as_a_turn_is(tmp_path: Path) -> None:
    asked: list[str] = []

    def tag(text: str, speaker: str) -> list[Label]:
        asked.append(speaker)
        return []

    source = tmp_path / "u.jsonl"
    lines: tuple[dict[str, Any], ...] = (
        {"text": "a", "speaker": "Deudor"},
        {"text": "a", "speaker": "Agente"},
        {"text": "a", "speaker": "CLIENTE", "country": "ZZ"},
        {"id": "z", "text": "a", "speaker": "robot"},
        {"id": 7, "text": 5},
        {"id": True, "speaker": "agent"},
    )
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    out = io.StringIO()
    report = tag_file(source, out, tag)
    assert asked == ["debtor", "agent", "debtor"]
    assert report.notices == []
    assert [json.loads(line) for line in out.getvalue().splitlines()[3:]] == [
        {"id": "z", "labels": [], "error": report.errors[0]},
        {"id": 7, "labels": [], "error": report.errors[1]},
        {"labels": [], "error": report.errors[2]},
    ]
    assert [one.partition(": línea ")[2] for one in report.errors] == [
        "4: «speaker» tiene un valor que no existe: 'robot'. Use agent, debtor, other o unknown.",
        "5: «text» no es texto: '5'. Escríbalo entre comillas y vuelva a intentarlo.",
        "6: «text» falta. Agréguelo y vuelva a intentarlo.",
    ]


def test_no_value_of_a_line_can_stop_the_others(tmp_path: Path) -> None:
    lines = (
        f'{{"id": "n", "turns": [{{"start": {"9" * 5000}, "text": "hola"}}]}}',
        '{"id": "half", "turns": [{"speaker": "agent", "text": "hola \\ud800 mundo"}]}',
        json.dumps(GOOD),
    )
    source = tmp_path / "calls.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    out = io.StringIO()
    report = score_file(source, out, judge)
    assert report.errors == [
        "calls.jsonl: línea 1: contiene un número de miles de cifras. "
        "Corríjalo o vuelva a exportar el archivo."
    ]
    assert [json.loads(line)["id"] for line in out.getvalue().encode().splitlines()] == ["half", "ej-01"]


def test_a_blank_utterance_line_keeps_its_place(tmp_path: Path) -> None:
    source = tmp_path / "u.jsonl"
    source.write_text('{"text": "a"}\n\n{"text": "b"}\n\n', encoding="utf-8")
    out = io.StringIO()
    tag_file(source, out, lambda text, speaker: [Label(text, 0.9)])
    assert [json.loads(line)["labels"] for line in out.getvalue().splitlines()] == [
        [{"id": "a", "score": 0.9}],
        [],
        [{"id": "b", "score": 0.9}],
    ]


def test_a_file_in_utf_16_is_named_as_such(tmp_path: Path) -> None:
    source = tmp_path / "calls.jsonl"
    source.write_text(json.dumps(GOOD), encoding="utf-16")
    with pytest.raises(TranscriptError, match=r"está en UTF-16\. Guárdelo como UTF-8"):
        score_file(source, io.StringIO(), judge)
