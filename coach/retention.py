"""How long calls are kept, by where they came from and their country; what is due goes in a run.

A rule has three ages: of the sound, of the words, of the whole call with its scores. A field left empty keeps
for ever, and so does a call that no rule is about. The nearest rule holds: of the source in that country, of
the source, of the country, of all. What came too old stays a while (`coach.ages`). Signed months are copies
of their own and stay. What is erased whole leaves a digest, so that it does not come back from where it came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, func, insert, select

from coach import ages, audit, broken_off, joined_sounds, leftovers, peaks, wiping
from coach.ages import What
from coach.holds import held
from coach.schema import recordings
from coach.schema_lists import listed
from coach.schema_privacy import gone, retention_rules
from coach.store import Store
from coach.types import CoachError
from coach.viewers import HOUSE, Viewer
from coach.workdays import begins, local_day

_DAYS_OF_MONTH = 30.4375  # the mean
_PAGE = 2000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Rule:
    """`source` and `country` "": any. An age of None: for ever."""

    source: str = ""
    country: str = ""
    audio_days: int | None = None
    transcript_days: int | None = None
    score_months: int | None = None

    @property
    def ages(self) -> dict[What, int]:
        """In days, of what does not stay for ever; the most thorough first."""
        months = None if self.score_months is None else round(self.score_months * _DAYS_OF_MONTH)
        days: dict[What, int | None] = {
            "call": months,
            "words": self.transcript_days,
            "audio": self.audio_days,
        }
        return {what: n for what, n in days.items() if n is not None}


@dataclass(frozen=True, slots=True)
class Due:
    """One call of which something is due. `held` says why it stays all the same; "" where it goes."""

    recording_id: str
    day: date
    what: tuple[What, ...]  # "call" alone where all of it is
    held: str
    unconfirmed: bool = False  # with the words goes what a failure stands on that nobody has confirmed


@dataclass(frozen=True, slots=True)
class Done:
    """What a run erased (calls by what went), what it left because of a hold, and files it may not touch,
    each with how many of the erased calls it holds. `unconfirmed`: calls that lost their words before anybody
    confirmed or dismissed a critical failure of theirs.
    """

    erased: dict[What, int]
    held: int
    left: dict[Path, int]
    failed: tuple[str, ...]
    unconfirmed: int = 0


def rules(store: Store, viewer: Viewer) -> tuple[Rule, ...]:
    """The widest first."""
    viewer.require("administer")
    with store.reading() as connection:
        return _rules(connection)


def of(store: Store, viewer: Viewer, source: str, country: str) -> Rule:
    """The rule of exactly this source and country; one without ages where there is none."""
    its = (one for one in rules(store, viewer) if (one.source, one.country) == (source, country))
    return next(its, Rule(source, country))


def overruled(rule: Rule, known: Sequence[Rule]) -> dict[What, Rule]:
    """What stays for ever by this rule, though another one limits it: only the nearest rule is looked at.

    The other is wider, or one of a country where this is one of a source: for calls of both this one holds,
    unless they have a rule of their own.
    """
    if not rule.ages:
        return {}
    both = {(one.source, one.country) for one in known if one.source and one.country}
    behind = [
        one
        for one in known
        if (one.source, one.country) != (rule.source, rule.country)
        and one.source in ("", rule.source)
        and (one.country in ("", rule.country) or (rule.source and not (rule.country or one.source)))
        and (rule.country or (rule.source, one.country) not in both)
    ]
    nearest = sorted(behind, key=lambda one: (bool(one.source), bool(one.country)))
    return {what: one for one in nearest for what in one.ages if what not in rule.ages}


def put(store: Store, viewer: Viewer, rule: Rule, *, sources: Collection[str] = ()) -> None:
    """A rule for its source and country, in the place of the one there was; without any age it goes. The
    source is one of `sources` (those of the settings), of a stored call, or of a rule there is already.
    """
    viewer.require("administer")
    ages = (rule.audio_days, rule.transcript_days, rule.score_months)
    if any(age is not None and age < 1 for age in ages):
        raise CoachError("Los plazos son números enteros desde 1; vacío es «para siempre».")
    longest, words = rule.ages.get("call"), rule.ages.get("words")
    if longest is not None and any(age > longest for age in (words or 0, rule.audio_days or 0)):
        raise CoachError("Las notas no pueden borrarse antes que el audio o el texto. Alargue su plazo.")
    if rule.source and rule.ages and rule.source not in sources:
        _check_source(store, rule.source, sources)
    r = retention_rules.c
    its = (r.source == rule.source, r.country == rule.country)
    with store.writing() as connection:
        connection.execute(delete(retention_rules).where(*its))
        if rule.ages:
            connection.execute(insert(retention_rules).values(**asdict(rule)))
        audit.record(connection, viewer, "retention.rule", "retention", **asdict(rule))


def _check_source(store: Store, source: str, sources: Collection[str]) -> None:
    """CoachError where nothing is of this source: its rule would keep and erase nothing."""
    r = recordings.c.source
    with store.reading() as connection:
        known = {*sources, *(rule.source for rule in _rules(connection) if rule.source)}
        if source in known or connection.execute(select(1).where(r == source).limit(1)).first():
            return
        known |= set(connection.scalars(select(r).where(r.is_not(None)).distinct()))
    raise CoachError(
        "Origen «{source}»: ni coach.toml ni ninguna llamada lo nombra. Hay {sources}."
        if known
        else "Origen «{source}»: ni coach.toml ni ninguna llamada lo nombra. Todavía no hay orígenes.",
        source=source,
        sources=", ".join(f"«{one}»" for one in sorted(known)[:12]),
    )


def due(store: Store, viewer: Viewer, *, today: date | None = None) -> Iterator[Due]:
    """Every call of which something is due today, the oldest first; read in pages."""
    viewer.require("administer")
    today = today or date.today()
    with store.reading() as connection:
        known = _rules(connection)
    if not any(rule.ages for rule in known):
        return
    newest = today - timedelta(days=min(min(rule.ages.values()) for rule in known if rule.ages))
    last: tuple[datetime, str] | None = None
    while True:
        with store.reading() as connection:
            rows = connection.execute(_page(newest, last)).all()
            found = [(row, *_due(row, known, today)) for row in rows]
            found = [(row, what, late) for row, what, late in found if what]
            why = held(connection, [row.id for row, *_ in found], today=today)
            words = [row.id for row, what, _ in found if {"words", "call"} & {*what}]
            silent = _unconfirmed(connection, words)
        for row, what, late in found:
            yield Due(row.id, ages.day_of(row), what, why.get(row.id, late), row.id in silent)
        if len(rows) < _PAGE:
            return
        last = (rows[-1].added_at, rows[-1].id)


def run(store: Store, viewer: Viewer, *, now: datetime | None = None) -> Done:
    """Erase what is due and not held; a call that fails costs no other. The run is in the log."""
    viewer.require("administer")
    now = now or datetime.now(UTC)
    erased: Counter[What] = Counter()
    left: Counter[Path] = Counter()
    failed, stayed, unconfirmed = [], 0, 0
    for one in list(due(store, viewer, today=local_day(now))):
        if one.held:
            stayed += 1
            continue
        try:
            left.update(_erase(store, viewer, one, now))
        except (CoachError, OSError) as error:
            failed.append(f"{one.recording_id}: {error}")
        else:
            erased.update(one.what)
            unconfirmed += one.unconfirmed
    if erased:
        leftovers.scrub(store)
    counts = {str(what): n for what, n in erased.items()}
    audit.note(store, viewer, "retention.run", "retention", **counts, held=stayed, failed=len(failed))
    return Done(dict(erased), stayed, dict(left), tuple(failed), unconfirmed)


def daily(store: Store) -> None:
    """What the worker does once a day: a run, where a rule makes anything due that is not held. What an
    interrupted job left behind goes in any case.
    """
    joined_sounds.sweep(store)
    broken_off.sweep(store)
    peaks.sweep(store)
    if any(not one.held for one in due(store, HOUSE)):
        run(store, HOUSE)


def _unconfirmed(connection: Connection, ids: Sequence[str]) -> frozenset[str]:
    """Those of these calls of which a critical failure waits for a person."""
    its = listed.c
    found: set[str] = set()
    for first in range(0, len(ids), _AT_ONCE):
        part = ids[first : first + _AT_ONCE]
        waits = select(its.recording_id).where(its.recording_id.in_(part), its.critical > 0)
        found.update(connection.execute(waits).scalars())
    return frozenset(found)


def _erase(store: Store, viewer: Viewer, one: Due, now: datetime) -> list[Path]:
    """Rows and log in one transaction, then the files: what is cut off in between is found again."""
    if not store.has(one.recording_id):
        return []  # a leg that went with its call
    recording = store.recording(one.recording_id)
    files: list[Path] = []
    with store.writing() as connection:
        if held(connection, [one.recording_id], today=local_day(now)):
            return []  # placed a moment ago
        if {"audio", "call"} & {*one.what}:
            files += wiping.sound_files(store, recording)
        if {"words", "call"} & {*one.what}:
            files += wiping.word_files(store, connection, one.recording_id)
        if "call" in one.what:
            wiping.wipe_call(connection, one.recording_id, now)
        if "audio" in one.what:
            wiping.wipe_audio(connection, one.recording_id, "retention", now)
        if "words" in one.what:
            wiping.wipe_words(connection, one.recording_id, "retention", now)
        audit.record(
            connection, viewer, "retention.erase", f"call:{one.recording_id}", what=", ".join(one.what)
        )
    return wiping.remove(store, tuple(files))[1]


def _rules(connection: Connection) -> tuple[Rule, ...]:
    r = retention_rules.c
    query = select(r.source, r.country, r.audio_days, r.transcript_days, r.score_months)
    return tuple(Rule(*row) for row in connection.execute(query.order_by(r.source, r.country)))


def _page(newest: date, last: tuple[datetime, str] | None) -> Select[Any]:
    """Calls up to that day with what went of them already, in the order in which they came."""
    r = recordings.c
    went = {what: gone.alias(f"gone_{what}") for what in ("audio", "words")}
    source = recordings
    joined = source.outerjoin(
        went["audio"], and_(went["audio"].c.recording_id == r.id, went["audio"].c.what == "audio")
    ).outerjoin(went["words"], and_(went["words"].c.recording_id == r.id, went["words"].c.what == "words"))
    query = select(
        r.id, r.source, r.country, r.call_date, r.added_at, r.audio,
        went["audio"].c.id.label("no_audio"), went["words"].c.id.label("no_words"),
    ).select_from(joined)  # fmt: skip
    before = begins(newest + timedelta(days=1))
    query = query.where(func.coalesce(r.call_date <= newest, r.added_at < before))
    if last is not None:
        query = query.where((r.added_at > last[0]) | and_(r.added_at == last[0], r.id > last[1]))
    return query.order_by(r.added_at, r.id).limit(_PAGE)


def _due(row: Row[Any], known: Sequence[Rule], today: date) -> tuple[tuple[What, ...], str]:
    rule = _rule_for(row.source or "", row.country or "", known)
    return ages.due(row, rule.ages, today) if rule else ((), "")


def _rule_for(source: str, country: str, known: Sequence[Rule]) -> Rule | None:
    fits = [r for r in known if r.source in ("", source) and r.country in ("", country)]
    return max(fits, key=lambda r: (bool(r.source), bool(r.country)), default=None)
