"""Scenarios to practise on: those that come with Temple, and over them a house's own.

    data_dir/scenarios/      in use, each named by its id
      drafts/                not in use yet
      versions/ID/           every text that is or was in use, as `VERSION-DIGEST.yaml`, and `log.jsonl`

An own scenario goes before Temple's of that id. One that does not load is left out, and `troubles` says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from coach import assignment_rows, audit, draft_files, kept
from coach.draft_files import Draft
from coach.kept import Version, alone, write
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from coach.viewers import Viewer
from drills.drill import FormatId, Play, begin_play, say
from drills.effects import Language
from drills.fields import described
from drills.formats import FORMATS
from drills.loader import SCENARIOS, check_scenario, load_lines, load_scenario, load_scenarios
from drills.scenario import DrillError, Scenario
from rubrics.ids import ID
from rubrics.playbook import load_playbook
from rubrics.types import Mistake
from rubrics.yamlfile import line_of, parsed

_ID_LINE = re.compile(r"^id:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Known:
    """A scenario in use. `own`: the house's, not Temple's."""

    scenario: Scenario
    path: Path
    own: bool


def scenarios(settings: Settings) -> dict[str, Scenario]:
    """Every scenario that may be practised, by id; read again only where a file of the house has changed."""
    return {name: one.scenario for name, one in in_use(settings).items()}


def in_use(settings: Settings) -> dict[str, Known]:
    """The same with where each comes from, the house's own first."""
    own, _ = _own(_stamps(home(settings)))
    ours = {name: Known(one, home(settings) / f"{name}.yaml", own=True) for name, one in own.items()}
    temples = load_scenarios().items()
    theirs = {name: Known(one, SCENARIOS / f"{name}.yaml", own=False) for name, one in temples}
    return ours | {name: one for name, one in theirs.items() if name not in ours}


def troubles(settings: Settings) -> tuple[str, ...]:
    """Why files of the house's own are not in use, in words."""
    return _own(_stamps(home(settings)))[1]


def files(settings: Settings) -> list[Path]:
    """Every scenario file that a run here reads."""
    return [*sorted(home(settings).glob("*.yaml")), *sorted(SCENARIOS.glob("*.yaml"))]


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


def drop_draft(settings: Settings, name: str) -> None:
    draft_files.drop(_drafts(settings), name)


def begin(settings: Settings, by: Viewer, scenario_id: str) -> Draft:
    """A draft that changes a scenario in use: the one that there is, else its text."""
    by.require("forms")
    if known := draft(settings, scenario_id):
        return known
    return keep_draft(settings, scenario_id, text_in_use(settings, scenario_id))


def begin_new(settings: Settings, by: Viewer, scenario_id: str, based_on: str) -> Draft:
    """A draft of a new scenario with another's text to write over. CoachError where the id is taken."""
    by.require("forms")
    if scenario_id in in_use(settings) or draft(settings, scenario_id):
        raise CoachError("«{name}» ya existe. Elija otro nombre.", name=scenario_id)
    text = _ID_LINE.sub(f"id: {scenario_id}", text_in_use(settings, based_on), count=1)
    return keep_draft(settings, scenario_id, text)


def text_in_use(settings: Settings, scenario_id: str) -> str:
    """The text of a scenario in use; CoachError where there is none."""
    known = in_use(settings).get(scenario_id)
    if known is None:
        raise CoachError("{name}: no hay ningún escenario con ese nombre. Vea la lista.", name=scenario_id)
    return known.path.read_text(encoding="utf-8")


def fields(language: Language) -> tuple[tuple[str, str], ...]:
    """Each field of a scenario with what it may hold, in the order in which one is written."""
    return described(language)


def check(text: str, name: str) -> tuple[Mistake, ...]:
    """Everything that keeps `text` from being published as `name`, by line."""
    try:
        found = check_scenario(text, f"{name}.yaml")
    except DrillError as error:
        wrong = error.__cause__
        return getattr(wrong, "mistakes", ()) or (Mistake(1, "", str(error)),)
    data = parsed(text, name)
    if not found and str(data.get("id")) != name:
        what = f"dice «{data.get('id')}» y el borrador se llama «{name}»; póngale el mismo nombre"
        return (Mistake(line_of(data, ["id"]), "id", what),)
    return found or _unplayable(text, name)


def read(text: str, name: str) -> Scenario:
    """The scenario that a sound text is, to be tried."""
    return Scenario.model_validate(parsed(text, name))


def tried(scenario: Scenario, format_: FormatId, replies: Sequence[str], seed: int = 0) -> Play:
    """The talk that replies make, of a scenario in use or of a draft; nothing is kept. CoachError where the
    scenario holds no such exercise, or nothing was said.
    """
    book = load_lines()
    try:
        drill = FORMATS[format_].build(scenario, seed, date.today(), book, load_playbook())
        play = begin_play(drill, book)
        for text in replies:
            play = play if play.over else say(play, text, book)
    except DrillError as error:
        raise CoachError(str(error)) from error
    return play


# in use


def publish(store: Store, settings: Settings, name: str, text: str, by: Viewer, note: str = "") -> Scenario:
    """Put `text` in use from the next drill on; what was in use is kept among the versions.

    DrillError tells every mistake. Attempts at an earlier text are told apart by their versions.
    """
    by.require("forms")
    with alone(home(settings)):
        if mistakes := check(text, name):
            lines = "\n".join(mistake.text for mistake in mistakes)
            raise DrillError(f"{lines}\nNo se publicó. Corríjalo y vuelva a intentarlo.")
        return _put_in_use(store, settings, name, text, "publish", by, note)


def retire(store: Store, settings: Settings, scenario_id: str, by: Viewer) -> None:
    """Take one of the house's own out of use; its versions are kept. Where Temple has one of that id, it is
    in use again. CoachError while a task asks for it.
    """
    by.require("forms")
    with alone(home(settings)):
        known = in_use(settings).get(scenario_id)
        if known is None or not known.own:
            raise CoachError("«{name}» no es un escenario propio en uso. Vea la lista.", name=scenario_id)
        asked = assignment_rows.asks_for(store, scenario_id, date.today())
        if asked and scenario_id not in load_scenarios():
            raise CoachError("La tarea «{title}» pide este escenario. Retírela primero.", title=asked)
        text = known.path.read_text(encoding="utf-8")
        earlier = kept.versions(_versions(settings, scenario_id), "")
        if all(one.digest != _digest(text) for one in earlier):  # a file that was put there by hand
            number = max((one.version for one in earlier), default=0) + 1
            now = datetime.now(UTC)
            kept.keep(_versions(settings, scenario_id), text, number, _digest(text), now, "", "")
        known.path.unlink()
        audit.note(store, by, "scenario.retire", f"scenario:{scenario_id}")


def versions(settings: Settings, scenario_id: str) -> tuple[Version, ...]:
    """Every version that is or was in use here, the one put in use last first."""
    known = in_use(settings).get(scenario_id)
    now = _digest(known.path.read_text(encoding="utf-8")) if known else ""
    return kept.versions(_versions(settings, scenario_id), now)


def restore(store: Store, settings: Settings, scenario_id: str, digest: str, by: Viewer) -> Scenario:
    """Put an earlier version in use again, as it was."""
    by.require("forms")
    with alone(home(settings)):
        known = [one for one in versions(settings, scenario_id) if one.digest == digest]
        if not known:
            raise CoachError(
                "{name}: no hay ninguna versión «{version}». Vea las que hay.",
                name=scenario_id,
                version=digest,
            )
        text = kept.text_of(_versions(settings, scenario_id), known[0])
        return _put_in_use(store, settings, scenario_id, text, "restore", by, "")


def _put_in_use(
    store: Store, settings: Settings, name: str, text: str, action: str, by: Viewer, note: str
) -> Scenario:
    folder, place, digest = _versions(settings, name), home(settings) / f"{name}.yaml", _digest(text)
    earlier = kept.versions(folder, "")
    known = in_use(settings).get(name)
    if known is not None and not earlier:  # Temple's, or a file that was put there by hand
        before = known.path.read_text(encoding="utf-8")
        at = datetime.fromtimestamp(known.path.stat().st_mtime, UTC)
        kept.keep(folder, before, 1, _digest(before), at, "", "")
        earlier = kept.versions(folder, "")
    same = next((one.version for one in earlier if one.digest == digest), None)
    number = same or max((one.version for one in earlier), default=0) + 1
    write(place, text)
    kept.keep(folder, text, number, digest, datetime.now(UTC), by.name, note)
    audit.note(store, by, f"scenario.{action}", f"scenario:{name}", version=number, note=note)
    return load_scenario(place)


def _unplayable(text: str, name: str) -> tuple[Mistake, ...]:
    """What only playing tells: exercises that cannot be made of it."""
    try:
        tried(read(text, name), "one_reply", ())
        tried(read(text, name), "whole_call", ())
    except CoachError as error:
        return (Mistake(1, "", str(error)),)
    return ()


def home(settings: Settings) -> Path:
    return settings.data_dir / "scenarios"


def _drafts(settings: Settings) -> Path:
    return home(settings) / "drafts"


def _versions(settings: Settings, scenario_id: str) -> Path:
    if not ID.fullmatch(scenario_id):
        raise CoachError("«{name}»: no es el nombre de un escenario. Vea la lista.", name=scenario_id)
    return home(settings) / "versions" / scenario_id


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def _stamps(folder: Path) -> tuple[tuple[Path, int, int], ...]:
    states = ((path, path.stat()) for path in sorted(folder.glob("*.yaml")))
    return tuple((path, state.st_mtime_ns, state.st_size) for path, state in states)


@lru_cache(maxsize=4)
def _own(stamps: tuple[tuple[Path, int, int], ...]) -> tuple[dict[str, Scenario], tuple[str, ...]]:
    found: dict[str, Scenario] = {}
    wrong = []
    for path, _, _ in stamps:
        try:
            one = load_scenario(path)
        except DrillError as error:
            wrong.append(str(error))
            continue
        if one.id != path.stem:
            wrong.append(f"{path.name}: dice id «{one.id}». Ponga al archivo ese nombre.")
        else:
            found[one.id] = one
    return found, tuple(wrong)
