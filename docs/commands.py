"""Writes docs/commands.md from the program's own help texts. A test compares the two."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach import cli  # noqa: E402 - the folder of the project comes first

PAGE = ROOT / "docs" / "commands.md"
HEAD = """\
# Commands

Every command with its options, in the program's own words. Made by `python docs/commands.py` from the help
texts: change those. `coach COMMAND --help` says the same at the terminal.

Exit codes: 0 all well; 1 some of it failed and the rest was done, or was there already, or a check
(`doctor`, `lint`, `form check`, `eval --against`) found something; 2 nothing was done: the command is wrong,
or all of what it was given. What was stopped before its end: 130 by Ctrl+C, 143 by SIGTERM; `work` and
`ingest --watch`, which are ended so, 0.
"""


def page() -> str:
    return "".join([HEAD, *_commands(typer.main.get_command(cli.app), ("coach",))])


def _commands(command: Any, name: tuple[str, ...]) -> Iterator[str]:
    if hasattr(command, "commands"):
        if command.invoke_without_command:
            yield from _entry(command, name)
        for part, one in command.commands.items():
            yield from _commands(one, (*name, part))
        return
    yield from _entry(command, name)


def _entry(command: Any, name: tuple[str, ...]) -> Iterator[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    words = map(_argument, arguments)
    yield f"\n## `{' '.join((*name, *words))}`\n\n{(command.help or '').strip()}\n"
    rows = [f"| {_names(one)} | {_cell(one.help or '')} |\n" for one in options if one.name != "help"]
    if rows:
        yield "\n| option | |\n|---|---|\n" + "".join(rows)


def _argument(one: Any) -> str:
    word = str(one.metavar or one.name.upper()).strip("[]…") + ("…" if one.nargs != 1 else "")
    return word if one.required else f"[{word}]"


def _names(option: Any) -> str:
    return ", ".join(f"`{one}`" for one in (*option.opts, *option.secondary_opts))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
