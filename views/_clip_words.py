"""What is said about clips for class: what they are about, what is heard, what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from rubrics.types import Criterion
from views import _labels
from views._formats import SIGNS
from views._text import own, t
from views._widgets import plain


def about(counts: Mapping[str, int]) -> str:
    """«sobre X», or on what most are; of the same number of two objections none is said."""
    first, n = next(iter(counts.items()))
    name = plain(_labels.finding(first))
    if len(counts) == 1:
        return t("sobre {objection}.", objection=name)
    if 2 * n > sum(counts.values()):
        return t("la mayoría sobre {objection}.", objection=name)
    return t("sobre {n} objeciones.", n=len(counts))


def silent() -> str:
    """What is heard of a clip and what is not."""
    return t(
        "Nombres, direcciones, documentos, cuentas, teléfonos y lo que no se entendió quedan en silencio. "
        "Los montos, las fechas y las horas se oyen: solos no dicen de quién se habla."
    )


def waits(criteria: Sequence[Criterion | None]) -> None:
    """That a stretch holds what no person has judged; None: of a form or a pack that is not here any more."""
    known = (own(one.label, one.label_en) if one else t("Regla del país") for one in criteria)
    labels = ", ".join(f"«{plain(one)}»" for one in dict.fromkeys(known))
    said = t(
        "En este tramo, {labels} espera a que una persona lo juzgue. Hasta entonces no es una falta de "
        "nadie, y el recorte no se aprueba.",
        labels=labels,
    )
    st.markdown(f":orange[{SIGNS['review']}] {said}")
