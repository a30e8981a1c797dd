"""The inbox of critical failures that no person has looked at: each with its quote, ready to be decided."""

from __future__ import annotations

from dataclasses import dataclass

from coach import blind, drafts, queries
from coach.rows import CallFilter
from coach.settings import Settings
from coach.shield import as_seen
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer
from coach.words import forms_for, stands
from rubrics.settled import Settled
from rubrics.types import Criterion, Verdict


@dataclass(frozen=True, slots=True)
class CriticalRow:
    """One failure to confirm or to dismiss."""

    call: Call
    criterion: Criterion
    verdict: Verdict
    now: Settled  # where its call stands


@dataclass(frozen=True, slots=True)
class CriticalPage:
    """`total` counts calls: one may hold several failures."""

    rows: tuple[CriticalRow, ...]
    total: int


def inbox(store: Store, settings: Settings, viewer: Viewer, *, page: int = 0, size: int = 10) -> CriticalPage:
    """One page (from 0) of calls with failures to confirm, the newest first, covered for the viewer.

    A call that the viewer is to judge blind is left out: its failure would give the answer away.
    """
    if not (viewer.may("review") or viewer.may("team")):
        raise CoachError("Su cuenta no tiene permiso para esto. Pídalo a quien administra Temple.")
    which = blind.without(store, viewer, CallFilter(critical=True))
    found = queries.calls(store, viewer, which, page=page, size=size)
    rows: list[CriticalRow] = []
    for row in found.rows:
        if drafts.hides(store, viewer, row.id):
            continue
        call = as_seen(viewer, store.call(row.id))
        settled = stands(store, settings, call)
        verdicts = settled.verdicts | settled.pack_verdicts
        form, pack = forms_for(call, settings)
        rows += [
            CriticalRow(call, criterion, verdicts[criterion.id], settled)
            for criterion in (*form.criteria, *(pack.rules if pack else ()))
            if criterion.id in settled.to_confirm
        ]
    return CriticalPage(tuple(rows), found.total)
