"""What the fields of a scenario are and may hold (`fields.yaml`), for who writes one.

described("es")     # (("id", "nombre corto: …"), …), in the order in which a scenario is written
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from drills.effects import Language
from nlp.cues import read_yaml
from nlp.labels import Text, labels
from nlp.thresholds import GRAVE
from rubrics.labels import ACTS, OBJECTIONS

CLOSES = (*GRAVE, "hedge", "hold", "none")  # acts that may stand in `reveal_on`, and open nobody up


@cache
def described(language: Language = "es") -> tuple[tuple[str, str], ...]:
    """Each field with its sentence, the ids of objections and acts with what they are called."""
    opens = tuple(act for act in ACTS if act not in CLOSES)
    lists = {"objections": _named(OBJECTIONS, language), "acts": _named(opens, language)}
    stanzas = read_yaml(Path(__file__).with_name("fields.yaml"))
    said = {name: getattr(Text.model_validate(one), language) for name, one in stanzas.items()}
    return tuple((name, _filled(text, lists)) for name, text in said.items())


def _named(ids: tuple[str, ...], language: Language) -> str:
    return ", ".join(f"`{one}` ({getattr(labels()[one].label, language).lower()})" for one in ids)


def _filled(text: str, lists: dict[str, str]) -> str:
    for name, said in lists.items():
        text = text.replace(f"{{{name}}}", said)
    return text
