"""A file that arrives from a browser: streamed to disk in chunks; a recording is checked, taken in, queued.

Nothing of it is ever held in memory whole, and no name that a browser sends becomes a path.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from coach import arrival_notes, legs
from coach.call_facts import facts_of_source, of_name
from coach.complaints import sentences
from coach.intake import Accepted, accept, slug
from coach.local_clock import at_place
from coach.settings import Settings
from coach.store import Store
from coach.types import CoachError
from transcripts.facts.join import join
from transcripts.facts.types import of_our_days
from transcripts.facts.values import Place, country
from transcripts.formats.call_json import over
from transcripts.formats.files import reason
from transcripts.probe import probe
from transcripts.types import Recording

ZIP = ".zip"
_TABLES = (".csv", ".xlsx", ".xls", ".ods")
_PLAIN = re.compile(r"[\w(][\w .()@+=,;#-]{0,180}")


class TooLarge(CoachError):
    """The upload is larger than the settings allow; what had arrived is gone again."""


class Facts(BaseModel):
    """What a browser may tell of a recording beside its sound, or of a transcript beside its words."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    name: str = Field(min_length=1, max_length=400)  # of the file, as the person knows it
    source: str = Field(default="", max_length=100)
    agent: str = Field(default="", max_length=200)
    agent_login: str = Field(default="", max_length=200)
    debtor_name: str = Field(default="", max_length=200)
    company: str = Field(default="", max_length=200)
    country: str = Field(default="", max_length=40)
    call_date: str = ""  # ISO day or instant, local to the source's time zone
    replace: bool = False  # of transcripts: as `coach import --replace`

    @field_validator("country")
    @classmethod
    def _a_country(cls, text: str) -> str:
        return country(text, Place()) if text else text

    @field_validator("call_date")
    @classmethod
    def _a_day(cls, text: str) -> str:
        try:
            moment = datetime.fromisoformat(text) if text else None
        except ValueError as error:
            raise ValueError("no es una fecha como 2025-09-25") from error
        if moment is not None:
            of_our_days(moment)
        return text


def read_facts(query: dict[str, str]) -> Facts:
    """The facts in an address; CoachError names what cannot be."""
    try:
        return Facts.model_validate(query)
    except ValidationError as error:
        raise CoachError("{mistakes}", mistakes=" ".join(sentences(error))) from error


async def receive(chunks: AsyncIterator[bytes], settings: Settings, name: str) -> Path:
    """Write what arrives into a folder of its own under data_dir; TooLarge beyond the limit.

    Nothing stays behind on failure.
    """
    folder = settings.data_dir / "incoming" / uuid.uuid4().hex
    path = folder / kept_name(name)
    try:
        folder.mkdir(parents=True)
        with path.open("wb") as file:
            async for chunk in _at_most(chunks, settings, name):
                file.write(chunk)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise CoachError(
            "{file}: no se puede guardar ({reason}). Revise el espacio del equipo y súbala otra vez.",
            file=name,
            reason=reason(error),
        ) from error
    except BaseException:  # a browser that went away must leave nothing behind either
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return path


def take_in(store: Store, settings: Settings, path: Path, facts: Facts) -> Accepted:
    """Check that the file is a recording, keep it and queue it before what folders and commands bring: a
    person waits for it. TranscriptError says why it is none."""
    try:
        if path.suffix.lower() in _TABLES:
            raise CoachError(
                "{file}: es una tabla, no una llamada. Póngala como CSV en un ZIP con las grabaciones o "
                "transcripciones de las que habla, y suba el ZIP.",
                file=facts.name,
            )
        probe(path, settings.speech_options(facts.source).limits)
        named = of_name(Path(safe_name(facts.name)), settings, facts.source or None, [])
        told = over(join(Recording(""), named), recording(facts, settings))
        told = replace(told, id=slug(named.id) if named is not None and named.id else "")
        accepted = accept(
            store, path, at_place(store, settings, told), name=facts.name, move=True, priority="high",
            assumed=facts_of_source(settings, facts.source or None),
        )  # fmt: skip
        its = [accepted.recording_id]
        known = () if accepted.new else (f"{facts.name}: es la misma grabación que la llamada {its[0]}.",)
        accepted = replace(accepted, told=(*known, *accepted.told, *arrival_notes.told(store, its)))
        joined = legs.settle(store, settings, of=its)
        return replace(accepted, job=joined[0].job, waits=False) if joined else accepted
    finally:
        shutil.rmtree(path.parent, ignore_errors=True)


async def _at_most(chunks: AsyncIterator[bytes], settings: Settings, name: str) -> AsyncIterator[bytes]:
    size, most = 0, most_bytes(settings, name)
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise _too_large(settings, name)
        yield chunk


def recording(facts: Facts, settings: Settings) -> Recording:
    """The facts joined with what is known of their source; the id is left open."""
    source = settings.source(facts.source)
    return Recording(
        id="",
        call_started_at=_started(facts.call_date, source.timezone),
        agent=facts.agent or None,
        agent_login=facts.agent_login or None,
        debtor_name=facts.debtor_name or None,
        company=facts.company or source.company or None,
        country=(facts.country or source.country or settings.country).upper() or None,
        campaign=source.campaign or None,
        source=facts.source or None,
    )


def kept_name(name: str) -> str:
    """The last part of `name` where that is harmless, for patterns and tables name it so, and a transcript
    has its id by it; else one that is safe.
    """
    last = re.split(r"[/\\]", name)[-1]
    return last if _PLAIN.fullmatch(last) and len(last.encode()) <= 240 else safe_name(last)


def safe_name(name: str) -> str:
    """Letters, digits, dot, dash and underscore of the last part of `name`; never empty, long or hidden."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(c for c in unicodedata.normalize("NFKD", last) if not unicodedata.combining(c))
    kept = re.sub(r"[^\w.-]+", "-", plain, flags=re.ASCII).strip("-. ")
    stem, dot, ending = kept.rpartition(".")
    return f"{(stem or 'llamada')[:90]}{dot}{ending[:9]}" if dot else (kept[:100] or "llamada")


def most_bytes(settings: Settings, name: str) -> int:
    """How large a file of this name may be: a recording, or a ZIP of many."""
    upload = settings.upload
    return (upload.zip_mb if name.lower().endswith(ZIP) else upload.max_mb) * 1_000_000


def too_large(settings: Settings, name: str) -> str:
    return str(_too_large(settings, name))


def _too_large(settings: Settings, name: str) -> TooLarge:
    return TooLarge(
        "El ZIP pesa más de {mb} MB, el máximo. Divídalo o suba `upload.zip_mb`."
        if name.lower().endswith(ZIP)
        else "El archivo pesa más de {mb} MB, el máximo. Divídalo o suba `upload.max_mb`.",
        mb=most_bytes(settings, name) // 1_000_000,
    )


def _started(text: str, timezone: str) -> datetime | date | None:
    """The day, or the moment where the hour was told: in the source's zone where it names none; of a source
    without one it stays as it is, and whoever judges the hour asks whose clock it is.
    """
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if len(text) <= 10:
        return moment.date()
    return moment.replace(tzinfo=ZoneInfo(timezone)) if moment.tzinfo is None and timezone else moment
