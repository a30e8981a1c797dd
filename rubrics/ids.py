"""How the ids are written that people give to forms, criteria, rules and cues."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

ID = re.compile(r"[a-z0-9_-]+")  # files are named by those of forms and packs
NO_ID = "se escribe con minúsculas sin ñ ni acentos, números, «_» y «-»"


def _id(name: str) -> str:
    if not ID.fullmatch(name):
        raise ValueError(NO_ID)
    return name


Id = Annotated[str, AfterValidator(_id)]
