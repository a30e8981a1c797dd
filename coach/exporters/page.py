"""The page that reports are written on: it needs nothing else, runs nothing, and prints on A4."""

from __future__ import annotations

from html import escape

from coach.written import Language

STYLE = """
:root{--page:#FAF9F6;--card:#FFFFFF;--ink:#1B2830;--muted:#55626B;--lead:#0B6464;--line:#D9D5CC;--fail:#B3261E;
--amber:#9A5B00;color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{--page:#11181C;--card:#1A2328;--ink:#E9EDEF;
--muted:#A7B2B9;--lead:#5CC0B5;--line:#33414A;--fail:#FF9488;--amber:#E5B454}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.5 Inter,system-ui,sans-serif}
main{max-width:820px;margin:0 auto;padding:32px 24px}
h1{font-size:24px;line-height:1.25;margin:0}h2{font-size:18px;margin:0 0 8px}p{margin:0 0 6px}
.muted,figcaption,.from{color:var(--muted);font-size:13px}
.card,section,figure{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px;
margin:0 0 12px;overflow-wrap:anywhere}
@page{size:A4;margin:14mm}
@media print{body{background:#fff;font-size:12px}main{padding:0;max-width:none}}
"""


def page(title: str, body: str, style: str, language: Language) -> bytes:
    """The whole page; `body` is HTML whose every word is escaped, `style` is beyond `STYLE`."""
    # nothing may be fetched or run, whatever stood in a call
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}{style}</style></head>"
        f"<body><main>\n{body}\n</main></body></html>\n"
    ).encode()
