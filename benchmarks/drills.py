"""How far the simulated debtor tells good calls from bad ones: talks that people wrote, played and counted.

    python -m benchmarks.drills talk quincena_corta replies.txt   # the talk so far: one reply a line
    python -m benchmarks.drills score talks.jsonl                 # {"scenario", "style", "replies"} a line

Whoever writes replies sees what `talk` shows, and neither rules nor playbook.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from drills.drill import Attempt, Drill, Play, replayed
from drills.formats import FORMATS
from drills.grade import Tools, grade
from drills.loader import load_lines, load_scenarios
from rubrics.case_words import sum_in_words
from rubrics.loader import load_rubric
from rubrics.playbook import load_playbook

DAY = datetime.date(2025, 11, 10)
SEED = 1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    talk = commands.add_parser("talk", help="show the case and the talk so far")
    talk.add_argument("scenario")
    talk.add_argument("replies", type=Path, nargs="?")
    commands.add_parser("score", help="play talks and count").add_argument("talks", type=Path)
    chosen = parser.parse_args()
    if chosen.command == "score":
        lines = chosen.talks.read_text(encoding="utf-8").splitlines()
        print(json.dumps(scored([json.loads(line) for line in lines if line.strip()]), indent=2))
        return
    said = chosen.replies.read_text(encoding="utf-8").splitlines() if chosen.replies else []
    tools = _tools()
    print(shown(replayed(_call(chosen.scenario, tools), [one for one in said if one.strip()], tools.book)))


def scored(talks: Sequence[dict[str, object]]) -> dict[str, dict[str, object]]:
    """By style: how many talks reached their goal, of how many, and which did not."""
    tools = _tools()
    won: dict[str, dict[str, bool]] = defaultdict(dict)
    for talk in talks:
        replies = tuple(map(str, talk["replies"]))  # type: ignore[call-overload]
        given = grade(_call(str(talk["scenario"]), tools), Attempt(replies), tools)
        won[str(talk["style"])][str(talk["scenario"])] = bool(given.won)
    return {
        style: {
            "won": sum(by.values()),
            "n": len(by),
            "lost": sorted(name for name, ok in by.items() if not ok),
        }
        for style, by in sorted(won.items())
    }


def shown(play: Play) -> str:
    """The case as a trainee knows it, and what was said."""
    case = play.drill.scenario
    assert case is not None
    owed = sum_in_words(case.amount, case.currency, case.country)
    offers = "; ".join(case.authorized_offers) or "ninguna"
    head = (
        f"Hoy es {DAY.isoformat()} (lunes). País {case.country}. Usted llama de {case.agent_company} a "
        f"{case.debtor_name}: {case.product} de {case.creditor}, {owed}, {case.days_late} días de atraso. "
        f"Ofertas autorizadas: {offers}."
    )
    said = [f"{'USTED' if turn.speaker == 'agent' else 'CONTESTA'}: {turn.text}" for turn in play.turns]
    return "\n".join([head, *said, *(["(terminó)"] if play.over else [])])


def _call(scenario: str, tools: Tools) -> Drill:
    case = load_scenarios()[scenario]
    return FORMATS["whole_call"].build(case, SEED, DAY, tools.book, tools.playbook)


def _tools() -> Tools:
    return Tools(load_lines(), load_playbook(), load_rubric())


if __name__ == "__main__":
    main()
