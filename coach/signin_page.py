"""What the doors look like: small pages without scripts, in Spanish or English, in the colours of Temple."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from ruamel.yaml import YAML
from starlette.responses import HTMLResponse

_HERE = Path(__file__).parent
_CATALOGUE, _LOOK = _HERE / "signin.yaml", _HERE / "signin.css"
_POLICY = (
    "default-src 'none'; style-src 'nonce-{nonce}'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def say(spanish: str, language: str, **values: object) -> str:
    """The sentence in this language; Spanish is written where it is used."""
    sentence = english()[spanish] if language == "en" else spanish
    return sentence.format(**values) if values else sentence


@cache
def english() -> dict[str, str]:
    entries = YAML(typ="safe").load(_CATALOGUE.read_text(encoding="utf-8"))
    return {str(spanish): str(text) for spanish, text in entries.items()}


def page(title: str, parts: Sequence[str], language: str, *, status: int = 200) -> HTMLResponse:
    """A page of these parts, which are markup already: whatever a person wrote has gone through `escape`."""
    nonce = secrets.token_urlsafe(16)
    body = f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} · Temple</title>
<link rel="icon" href="/app/static/temple.svg">
<style nonce="{nonce}">{_look()}</style>
</head>
<body><main>
<p class="mark"><img src="/app/static/temple.svg" alt="" width="28" height="28"> Temple</p>
<h1>{escape(title)}</h1>
{"".join(parts)}
</main></body>
</html>
"""
    policy = _POLICY.format(nonce=nonce)
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return HTMLResponse(body, status, headers=headers)


def text(sentence: str, kind: str = "") -> str:
    """A paragraph; `kind` is "error", "banner" or "code"."""
    role = ' role="alert"' if kind == "error" else ""
    return f'<p class="{escape(kind)}"{role}>{escape(sentence)}</p>\n'


def form(action: str, fields: dict[str, str], inside: Sequence[str], button: str, kind: str = "") -> str:
    """A form with hidden fields, what is inside, and one button."""
    hidden = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in fields.items()
    )
    shown = "".join(inside)
    return (
        f'<form method="post" action="{escape(action)}" class="{escape(kind)}">{hidden}{shown}'
        f'<button type="submit">{button}</button></form>\n'
    )


def field(
    label: str, name: str, kind: str, autocomplete: str, *, value: str = "", first: bool = False
) -> str:
    """A labelled input."""
    focus = " autofocus" if first else ""
    return (
        f"<label>{escape(label)}"
        f'<input name="{escape(name)}" type="{kind}" autocomplete="{autocomplete}" value="{escape(value)}" '
        f'required maxlength="200" autocapitalize="none" spellcheck="false"{focus}></label>\n'
    )


def link(address: str, label: str, kind: str = "") -> str:
    return f'<p><a href="{escape(address)}" class="{escape(kind)}">{escape(label)}</a></p>\n'


@cache
def _look() -> str:
    return _LOOK.read_text(encoding="utf-8")
