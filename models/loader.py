"""Saves and loads scikit-learn artefacts by skops, never pickle: nothing in a file can run code on loading.

A file is loaded only with its card, when its digest is the card's, its libraries are the same to the minor
version and every type inside is scikit-learn's own or one of `TRUSTED`.
"""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.card import SUFFIX, Card, ModelError

HERE = Path(__file__).parent

# parts of scikit-learn and scipy that skops does not know by name; fixed here, never taken from a file
TRUSTED = frozenset(
    {
        "sklearn.calibration._CalibratedClassifier",
        "sklearn.calibration._SigmoidCalibration",
        "sklearn.calibration._TemperatureScaling",
        "scipy.sparse._csr.csr_matrix",
    }
)
_LIBRARIES = ("scikit-learn", "skops", "numpy")


def save(artefact: Any, card: Card, folder: Path) -> Card:
    """Write `artefact` and its card into `folder`; gives the card with digest and library versions filled in.

    Raises ModelError where the artefact holds a type that `load` would refuse.
    """
    import skops.io

    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{card.name}.skops"
    data = skops.io.dumps(artefact)
    if foreign := _foreign(data):
        raise ModelError(f"{card.name}: contiene tipos que no se cargarían: {', '.join(foreign)}.")
    file.write_bytes(data)
    full = card.model_copy(
        update={
            "digest": hashlib.sha256(data).hexdigest(),
            "libraries": {library: version(library) for library in _LIBRARIES},
        }
    )
    (folder / f"{card.name}{SUFFIX}").write_text(full.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return full


def load(name: str, folder: Path = HERE) -> tuple[Any, Card]:
    """The artefact and its card; ModelError where anything is not as its card says."""
    import skops.io

    card = read_card(name, folder)
    data = _bytes(folder / f"{name}.skops")
    if hashlib.sha256(data).hexdigest() != card.digest:
        raise ModelError(
            f"{name}.skops: no es el archivo de su ficha (cambió la suma). Vuelva a copiarlo o reentrene."
        )
    for library, made_with in card.libraries.items():
        if _minor(version(library)) != _minor(made_with):
            raise ModelError(
                f"{name}.skops: se hizo con {library} {made_with} y aquí está {version(library)}. "
                "Instale la misma o reentrene."
            )
    if foreign := _foreign(data):
        raise ModelError(f"{name}.skops: contiene tipos ajenos ({', '.join(foreign)}); no se carga.")
    return skops.io.loads(data, trusted=sorted(TRUSTED)), card


def verify(name: str, folder: Path = HERE) -> Card:
    """The card of an artefact of several files, once every file is what the card says (ModelError else).

    Of such an artefact the card's digest is that of its files one after another, in the order of `files`.
    """
    card = read_card(name, folder)
    if _digest(card.files, folder) != card.digest:
        raise ModelError(
            f"{name}: sus archivos no son los de su ficha (cambió la suma). Vuelva a copiarlos o reentrene."
        )
    return card


def seal(card: Card, folder: Path) -> Card:
    """Write the card of an artefact whose `files` lie in `folder`, with their digest."""
    full = card.model_copy(update={"digest": _digest(card.files, folder)})
    (folder / f"{card.name}{SUFFIX}").write_text(full.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return full


def _digest(files: tuple[str, ...], folder: Path) -> str:
    return hashlib.sha256(b"".join(_bytes(folder / file) for file in files)).hexdigest()


def read_card(name: str, folder: Path = HERE) -> Card:
    """The card of an artefact. Raises ModelError where there is none or it is not one."""
    file = folder / f"{name}{SUFFIX}"
    try:
        return Card.model_validate_json(_bytes(file))
    except ValidationError as error:
        first = error.errors()[0]
        raise ModelError(
            f"{file.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}. Reentrene."
        ) from error


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{file}: no se puede leer ({error.strerror}). Vuelva a copiar la carpeta models."
        ) from error


def _foreign(data: bytes) -> list[str]:
    import skops.io

    return sorted(set(skops.io.get_untrusted_types(data=data)) - TRUSTED)


def _minor(full: str) -> list[str]:
    return full.split(".")[:2]
