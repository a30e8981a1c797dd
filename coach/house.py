"""What the house holds and how it is set up, for who administers it: calls, disk, settings, their origin."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, SecretStr
from sqlalchemy import Connection, func, select
from sqlalchemy.engine import make_url

from coach import days_ahead
from coach.schema import recordings
from coach.schema_lists import listed
from coach.settings import Settings, config_file, line_of
from coach.store import Store
from coach.viewers import Viewer

Origin = Literal["file", "elsewhere", "default"]


@dataclass(frozen=True, slots=True)
class Holdings:
    """Sizes are bytes, by what lies in the data folder."""

    calls: int
    judged: int
    first: date | None
    last: date | None
    sizes: dict[str, int]  # "database", "audio", "models", "forms", "other"
    free: int  # on the disk of the data folder
    folder: Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as it is now. `line` of the file where it stands there; a secret is never shown."""

    section: str  # "" for those without one, "speech", "sources.dialler"
    name: str
    value: str
    origin: Origin
    line: int | None = None


def holdings(store: Store, settings: Settings, viewer: Viewer) -> Holdings:
    """What is kept; walks the data folder."""
    viewer.require("administer")
    with store.reading() as connection:
        calls = connection.execute(select(func.count()).select_from(recordings)).scalar_one()
        day = recordings.c.call_date
        first, last = days_ahead.first_day(connection, day), days_ahead.last_day(connection, day)
        judged = select(func.count()).select_from(listed)
        count = connection.execute(judged).scalar_one()
        elsewhere = _database_elsewhere(connection)
    folder = settings.data_dir.resolve()
    disk = os.statvfs(folder)
    return Holdings(
        calls, count, first, last, _sizes(folder, settings) | elsewhere, disk.f_bavail * disk.f_frsize, folder
    )


def _database_elsewhere(connection: Connection) -> dict[str, int]:
    """The size of a database that does not lie in the data folder."""
    if connection.dialect.name == "sqlite":
        return {}
    size = select(func.pg_database_size(func.current_database()))
    return {"database": int(connection.execute(size).scalar_one())}


def _sizes(folder: Path, settings: Settings) -> dict[str, int]:
    known = {settings.models_dir.name: "models", settings.own_forms.name: "forms", "audio": "audio"}
    known |= {"uploads": "audio", "peaks": "audio"}
    out: dict[str, int] = {}
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            name = known.get(entry.name, "other")
            out[name] = out.get(name, 0) + _weight(entry.path)
        else:
            name = "database" if ".db" in entry.name else "other"
            out[name] = out.get(name, 0) + entry.stat(follow_symlinks=False).st_size
    return out


def _weight(folder: str) -> int:
    """Bytes in a folder and those below it; links are not followed."""
    total = 0
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            total += _weight(entry.path)
        else:
            total += entry.stat(follow_symlinks=False).st_size
    return total


def settings_told(settings: Settings, viewer: Viewer) -> tuple[Setting, ...]:
    """Every setting, with where its value comes from."""
    viewer.require("administer")
    file = config_file()
    text = file.read_text(encoding="utf-8-sig") if file else ""
    written = tomllib.loads(text) if text else {}
    out = list(_of(settings, "", written, text))
    for name, source in settings.sources.items():
        section = f"sources.{name}"
        out += _of(source, section, written.get("sources", {}).get(name, {}), text)
    return tuple(out)


def _of(model: BaseModel, section: str, written: dict[str, Any], text: str) -> list[Setting]:
    """The plain settings of one section, then those of the sections in it."""
    here, below = [], []
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        if name == "sources":
            continue
        if isinstance(value, BaseModel):
            below += _of(value, name, written.get(name, {}), text)
            continue
        usual = field.get_default(call_default_factory=True)
        loc = (*section.split("."), name) if section else (name,)
        line = line_of(text, loc) if name in written else None
        origin: Origin = "file" if name in written else "default" if value == usual else "elsewhere"
        here.append(Setting(section, name, _shown(name, value), origin, line))
    return here + below


def _shown(name: str, value: Any) -> str:
    if isinstance(value, SecretStr):
        return "••••••" if value.get_secret_value() else ""
    if name == "database_url" and value:
        return make_url(value).render_as_string(hide_password=True)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return "" if value is None else str(value)
