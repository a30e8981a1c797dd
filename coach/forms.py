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

from coach import audit, draft_files, heirs, kept
from coach.draft_files import Draft
from coach.form_places import files, loaded, place_of
from coach.kept import Version, alone, write
from coach.pipeline import forms_of
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.unread import Unread
from coach.viewers import Viewer
from rubrics.ids import ID
from rubrics.loader import HERE, PACKS, is_pack, load
from rubrics.types import Form, Mistake, Pack, Rubric, RubricError, Rule
from rubrics.written import shared, written_ids
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
    """What stands in its place now. `used`: calls are judged by it, as the settings are. `heirs`: what
    inherits from it and so changed with it.
    """

    form: Rubric | Pack
    place: Path
    used: bool
    heirs: tuple[Rubric | Pack, ...] = ()


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
    for path in files(settings):
        try:
            form = load(path)
        except RubricError:
            continue
        out.setdefault(form.id, (form, path))
    return out


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
        form = loaded(text, settings)
    except RubricError as error:
        return (*(error.mistakes or (Mistake(1, "", str(error)),)), *_shared(text, None, settings))
    broken = heirs.broken(heirs.of_text(text, form, settings), form, text)
    return (*_steps_back(text, form, settings), *_shared(text, form, settings), *broken)


def inheriting(settings: Settings, form_id: str) -> tuple[Rubric | Pack, ...]:
    """What is in use and inherits from the form or pack of this id."""
    return heirs.of(in_use(settings).values(), form_id)


def read(text: str, settings: Settings) -> Rubric | Pack:
    """The form or pack that `text` is, to be tried; RubricError where it cannot be read."""
    return loaded(text, settings)


def publish(store: Store, settings: Settings, text: str, by: Viewer, note: str = "") -> Published:
    """Put `text` in use from the next call on; what was in use is kept among the versions.

    RubricError tells every mistake, and what could not be used any more because it is based on this: then all
    stays as it was. CoachError where the viewer has no right to it.
    """
    by.require("forms")
    with alone(settings.own_forms):
        if mistakes := check(text, settings):
            raise _refused(settings, text, mistakes)
        return _put_in_use(store, settings, text, "publish", by, note)


def versions(settings: Settings, form_id: str) -> tuple[Version, ...]:
    """Every version that is or was in use since the first was replaced, the one put in use last first."""
    now, _ = in_use(settings).get(form_id, (None, None))
    return kept.versions(_versions(settings, form_id), now.digest if now else "")


def made_by(settings: Settings, name: str) -> tuple[str, str]:
    """Of a form as a scorecard names it: its id and version, and what it was based on then («cobranza 2»)."""
    said, _, digest = name.partition("+")
    form_id = said.partition("@")[0]
    now, _ = in_use(settings).get(form_id, (None, None))
    if now is not None and now.name == name:
        return said, now.over
    known = kept.versions(_versions(settings, form_id), "") if ID.fullmatch(form_id) else ()
    return said, next((one.over for one in known if one.digest == digest), "")


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
        _changes_something(settings, form_id, known[0], text)
        if mistakes := heirs.breaks(text, settings):
            raise _refused(settings, text, mistakes)
        return _put_in_use(store, settings, text, "restore", by, note)


# how it is done


def _refused(settings: Settings, text: str, mistakes: tuple[Mistake, ...]) -> RubricError:
    """What was not put in use, why, and what goes on being used."""
    try:
        data = dict(parsed(text, "borrador.yaml"))
    except RubricError:
        data = {}
    name = str(data.get("id", ""))
    now, _ = in_use(settings).get(name, (None, None))
    what = f" «{name}», versión {data.get('version')}" if name else ""
    stays = f" Sigue en uso la versión {now.edition}." if now else ""
    end = f"No se publicó{what}.{stays} Corríjalo y vuelva a intentarlo."
    return RubricError("\n".join([*(one.text for one in mistakes), end]), mistakes)


def _changes_something(settings: Settings, form_id: str, wanted: Version, text: str) -> None:
    """CoachError where the text is in use already and only what it is based on was another then."""
    now, path = in_use(settings).get(form_id, (None, None))
    if now is None or path is None or now.digest == wanted.digest or text_of(path) != text:
        return
    raise CoachError(
        "{form}: esa versión dice lo mismo que la que está en uso; lo que cambió es aquello en que se basa "
        "({base}). Vuelva a poner en uso la versión anterior de eso.",
        form=form_id,
        base=now.over,
    )


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


def _shared(text: str, form: Rubric | Pack | None, settings: Settings) -> Iterator[Mistake]:
    """Ids that a criterion of a form and a rule of a country would share; where the text is no form yet
    (None), of those that it writes.
    """
    try:
        data = parsed(text, "")
    except RubricError:
        return
    key, others = ("rules", "criteria") if is_pack(data) else ("criteria", "rules")
    ids = {one.id for one in getattr(form, key)} if form else written_ids(data, key)
    taken = {one.id for its, _ in in_use(settings).values() for one in getattr(its, others, ())}
    yield from shared(text, key, ids & taken)


def _put_in_use(store: Store, settings: Settings, text: str, action: str, by: Viewer, note: str) -> Published:
    """Write it. What inherits from it has a new version as well, though its text is the same."""
    form = loaded(text, settings)
    place = place_of(form, settings)
    found = heirs.of_text(text, form, settings)
    now, file = in_use(settings).get(form.id, (None, place))
    for old, path in ((now, file), *((one.before, one.path) for one in found)):
        if old is not None and old.digest not in {one.digest for one in versions(settings, old.id)}:
            _keep(settings, old, text_of(path), datetime.fromtimestamp(path.stat().st_mtime, UTC), "", "")
    before = kept.legible(place) if place.is_file() else None
    if before is not None and (
        now is None or file != place
    ):  # it did not load, so it is no version; it may still be wanted
        keep_draft(settings, f"{form.id}-anterior", before)
    write(place, text)
    _keep(settings, form, text, datetime.now(UTC), by.name, note)
    changed = tuple(new for one in found for new in one.changed)
    for new, path in ((new, one.path) for one in found for new in one.changed):
        _keep(settings, new, text_of(path), datetime.now(UTC), by.name, note)
    detail = {"version": form.version, "digest": form.digest, "note": note}
    with_it = {"with_it": [new.name for new in changed]} if changed else {}
    audit.note(store, by, f"form.{action}", f"form:{form.id}", **detail, **with_it)
    used = settings.packs if isinstance(form, Pack) else form.id in {one.id for one in forms_of(settings)}
    return Published(form, place, used, changed)


def _keep(settings: Settings, form: Form, text: str, at: datetime, by: str, note: str) -> None:
    folder = _versions(settings, form.id)
    kept.keep(folder, text, form.version, form.digest, at, by, note, over=form.over)


def _versions(settings: Settings, form_id: str) -> Path:
    if not ID.fullmatch(form_id):
        raise CoachError("«{form}»: no es el id de una pauta. Vea «coach form list».", form=form_id)
    return settings.own_forms / "versions" / form_id
