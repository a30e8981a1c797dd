"""From a recording to a judged call: the whole product in two functions, `hear` and `judge`. Read this first.

    Recording ── transcribe ──▶ Transcript ── analyze ──▶ Findings ── score ──▶ Scorecard

A worker hears a recording and then judges it (`coach.doing`). Judging is done alone for imports, and again
when rubric, models or call facts changed. A person's Review comes later and never changes what was judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import models
import nlp
from coach import unread
from coach.settings import Settings
from coach.types import Call, CoachError
from coach.unread import Unread
from rubrics.loader import HERE, PACKS, load_rubric, pack_file, reason_barred
from rubrics.scoring import score
from rubrics.types import Pack, Rubric, Scorecard
from rubrics.written import AnyForm
from transcripts.types import Recording, Transcript

Forms = tuple[Rubric, ...]  # the base form first, then those for calls of a kind
Places = Sequence[Rubric | Unread]  # the same order; a file that cannot be used keeps its place
MOST_TURNS = 20_000  # a day of talk; such a file holds many calls, and judging it would hold up the others


def hear(
    recording: Recording,
    settings: Settings,
    *,
    progress: Callable[[float], None] = lambda fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
    partial: Path | None = None,
) -> Transcript:
    """What was said in a recording.

    `progress` gets the fraction (0..1) of its seconds that are done. `partial` is a file that keeps what was
    heard, so that a run that was stopped goes on from there.
    """
    # the models load here: who only looks at results does not wait for them
    from nlp.parties import name_far_side
    from transcripts.transcribe import transcribe

    options = settings.speech_options(recording.source)
    heard = transcribe(recording, options, progress=progress, cancelled=cancelled, partial=partial)
    return name_far_side(heard)


def judge(transcript: Transcript, settings: Settings) -> Call:
    """Understand and judge what was said."""
    return judge_with(settings)(transcript)


def judge_with(settings: Settings) -> Callable[[Transcript], Call]:
    """`judge` for many calls: a form that is published meanwhile judges those that follow. RubricError for a
    call whose form or country's rules cannot be used; CoachError for one of more turns than a call has.
    """
    from nlp.analyze import analyze
    from nlp.scripts import with_scripts

    def judge(transcript: Transcript) -> Call:
        if len(transcript.turns) > MOST_TURNS:
            raise CoachError(
                "«{id}» tiene {n} turnos, y se evalúan hasta {most}. Si el archivo junta varias llamadas, "
                "pártalo en una por archivo.",
                id=transcript.recording.id,
                n=len(transcript.turns),
                most=MOST_TURNS,
            )
        findings = with_scripts(transcript, analyze(transcript, settings.slogans), settings.scripts)
        form, pack = judging(transcript.recording, settings)
        return Call(transcript, findings, score(transcript, findings, form, pack))

    return judge


def rescored(call: Call, settings: Settings) -> Call:
    """The call judged by the forms and packs of today, on what was found in it before."""
    form, pack = judging(call.transcript.recording, settings)
    return replace(call, scorecard=score(call.transcript, call.findings, form, pack))


def judging(recording: Recording, settings: Settings) -> tuple[Rubric, Pack | None]:
    """The form and the country's rules that a call is judged by today. RubricError where one of them cannot
    be used: no other takes its place.
    """
    return form_for(recording, places_of(settings)), pack_for(recording, settings)


def rubric_of(settings: Settings) -> Rubric:
    """The base form in use: by its id, one's own or Temple's, or the file that the settings name."""
    return load_rubric(form_file(settings.rubric, settings))


def forms_of(settings: Settings) -> Forms:
    """The base form; then those for calls of a kind: one's own, and those that the settings name.

    What cannot be used is left out: to judge by is what `judging` gives.
    """
    return tuple(form for form in places_of(settings) if isinstance(form, Rubric))


def places_of(settings: Settings) -> Places:
    """The base form, then those for calls of a kind, usable or not.

    One's own count from the moment they are published. Costs a look at each file (`rubrics.loader`).
    """
    base = form_file(settings.rubric, settings)
    named = [form_file(name, settings) for name in settings.rubrics_by_call]
    own = [path for path in sorted(settings.own_forms.glob("*.yaml")) if path not in (base, *named)]
    mine = [form for form in map(unread.form, own) if form.for_calls is not None]
    return (unread.form(base), *mine, *map(unread.form, named))


def unread_of(settings: Settings) -> tuple[Unread, ...]:
    """Every file of forms, countries' rules and own wordings that cannot be used, those of forms first."""
    base = form_file(settings.rubric, settings)
    named = [form_file(name, settings) for name in settings.rubrics_by_call]
    files = dict.fromkeys((base, *sorted(settings.own_forms.glob("*.yaml")), *named))
    forms = (one for one in map(unread.form, files) if isinstance(one, Unread))
    needed = {one.path for one in places_of(settings) if isinstance(one, Unread)}
    told = (
        replace(one, base=one.path == base, for_calls=one.for_calls if one.path in needed else None)
        for one in forms
    )
    return (*told, *unread.own(settings))


def form_file(name: str, settings: Settings) -> Path:
    """Where the form of this id is: among one's own, else with Temple. A path stays what it is."""
    if Path(name).suffix:
        return Path(name)
    own = settings.own_forms / f"{name}.yaml"
    return own if own.is_file() else HERE / f"{name}.yaml"


def form_for(recording: Recording, forms: Places) -> Rubric:
    """The form for a call: the first for a kind of call whose rule its facts fulfil, else the base.
    RubricError where that one cannot be used.
    """
    meant = (form for form in forms[1:] if form.for_calls is not None and form.for_calls.to(recording))
    return _usable(next(meant, forms[0]))


def form_of(scorecard: Scorecard, forms: Places) -> Rubric:
    """The form, as it is today, that a scorecard was made by. RubricError where it cannot be used."""
    name = scorecard.rubric.partition("@")[0]
    return _usable(next((form for form in forms if form.id == name), forms[0]))


def _usable(form: AnyForm | Unread) -> AnyForm:
    if isinstance(form, Unread):
        raise form.refusal()
    return form


def pack_for(recording: Recording, settings: Settings) -> Pack | None:
    """The rules of the call's country; None where the settings turn packs off. RubricError where they cannot
    be used.
    """
    if not settings.packs:
        return None
    return _usable(unread.pack(pack_file(recording.country or settings.country or None, settings.own_packs)))


def may_ask_reason(*countries: str | None) -> bool:
    """Whether an agent may ask why somebody has not paid, in every one of `countries`."""
    return not any(map(reason_barred, countries))


def judged_with(settings: Settings) -> frozenset[str]:
    """Names, as scorecards give them, of every form and pack in use today."""
    forms = {form.name for form in forms_of(settings)}
    files = {path.name: path for at in (PACKS, settings.own_packs) for path in at.glob("*.yaml")}
    packs = {pack.name for pack in map(unread.pack, files.values()) if isinstance(pack, Pack)}
    return frozenset(forms | (packs if settings.packs else {""}))


@cache
def nlp_version() -> str:
    """Twelve letters that change with anything that may change what is found: rules, word lists, taggers."""
    digest = hashlib.sha256()
    for folder in (Path(nlp.__file__).parent, Path(models.__file__).parent / "tagger"):
        for file in sorted(folder.rglob("*")):
            if file.suffix in (".py", ".yaml", ".skops", ".onnx", ".json"):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
