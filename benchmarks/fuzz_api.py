"""The programs' door beside its own OpenAPI document: whatever is asked, the answer is one that it announces.

    python -m benchmarks.fuzz_api [--requests 2000] [--seed 1]

schemathesis makes the requests from the document, right ones and such as it forbids, with every header and
odd letter. Counted as crashes: an answer of 500 or more, a status, kind or shape of answer that the document
does not announce. Results go to benchmarks/results/fuzz-api.json.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.applications import Starlette

from coach import server, tokens
from coach.api_doc import BASE, document
from coach.settings import Settings
from coach.store import Store
from coach.viewers import HOUSE

RESULT = Path(__file__).parent / "results" / "fuzz-api.json"
PATHS = tuple(sorted(document()["paths"]))
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# what a document cannot say: which parameters go together; and that in an address a number is a word, too
UNSAID = [positive_data_acceptance, negative_data_rejection]


def ask(
    app: Any, headers: Mapping[str, str], path: str, mode: GenerationMode, requests: int, dice: int
) -> int:
    """Make about so many requests of one path; gives how many. FailureGroup where an answer is none of those
    announced.
    """
    schema = schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", _named(app), headers=dict(headers))
    made = 0

    @seed(dice)
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    @settings(
        max_examples=requests, deadline=None, database=None, phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def asked(case: schemathesis.Case) -> None:
        nonlocal made
        made += 1
        case.call_and_validate(headers=dict(headers), excluded_checks=UNSAID)

    asked()
    return made


def _named(app: Any) -> Any:
    """The door asked for by the name that it knows; schemathesis calls it another."""

    async def named(scope: Any, receive: Any, send: Any) -> None:
        headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
        await app({**scope, "headers": [*headers, (b"host", b"localhost")]}, receive, send)

    return named


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2000, help="about so many in all")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    each = max(1, options.requests // (len(PATHS) * len(MODES)))
    report: dict[str, Any] = {"seed": options.seed, "requests": 0, "crashes": 0, "told": []}
    with tempfile.TemporaryDirectory() as folder:
        given_settings = Settings(data_dir=Path(folder) / "var")
        store = Store.open(given_settings)
        door = server.guarded(Starlette(routes=server.routes(given_settings, store)), given_settings, store)
        for path in PATHS:
            for mode in MODES:
                # a token's pace is counted apart for each, so that none waits for another
                token = tokens.create(
                    store, HOUSE, f"{path} {mode.value}"[-60:], "all", per_minute=tokens.MOST_PER_MINUTE
                )
                try:
                    made = ask(door, {"Authorization": f"Bearer {token}"}, path, mode, each, options.seed)
                except FailureGroup as error:
                    made = each
                    report["crashes"] += len(error.exceptions)
                    report["told"].append(f"{path}: {error}"[:500])
                report["requests"] += made
                print(f"{path:28} {mode.value:9} {made:6} requests", flush=True)
        store.close()
    RESULT.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(f"{report['requests']} requests, {report['crashes']} crashes")
    return 1 if report["crashes"] else 0


if __name__ == "__main__":
    sys.exit(main())
