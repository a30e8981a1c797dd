"""`coach lab` and `coach fairness`, and the verdicts' part of `coach eval`: how a form judges."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli_shared import complain, console, load_settings, opened_store, progress_bar, refuse

if TYPE_CHECKING:
    from coach.fairness import Probe
    from coach.lab import Flip, Trial

_SHOWN = 20  # flips told one by one


def eval_rubric(files: list[Path], every: int = 1) -> dict[str, Any]:
    """Figures of the verdicts over labelled calls, one in `every`, printed; the sealed ones only where they
    are named.
    """
    from coach.gold import analyzed, judged, open_gold
    from coach.pipeline import rubric_of
    from coach.verdict_figures import evidence, verdicts

    paths = files or open_gold()
    if not paths:
        refuse("No hay llamadas con veredictos de personas. Indique los archivos JSONL.")
    form = rubric_of(load_settings())
    with progress_bar() as bar:
        task = bar.add_task("Midiendo", total=None)
        calls = judged(analyzed(paths, every=every, each=lambda: bar.advance(task)), form)
    report = verdicts(calls, tuple(c.id for c in form.criteria if c.critical))
    if not report["n"]:
        refuse(f"Esas llamadas no traen veredictos de personas sobre la pauta {form.id} («gold», «rubric»).")
    report["evidence"] = evidence(calls)
    report["calls"], report["rubric"] = len(calls), form.name
    show_verdicts(report)
    return report


def show_verdicts(report: dict[str, Any]) -> None:
    typer.echo(f"\nVEREDICTOS: {report['calls']} llamadas, pauta {report['rubric']}")
    typer.echo(f"{'criterio':28} {'n':>5} {'acierto':>8} {'intervalo':>15}  errores (era → se dijo)")
    for name, line in report["by_criterion"].items():
        wrong = " ".join(f"{way}:{n}" for way, n in line["wrong"].items())
        typer.echo(f"{name:28} {line['n']:5} {line['accuracy']:8.3f} {_span(line['interval']):>15}  {wrong}")
    typer.echo(f"\n{'país':28} {'n':>5} {'acierto':>8} {'intervalo':>15}")
    for country, line in report["countries"].items():
        typer.echo(f"{country:28} {line['n']:5} {line['accuracy']:8.3f} {_span(line['interval']):>15}")
    alarms, told = report["critical"], report["evidence"]
    rare = alarms["precision_at_prevalence"]
    typer.echo(
        f"\nTodos: {report['accuracy']:.3f} {_span(report['interval'])} de {report['n']}; "
        f"kappa {report['kappa_pass_fail']:.2f}; esperan a una persona {report['needs_review']:.3f}; "
        f"sin ellos, {report['accuracy_without_review']:.3f}"
    )
    typer.echo(
        f"Críticos: se hallan {alarms['recall']:.3f} {_span(alarms['recall_interval'])} de {alarms['n']}; "
        f"son ciertas {alarms['precision']:.3f} de las alarmas "
        f"({alarms['false_alarms']} falsas en {alarms['of']})."
    )
    typer.echo(
        f"Donde solo {100 * rare['prevalence']:.1f} % de las llamadas tiene uno, sería cierta "
        f"{rare['value']:.3f} {_span(rare['interval'])} de las alarmas."
    )
    typer.echo(f"Citas en el mismo turno que las personas: {told['same_turn']:.3f} de {told['n']}")


def lab(
    draft: Annotated[Path, typer.Argument(metavar="PAUTA.yaml", help="La pauta o el paquete que se prueba.")],
    publish: Annotated[bool, typer.Option("--publish", help="Después de probarla, ponerla en uso.")] = False,
    note: Annotated[str, typer.Option(help="Con --publish: por qué, para quien lo lea después.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="Llamadas guardadas que se juzgan, las últimas.")] = 1000,
) -> None:
    """Prueba una pauta, o las reglas de un país, antes de usarla.

    La compara con la que está en uso, en las llamadas para las que es: qué veredictos cambiarían en las
    guardadas y cuánto coincide con personas, antes y después.
    """
    from coach.cli_forms import put_in_use
    from coach.gold import analyzed, open_gold
    from coach.heirs import breaks, changed_with
    from coach.lab import try_draft
    from rubrics.loader import load
    from rubrics.types import Pack
    from rubrics.yamlfile import text_of

    settings = load_settings()
    new, text = load(draft), text_of(draft)
    heirs = changed_with(text, settings)
    for mistake in breaks(text, settings):
        complain(mistake.text)
    with progress_bar() as bar, opened_store(settings) as store:
        task = bar.add_task("Probando", total=None)
        step = lambda: bar.advance(task)  # noqa: E731
        labelled = [] if isinstance(new, Pack) else analyzed(open_gold(), each=step)
        trial = try_draft(new, settings, store, limit=limit, heirs=heirs, labelled=labelled, each=step)
        show_trial(trial)
        if publish:
            typer.echo()
            put_in_use(store, settings, text, note)


def show_trial(trial: Trial) -> None:
    out = console()
    calls = "1 llamada" if trial.calls == 1 else f"{trial.calls} llamadas"
    n = len(trial.flips)
    out.print(f"{calls}; {'cambia 1 veredicto' if n == 1 else f'cambian {n} veredictos'}.")
    if apart := sum(flip.before is None or flip.after is None for flip in trial.flips):
        out.print(f"De ellos, {apart} de criterios que solo tiene una de las dos pautas.")
    if trial.wordless:
        out.print(f"Sin texto, no se prueban: {trial.wordless}. Su texto se borró.")
    for (criterion, way), n in sorted(trial.ways.items(), key=lambda one: -one[1]):
        out.print(f"  {criterion:28} {way:12} {n:5}")
    for flip in trial.flips[:_SHOWN]:
        reason = flip.after.told if flip.after else "ya no se juzga"
        out.print(f"  {flip.recording_id}: {flip.criterion} {flip.way}: {reason}", markup=False)
    if trial.points:
        before, after = (sum(side) / len(trial.points) for side in zip(*trial.points, strict=True))
        out.print(f"Puntos en promedio: {before:.1f} → {after:.1f}, llamadas: {len(trial.points)}")
    if trial.overall is not None:
        first, second = trial.overall
        out.print(
            f"Coincidencia con personas: {first['accuracy']:.3f} → {second['accuracy']:.3f} "
            f"(n {first['n']} → {second['n']})"
        )
    for name, (old, new) in trial.agreement.items():
        if old.get("accuracy") != new.get("accuracy"):
            was, now = (f"{one['accuracy']:.3f}" if one else "–" for one in (old, new))
            out.print(f"  {name:28} {was} → {now}")


def fairness(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[ARCHIVOS]…", help="Llamadas (JSONL); sin nombrar, las etiquetadas."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Semilla de los cambios.")] = 1,
    limit: Annotated[int, typer.Option(min=1, help="Llamadas que se prueban.")] = 100,
) -> None:
    """Busca veredictos que dependan de quién es quién.

    Juzga las mismas llamadas con otros nombres, otro agente, otra empresa y otra hora, y cuenta qué cambia.
    """
    from coach.fairness import SWAPS, probe, treatment
    from coach.gold import open_gold, read
    from coach.pipeline import rubric_of

    settings = load_settings()
    transcripts = [call.transcript for call in read(files or open_gold())][:limit]
    if not transcripts:
        refuse("No hay llamadas que probar. Indique los archivos JSONL.")
    with progress_bar() as bar:
        task = bar.add_task("Probando", total=len(transcripts) * len(SWAPS))
        probes = probe(transcripts, rubric_of(settings), seed=seed, each=lambda: bar.advance(task))
    show_probes(probes)
    with opened_store(settings) as store:
        rows = treatment(store.latest(limit), "agent_login")
    for row in rows[:_SHOWN]:
        typer.echo(
            f"{row.group or 'sin asignar':20} {row.calls:5} llamadas; en duda {100 * row.doubt_rate:.1f} %, "
            f"corregidos {100 * row.change_rate:.1f} % de {row.verdicts}"
        )


def show_probes(probes: tuple[Probe, ...]) -> None:
    names = {
        "names": "otro nombre del deudor",
        "agent": "otro agente",
        "time": "otra hora",
        "company": "otra empresa",
    }
    for one in probes:
        typer.echo(
            f"{names[one.swap]:24} {one.calls} llamadas, {one.verdicts} veredictos: "
            f"cambian {len(one.flips)} ({100 * one.rate:.2f} %)"
            + (f"; sin qué cambiar: {one.without}" if one.without else "")
            + (f"; aparte {one.left_out}, donde el nombre de antes aún se oye" if one.left_out else "")
        )
        for flip in one.flips[:_SHOWN]:
            typer.echo(f"  {flip.recording_id}: {flip.criterion} {flip.way}{_doubt(flip)}")


def _doubt(flip: Flip) -> str:
    """Which of the two verdicts was none for sure."""
    its = (("antes", flip.before), ("después", flip.after))
    told = [when for when, verdict in its if verdict is not None and verdict.needs_review]
    return f" (en duda {' y '.join(told)})" if told else ""


def _span(ends: list[float]) -> str:
    return f"({ends[0]:.2f}–{ends[1]:.2f})"
