"""Call facts from a JSON file beside the recording: `llamada-17.wav` and `llamada-17.json`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from transcripts.facts.types import CallFacts, Reading, fitting
from transcripts.facts.values import Place, there_are, value
from transcripts.formats import is_known
from transcripts.formats.file_names import lies
from transcripts.formats.files import FACTS, parsed, text_of
from transcripts.types import TranscriptError

_ALSO = {"call_date": "call_started_at"}


def beside(audio: Path) -> Path | None:
    """The sidecar of a recording, where it has one: the same name with `.json` instead of its suffix, or
    after it.
    """
    places = (audio.with_suffix(".json"), audio.with_name(audio.name + ".json"))
    return next((place for place in places if lies(place) and place != audio), None)


def read(
    path: Path, *, country: str | None = None, timezone: str | None = None, source: str | None = None
) -> Reading:
    """The facts of one call, under its id or else the file's name; an id only where the file says one, since
    the name may hold what a pattern leaves out. Unknown keys, and values that cannot be used, are told and
    left out.

    Raises TranscriptError where the file is no JSON object.
    """
    raw = parsed(text_of(path, expected=FACTS), path.name)
    if not isinstance(raw, dict):
        raise TranscriptError(
            f"{path.name}: se esperaba un objeto con los datos de la llamada. Revise el archivo."
        )
    given = {_ALSO.get(str(key), str(key)): held for key, held in raw.items() if held is not None}
    keys = {_ALSO.get(str(key), str(key)): str(key) for key in raw}  # as the file writes them
    unknown = sorted(given.keys() - CallFacts.model_fields.keys())
    theirs = str(given["time_zone"]) if "time_zone" in given else None
    place = Place(str(given["country"]) if "country" in given else country, timezone, theirs)
    values: dict[str, object] = {"source": source, "country": country}
    wrong: dict[str, str] = {}
    for key in sorted(given.keys() - set(unknown)):
        held = given[key]
        try:
            values[key] = _value(key, held, place)
        except ValueError as error:
            wrong[key] = str(error)
    facts, unfit = fitting(values)
    told = [
        f"{path.name}: «{keys[key]}»: «{str(given[key])[:40]}» {why}; el dato no se usó."
        for key, why in sorted({**wrong, **unfit}.items())
        if key in given
    ]
    if unknown and not is_known(path):  # else its words are read by themselves
        told.append(f"{path.name}: claves que no se conocen y no se usaron: {', '.join(unknown)}.")
    return Reading({facts.id or path.stem: facts}, tuple(told))


def _value(key: str, held: object, place: Place) -> object:
    """A sum that is a number of JSON has the decimal mark of JSON; all else is written as in a table."""
    if key == "amount_due" and isinstance(held, int | float) and not isinstance(held, bool):
        return Decimal(str(held))
    if key == "authorized_offers" and isinstance(held, list):
        return there_are(held)
    return tuple(held) if isinstance(held, list) else value(key, str(held), place)
