"""What is said about clips for class: what they are about, what is heard, what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from coach.team_figures import by_id
from coach.types import Call
from rubrics.types import RubricError
from views import _labels, _session
from views._formats import SIGNS
from views._text import own, quoted, t
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


def recalled() -> None:
    """That a clip was heard in class and is not, for now."""
    said = t(
        "Estaba aprobado. La llamada se juzgó de nuevo y este tramo tiene algo que no se había aprobado: en "
        "clase no se oye hasta que se apruebe otra vez."
    )
    st.markdown(f":orange[{SIGNS['review']}] {said}")


def waits(call: Call, names: Sequence[str]) -> None:
    """That a stretch of the call holds what no person has judged."""
    labels = ", ".join(dict.fromkeys(_labels_of(call, names)))
    said = t(
        "En este tramo, {labels} espera a que una persona lo juzgue. Hasta entonces no es una falta de "
        "nadie, y el recorte no se aprueba.",
        labels=labels,
    )
    st.markdown(f":orange[{SIGNS['review']}] {said}")


def _labels_of(call: Call, names: Sequence[str]) -> list[str]:
    """As what judged the call calls them."""
    try:
        pack = _session.pack(call)
        known = by_id([_session.form(call).criteria, pack.rules if pack else ()])
    except RubricError:  # a file of today stands in and cannot be used: it is told where forms are seen to
        known = {}
    found = [known.get(name) for name in names]
    return [quoted(plain(own(one.label, one.label_en))) if one else t("un criterio") for one in found]
