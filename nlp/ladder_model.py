"""The trained reading of an objection with the replies to it: does the answer fit, and which rungs are there.

One logistic regression for each of `TOLD` over the same features: the acts and cues found in the replies and
around them, the objection, the shape of the replies, their words and letters. Trained by `nlp.learn.ladder`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

import models
from models.loader import load
from nlp.linear import CUTS, letters, words
from nlp.text import plain, word_set
from nlp.vectors import Names, Terms

Floats = NDArray[np.float32]
NAME, FOLDER = "ladder", Path(models.__file__).parent / "tagger"
RUNGS = ("recognise", "explore", "answer", "ask")
TOLD = ("fit", *RUNGS)  # the columns
NAMED = 0.5  # how much named features weigh beside words and letters
SHORT = 6  # words: hardly an answer
_KINDS = {
    "hardship": "no_money job_loss other_debts health_emergency",
    "dispute": "already_paid not_my_debt wrong_amount bad_service no_notice",
    "means": "payment_channel",
    "puts_off": "call_later vague_promise needs_third_party",
    "no_debtor": "wrong_person",
    "against": "refusal hostile",
    "trust": "distrust legal_threat harassment_complaint",
    "wants": "asks_discount",
}
KIND = {label: kind for kind, labels in _KINDS.items() for label in labels.split()}
# acts whose worth hangs on what was objected: a request answers an evasion, not a dispute
_BY_KIND = word_set(
    "asks_commitment answers probes asks_reason offers_alternatives empathy follow_up polite_close"
)
_SAID = r"(?:[^.?!…]|(?<=\d)\.(?=\d))*"  # the point of «412.50» ends nothing
_SENTENCE = re.compile(rf"{_SAID}\w{_SAID}[.?!…]*")


@dataclass(frozen=True, slots=True)
class Exchange:
    """An objection and what the agent said next. `found` holds the scores by label of each reply.

    `around`: of the agent's other turns near by, the share 0..1 in which each act was found. An answer may
    come late, and whether a word is meant kindly shows in the words around it.
    """

    label: str
    replies: tuple[str, ...]
    found: tuple[Mapping[str, float], ...]
    around: Mapping[str, float]

    @property
    def text(self) -> str:
        return " ".join(self.replies)


def named(exchange: Exchange) -> dict[str, float]:
    """Features with a name of their own."""
    kind = KIND.get(exchange.label, "")  # an objection newer than the model is read by the replies alone
    out = {f"kind {kind}": 1.0, f"objection {exchange.label}": 0.5}
    for found in exchange.found:
        for label, score in found.items():
            out[label] = max(out.get(label, 0.0), score)
    out.update({f"{kind} {label}": out[label] / 2 for label in _BY_KIND & out.keys()})
    out.update({f"around {label}": 2 * share for label, share in exchange.around.items()})
    return out | _shape(exchange)


def _shape(exchange: Exchange) -> dict[str, float]:
    first, text = exchange.replies[0], exchange.text
    return {
        "first length": log1p(len(first.split())) / 3,
        "length": log1p(len(text.split())) / 4,
        "short": float(len(first.split()) <= SHORT),
        "first asks": float("?" in first),
        "asks": min(text.count("?"), 4) / 4,
        "replies": len(exchange.replies) / 3,
    }


def fitted(exchanges: Sequence[Exchange]) -> dict[str, Any]:
    """The vectorisers, fitted on `exchanges`."""
    from sklearn.feature_extraction import DictVectorizer

    texts = list(dict.fromkeys(plain(one.text) for one in exchanges))
    return {
        "named": DictVectorizer(dtype=np.float32).fit([named(one) for one in exchanges]),
        "words": words(min_df=3).fit(texts),
        "letters": letters(min_df=4, max_features=20_000).fit(texts),
    }


def features(parts: Mapping[str, Any], exchanges: Sequence[Exchange]) -> sparse.csr_matrix:
    """The exchanges as rows: named features first, then words, then letters."""
    return sparse.hstack(
        [
            NAMED * parts["named"].transform([named(one) for one in exchanges]),
            _texts(parts, [one.text for one in exchanges]),
        ]
    ).tocsr()


def _texts(parts: Mapping[str, Any], texts: Sequence[str]) -> sparse.csr_matrix:
    heard = [plain(text) for text in texts]
    return sparse.hstack([parts["words"].transform(heard), parts["letters"].transform(heard)]).tocsr()


def packed(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The vectorisers as plain arrays and text, which load quickly."""
    out: dict[str, Any] = {"named": "\n".join(parts["named"].get_feature_names_out())}
    for name in ("words", "letters"):
        out[name] = {"terms": "\n".join(parts[name].get_feature_names_out()), "idf": parts[name].idf_}
    return out


def _unpacked(data: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"named": Names(data["named"].split("\n"))}
    for name in ("words", "letters"):
        out[name] = Terms(data[name]["terms"].split("\n"), data[name]["idf"], CUTS[name])
    return out


class LadderModel:
    """What was learned; `bars`: from which probability on each of `TOLD` counts."""

    def __init__(self, artefact: Mapping[str, Any]) -> None:
        self.bars: dict[str, float] = dict(artefact["bars"])
        self._parts = _unpacked(artefact["parts"])
        self._bias = artefact["bias"]
        weights = np.asarray(artefact["weights"].todense(), np.float32)
        first = len(self._parts["named"])
        ends = (first, first + len(self._parts["words"]))
        self._named, self._words, self._letters = np.split(weights, ends)

    def told(self, exchanges: Sequence[Exchange]) -> list[dict[str, float]]:
        """A probability for each of `TOLD`, by exchange. All of a call at once cost little more than one."""
        if not exchanges:
            return []
        figures = self._parts["named"].transform([named(one) for one in exchanges])
        raw = NAMED * (figures @ self._named) + self._heard([one.text for one in exchanges]) + self._bias
        return [dict(zip(TOLD, row, strict=True)) for row in (1 / (1 + np.exp(-raw))).tolist()]

    def speaks_for(self, rung: str, texts: Sequence[str]) -> Floats:
        """How much the words of each text speak for `rung`; comparable among themselves only."""
        return self._heard(texts)[:, TOLD.index(rung)]

    def _heard(self, texts: Sequence[str]) -> Floats:
        """[texts, `TOLD`]: what words and letters alone add."""
        said = [plain(text) for text in texts]
        by_word: Floats = self._parts["words"].transform(said) @ self._words
        by_letter: Floats = self._parts["letters"].transform(said) @ self._letters
        return by_word + by_letter


@lru_cache(maxsize=1)
def ladder_model() -> LadderModel:
    """The model in `models/tagger`. Raises ModelError where the file is not what its card says."""
    artefact, _ = load(NAME, FOLDER)
    return LadderModel(artefact)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Characters of each sentence of `text` that has a word in it, blanks around it left out."""
    for match in _SENTENCE.finditer(text):
        said = match[0]
        yield match.start() + len(said) - len(said.lstrip()), match.start() + len(said.rstrip())
