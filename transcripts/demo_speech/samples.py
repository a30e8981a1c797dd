"""The sample calls' sentences and those of the taggers' corpus: as written, in order, and recombined."""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from transcripts.demo_speech.errors import DemoSpeechError
from transcripts.demo_speech.numerals import NUMBER_WORDS, spell
from transcripts.demo_speech.text import fill, lists

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "examples" / "scripts"
WIDE = Path(__file__).with_name("wide.txt")
CORPUS = ROOT / "nlp" / "corpus"

_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+(?=[¿¡A-ZÁÉÍÓÚÑ])")
_CLAUSE = re.compile(r"(?<=[,;:…])\s+|\s+(?=(?:y|pero|porque|que|para|con|si|o|como|cuando)\s)")
_NUMBER_WORD = f"(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
_NUMBER = re.compile(rf"\b{_NUMBER_WORD}(?:\s+(?:y\s+)?{_NUMBER_WORD})*\b")
_LONGEST = 150
_SPEAKABLE = re.compile(r"[A-Za-zÁÉÍÓÚÑÜáéíóúñü ,.;:…¿?¡!-]+")


@dataclass(frozen=True, slots=True)
class Script:
    """One sample call: its id, its settings as written, its turns and events in order."""

    id: str
    settings: dict[str, Any]
    turns: tuple[dict[str, Any], ...]


def read_script(path: Path) -> Script:
    """The script at `path`. Raises DemoSpeechError when it is no sample call."""
    written = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    if not isinstance(written, dict) or not written.get("turns"):
        raise DemoSpeechError(f"{path.name}: falta la lista «turns»; vea examples/scripts")
    settings = {key: value for key, value in written.items() if key != "turns"}
    return Script(str(written.get("id", path.stem)), settings, tuple(written["turns"]))


def sentences(text: str) -> list[str]:
    """`text` cut after each full stop, question or exclamation."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def pieces(text: str) -> list[str]:
    """`text` as it is spoken in one breath each: sentences, the longest cut once more at a comma."""
    out = []
    for sentence in sentences(text):
        rest = sentence
        while len(rest) > _LONGEST:
            cut = max(rest.rfind(mark, 40, _LONGEST) for mark in (", ", "; ", ": ", "… "))
            if cut < 0:
                break
            out.append(rest[: cut + 1])
            rest = rest[cut + 2 :]
        out.append(rest)
    return out


def sample_turns(folder: Path = SCRIPTS) -> list[list[str]]:
    """The spoken pieces of each side of each sample call, in order: one list per side and call."""
    sides: list[list[str]] = []
    for path in sorted(folder.glob("*.yaml")):
        by_speaker: dict[str, list[str]] = {}
        for turn in read_script(path).turns:
            if "text" in turn:
                speaker = str(turn.get("speaker", "neighbour"))
                by_speaker.setdefault(speaker, []).extend(pieces(str(turn["text"])))
        sides.extend(by_speaker.values())
    return sides


def corpus_sides(folder: Path = CORPUS) -> list[list[str]]:
    """The spoken pieces of each speaker of each training line of the corpus, in order; none without a corpus.

    Lines kept for development or tests stay unheard. So do those that imitate a recogniser's text, and
    pieces with figures or signs: the model learns words as they are said.
    """
    sides: list[list[str]] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").splitlines()):
            call = json.loads(line)
            if call["split"] == "train" and call["noise"] == "clean":
                sides.extend(_sides(call["turns"]))
    return sides


def _sides(turns: list[dict[str, Any]]) -> list[list[str]]:
    by_speaker: dict[str, list[str]] = {}
    for turn in turns:
        text = re.sub("[«»]", "", str(turn["text"]).replace("...", "…"))
        said = [piece for piece in pieces(text) if _SPEAKABLE.fullmatch(piece)]
        by_speaker.setdefault(str(turn["speaker"]), []).extend(said)
    return [side for side in by_speaker.values() if side]


def wide_lines(path: Path = WIDE) -> list[str]:
    """Further plain lines, one sentence or turn each; none when the file is not there."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def recombined(pool: Sequence[str], r: random.Random) -> str:
    """A new sentence from those of `pool`: names, numbers, days swapped; or halves of two joined."""
    sentence = r.choice(pool)
    if r.random() < 0.65:
        sentence = _joined(sentence, r.choice(pool), r)
    return swapped(sentence, r) if r.random() < 0.75 else sentence


def swapped(sentence: str, r: random.Random) -> str:
    """`sentence` with other names, numbers, weekdays and months."""
    text = _NUMBER.sub(lambda m: _other_number(m.group(0), r), sentence)
    names, surnames = set(lists()["nombre"]), set(lists()["apellido"])
    days, months = set(lists()["dia"]), set(lists()["mes"])

    def other(match: re.Match[str]) -> str:
        word = match.group(0)
        for known, slot in ((names, "nombre"), (surnames, "apellido"), (days, "dia"), (months, "mes")):
            if word in known:
                return fill(slot, r)
        return word

    return re.sub(r"\w+", other, text)


def _other_number(words: str, r: random.Random) -> str:
    if words in ("un", "uno", "mil") or r.random() < 0.15:
        return words
    if "millón" in words or "millones" in words:
        return spell(r.randint(10, 99) * 100_000, before_noun=True)
    if "mil" in words.split():
        number = r.choice([r.randint(1001, 9999), r.randint(10, 999) * 1000, r.randint(11, 400) * 500])
        return spell(number, before_noun=True)
    size = len(words.split())
    return spell(r.randint(2, 31) if size == 1 and r.random() < 0.7 else r.randint(20, 999), before_noun=True)


def _joined(first: str, second: str, r: random.Random) -> str:
    """The first clauses of one sentence and the last clauses of another, punctuation kept plausible."""
    heads, tails = _CLAUSE.split(first), _CLAUSE.split(second)
    if len(heads) < 2 or len(tails) < 2:
        return f"{first} {second}" if len(first) + len(second) < _LONGEST else first
    head = " ".join(heads[: r.randint(1, len(heads) - 1)])
    tail = " ".join(tails[r.randint(1, len(tails) - 1) :])
    text = f"{head} {tail}"
    if "¿" in text and "?" not in text:
        text = text.rstrip(".!…") + "?"
    if "?" in text and "¿" not in text:
        text = f"¿{text}"
    return text if len(text) <= _LONGEST else head.rstrip(",;:") + "."
