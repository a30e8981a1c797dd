"""What `coach eval` prints: every figure with the number that it stands on. Light to import."""

from __future__ import annotations

from typing import Any

import typer

_KINDS = (("objections", "Objeciones"), ("acts", "Actos"))
_WAYS = (
    ("labelled", "objeciones y actos como los marcaron personas"),
    ("found_acts", "objeciones como las marcaron personas, actos hallados"),
    ("found", "objeciones y actos hallados"),
)
_OUTCOMES = {"fits": "corresponde", "unfit": "no corresponde", "micro": "(aciertos)"}
_LEVELS = (("per_turn", "por turno"), ("per_call", "una vez por llamada"))
_SHOWN = 15  # of a long list, on the screen; the file has all of it


def show(report: dict[str, Any]) -> None:
    """Print the report of `nlp.learn.evaluate`."""
    calls, single = report["calls"], report["utterances"]
    typer.echo(
        f"{calls['n']} llamadas ({calls['turns']} turnos), {single['n']} frases sueltas; "
        f"intervalos de 95 % con {report['rounds']} sorteos, semilla {report['seed']}"
    )
    if report["used_in_training"]:
        typer.echo(
            f"Ojo: {report['used_in_training']} son de las partes con que se entrena o se ajusta; "
            "con llamadas nuevas se acierta menos."
        )
    if calls["n"]:
        _show_labels(calls, _LEVELS)
        _show_calls(calls)
        _show_ladder(calls["ladder"])
    if single["n"]:
        typer.echo("\nFRASES SUELTAS")
        _show_labels(single, (("per_turn", "por frase"),))
    _show_rules(report["rules"])


def _show_labels(section: dict[str, Any], levels: tuple[tuple[str, str], ...]) -> None:
    for kind, name in _KINDS:
        for level, how in levels:
            _show_heads(f"{name}, {how}")
            for label, row in section[kind][level].items():
                if row["n"] or row["said"]:
                    _show_row(label, row)
    noise = {"limpias": section["noise"]["clean"], "como de reconocedor": section["noise"]["asr"]}
    for kind, name in _KINDS:
        _show_heads(f"{name}, {levels[0][1]}, por grupo")
        for group, row in {**section["countries"], **noise}.items():
            if row["n"]:
                _show_row(f"{group} ({row['n']})", row[kind]["per_turn"])
    if section["confusions"]:
        typer.echo("\nConfusiones (era → se dijo)")
        for one in section["confusions"][:_SHOWN]:
            typer.echo(f"{one['n']:5}  {one['gold']} → {one['said']}")


def _show_heads(name: str) -> None:
    typer.echo(f"\n{name:36} {'n':>5} {'prec.':>6} {'exh.':>6} {'F1':>6}  intervalo")


def _show_row(name: str, row: dict[str, Any]) -> None:
    ends = "–".join(f"{end:.2f}" for end in row["interval"]) if row["interval"] else "–"
    shares = " ".join(f"{_figure(row[key]):>6}" for key in ("precision", "recall", "f1"))
    typer.echo(f"{name:36} {row['n']:5} {shares}  {ends}")


def _show_calls(calls: dict[str, Any]) -> None:
    promise, address = calls["promise"], calls["address"]
    typer.echo(
        f"\nPromesa: bien en {_figure(promise['exact'])} de {promise['n']} llamadas; "
        f"de {promise['promised']} prometidas: monto y fecha {_figure(promise['exact_promised'])}, "
        f"monto {_figure(promise['amount'])}, fecha {_figure(promise['date'])}; "
        f"inventadas: {promise['made_up']}"
    )
    typer.echo(
        f"Tuteo: bien en {_figure(address['right'])} de {address['n']} llamadas "
        f"({address['familiar']} con tuteo; sin ver: {address['missed']}, inventado: {address['made_up']})"
    )
    for kind, name in _KINDS:
        quotes = calls["quotes"][kind]
        typer.echo(f"Citas en su sitio, {name.lower()}: {_figure(quotes['overlap'])} de {quotes['n']}")


def _show_ladder(ladder: dict[str, Any]) -> None:
    """How the objections were met: whether the answer fits, and the rungs."""
    for way, name in _WAYS:
        one = ladder[way]
        if not one["n"]:
            continue
        typer.echo(f"\nRespuestas a {one['n']} objeciones: {name}")
        _show_heads("Respuesta")
        for outcome, shown in _OUTCOMES.items():
            _show_row(shown, one["outcomes"][outcome])
        for rung, row in one["rungs"].items():
            _show_row(rung, row)


def _show_rules(rules: dict[str, Any]) -> None:
    """The rules that are right least often; the others are in the file."""
    worst = sorted(rules.items(), key=lambda item: (item[1]["right"], -item[1]["turns"]))[:_SHOWN]
    if worst:
        typer.echo(f"\n{'Reglas que menos aciertan':40} {'turnos':>6} {'cubre':>7} {'bien':>6} {'choca':>6}")
    for source, row in worst:
        right, conflict = _figure(row["right"]), _figure(row["conflict"])
        typer.echo(f"{source:40} {row['turns']:6} {row['coverage']:7.4f} {right:>6} {conflict:>6}")


def _figure(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"
