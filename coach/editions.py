"""By which form and rules, and which edition of them, calls were judged: points of two editions tell two
different things, and whoever compares them has to know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from coach.queries import where
from coach.rows import CallFilter
from coach.schema import scorecards
from coach.schema_lists import listed
from coach.store import Store
from coach.viewers import Viewer, visible

_JUDGED = listed.join(scorecards, scorecards.c.id == listed.c.scorecard_id)
_AT_ONCE = 500  # calls in one query
_DIGITS = 4  # of a digest, where the version's number does not tell two apart


def of_calls(store: Store, viewer: Viewer, recording_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The form and the country's rules, as scorecards name them, of each of these calls in reach; "" where no
    rules were applied.
    """
    names = listed.c.recording_id, scorecards.c.rubric, scorecards.c.pack
    query = select(*names).select_from(_JUDGED).where(listed.c.recording_id.in_(recording_ids))
    with store.reading() as connection:
        return {row[0]: (row[1], row[2]) for row in connection.execute(query.where(*visible(viewer, listed)))}


def mixed(store: Store, viewer: Viewer, which: CallFilter) -> tuple[str, ...]:
    """Of each form or pack that judged these calls in more than one edition, all of them: «cobranza@1»."""
    names = scorecards.c.rubric, scorecards.c.pack
    query = select(*names).select_from(_JUDGED).where(*where(viewer, which)).group_by(*names)
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return _several({name for row in rows for name in row if name})


def mixed_in(store: Store, viewer: Viewer, recording_ids: Sequence[str]) -> tuple[str, ...]:
    """The same of these calls."""
    names: set[str] = set()
    for start in range(0, len(recording_ids), _AT_ONCE):
        of = of_calls(store, viewer, recording_ids[start : start + _AT_ONCE])
        names |= {name for both in of.values() for name in both if name}
    return _several(names)


def _several(names: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, set[str]] = {}
    for name in sorted(names):
        found.setdefault(name.partition("@")[0], set()).add(name)
    return tuple(one for names in found.values() if len(names) > 1 for one in sorted(_short(names)))


def two(names: tuple[str, str]) -> tuple[str, str]:
    """Two of these, as shortly as they can be told apart."""
    one, *rest = _short(dict.fromkeys(names))
    return one, (rest or [one])[0]


def _short(names: Iterable[str]) -> Iterable[str]:
    """Without the digest, but where two differ in nothing else."""
    by_version: dict[str, list[str]] = {}
    for name in names:
        by_version.setdefault(name.partition("+")[0], []).append(name.partition("+")[2])
    for version, digests in by_version.items():
        yield from ([version] if len(digests) == 1 else (f"{version}+{one[:_DIGITS]}" for one in digests))
