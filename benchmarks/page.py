"""Writes docs/measured.md, its charts and README's table of figures from benchmarks/results. A test compares.

python -m benchmarks.page
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import readme
from benchmarks.charts import Bar, bars
from nlp.labels import labels
from rubrics.loader import load_rubric

ROOT = Path(__file__).resolve().parents[1]
RESULTS, DOCS = ROOT / "benchmarks" / "results", ROOT / "docs"
README = ROOT / "README.md"
MARKED = re.compile(r"(<!-- measured -->\n).*?(<!-- end of measured -->)", re.S)
SCREEN_BAR_MS = 300

HEAD = """\
# Measured

Every figure with the command that repeats it. `make bench` runs them all and writes the results to
`benchmarks/results/`; this page and README's table are made from those files by `python -m benchmarks.page`.
Intervals are 95 %. No author of a test line wrote a training line or a rule. What the figures do not say:
[limits](limits.md). How to read an evaluation: [evaluation](evaluation.md).
"""


def results() -> dict[str, Any]:
    """Every result by its file's name."""
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(RESULTS.glob("*.json"))
    }


def files(found: Mapping[str, Any]) -> dict[Path, str]:
    """What is to be written: the page and its charts, and README with its table."""
    charts = dict(_charts(found))
    out = {DOCS / "charts" / f"{name}.svg": svg for name, (_, svg) in charts.items()}
    out[DOCS / "measured.md"] = _page(found, {name: title for name, (title, _) in charts.items()})
    table = _table(("what", "figure", "command"), readme.rows(found))
    out[README] = MARKED.sub(lambda found: f"{found[1]}{table}{found[2]}", README.read_text(encoding="utf-8"))
    return out


def _page(found: Mapping[str, Any], charts: Mapping[str, str]) -> str:
    parts = [
        HEAD,
        "\n## In short\n\n",
        _table(("what", "figure", "command"), map(_from_docs, readme.rows(found))),
    ]
    for name, title in charts.items():
        parts.append(f"\n## {title}\n\n![{title}](charts/{name}.svg)\n")
    parts += ["\n## Spoilt files and long runs\n\n", _table(("what", "figure", "command"), _endured(found))]
    evaluated = found["eval"]["calls"]
    for kind in ("objections", "acts"):
        parts += [f"\n## {kind.capitalize()}, label by label\n\n", _labels(evaluated[kind]["per_turn"])]
    parts += ["\n## Verdicts, criterion by criterion\n\n", _criteria(found["verdicts"]["by_criterion"])]
    return "".join(parts)


def _endured(found: Mapping[str, Any]) -> Iterable[readme.Row]:
    """What was tried to break it, and what came of it."""
    files, door, soak = found["fuzz"], found["fuzz-api"], found["soak"]
    said = f"{files['inputs']:,} inputs, {files['crashes']} crashes"
    yield f"spoilt files, {len(files['readers'])} readers", said, "`python -m benchmarks.fuzz`"
    if led := found.get("fuzz-led"):
        said = f"{led['inputs']:,} inputs, {led['crashes']} crashes"
        yield (
            f"the same led by coverage, {len(led['readers'])} readers",
            said,
            "`python -m benchmarks.fuzz_led`",
        )
    said = f"{door['requests']:,} requests, {door['crashes']} answers that the document does not announce"
    yield "the programs' door by its OpenAPI document", said, "`python -m benchmarks.fuzz_api`"
    for name in ("uploads", "screens"):
        one = soak[name]
        said = f"{one['kb_each']:+.0f} KB each in the second half, {one['files_more']} files left open"
        yield f"{one['count']:,} {name}", said, "`python -m benchmarks.soak`"
    crowd, long, many = soak["sessions"], soak["recording"], soak["transcript"]
    said = f"median {crowd['median_ms']:.0f} ms, p95 {crowd['p95_ms']:.0f} ms"
    yield f"{crowd['people']} people at once", said, "`python -m benchmarks.soak`"
    said = f"read in {long['seconds']:.0f} s, {long['more_mb']:.0f} MB more memory"
    yield f"a recording of {long['hours']:g} hours", said, "`python -m benchmarks.soak`"
    yield (
        f"a transcript of {many['turns']:,} turns",
        f"kept in {many['kept_s']:.0f} s",
        "`python -m benchmarks.soak`",
    )


def _from_docs(row: readme.Row) -> readme.Row:
    what, figure, command = row
    return what, figure, command.replace("](", "](../")


def _labels(by_label: Mapping[str, Any]) -> str:
    known = labels()
    named = {**known.objections, **known.acts}
    rows = (
        (
            named[name].label.en if name in named else name,
            str(one["n"]),
            _two(one["precision"]),
            _two(one["recall"]),
            f"{_two(one['f1'])} ({'–'.join(map(_two, one['interval'] or (None, None)))})",
        )
        for name, one in by_label.items()
    )
    return _table(("label", "n", "precision", "recall", "F1 per turn"), rows)


def _two(value: float | None) -> str:
    """«–» where there is nothing to divide by."""
    return "–" if value is None else f"{value:.2f}"


def _criteria(by_criterion: Mapping[str, Any]) -> str:
    named = {one.id: one.label_en for one in load_rubric().criteria}
    rows = (
        (
            named.get(name, name),
            str(one["n"]),
            f"{100 * one['accuracy']:.0f} % ({100 * one['interval'][0]:.0f}–{100 * one['interval'][1]:.0f})",
            ", ".join(f"{kind} {n}" for kind, n in sorted(one["wrong"].items())),
        )
        for name, one in by_criterion.items()
    )
    return _table(("criterion", "n", "right", "where wrong: a person's word → ours"), rows)


def _charts(found: Mapping[str, Any]) -> Iterable[tuple[str, tuple[str, str]]]:
    named = {one.id: one.label_en for one in load_rubric().criteria}
    judged = found["verdicts"]
    for name, title, parts in (
        ("criteria", "Verdicts that agree with a person's, by criterion (%)", judged["by_criterion"]),
        ("countries", "Verdicts that agree with a person's, by country (%)", judged["countries"]),
    ):
        rows = [
            Bar(
                named.get(key, key),
                100 * one["accuracy"],
                100 * one["interval"][0],
                100 * one["interval"][1],
                f"{100 * one['accuracy']:.0f} % of {one['n']}",
            )
            for key, one in sorted(parts.items(), key=lambda item: -item[1]["accuracy"])
        ]
        yield name, (title, bars(title, rows, start=60, end=100, aim=93))
    title = f"Slowest screens on {found['screens']['calls']:,} calls: ms waited for the store, median and p95"
    slowest = sorted(found["screens"]["screens"], key=lambda one: -one["ms"])[:16]
    yield (
        "screens",
        (
            title,
            bars(
                title,
                [
                    Bar(
                        f"{one['screen'][:28]} · {one['role']}",
                        one["ms"],
                        one["ms"],
                        one["p95_ms"],
                        f"{one['ms']:.0f} ms",
                    )
                    for one in slowest
                ],
                start=0,
                end=800,
                aim=SCREEN_BAR_MS,
            ),
        ),
    )
    title = "Does more corpus help? F1 per turn of the linear tagger by turns it was taught with"
    rows = [
        Bar(f"{side}, {point['turns']:,} turns", point["f1"], told=f"{point['f1']:.3f}")
        for side in ("agent", "debtor")
        for point in found["curve"][side]["points"]
    ]
    yield "curve", (title, bars(title, rows, start=0.3, end=0.8))


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = tuple(titles)
    lines = [f"| {' | '.join(names)} |", f"|{'---|' * len(names)}"]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def main() -> None:
    for file, text in files(results()).items():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
