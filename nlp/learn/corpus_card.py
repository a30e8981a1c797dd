"""The corpus's card: how it was made, and its counts, written anew from the files.

python -m nlp.learn.corpus_card        # writes nlp/corpus/CARD.md
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from nlp.learn.examples import CORPUS, LABELS, Example, read_examples

HEAD = """# The labelled corpus

Invented debt-collection calls in Spanish and single utterances, written by hand for this project; no
recording of a real person stands behind any line. Licence: Apache-2.0, as the project's.

**How it was made.** Most of it are whole dialogues, each written from a situation of life (who owes,
why, in what mood; what kind of agent calls), by writers who did not have the labels in mind; a quarter
is written as a mediocre speech recogniser would print it. Afterwards readers who had not written them
labelled every turn by the public definitions and marked the words that carry each label; they also
marked how each objection was met and the promise. The rest are single utterances (files `u…`): contrast
sets, near misses and hard negatives, labelled by their writers; w68 to w73 are such sets too, as
stretches of calls. The labels of w54 to w67 were read a third time, beside older dialogues. Of the whole
dialogues w74 to w88 neither promise nor answers are labelled (`part`, as with the stretches).

**Readings.** The dialogues of d1, d2, d3 and of the sealed test were read by two readers independently,
their differences settled by a third; those of d4 and of training by one reader, whose every label a
second reader went over with the text and the definitions, adding what was missed (about one label in
two calls) and taking out what was wrong. How far two readers agree (F1 of one against the other, per
turn): {agreement}.

**Splits.** By author: nobody who wrote a dev or test line wrote a training line. The training lines are
here, the dev dialogues too (files `d…`, with their verdicts in `tests/gold`); the sealed test lies in
`tests/gold/calls_t*.jsonl` and is opened once per release (log below). Hardly two turns of seven words
or more share 70 % of their character 5-grams, but for what one speaker repeats within a call
(`nlp.learn.duplicates`, under test).
"""
AGREEMENT = (
    "objections 0.87 (d1) and 0.94 (d3), acts 0.95 and 0.94; verdicts 0.95 and 0.99; promises 19 and 20 of 20"
)


def card(examples: Sequence[Example], opened: str) -> str:
    """The card as Markdown; `opened` is the log of openings of the sealed test."""
    head = HEAD.format(agreement=AGREEMENT)
    log = ["## Openings of the sealed test", "", opened.strip(), ""]
    return "\n".join([head, *_sizes(examples), *_labels(examples), *log])


def _sizes(examples: Sequence[Example]) -> list[str]:
    rows = [
        "## Size",
        "",
        "| | calls | utterances | agent turns | debtor and other turns |",
        "|---|---|---|---|---|",
    ]
    groups = {
        "train": [e for e in examples if e.split == "train"],
        "dev": [e for e in examples if e.split == "dev"],
        "clean": [e for e in examples if e.noise == "clean"],
        "as a recogniser writes": [e for e in examples if e.noise == "asr"],
    }
    groups |= {
        f"author {name}": [e for e in examples if e.author == name]
        for name in sorted({e.author for e in examples})
    }
    groups |= {
        name: [e for e in examples if e.country == name] for name in sorted({e.country for e in examples})
    }
    for name, some in groups.items():
        turns = [t for e in some for t in e.turns]
        agent = sum(t.side == "agent" for t in turns)
        calls = sum(e.kind == "call" for e in some)
        rows.append(f"| {name} | {calls} | {len(some) - calls} | {agent} | {len(turns) - agent} |")
    return [*rows, ""]


def _labels(examples: Sequence[Example]) -> list[str]:
    rows = ["## Labels", "", "| label | train, calls | train, utterances | dev |", "|---|---|---|---|"]
    counts: Counter[tuple[str, str]] = Counter()
    for example in examples:
        place = "dev" if example.split == "dev" else example.kind
        counts.update((label, place) for turn in example.turns for label in turn.ids)
    rows += [f"| `{x}` | {counts[x, 'call']} | {counts[x, 'turn']} | {counts[x, 'dev']} |" for x in LABELS]
    return [*rows, ""]


def main() -> None:
    path = CORPUS / "CARD.md"
    log = (
        path.read_text(encoding="utf-8").split("## Openings of the sealed test")[-1] if path.exists() else ""
    )
    path.write_text(card(read_examples(), log or "Not opened yet."), encoding="utf-8")


if __name__ == "__main__":
    main()
