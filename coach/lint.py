"""Checks the files that people write, each by the reader that will use it: what is wrong, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

import nlp
from coach import heirs, scenarios
from coach.complaints import OURS, in_words, sentences
from coach.pipeline import form_file
from coach.settings import Settings, config_file, load
from coach.settings import line_of as settings_line
from drills.loader import check_scenario
from nlp.cues import Cue, read_yaml
from nlp.own_cues import oddities, slips
from nlp.types import NlpError
from rubrics import hints
from rubrics.loader import HERE, PACKS, is_pack, load_pack, load_packs, load_rubric
from rubrics.loader import load as load_form
from rubrics.own_playbook import load_own
from rubrics.playbook import load_playbook
from rubrics.types import Mistake, RubricError
from rubrics.written import shared, slipped, written_ids
from rubrics.yamlfile import line_of, parsed, suggestion, unused


def files_in_use(settings: Settings) -> list[Path]:
    """Settings, forms, playbook, cues and scenarios that a run here would read."""
    named = [form_file(name, settings) for name in (settings.rubric, *settings.rubrics_by_call)]
    own = [path for path in sorted(settings.own_forms.glob("*.yaml")) if path not in named]
    folders = (settings.own_packs, PACKS) if settings.packs else ()
    packs = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    mine = [settings.own_playbook] if settings.own_playbook.is_file() else []
    config = config_file()
    cues = sorted((Path(nlp.__file__).parent / "cues").glob("*.yaml"))
    played = scenarios.files(settings)
    first = [*([config] if config else []), *named, *own, *packs]
    return [*first, HERE / "playbook.yaml", *mine, *cues, *played]


def within(place: Path) -> list[Path]:
    """A file as it is; of a folder, the YAML files that lie in it, the folder itself where there are none."""
    inside = (
        sorted(one for one in place.glob("*") if one.suffix in (".yaml", ".yml")) if place.is_dir() else []
    )
    return inside or [place]


def check(file: Path, settings: Settings | None = None) -> list[str]:
    """Every mistake of one file, in words; an empty list where it is right. With `settings`, also what is in
    use, inherits from a form or pack and could not be used any more with this one.
    """
    if file.is_dir():
        return ["es una carpeta y no tiene archivos YAML. Indique los archivos."]
    if not file.is_file():
        return ["no existe. Revise la ruta."]
    try:
        return _mistakes(file, settings)
    except (NlpError, RubricError) as error:
        return _told(file, error)
    except OURS as error:
        return in_words(error).splitlines()
    except UnicodeDecodeError:
        return ["no es texto UTF-8. Guárdelo como UTF-8."]


def doubts(file: Path) -> list[str]:
    """What a form, a pack or a cue file says and hardly means, in words; of a file without mistakes."""
    if file.suffix == ".toml":
        return []
    quick, text = read_yaml(file), file.read_text(encoding="utf-8")
    found: Iterable[Mistake] = ()
    if "plays" in quick or _is_scenario(quick):
        return []
    if is_pack(quick) or "criteria" in quick or "based_on" in quick:
        found = hints.of_form(parsed(text, file.name), load_form(file))
    elif odd := [label for label, stanza in quick.items() if _is_cue(stanza) and any(oddities(stanza))]:
        data = parsed(text, file.name)  # takes longer, and knows the lines
        found = [one for label in odd for one in hints.of_cue(data, (label,))]
    return [one.at(file.name) for one in found]


def _mistakes(file: Path, settings: Settings | None) -> list[str]:
    """What kind of file it is, its own words tell."""
    if file.suffix == ".toml":
        return list(_without_form(file, load(file)))
    data = read_yaml(file)
    if "plays" in data and "based_on" in data:
        load_own(file, load_playbook())
    elif _is_scenario(data):
        found = (*check_scenario(file.read_text(encoding="utf-8"), file.name), *_misnamed(file))
        return [mistake.at(file.name) for mistake in sorted(found)]
    elif is_pack(data):
        load_pack(file)
        return _broken(file, settings)
    elif "criteria" in data or "based_on" in data:
        return _form(file, data, settings)
    elif "plays" in data:
        load_playbook(file)
    elif all(map(_is_cue, data.values())):
        return [mistake for label, stanza in data.items() for mistake in _cue(file, label, stanza)]
    else:
        return [
            "no es una pauta, una guía, un escenario ni un archivo de pistas o de ajustes. "
            "Compárelo con los que vienen."
        ]
    return []


def _form(file: Path, data: dict[str, Any], settings: Settings | None) -> list[str]:
    """Also an id that a country's rule has is told at once, whatever else keeps the form from being read."""
    rules = {rule.id for pack in load_packs().values() for rule in pack.rules}
    told: list[str] = []
    try:
        ids = {one.id for one in load_rubric(file).criteria}
    except RubricError as error:
        told, ids = _told(file, error), set(written_ids(data, "criteria"))
    found = shared(file.read_text("utf-8"), "criteria", ids & rules)
    return [*told, *(one.at(file.name) for one in found), *_broken(file, settings)]


def _told(file: Path, error: NlpError | RubricError) -> list[str]:
    """Its lines; one that is no YAML ends as the others do: with what comes of it."""
    lines = in_words(error).splitlines()
    return lines if len(lines) > 1 else [*lines, unused(file.name, 1)]


def _without_form(file: Path, of: Settings) -> Iterator[str]:
    """Forms that the settings name and that are nowhere. Whether those that are there can be used is told
    where each is checked, and by «coach doctor».
    """
    text = file.read_text("utf-8")
    for key, names in (("rubric", (of.rubric,)), ("rubrics_by_call", of.rubrics_by_call)):
        for name in names:
            path = form_file(name, of)
            if path.is_file():
                continue
            line = settings_line(text, (key,))
            known = (one.stem for folder in (of.own_forms, HERE) for one in folder.glob("*.yaml"))
            near = suggestion(name, sorted(set(known) - {"playbook"}))
            where = f"{file.name}: línea {line}: {key}" if line else key
            yield f"{where}: no hay una pauta «{name}»{near}. Revise el nombre o quítelo."


def _broken(file: Path, settings: Settings | None) -> list[str]:
    if settings is None or file.parent in (HERE, PACKS):  # Temple's stand in their own place
        return []
    return [one.at(file.name) for one in heirs.breaks(file.read_text("utf-8"), settings)]


def _misnamed(file: Path) -> tuple[Mistake, ...]:
    """A scenario is found by its id and kept under it: another file name leaves it out of use."""
    data = parsed(file.read_text(encoding="utf-8"), file.name)
    if (said := str(data.get("id", file.stem))) == file.stem:
        return ()
    what = f"dice «{said}» y el archivo se llama «{file.stem}»; póngales el mismo nombre"
    return (Mistake(line_of(data, ["id"]), "id", what),)


def _is_scenario(data: dict[str, Any]) -> bool:
    return "openings" in data or "debtor_name" in data


def _is_cue(stanza: object) -> bool:
    return isinstance(stanza, dict) and "said_by" in stanza


def _cue(file: Path, label: str, stanza: dict[str, object]) -> list[str]:
    told = []
    try:
        Cue.model_validate(stanza)
    except ValidationError as error:
        told += [f"{label}: {text}" for text in sentences(error)]
    if any(slips(stanza)):
        data = parsed(file.read_text(encoding="utf-8"), file.name)  # takes longer, and knows the lines
        told += [mistake.at(file.name) for mistake in slipped(data, (label,), data[label])]
    return told
