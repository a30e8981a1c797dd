"""Where forms and packs of one's own lie, and what a text would be in its place there."""

from __future__ import annotations

from pathlib import Path

from coach.pipeline import form_file
from coach.settings import Settings
from rubrics.ids import ID
from rubrics.loader import COMMON, PACKS, Instead, is_pack, load_text
from rubrics.types import Pack, Rubric, RubricError
from rubrics.yamlfile import parsed, text_of


def files(settings: Settings) -> list[Path]:
    """Every form and pack that stands ready, the base form first."""
    names = (settings.rubric, *settings.rubrics_by_call)
    forms = [*(form_file(name, settings) for name in names), *sorted(settings.own_forms.glob("*.yaml"))]
    packs = {path.name: path for at in (PACKS, settings.own_packs) for path in sorted(at.glob("*.yaml"))}
    return [*dict.fromkeys(forms), *packs.values()]


def loaded(text: str, settings: Settings, instead: Instead = None) -> Rubric | Pack:
    """The form that `text` is in the place that it would have, and `instead` where that says; RubricError
    tells every mistake.
    """
    data = parsed(text, "borrador.yaml")
    name = str(data.get("country") or COMMON).lower() if is_pack(data) else str(data.get("id"))
    name = name if ID.fullmatch(name) else "borrador"
    folder = settings.own_packs if is_pack(data) else settings.own_forms
    return load_text(text, folder / f"{name}.yaml", instead)


def place_of(form: Rubric | Pack, settings: Settings) -> Path:
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
