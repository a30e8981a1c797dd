"""Writes docs/dependencies.md: the locked packages with the licence that each declares.

    python -m docs.dependencies

A package that is not installed here (one for another system) is listed without its licence.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
LOCK = ROOT / "requirements.txt"

_HEAD = """# Packages and their licences

Made by `python -m docs.dependencies` from `requirements.txt` and what each package declares; a test
compares it and refuses a licence that forbids use or sale. Versions and hashes are in the lock; how to
look for known weaknesses: [security](security.md#dependencies).

| package | licence |
|---|---|
"""
_CLASSIFIER = "License :: OSI Approved :: "
# declared in the package's LICENSE only, read there
_READ = {"skops": "MIT License"}
_OPEN = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software|MPL|Mozilla|LGPL|Lesser|Zlib|HPND|Unlicense|CC0|Public Domain",
    re.I,
)
_CLOSED = re.compile(
    r"non-?commercial|\bNC\b|-NC-|AGPL|Affero|(?<!L)GPL|(?<!Lesser )General Public|proprietary", re.I
)


def forbids(licence: str) -> bool:
    """Whether none of the alternatives that a licence offers lets Temple be used, changed and sold."""
    return not any(_OPEN.search(one) and not _CLOSED.search(one) for one in re.split(r"\bOR\b|;", licence))


def licences(lock: Path = LOCK) -> dict[str, str]:
    """Of every locked package that is installed here, what it says of its licence."""
    found = {}
    for name in re.findall(r"^([\w.-]+)==", lock.read_text(encoding="utf-8"), re.M):
        try:
            found[name] = _READ.get(name) or _declared(metadata.metadata(name))
        except metadata.PackageNotFoundError:
            continue
    return found


def page() -> str:
    names = dict.fromkeys(re.findall(r"^([\w.-]+)==", LOCK.read_text(encoding="utf-8"), re.M))
    known = licences()
    rows = [f"| {name} | {known.get(name, 'not needed on every system')} |" for name in names]
    return _HEAD + "\n".join(rows) + "\n"


def _declared(of: metadata.PackageMetadata) -> str:
    """The expression where there is one, else the classifiers, else the first line of the text."""
    if expression := of.get("License-Expression"):
        return str(expression)
    classified = [
        c.removeprefix(_CLASSIFIER) for c in of.get_all("Classifier") or () if c.startswith(_CLASSIFIER)
    ]
    text = str(of.get("License") or "").strip().partition("\n")[0][:60]
    return " AND ".join(classified) or text


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
