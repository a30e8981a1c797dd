"""Places that a settings file names are looked for from its own folder, wherever Temple is started."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from sqlalchemy import URL

_SQLITE = "sqlite:///"
_FORMS = ("rubric", "rubrics_by_call")  # ids, or paths of files


def anchored(model: type[BaseModel], said: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The values as the file says them, its relative paths with `folder` before them."""
    return {
        name: _value(name, model.model_fields[name].annotation, value, folder)
        if name in model.model_fields
        else value
        for name, value in said.items()
    }


def as_named(place: str, folder: Path) -> str:
    """What a settings file in `folder` says of a model, or a place of one, that was named from here."""
    if not is_place(place) or folder.resolve() == Path.cwd():
        return place
    return str(Path(place).absolute())


def whole(url: URL) -> str:
    """The address of a database as people are told it: an SQLite file by its whole path, no password."""
    file = url.database
    if url.get_backend_name() == "sqlite" and file and file != ":memory:":
        url = url.set(database=Path(file).absolute().as_posix())
    return url.render_as_string(hide_password=True)


def is_place(model: str) -> bool:
    return "/" in model or "\\" in model


def _value(name: str, kind: Any, value: Any, folder: Path) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel) and isinstance(value, dict):
        return anchored(kind, value, folder)
    if name in _FORMS and isinstance(value, list):
        return [_value(name, str, one, folder) for one in value]
    if not isinstance(value, str) or not value:
        return value
    if name == "database_url":
        file = value.removeprefix(_SQLITE)
        return value if file in (value, "", ":memory:") else _SQLITE + (folder / file).as_posix()
    is_path = kind in (Path, Path | None) or (name == "model" and is_place(value))
    return str(folder / value) if is_path or (name in _FORMS and Path(value).suffix) else value
