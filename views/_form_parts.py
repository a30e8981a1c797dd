"""The lists of the form screen: forms, countries' rules, drafts; and the way to a new form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from coach import form_scope, forms
from coach.draft_files import Draft
from coach.pipeline import places_of
from coach.settings import Settings
from rubrics.types import Applies, Pack, Rubric
from views import _address, _draft_text, _formats, _labels, _session
from views._formats import SIGNS
from views._text import counted, own, t

Known = dict[str, tuple[Rubric | Pack, Path]]


def label(form: Rubric | Pack) -> str:
    return own(form.label, form.label_en)


def version(form: Rubric | Pack) -> str:
    """Its number, and that of what it is based on: it changes with that too."""
    if form.over:
        return t("versión {n}, sobre {base}", n=form.version, base=form.over)
    return t("versión {n}", n=form.version)


def heirs(found: Iterable[Rubric | Pack]) -> str:
    """What inherits from a form and changes with it, by name and version."""
    return "; ".join(f"{label(one)} ({version(one)})" for one in found)


def form_columns() -> list[dict[str, Any]]:
    return [
        {"id": "form", "label": t("Pauta")},
        {"id": "calls", "label": t("Para qué llamadas")},
        {"id": "criteria", "label": t("Criterios"), "align": "right"},
        {"id": "whose", "label": t("De quién")},
    ]


def form_rows(known: Known, settings: Settings) -> list[dict[str, Any]]:
    places = places_of(settings)
    base, used = places[0].id, {form.id for form in places}
    return [
        {
            "id": name,
            "href": f"forms?{urlencode({'form': name})}",
            "cells": {
                "form": {"text": label(form), "sub": version(form)},
                "calls": {"text": _for(form, base=form.id == base, used=name in used)},
                "criteria": {"text": str(len(form.criteria)), "sub": _critical(form)},
                "whose": whose(path, settings),
            },
        }
        for name, (form, path) in known.items()
        if isinstance(form, Rubric)
    ]


def _for(form: Rubric, *, base: bool, used: bool) -> str:
    if base:
        return t("Todas las que no tienen otra")
    if not used or form.for_calls is None:
        return t("Ninguna: no está en los ajustes")
    return applies(form.for_calls)


def applies(for_calls: Applies) -> str:
    """For which calls a form is meant, in words."""
    most, least = for_calls.days_late_at_most, for_calls.days_late_at_least
    ways = {"inbound": t("entrantes"), "outbound": t("salientes"), None: ""}
    parts = (
        _one_of(t("tipo"), for_calls.call_type),
        _one_of(t("cartera"), for_calls.portfolio),
        _one_of(t("campaña"), for_calls.campaign),
        ways[for_calls.direction],
        "" if most is None else t("hasta {n} días de atraso", n=most),
        "" if least is None else t("desde {n} días de atraso", n=least),
    )
    return "; ".join(part for part in parts if part)


def _one_of(what: str, values: Sequence[str]) -> str:
    alike = {value.replace("_", " ").casefold(): value.replace("_", " ") for value in reversed(values)}
    return f"{what}: {', '.join(reversed(alike.values()))}" if values else ""


def _critical(form: Rubric) -> str:
    n = sum(criterion.critical for criterion in form.criteria)
    return counted(n, "{n} crítico", "{n} críticos") if n else ""


def whose(path: Path, settings: Settings) -> dict[str, str]:
    return {"text": t("propia") if forms.is_own(path, settings) else "Temple"}


def pack_columns() -> list[dict[str, Any]]:
    return [
        {"id": "country", "label": t("País")},
        {"id": "law", "label": t("Ley principal"), "hide": True},
        {"id": "rules", "label": t("Reglas"), "align": "right"},
        {"id": "reviewed", "label": t("Revisada")},
        {"id": "whose", "label": t("De quién")},
    ]


def pack_rows(known: Known, settings: Settings) -> list[dict[str, Any]]:
    return [
        {
            "id": name,
            "href": f"forms?{urlencode({'form': name})}",
            "cells": {
                "country": {"text": label(pack), "sub": version(pack)},
                "law": {"text": pack.law},
                "rules": {"text": str(len(pack.rules)), "sub": _advice(pack)},
                "reviewed": _reviewed(pack),
                "whose": whose(path, settings),
            },
        }
        for name, (pack, path) in known.items()
        if isinstance(pack, Pack)
    ]


def _advice(pack: Pack) -> str:
    n = sum(rule.advice for rule in pack.rules)
    return counted(n, "{n} como consejo", "{n} como consejo") if n else ""


def _reviewed(pack: Pack) -> dict[str, str]:
    day, late = _formats.day(pack.reviewed_on), len(forms.due(pack))
    if not late:
        return {"text": day}
    why = counted(late, "{n} regla por revisar", "{n} reglas por revisar")
    return {"text": day, "sign": SIGNS["review"], "kind": "review", "sub": why}


def due_rules(known: Known) -> str:
    """How many rules were read too long ago, in words; empty where none was."""
    packs = [form for form, _ in known.values() if isinstance(form, Pack)]
    n = sum(len(forms.due(pack)) for pack in packs)
    if not n:
        return ""
    return counted(
        n,
        "{n} regla de un país se revisó hace más de un año.",
        "{n} reglas de países se revisaron hace más de un año.",
    )


def draft_columns() -> list[dict[str, Any]]:
    return [
        {"id": "draft", "label": t("Borrador")},
        {"id": "state", "label": t("Cómo está")},
        {"id": "changed", "label": t("Último cambio")},
    ]


def draft_label(name: str) -> str:
    """How people know it: as the form in use that it would replace, else by its name."""
    form, _ = forms.in_use(_session.settings()).get(name, (None, None))
    return label(form) if form else name


def draft_rows(drafts: Sequence[Draft]) -> list[dict[str, Any]]:
    return [
        {
            "id": draft.name,
            "href": f"forms?{urlencode({'draft': draft.name})}",
            "cells": {
                "draft": {"text": draft_label(draft.name)},
                "state": _state(draft),
                "changed": {"text": _address.moment(draft.changed_at)},
            },
        }
        for draft in drafts
    ]


def _state(draft: Draft) -> dict[str, str]:
    settings = _session.settings()
    n = len(forms.check(draft.text, settings))
    if not n and not form_scope.judges(forms.read(draft.text, settings), settings):
        return {"text": t("sin llamadas: falta «for_calls»"), "sign": SIGNS["review"], "kind": "review"}
    if not n:
        return {"text": t("se puede publicar"), "sign": SIGNS["pass"], "kind": "pass"}
    return {
        "text": counted(n, "{n} error", "{n} errores"),
        "sign": SIGNS["fail"],
        "kind": "fail",
    }


def new(known: Known) -> None:
    """The way to a form of one's own, based on another."""
    bases = {name: label(form) for name, (form, _) in known.items() if isinstance(form, Rubric)}
    with st.popover(t("Nueva pauta"), icon=":material/add:"):
        name = st.text_input(
            t("Nombre corto: minúsculas sin ñ ni acentos, números, «_»"),
            key="new-form",
            max_chars=40,
            placeholder="micro",
        ).strip()
        base = st.selectbox(t("A partir de"), list(bases), format_func=bases.__getitem__, key="new-base")
        made = st.button(t("Crear el borrador")) and _draft_text.named(name)
        if made and _address.attempt(forms.begin_new, _session.settings(), _session.viewer(), name, base):
            _address.go(draft=name)


def certainty(letter: str) -> str:
    """What a rule's certainty means."""
    return {
        "A": t("texto de la norma leído"),
        "B": t("prensa o nota de un despacho: consejo"),
        "C": t("uso del oficio: consejo"),
    }[letter]


def group(name: str) -> str:
    return _labels.group(name)  # type: ignore[arg-type]
