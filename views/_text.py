"""Every word that people see: Spanish is written where it is used, English is looked up in `english.yaml`,
that of refusals in `refusals.yaml`. What was put together before it comes here, by the floors below or long
ago, has its English in `told.yaml`: `retold(job.error)`.

`t("Sin asignar")` is the sentence in the session's language; values go in by name: `t("{n} más", n=3)`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import streamlit as st
from ruamel.yaml import YAML

from coach import in_english
from coach.types import CoachError

LANGUAGES = {"es": "Español", "en": "English"}
HERE = Path(__file__).parent
CATALOGUES = (HERE / "english.yaml", HERE / "refusals.yaml")


def language() -> Literal["es", "en"]:
    """The code that the switch in the sidebar chose: "es" where there is none."""
    return "en" if st.session_state.get("lang") == "en" else "es"


def t(spanish: str, **values: object) -> str:
    """The sentence in the session's language. A sentence without an English entry stays Spanish."""
    sentence = english().get(spanish, spanish) if language() == "en" else spanish
    return sentence.format(**values) if values else sentence


def counted(n: int, one: str, many: str, **values: object) -> str:
    """«1 llamada», «14 llamadas»: `one` and `many` hold `{n}` and are entries of the catalogue."""
    return t(one if n == 1 else many, n=n, **values)


def quoted(words: str) -> str:
    """Words of somebody between the quotation marks of the session's language."""
    before, after = marks()
    return f"{before}{words}{after}"


def marks() -> tuple[str, str]:
    """The quotation marks of the session's language."""
    return ("“", "”") if language() == "en" else ("«", "»")


def retold(sentence: str) -> str:
    """A sentence that was made or kept in Spanish, in the session's language where it is known."""
    return in_english.retold(sentence, language())


def filled(spanish: str, given: Mapping[str, object]) -> str:
    """`t` of what may hold sentences of others among its values, which are said in the same language."""
    if language() == "en" and spanish not in english():
        return retold(spanish.format(**given) if given else spanish)
    return t(spanish, **{name: _part(of) if name in in_english.PARTS else of for name, of in given.items()})


def refusal(error: Exception) -> str:
    """What was refused and why, in the session's language."""
    return filled(error.said, error.given) if isinstance(error, CoachError) else retold(str(error))


def _part(value: object) -> object:
    its = isinstance(value, str | Exception) and language() == "en"
    return in_english.part(str(value)) if its else value


def several(names: Sequence[str]) -> str:
    """«a, b y c»; "a, b and c"."""
    return in_english.several(names, language())


def own(spanish: str, english_text: str) -> str:
    """A label that its own file writes in both languages; Spanish where English is empty."""
    return english_text if english_text and language() == "en" else spanish


@cache
def english() -> dict[str, str]:
    """The catalogues, by Spanish sentence."""
    entries = [YAML(typ="safe").load(file.read_text(encoding="utf-8")) for file in CATALOGUES]
    return {str(spanish): str(text) for catalogue in entries for spanish, text in catalogue.items()}
