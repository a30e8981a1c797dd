"""The pieces of words that the net reads: the teacher's tokenizer, cut down to those that Spanish needs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nlp.text import plain

PAD, UNKNOWN = 1, 3
FIRST = 4  # <s> <pad> </s> <unk> keep their places


def spanish_pieces(tokenizer: Any, texts: Iterable[str]) -> list[int]:
    """Ids of the pieces that `texts` need as written, in small letters and without accents; in order."""
    wanted: set[int] = set(range(FIRST))
    for text in texts:
        for form in {text, text.lower(), plain(text), text.capitalize()}:
            wanted.update(tokenizer.encode(form).ids)
    letters = [
        number
        for piece, number in tokenizer.get_vocab().items()
        if len(piece.removeprefix("▁")) <= 1 and (piece.removeprefix("▁") or "a").isprintable()
        and ord((piece.removeprefix("▁") or "a")[0]) < 0x250
    ]  # fmt: skip
    return sorted(wanted.union(letters))


def cut(tokenizer_json: Path, keep: list[int], out: Path) -> None:
    """Write the tokenizer with the pieces `keep` only; piece `keep[i]` becomes number `i`."""
    data = json.loads(tokenizer_json.read_text(encoding="utf-8"))
    vocabulary = data["model"]["vocab"]
    data["model"]["vocab"] = [vocabulary[number] for number in keep if number < len(vocabulary)]
    renumbered = {number: at for at, number in enumerate(keep)}
    data["added_tokens"] = [
        {**token, "id": renumbered[token["id"]]} for token in data["added_tokens"] if token["id"] in renumbered
    ]
    data["post_processor"] = None
    data["padding"] = data["truncation"] = None
    out.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
