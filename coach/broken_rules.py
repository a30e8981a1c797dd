"""A country's rules that people found broken: no form has them, and they void a call all the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import select

from coach import criticals
from coach.queries import where
from coach.rows import CallFilter
from coach.schema_lists import listed
from coach.settings import Settings
from coach.store import Store
from coach.viewers import Viewer
from rubrics.types import Rule

_AT_ONCE = 500  # ids in one query


@dataclass(frozen=True, slots=True)
class Broken:
    """In how many calls: by dialler login; those of nobody are in `calls` alone."""

    rule: Rule
    by_login: Counter[str] = field(default_factory=Counter)
    calls: int = 0


def confirmed(store: Store, settings: Settings, viewer: Viewer, which: CallFilter) -> tuple[Broken, ...]:
    """Of these calls, most often broken first."""
    void = select(listed.c.recording_id, listed.c.agent_login).where(listed.c.void, *where(viewer, which))
    with store.reading() as connection:
        logins = {row.recording_id: row.agent_login for row in connection.execute(void)}
    ids = list(logins)
    rules: dict[str, Rule] = {}
    found: dict[str, Counter[str | None]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        named = criticals.confirmed(store, settings, viewer, ids[start : start + _AT_ONCE])
        for one, failed in named.items():
            for rule in failed:
                if isinstance(rule, Rule):
                    rules.setdefault(rule.id, rule)
                    found.setdefault(rule.id, Counter())[logins[one]] += 1
    told = [
        Broken(rules[name], Counter({login: n for login, n in each.items() if login}), each.total())
        for name, each in found.items()
    ]
    return tuple(sorted(told, key=lambda one: (-one.calls, one.rule.id)))
