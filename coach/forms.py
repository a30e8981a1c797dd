"""Forms and country packs of one's own: drafts, what is wrong in them, putting them in use, earlier versions.

    own_forms/         in use, each form named by its id
      packs/           in use, each country's rules named by the country
      drafts/          not in use yet
      versions/ID/     every text that is or was in use, as `VERSION-DIGEST.yaml`, and `log.jsonl`

Nothing that was in use is lost. What was judged before stays as it is until `coach.rescore` is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from coach import audit, draft_files, kept
from coach.draft_files import Draft
from coach.kept import Version, alone, write
from coach.pipeline import form_file, forms_of, unread_of
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.unread import Unread
from coach.viewers import Viewer
from rubrics.loader import COMMON, HERE, PACKS, is_pack, load, load_text, shared, shared_ids
from rubrics.types import ID, Form, Mistake, Pack, Rubric, RubricError, Rule
from rubrics.yamlfile import line_of, parsed, text_of

REVIEW_AFTER = timedelta(days=365)  # a law may have changed since a rule was read
_VERSION = re.compile(r"^version:.*$", re.MULTILINE)
_HINTS = """# Quite el «#» de lo que necesite.
# for_calls: {call_type: [micro]}         # para qué llamadas es
# without: [no_lawyer]                    # criterios que no usa
# changes:
#   concise: {label: Habla breve}         # lo que cambia de un criterio
"""


@dataclass(frozen=True, slots=True)
class Published:
    """What stands in its place now. `used`: calls are judged by it, as the settings are."""

    form: Rubric | Pack
    place: Path
    used: bool


# drafts


def drafts(settings: Settings) -> tuple[Draft, ...]:
    """Every draft, the one changed last first."""
    return draft_files.drafts(_drafts(settings))


def keep_draft(settings: Settings, name: str, text: str) -> Draft:
    """Keep a text, wrong as it may be, under a name as ids are written."""
    return draft_files.keep(_drafts(settings), name, text)


def draft(settings: Settings, name: str) -> Draft | None:
    """The draft of that name, None where there is none."""
    return draft_files.draft(_drafts(settings), name)


def begin(settings: Settings, by: Viewer, form_id: str) -> Draft:
    """A draft of a form or pack in use: the one that there is, else its text, a version higher."""
    by.require("forms")
    if known := draft(settings, form_id):
        return known
    now, path = in_use(settings)[form_id]
    text = path.read_text(encoding="utf-8")
    return keep_draft(settings, form_id, _VERSION.sub(f"version: {now.version + 1}", text, count=1))


def begin_mending(settings: Settings, by: Viewer, wrong: Unread) -> Draft:
    """A draft of a form or pack that cannot be used: the one that there is, else its text as it stands."""
    by.require("forms")
    return draft(settings, wrong.id) or keep_draft(settings, wrong.id, kept.legible(wrong.path))


def begin_new(settings: Settings, by: Viewer, form_id: str, based_on: str) -> Draft:
    """A draft of a form that there is not yet, based on another. CoachError where the id is taken."""
    by.require("forms")
    if form_id in in_use(settings) or draft(settings, form_id):
        raise CoachError("«{form}» ya existe. Elija otro nombre.", form=form_id)
    label = form_id.replace("_", " ").capitalize()
    text = f"id: {form_id}\nversion: 1\nlabel: {label}\nbased_on: {based_on}\n{_HINTS}"
    return keep_draft(settings, form_id, text)


def drop_draft(settings: Settings, name: str) -> None:
    draft_files.drop(_drafts(settings), name)


def _drafts(settings: Settings) -> Path:
    return settings.own_forms / "drafts"


# in use


def in_use(settings: Settings) -> dict[str, tuple[Rubric | Pack, Path]]:
    """Every form and pack that stands ready, with its file, by id; the base form first.

    A file that does not load is left out (`coach.pipeline.unread_of`): publishing may put it right.
    """
    out: dict[str, tuple[Rubric | Pack, Path]] = {}
    for path in _files(settings):
        try:
            form = load(path)
        except RubricError:
            continue
        out.setdefault(form.id, (form, path))
    return out


def _files(settings: Settings) -> list[Path]:
    names = (settings.rubric, *settings.rubrics_by_call)
    forms = [*(form_file(name, settings) for name in names), *sorted(settings.own_forms.glob("*.yaml"))]
    packs = {path.name: path for at in (PACKS, settings.own_packs) for path in sorted(at.glob("*.yaml"))}
    return [*dict.fromkeys(forms), *packs.values()]


def due(pack: Pack, today: date | None = None) -> tuple[Rule, ...]:
    """The rules whose source was read too long ago."""
    before = (today or date.today()) - REVIEW_AFTER
    return tuple(rule for rule in pack.rules if rule.reviewed_on < before)


def is_own(path: Path, settings: Settings) -> bool:
    """Whether a form in use is one's own, not Temple's."""
    return path.is_relative_to(settings.own_forms) or path.parent not in (HERE, PACKS)


def check(text: str, settings: Settings) -> tuple[Mistake, ...]:
    """Everything that keeps `text` from being published, by line; each says what was probably meant."""
    try:
        form = _loaded(text, settings)
    except RubricError as error:
        return error.mistakes or (Mistake(1, "", str(error)),)
    return (*_steps_back(text, form, settings), *_shared(text, form, settings))


def read(text: str, settings: Settings) -> Rubric | Pack:
    """The form or pack that `text` is, to be tried; RubricError where it cannot be read."""
    return _loaded(text, settings)


def publish(store: Store, settings: Settings, text: str, by: Viewer, note: str = "") -> Published:
    """Put `text` in use from the next call on; what was in use is kept among the versions.

    RubricError tells every mistake, and what would no longer load because it is based on this: then all stays
    as it was. CoachError where the viewer has no right to it.
    """
    by.require("forms")
    with alone(settings.own_forms):
        if mistakes := check(text, settings):
            lines = "\n".join(mistake.text for mistake in mistakes)
            raise RubricError(f"{lines}\nNo se publicó. Corríjalo y vuelva a intentarlo.", mistakes)
        return _put_in_use(store, settings, text, "publish", by, note)


def versions(settings: Settings, form_id: str) -> tuple[Version, ...]:
    """Every version that is or was in use since the first was replaced, the one put in use last first."""
    now, _ = in_use(settings).get(form_id, (None, None))
    return kept.versions(_versions(settings, form_id), now.digest if now else "")


def restore(
    store: Store, settings: Settings, form_id: str, digest: str, by: Viewer, note: str = ""
) -> Published:
    """Put an earlier version in use again, as it was, with the number that it had."""
    by.require("forms")
    with alone(settings.own_forms):
        known = [one for one in versions(settings, form_id) if one.digest == digest]
        if not known:
            raise CoachError(
                "{form}: no hay ninguna versión «{version}». Vea las que hay.", form=form_id, version=digest
            )
        text = kept.text_of(_versions(settings, form_id), known[0])
        return _put_in_use(store, settings, text, "restore", by, note)


# how it is done


def _loaded(text: str, settings: Settings) -> Rubric | Pack:
    """The form that `text` is in the place that it would have; RubricError tells every mistake."""
    data = parsed(text, "borrador.yaml")
    name = str(data.get("country") or COMMON).lower() if is_pack(data) else str(data.get("id"))
    name = name if ID.fullmatch(name) else "borrador"
    return load_text(text, (settings.own_packs if is_pack(data) else settings.own_forms) / f"{name}.yaml")


def _place(form: Rubric | Pack, settings: Settings) -> Path:
    """Where a form or pack is put: the file that the settings name for its id, else among one's own."""
    if isinstance(form, Pack):
        return settings.own_packs / f"{(form.country or COMMON).lower()}.yaml"
    named = [Path(name) for name in (settings.rubric, *settings.rubrics_by_call) if Path(name).suffix]
    return next((path for path in named if _id_in(path) == form.id), settings.own_forms / f"{form.id}.yaml")


def _id_in(path: Path) -> str:
    """The id that a file gives itself, sound or not; empty where it cannot be read."""
    try:
        return str(parsed(text_of(path), path.name).get("id"))
    except RubricError:
        return ""


def _steps_back(text: str, form: Rubric | Pack, settings: Settings) -> Iterator[Mistake]:
    """An id that is taken by the other kind, or a version that is no higher than the one in use."""
    now, _ = in_use(settings).get(form.id, (None, None))
    if now is None:
        return
    data = parsed(text, "")
    if isinstance(now, Pack) != isinstance(form, Pack):
        other = "las reglas de un país" if isinstance(now, Pack) else "una pauta"
        yield Mistake(line_of(data, ["id"]), "id", f"«{form.id}» ya es el id de {other}; elija otro")
    elif form.version <= now.version:
        what = (
            f"la {form.version} no es mayor que la {now.version}, que está en uso; súbala a {now.version + 1}"
        )
        yield Mistake(line_of(data, ["version"]), "version", what)


def _shared(text: str, form: Rubric | Pack, settings: Settings) -> Iterator[Mistake]:
    """Ids that a criterion of a form and a rule of a country would share."""
    others = [one for one, _ in in_use(settings).values() if isinstance(one, Pack) != isinstance(form, Pack)]
    if isinstance(form, Pack):
        found = {name for one in others if isinstance(one, Rubric) for name in shared_ids(one, [form])}
    else:
        found = set(shared_ids(form, [one for one in others if isinstance(one, Pack)]))
    yield from shared(text, "rules" if isinstance(form, Pack) else "criteria", found)


def _put_in_use(store: Store, settings: Settings, text: str, action: str, by: Viewer, note: str) -> Published:
    form = _loaded(text, settings)
    place = _place(form, settings)
    now, file = in_use(settings).get(form.id, (None, place))
    if now is not None and now.digest not in {one.digest for one in versions(settings, form.id)}:
        at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        _keep(settings, now, file.read_text(encoding="utf-8"), at, "", "")
    before = kept.legible(place) if place.is_file() else None
    if before is not None and (
        now is None or file != place
    ):  # it did not load, so it is no version; it may still be wanted
        keep_draft(settings, f"{form.id}-anterior", before)
    known = {one.path for one in unread_of(settings)} - {place}  # as wrong as before: they hinder nothing
    write(place, text)
    try:
        for path in _files(settings):
            if path not in known:
                load(path)
    except RubricError:  # something is based on it
        write(place, before) if before is not None else place.unlink()
        raise
    _keep(settings, form, text, datetime.now(UTC), by.name, note)
    detail = {"version": form.version, "digest": form.digest, "note": note}
    audit.note(store, by, f"form.{action}", f"form:{form.id}", **detail)
    used = settings.packs if isinstance(form, Pack) else form.id in {one.id for one in forms_of(settings)}
    return Published(form, place, used)


def _keep(settings: Settings, form: Form, text: str, at: datetime, by: str, note: str) -> None:
    kept.keep(_versions(settings, form.id), text, form.version, form.digest, at, by, note)


def _versions(settings: Settings, form_id: str) -> Path:
    if not ID.fullmatch(form_id):
        raise CoachError("«{form}»: no es el id de una pauta. Vea «coach form list».", form=form_id)
    return settings.own_forms / "versions" / form_id
