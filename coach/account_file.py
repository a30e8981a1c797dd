"""Everything about one account's calls, for a complaint: gathered as its viewer may see it.

Names stay, for the file is for the complaint's owner and the authority; every number that was said is masked,
for it may be somebody else's.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from coach import dispute_rows, owners, releases, review_steps
from coach.audit import Entry, of_subjects
from coach.dispute_rows import DisputeRow
from coach.pipeline import pack_for
from coach.review_steps import Step
from coach.schema import findings, recordings
from coach.schema_lists import listed
from coach.settings import Settings
from coach.store import Store
from coach.types import Call, CoachError
from coach.viewers import Viewer, visible
from coach.words import forms_for
from rubrics.settled import Settled
from rubrics.types import Criterion, Pack, Rubric
from transcripts.types import Recording


@dataclass(frozen=True, slots=True)
class FiledCall:
    """One judged call of the account."""

    call: Call
    now: Settled
    form: Rubric
    pack: Pack | None
    rules: Pack | None  # of the call's country as they hold today, judged by them or not
    nlp_version: str
    disputes: tuple[DisputeRow, ...]
    steps: tuple[Step, ...]  # what each person said of it

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Those with a verdict, the country's rules last."""
        known = (*self.form.criteria, *(self.pack.rules if self.pack else ()))
        held = self.now.verdicts | self.now.pack_verdicts
        return tuple(one for one in known if one.id in held)


@dataclass(frozen=True, slots=True)
class AccountFile:
    """The account's calls in the order in which they were made, and who had access to them."""

    account: str
    calls: tuple[FiledCall, ...]
    unjudged: tuple[Recording, ...]  # taken in, but without a transcript or verdicts yet
    accesses: tuple[Entry, ...]  # the oldest first

    @property
    def debtor(self) -> str:
        names = (one.call.transcript.recording.debtor_name for one in self.calls)
        return next((name for name in names if name), "")


def may_file(viewer: Viewer) -> bool:
    """Leads, analysts and who administers: each of the calls in their reach."""
    return viewer.may("export") and viewer.may("release")


def account_file(store: Store, settings: Settings, viewer: Viewer, account: str) -> AccountFile:
    """CoachError where the viewer may not, no call in reach is of the account, or one of them is still to be
    judged blind by the viewer.
    """
    viewer.require("export")
    viewer.require("release")
    account = account.strip()
    rows = select(recordings.c.id, listed.c.scorecard_id, findings.c.nlp_version)
    joined = recordings.outerjoin(listed, listed.c.recording_id == recordings.c.id)
    joined = joined.outerjoin(findings, findings.c.id == listed.c.findings_id)
    rows = rows.select_from(joined).where(recordings.c.account == account, *visible(viewer))
    rows = rows.order_by(recordings.c.call_started_at, recordings.c.call_date, recordings.c.id)
    with store.reading() as connection:
        found = connection.execute(rows).all() if account else []
    if not found:
        raise CoachError(
            "Cuenta «{account}»: no hay ninguna llamada suya a su alcance. Revise el número de cuenta.",
            account=account,
        )
    judged = tuple(
        _filed(store, settings, viewer, row.id, row.nlp_version)
        for row in found
        if row.scorecard_id is not None
    )
    waiting = [row.id for row in found if row.scorecard_id is None]
    bare = tuple(owners.with_agent(store, store.recording(one)) for one in waiting)
    accesses = of_subjects(store, [f"call:{row.id}" for row in found])
    return AccountFile(account, judged, bare, accesses)


def _filed(
    store: Store, settings: Settings, viewer: Viewer, recording_id: str, nlp_version: str
) -> FiledCall:
    call = owners.named(store, releases.shown(store, settings, viewer, recording_id))
    now = releases.standing(store, settings, viewer, recording_id)
    if now is None:
        raise CoachError(
            "{call}: usted la revisa a ciegas. Termine su revisión y pida el expediente después.",
            call=recording_id,
        )
    form, pack = forms_for(call, settings)
    of_call = dispute_rows.of_call(store, viewer, recording_id)
    rules = pack_for(call.transcript.recording, settings)
    steps = review_steps.of_call(store, recording_id)
    return FiledCall(call, now, form, pack, rules, nlp_version, of_call, steps)
