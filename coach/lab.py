"""The rubric lab: what a changed form or pack would do, before anybody is judged by it.

Labelled calls give the agreement with people before and after; stored calls show which verdicts would flip.
Findings are taken as they are, so that a thousand calls take seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, zip_longest
from typing import Any

from coach import discreet, queries
from coach.gold import GoldCall, Judged, analyzed, open_gold, read
from coach.pipeline import Places, form_for, judging, pack_for, places_of
from coach.rescore import without_words
from coach.settings import Settings
from coach.shield import cover, nameless, quote_alone, written_alone
from coach.store import Store
from coach.types import Call, CoachError
from coach.verdict_figures import verdicts
from coach.viewers import Viewer
from nlp.types import Findings
from rubrics.scoring import score
from rubrics.types import Pack, Rubric, RubricError, Scorecard, Verdict
from transcripts.types import Recording

Judging = Callable[[Recording], tuple[Rubric, Pack | None]]
"""By which form and which country's rules a call is judged."""


Labelled = Sequence[tuple[GoldCall, Findings]]


@dataclass(frozen=True, slots=True)
class Flip:
    """One verdict that a change turns; `None` where the criterion is not in that form."""

    recording_id: str
    criterion: str
    before: Verdict | None
    after: Verdict | None

    @property
    def way(self) -> str:
        """«fail→pass»."""
        return "→".join("–" if v is None else v.outcome for v in (self.before, self.after))


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do. `agreement` by criterion is (before, after), each with n and interval.

    `labelled`: how many of the calls are such as people judged for us, the rest being stored ones;
    `wordless`: stored calls that cannot be judged, as their words were erased.
    """

    calls: int
    flips: tuple[Flip, ...]
    points: tuple[tuple[float, float], ...]  # before and after, where a call has both
    agreement: dict[str, tuple[dict[str, Any], dict[str, Any]]]
    overall: tuple[dict[str, Any], dict[str, Any]] | None
    labelled: int = 0
    wordless: int = 0

    @property
    def stored(self) -> int:
        return self.calls - self.labelled

    @property
    def ways(self) -> Counter[tuple[str, str]]:
        """How many verdicts flip, by criterion and way."""
        return Counter((flip.criterion, flip.way) for flip in self.flips)


def try_draft(
    draft: Rubric | Pack,
    settings: Settings,
    store: Store,
    *,
    limit: int,
    heirs: Sequence[Rubric | Pack] = (),
    labelled: Sequence[tuple[GoldCall, Findings]] = (),
    each: Callable[[], None] = lambda: None,
) -> Trial:
    """What `draft` in the place of the present file of its id would do to the calls that it is for.

    A form is for the calls that it, or the one that it replaces, is chosen for by their facts; a pack for
    those of its country. `heirs` are those that would change with it, as they would be (`coach.heirs`): their
    calls are tried too. At most `limit` stored calls, those judged last. Labelled calls have no verdicts on
    a country's rules, so a pack is tried on stored calls alone.
    """
    before = partial(judging, settings=settings)
    after = with_draft(draft, settings, heirs)
    ids = {draft.id, *(one.id for one in heirs)}

    def concerns(recording: Recording, *_: str) -> bool:
        try:
            judged = [one for side in (before, after) for one in side(recording)]
        except RubricError:  # today nothing judges it: there is nothing to compare
            return False
        return any(one is not None and one.id in ids for one in judged)

    trial = try_change(
        before,
        after,
        calls=store.latest(limit, concerns, worded=True),
        labelled=[
            (call, found)
            for call, found in labelled
            if isinstance(draft, Rubric) and concerns(call.transcript.recording)
        ],
        each=each,
    )
    return replace(trial, wordless=without_words(store, concerns))


def with_draft(draft: Rubric | Pack, settings: Settings, heirs: Sequence[Rubric | Pack] = ()) -> Judging:
    """By which form and pack each call would be judged if `draft`, and what inherits from it, were in use."""
    if isinstance(draft, Pack):
        packs = {one.id: one for one in heirs if isinstance(one, Pack)}

        def pack(recording: Recording) -> Pack | None:
            if _is_for(draft, recording, settings):
                return draft
            now = pack_for(recording, settings)
            return packs.get(now.id, now) if now is not None else None

        return lambda recording: (judging(recording, settings)[0], pack(recording))
    new = {one.id: one for one in heirs if isinstance(one, Rubric)}
    forms: Places = places_of(settings)
    if any(form.id == draft.id for form in forms):
        forms = tuple(draft if form.id == draft.id else form for form in forms)
    elif draft.for_calls is not None:
        forms = (forms[0], draft, *forms[1:])
    else:  # a new form for every call is tried as the base form
        forms = (draft, *forms[1:])
    forms = tuple(new.get(form.id, form) for form in forms)
    return lambda recording: (form_for(recording, forms), pack_for(recording, settings))


def _is_for(draft: Pack, recording: Recording, settings: Settings) -> bool:
    now = pack_for(recording, settings)
    mine = recording.country or settings.country
    return draft.country == mine if draft.country else now is not None and now.id == draft.id


def try_change(
    before: Judging,
    after: Judging,
    *,
    calls: Iterable[Call] = (),
    labelled: Sequence[tuple[GoldCall, Findings]] = (),
    each: Callable[[], None] = lambda: None,
) -> Trial:
    """What judging by `after` would do to calls that are judged by `before` now."""
    flips: list[Flip] = []
    points = []
    count = 0
    for transcript, findings in (
        *((call.transcript, call.findings) for call in calls),
        *((call.transcript, findings) for call, findings in labelled),
    ):
        old, new = (score(transcript, findings, *side(transcript.recording)) for side in (before, after))
        flips += _flips(old, new)
        if old.points is not None and new.points is not None:
            points.append((old.points, new.points))
        count += 1
        each()
    reports = [_agreement(labelled, side) for side in (before, after)] if labelled else []
    names = list(dict.fromkeys(name for report in reports for name in report["by_criterion"]))
    return Trial(
        count,
        tuple(flips),
        tuple(points),
        {name: _both(reports, name) for name in names},
        (reports[0], reports[1]) if reports else None,
        len(labelled),
    )


def _agreement(labelled: Sequence[tuple[GoldCall, Findings]], side: Judging) -> dict[str, Any]:
    """How near the verdicts by `side` come to those of people."""
    forms = [side(call.transcript.recording)[0] for call, _ in labelled]
    cards = [
        Judged(call, found, score(call.transcript, found, form))
        for (call, found), form in zip(labelled, forms, strict=True)
    ]
    return verdicts(cards, tuple({c.id for form in forms for c in form.criteria if c.critical}))


def _both(reports: Sequence[dict[str, Any]], name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    first, second = (report["by_criterion"].get(name, {}) for report in reports)
    return first, second


def _flips(before: Scorecard, after: Scorecard) -> list[Flip]:
    """Verdicts whose outcome, or whose waiting for a person, differs. Those of the form and of the country's
    rules are compared apart: an id may be in both.
    """
    out = []
    for old, new in ((before.shown, after.shown), (before.pack_verdicts, after.pack_verdicts)):
        for name in dict.fromkeys((*old, *new)):
            one, other = old.get(name), new.get(name)
            if _told(one) != _told(other):
                out.append(Flip(before.recording_id, name, one, other))
    return out


def _told(verdict: Verdict | None) -> tuple[str, bool] | None:
    return None if verdict is None else (verdict.outcome, verdict.needs_review)


# what a screen asks

_labelled: dict[int, Labelled] = {}
LABELLED = 24  # labelled calls that a screen tries a form on: all of them take minutes


@dataclass(frozen=True, slots=True)
class Turned:
    """A flip with the call that it is of; None where that is a labelled one, or out of the viewer's reach."""

    flip: Flip
    recording: Recording | None


def labelled_calls(most: int = LABELLED, each: Callable[[], None] = lambda: None) -> Labelled:
    """Calls that people labelled, spread over all that may be looked at; empty where none came along.

    Analysed once per process: `each` is told of every call that is.
    """
    if most not in _labelled:
        paths = open_gold()
        every = max(1, sum(1 for _ in read(paths)) // most) if paths else 1
        _labelled[most] = tuple(analyzed(paths, every=every, each=each)[:most])
    return _labelled[most]


def turned(store: Store, viewer: Viewer, trial: Trial, most: int = 20) -> tuple[Turned, ...]:
    """Some flips of each criterion and way by turns, with their calls, covered as the viewer may see them."""
    kinds: dict[tuple[str, str], list[Flip]] = {}
    for flip in trial.flips:
        kinds.setdefault((flip.criterion, flip.way), []).append(flip)
    by_turns = (flip for row in zip_longest(*kinds.values()) for flip in row if flip is not None)
    found = ((flip, _reached(store, viewer, flip.recording_id)) for flip in islice(by_turns, most))
    return tuple(_covered(store, flip, recording, viewer) for flip, recording in found)


def _covered(store: Store, flip: Flip, recording: Recording | None, viewer: Viewer) -> Turned:
    if recording is None:
        return Turned(flip, None)
    names = viewer.may("names")
    health = frozenset() if viewer.may("health") else discreet.health_turns(store.call(recording.id))

    def told(verdict: Verdict | None) -> Verdict | None:
        if verdict is None:
            return None
        verdict = verdict if viewer.may("health") else discreet.unspoken(verdict, health)
        quotes = tuple(
            replace(one, text=cover(discreet.HIDDEN, len(one.text)))
            if one.turn in health
            else quote_alone(one, names=names)
            for one in verdict.evidence
        )
        said = (verdict.reason, verdict.doubt)
        reason, doubt = (written_alone(text, recording, names=names) for text in said)
        return replace(verdict, reason=reason, doubt=doubt, evidence=quotes)

    shown = replace(flip, before=told(flip.before), after=told(flip.after))
    return Turned(shown, recording if names else nameless(recording))


def _reached(store: Store, viewer: Viewer, recording_id: str) -> Recording | None:
    try:
        queries.reach(store, viewer, recording_id)
    except CoachError:
        return None
    return store.recording(recording_id)
