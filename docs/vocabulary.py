"""Writes docs/vocabulary.md from the base form and the labels. A test compares the two."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from nlp.labels import labels  # noqa: E402 - the folder of the project comes first
from rubrics.loader import load_rubric  # noqa: E402

PAGE = ROOT / "docs" / "vocabulary.md"
HEAD = """\
# Criteria, objections and acts

What the base form judges and what is found in a call, by their ids. Made by `python docs/vocabulary.py`
from `rubrics/cobranza.yaml` and `nlp/labels.yaml`: change those. How a check works:
[rubric files](rubric-files.md); the rules of each country: [country packs](country-packs.md); what to say
to an objection: [the playbook](playbook.md).
"""


def page() -> str:
    parts = [
        HEAD,
        "\n## Criteria\n\n",
        *_table(
            ("id", "Spanish", "English", "group", "weight", "what it asks (es)", "not applicable when"),
            _criteria(),
        ),
    ]
    known = labels()
    for title, named in (("Objections", known.objections), ("Acts of the agent", known.acts)):
        rows = (
            (f"`{name}`", one.label.es, one.label.en, one.definition.en, f"«{one.examples[0]}»")
            for name, one in named.items()
        )
        parts += [f"\n## {title}\n\n", *_table(("id", "Spanish", "English", "meaning", "for example"), rows)]
    return "".join(parts)


def _criteria() -> Iterator[tuple[str, ...]]:
    for one in load_rubric().criteria:
        weight = "critical" if one.critical else f"{one.weight:g}"
        unless = ", ".join(f"`{name}`" for name in one.na_when) or "never"
        yield f"`{one.id}`", one.label, one.label_en, one.group, weight, one.help_en, unless


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = tuple(titles)
    yield f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
