"""The OpenAPI 3.1 document of the programs' door, written from its models."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from coach import api_models as m
from coach.api_data import ASKING

BASE = "/api/v1"
_REFS = "#/components/schemas/{model}"
_ERRORS = {
    "401": "Falta el token, o ya no vale.",
    "403": "El alcance del token no incluye esto.",
    "422": "Un parámetro está mal escrito.",
    "429": "Demasiadas consultas: espere lo que dice Retry-After.",
}


@cache
def document() -> dict[str, Any]:
    """Every path with what it takes and gives."""
    given: list[type[BaseModel]] = [made for _, made, _, _ in ASKING.values()]
    given += [m.ScorecardOut, m.ErrorOut]
    _, schemas = models_json_schema([(one, "serialization") for one in given], ref_template=_REFS)
    paths = {
        f"{BASE}/{name}": {"get": _operation(name, asked, made, about)}
        for name, (asked, made, _, about) in ASKING.items()
    }
    its_id = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    one = _operation("call", m.Simple, m.ScorecardOut, "La evaluación de una llamada.", its_id)
    one["responses"]["404"] = _failure("No hay tal llamada a su alcance.")
    paths[f"{BASE}/calls/{{id}}"] = {"get": one}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Temple", "version": "1", "description": "Solo lectura, sin datos personales."},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(
    name: str, asked: type[BaseModel], made: type[BaseModel], about: str, *more: dict[str, Any]
) -> dict[str, Any]:
    schema = {"$ref": _REFS.format(model=made.__name__)}
    content = {"application/json": {"schema": schema}, "text/csv": {"schema": {"type": "string"}}}
    responses = {"200": {"description": about, "content": content}, "304": {"description": "Sin cambios."}}
    return {
        "operationId": name.replace("/", "_"),
        "summary": about,
        "parameters": [*more, *_parameters(asked)],
        "responses": responses | {status: _failure(text) for status, text in _ERRORS.items()},
    }


def _parameters(asked: type[BaseModel]) -> list[dict[str, Any]]:
    """Each field as a query parameter; several values are written several times."""
    schema = asked.model_json_schema()
    out = []
    for name, its in schema["properties"].items():
        shape = {key: value for key, value in its.items() if key not in ("title", "description")}
        one: dict[str, Any] = {"name": name, "in": "query", "required": False, "schema": shape}
        if "description" in its:
            one["description"] = its["description"]
        out.append(one | ({"style": "form", "explode": True} if its.get("type") == "array" else {}))
    return out


def _failure(text: str) -> dict[str, Any]:
    schema = {"$ref": _REFS.format(model=m.ErrorOut.__name__)}
    return {"description": text, "content": {"application/json": {"schema": schema}}}
