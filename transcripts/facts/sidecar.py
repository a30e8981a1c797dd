"""Call facts from a JSON file beside the recording: `llamada-17.wav` and `llamada-17.json`."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from transcripts.facts.types import CallFacts, Reading
from transcripts.facts.values import Place, value
from transcripts.formats.files import parsed, text_of
from transcripts.types import TranscriptError

_ALSO = {"call_date": "call_started_at"}


def beside(audio: Path) -> Path | None:
    """The sidecar of a recording, where it has one: the same name with `.json` instead of its suffix, or
    after it.
    """
    places = (audio.with_suffix(".json"), audio.with_name(audio.name + ".json"))
    return next((place for place in places if place.is_file() and place != audio), None)


def read(
    path: Path, *, country: str | None = None, timezone: str | None = None, source: str | None = None
) -> Reading:
    """The facts of one call, under its id or else the file's name; an id only where the file says one, since
    the name may hold what a pattern leaves out. Unknown keys are told and left out.

    Raises TranscriptError where the file is no JSON object or a value cannot be used.
    """
    raw = parsed(text_of(path), path.name)
    if not isinstance(raw, dict):
        raise TranscriptError(
            f"{path.name}: se esperaba un objeto con los datos de la llamada. Revise el archivo."
        )
    raw = {_ALSO.get(str(key), str(key)): held for key, held in raw.items() if held is not None}
    unknown = sorted(raw.keys() - CallFacts.model_fields.keys())
    place = Place(str(raw["country"]) if "country" in raw else country, timezone)
    values: dict[str, object] = {"source": source, "country": country}
    for key in raw.keys() - set(unknown):
        try:
            values[key] = (
                value(key, str(raw[key]), place) if not isinstance(raw[key], list) else tuple(raw[key])
            )
        except ValueError as error:
            raise TranscriptError(
                f"{path.name}: «{key}» {error}. Corríjalo y vuelva a intentarlo."
            ) from error
    try:
        facts = CallFacts.model_validate(values)
    except ValidationError as error:
        wrong = ", ".join(sorted({str(e["loc"][0]) for e in error.errors()}))
        raise TranscriptError(f"{path.name}: valores que no sirven en {wrong}. Corríjalos.") from error
    told = (
        (f"{path.name}: claves que no se conocen y no se usaron: {', '.join(unknown)}.",) if unknown else ()
    )
    return Reading({facts.id or path.stem: facts}, told)
