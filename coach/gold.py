"""Calls that people labelled and judged by hand, read and judged by the machine beside them.

A call is a line of JSONL (`turns`, call facts, `gold` where people labelled it) or a sample script (YAML, the
same keys).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coach.types import CoachError
from nlp.analyze import analyze
from nlp.labels import act_ids, objection_ids
from nlp.types import Finding, Findings
from nlp.yaml_trouble import trouble
from rubrics.scoring import score
from rubrics.types import Rubric, Scorecard
from transcripts.formats.files import parsed, text_of
from transcripts.formats.roles import role_of
from transcripts.types import CaseFacts, Recording, Speaker, Transcript, Trust, Turn

FOLDER = Path(__file__).parent.parent / "tests" / "gold"
SEALED = "calls_t"  # opened once a release, only where somebody names the file

_UNREAD = "tiene un dato que no se puede leer; revise fechas, montos y turnos"

WORDS_PER_S, USUAL_GAP_S = 2.6, 0.5  # of made-up times, where a script gives only the gaps between turns


@dataclass(frozen=True, slots=True)
class GoldCall:
    transcript: Transcript
    gold: dict[str, Any]  # objections, acts, rubric, fail_evidence, promise, as the line has them


@dataclass(frozen=True, slots=True)
class Judged:
    call: GoldCall
    findings: Findings
    card: Scorecard


def read(paths: Iterable[Path]) -> Iterator[GoldCall]:
    """The calls of every file; a folder stands for the YAML and JSONL files in it.

    TranscriptError or CoachError name the file, and the line, that holds no call.
    """
    for path in paths:
        if path.is_dir():
            yield from read(sorted(p for p in path.iterdir() if p.suffix in (".yaml", ".jsonl")))
        elif path.suffix == ".jsonl":
            for number, line in enumerate(text_of(path).split("\n"), 1):
                if line.strip():
                    where = f"{path.name}: línea {number}"
                    yield _call(parsed(line, where), where)
        else:
            yield _call(_yaml(path), path.name)


def _yaml(path: Path) -> Any:
    text = text_of(path)
    try:
        return YAML(typ="safe").load(text)
    except YAMLError as error:
        raise CoachError(str(trouble(error, text).at(path.name))) from error


def _call(data: Any, where: str) -> GoldCall:
    try:
        return gold_call(_shaped(data))
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise CoachError(
            "{where}: no es una llamada etiquetada (falta {what}). Compare con tests/gold/calls_d1.jsonl."
            if isinstance(error, KeyError)
            else "{where}: no es una llamada etiquetada ({what}). Compare con tests/gold/calls_d1.jsonl.",
            where=where,
            what=str(error) if isinstance(error, KeyError | _Misshapen) else _UNREAD,
        ) from error


class _Misshapen(ValueError):
    """What is written is no call; the sentence says why."""


def _shaped(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise _Misshapen("debe ser un objeto con «turns»")
    turns = data["turns"]
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise _Misshapen("«turns» debe ser una lista de turnos con «speaker» y «text»")
    return data


def gold_call(data: dict[str, Any]) -> GoldCall:
    """Turns without a speaker are sounds of the recording: the gold's turn indices do not count them."""
    turns = tuple(_timed([t for t in data["turns"] if t.get("speaker")]))
    facts = {k: v for k, v in (data.get("facts") or {}).items() if k in CaseFacts.__dataclass_fields__}
    if "amount_due" in facts:
        facts["amount_due"] = Decimal(str(facts["amount_due"]))
    recording = Recording(
        id=str(data["id"]),
        call_started_at=_moment(data.get("call_started_at") or data.get("call_date")),
        facts=CaseFacts(**facts),
        agent=data.get("agent"),
        company=data.get("company"),
        debtor_name=data.get("debtor_name"),
        country=data.get("country"),
        call_type=data.get("call_type"),
    )
    transcript = Transcript(recording, turns, trust=Trust(starts_late=data.get("starts_late")))
    return GoldCall(transcript, data.get("gold") or {})


def _timed(turns: list[dict[str, Any]]) -> Iterator[Turn]:
    """The turns with their times; a script tells only the gaps between turns, so its times are made up."""
    scripted = any("gap_s" in turn for turn in turns)
    at = 0.0
    for turn in turns:
        start, end = turn.get("start"), turn.get("end")
        if scripted:
            start = max(0.0, at + turn.get("gap_s", USUAL_GAP_S))
            end = start + len(turn["text"].split()) / WORDS_PER_S
            at = max(at, end)
        yield Turn(_speaker(turn["speaker"]), turn["text"], start, end)


def _speaker(label: str) -> Speaker:
    if (role := role_of(label)) is None:
        raise _Misshapen(f"«{label}» no dice quién habla: agent, debtor, other o unknown")
    return role


def _moment(written: Any) -> date | None:
    """An instant or a day, as text or as YAML has read it already."""
    if written is None or isinstance(written, date):
        return written
    return (datetime if "T" in written else date).fromisoformat(written)


def with_gold_labels(call: GoldCall, findings: Findings) -> Findings:
    """`findings` with the gold's objections and acts for ours: what is still wrong is the judging's own."""
    known = {*objection_ids(), *act_ids()}
    given = [
        Finding(g["id"], call.transcript.quote(g["turn"]), 0.95, "gold")
        for kind in ("objections", "acts")
        for g in call.gold[kind]
    ]
    kept = [f for f in findings.findings if f.label not in known]
    debt = min((f.quote.turn for f in given if f.label in ("states_debt", "discloses_debt")), default=None)
    return replace(
        findings,
        findings=tuple(sorted([*kept, *given], key=lambda f: f.quote)),
        people=replace(findings.people, debt_turn=debt),
    )


def open_gold(folder: Path = FOLDER) -> list[Path]:
    """The labelled calls that may be looked at any day: not the sealed ones."""
    return [path for path in sorted(folder.glob("calls_*.jsonl")) if not path.name.startswith(SEALED)]


def analyzed(
    paths: Iterable[Path],
    *,
    gold_labels: bool = False,
    every: int = 1,
    each: Callable[[], None] = lambda: None,
) -> list[tuple[GoldCall, Findings]]:
    """The calls of `paths`, one in `every`, with what is found in them; `gold_labels`: with the labels given
    by hand.
    """
    out = []
    for call in islice(read(paths), 0, None, every):
        findings = analyze(call.transcript)
        out.append((call, with_gold_labels(call, findings) if gold_labels else findings))
        each()
    return out


def judged(calls: Iterable[tuple[GoldCall, Findings]], rubric: Rubric) -> list[Judged]:
    """The calls judged by a form."""
    return [Judged(call, found, score(call.transcript, found, rubric)) for call, found in calls]
