"""Make the demo history: transcript-only calls of invented people, one JSON object a line.

    python examples/make_history.py            # writes examples/history/demo_calls.jsonl

Two sources: calls written by hand (`history/w*.yaml`) and calls composed from pools of hand-written scenes
(`history/pools/`). Everything hangs on one seed: the same files give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from history.compose import Composer, load_pools
from history.schedule import plan
from ruamel.yaml import YAML

HISTORY = Path(__file__).parent / "history"
OUT = HISTORY / "demo_calls.jsonl"
WORDS_PER_S = 2.6
_FACTS = ("amount_due", "currency", "days_late", "product", "creditor")
_ABOUT = (
    "call_started_at",
    "agent",
    "agent_login",
    "company",
    "debtor_name",
    "country",
    "portfolio",
    "account",
    "call_type",
    "disposition",
)
_ONE_NAME = {
    "colgo": "cortada",
    "promesa_rota": "pdp_rota",
    "seguimiento_promesa": "seguimiento_pdp",
}


def read_written(folder: Path = HISTORY) -> list[dict[str, Any]]:
    """The calls written by hand, as their files hold them."""
    yaml = YAML(typ="safe")
    return [call for path in sorted(folder.glob("w*.yaml")) for call in yaml.load(path)["calls"]]


def with_times(turns: Iterable[dict[str, Any]], rng: Random, pause_s: float = 0.5) -> list[dict[str, Any]]:
    """Turns with `start` and `end` in seconds; `gap_s` of a turn (negative: talks over) wins over chance."""
    timed: list[dict[str, Any]] = []
    clock = 0.4
    for turn in turns:
        words = len(turn["text"].split())
        gap = turn.get("gap_s", round(rng.uniform(0.3, 2.2) * pause_s, 2))
        earliest = timed[-1]["start"] + 0.3 if timed else 0.0
        start = max(clock + gap, earliest)
        end = start + max(0.5, words / (WORDS_PER_S * rng.uniform(0.88, 1.14)))
        timed.append(
            {"speaker": turn["speaker"], "start": round(start, 2), "end": round(end, 2), "text": turn["text"]}
        )
        clock = max(clock, end)
    return timed


def line(call: dict[str, Any], rng: Random) -> dict[str, Any]:
    """One call as the machine interface takes it."""
    about = {key: call[key] for key in _ABOUT}
    about["disposition"] = _ONE_NAME.get(about["disposition"], about["disposition"])
    about["call_type"] = _ONE_NAME.get(about["call_type"], about["call_type"])
    facts = {key: call["facts"][key] for key in _FACTS}
    turns = with_times(call["turns"], rng, call.get("pause_s", 0.5))
    return {"id": call["id"], **about, **facts, "demo": True, "turns": turns}


def compose(rng: Random) -> list[dict[str, Any]]:
    """The calls put together from the pools, in the same form as the written ones."""
    pools = load_pools(HISTORY / "pools")
    composer = Composer(pools, rng)
    calls: list[dict[str, Any]] = []
    for planned in sorted(plan(pools, rng), key=lambda one: one.case.at):
        case = planned.case
        turns, disposition = composer.call(case)
        amount = int(case.amount) if case.amount == int(case.amount) else case.amount
        calls.append(
            {
                "id": f"h4-{len(calls) + 1:03d}",
                "call_started_at": case.at.isoformat(),
                "agent": case.agent if planned.login else None,
                "agent_login": planned.login,
                "company": case.company,
                "debtor_name": f"{case.given} {case.family[0]}",
                "country": case.country,
                "portfolio": case.portfolio["id"],
                "account": planned.account,
                "call_type": planned.call_type,
                "disposition": disposition,
                "facts": {
                    "amount_due": amount,
                    "currency": case.place["currency"],
                    "days_late": case.days_late,
                    "product": case.portfolio["product"],
                    "creditor": case.creditor,
                },
                "turns": turns,
                "pause_s": pools["agents"].get(planned.login, {}).get("pause_s", 0.5),
            }
        )
    return calls


def history(seed: int = 7) -> list[dict[str, Any]]:
    """Every call, by the instant it began."""
    rng = Random(seed)
    calls = [line(call, rng) for call in [*read_written(), *compose(rng)]]
    return sorted(calls, key=lambda one: (datetime.fromisoformat(one["call_started_at"]), one["id"]))


def write(calls: Sequence[dict[str, Any]], out: Path = OUT) -> None:
    out.write_text("".join(json.dumps(call, ensure_ascii=False) + "\n" for call in calls), encoding="utf-8")


if __name__ == "__main__":
    write(history())
