"""What the review screen draws: each criterion with the machine's verdict, where it may be seen, and the
person's own; what needs a person first, the rest folded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from coach import drafts, queries
from coach.covers import shown_edits
from coach.draft_body import Draft, Rated
from coach.drafts import NOT_OPEN
from coach.settings import Settings
from coach.shield import shielded
from coach.store import Store
from coach.types import Call, CoachError, Override
from coach.viewers import Viewer
from coach.words import critical_of, forms_for, may_say, merged, stands
from rubrics.settled import Settled
from rubrics.types import Outcome, Rule
from transcripts.types import Quote


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One criterion or rule. In the blind part what the machine said is hidden."""

    criterion: str
    label: str
    label_en: str
    group: str
    help: str
    help_en: str
    critical: bool
    of_country: bool
    outcome: Outcome | None  # where it stands without the draft: an earlier review's, else the machine's
    reason: str
    evidence: tuple[Quote, ...]
    waits: bool  # for a person
    by_person: bool  # an earlier review has said so
    said: Override | None  # in this draft
    sealed: Rated | None  # what was judged blind, beside what the machine said
    first: bool  # critical failures, failures and what waits; the rest is folded
    to_confirm: bool = False  # a critical failure that nobody has confirmed yet
    counts: bool = True  # what the viewer says of it comes into force when the review ends

    @property
    def differs(self) -> bool:
        """Judged blind otherwise than by the machine: a reason is needed, or the machine's outcome taken."""
        return self.sealed is not None and self.sealed.person != self.sealed.machine


@dataclass(frozen=True, slots=True)
class Sheet:
    """`heard`: by turn, the text that the person put there, covered like the call. `before` is where the call
    stands, `after` where it would if the review ended as it is, its corrections of the transcript left out;
    both None where `hides`: in the blind part, and while the person judges the call in a calibration.
    """

    draft: Draft
    rows: tuple[SheetRow, ...]
    heard: Mapping[int, str]
    before: Settled | None = None
    after: Settled | None = None
    hides: bool = False  # what the machine said

    @property
    def missing(self) -> int:
        """Criteria of the form that a blind review still has to judge."""
        return sum(row.said is None and not row.of_country for row in self.rows) if self.draft.hides else 0


def sheet(
    store: Store, settings: Settings, viewer: Viewer, recording_id: str, *, names: bool = True
) -> Sheet:
    """The viewer's open review of a call, covered as in `releases.shown`; CoachError where none is open."""
    viewer.require("review")
    said, named = queries.call(store, viewer, recording_id), names and viewer.may("names")
    call = shielded(said, names=named)
    draft = drafts.current(store, viewer, recording_id)
    if draft is None:
        raise CoachError(NOT_OPEN)
    heard = shown_edits(said, draft.body, names=named)
    hides = drafts.hides(store, viewer, recording_id)
    form, pack = forms_for(call, settings)
    settled = stands(store, settings, call)
    before = {one.criterion for one in (call.review.overrides if call.review else ())}
    grave = critical_of(form, pack)
    sealed = {one.criterion: one for one in draft.body.sealed or ()}
    verdicts = settled.verdicts | settled.pack_verdicts
    criteria = [*form.criteria, *(pack.rules if pack else ())]
    rows = []
    for criterion in criteria:
        verdict = verdicts.get(criterion.id)
        if verdict is None or criterion.id in call.scorecard.replaced:
            continue
        open_ = verdict.outcome == "fail" or verdict.needs_review
        rows.append(
            SheetRow(
                criterion.id,
                criterion.label,
                criterion.label_en,
                criterion.group,
                criterion.help,
                criterion.help_en,
                criterion.id in grave,
                isinstance(criterion, Rule),
                None if hides else verdict.outcome,
                "" if hides else verdict.told,
                () if hides else verdict.evidence,
                not hides and verdict.needs_review,
                not hides and criterion.id in before,
                draft.body.said(criterion.id),
                None if hides else sealed.get(criterion.id),
                hides or open_,
                not hides and criterion.id in settled.to_confirm,
                criterion.id not in grave or viewer.may("confirm"),
            )
        )
    if hides:
        return Sheet(draft, tuple(rows), heard, hides=True)
    after = _after(store, settings, viewer, call, draft, grave)
    return Sheet(draft, tuple(sorted(rows, key=_weight)), heard, settled, after)


def _after(
    store: Store, settings: Settings, viewer: Viewer, call: Call, draft: Draft, grave: frozenset[str]
) -> Settled:
    verdicts = call.scorecard.shown | call.scorecard.pack_verdicts
    said = tuple(one for one in may_say(draft.body, viewer, grave) if one.criterion in verdicts)
    rated = draft.body.sealed or tuple(
        Rated(one.criterion, one.outcome, verdicts[one.criterion].outcome) for one in said
    )
    review = merged(call.review, call.id, viewer, said, draft.updated_at, draft.body)
    return stands(store, settings, replace(call, review=review), rated)


def _weight(row: SheetRow) -> int:
    """Critical failures, then failures, then what waits, then the rest; each in the order of the form."""
    if row.outcome == "fail":
        return 0 if row.critical else 1
    return 2 if row.waits else 3
