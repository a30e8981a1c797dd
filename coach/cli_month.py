"""`coach trust | past import | payments import`: what has earned trust, evaluations of old, what was paid."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli_shared import (
    Group,
    complain,
    console,
    country_code,
    end,
    load_settings,
    opened_store,
    progress_bar,
    refuse,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.payment_spans import Span
    from coach.trusts import Trust, Why

past = typer.Typer(cls=Group, help="Evaluaciones anteriores.", no_args_is_help=True, rich_markup_mode=None)
payments = typer.Typer(cls=Group, help="Pagos recibidos.", no_args_is_help=True, rich_markup_mode=None)

_File = Annotated[Path, typer.Argument(metavar="ARCHIVO", help="Hoja de cálculo: .xlsx o .csv.")]
_Country = Annotated[str | None, typer.Option(help="País de las fechas y los montos: MX, CO, PE…")]
_WHY: dict[Why, str] = {
    "few": "faltan revisiones",
    "changed": "empieza de nuevo",
    "agreement": "coincide poco",
    "kappa": "casi por azar",
    "cleared": "coincide",
    "all": "todos cuentan",
}
_NAMED = 10  # portfolios
_SHOWN = 20  # faults that are told one by one


def trust() -> None:
    """Dice qué criterios cuentan en los puntos y por qué.

    Un criterio es solo sugerencia hasta que suficientes revisiones a ciegas coinciden con él. Actualiza
    también los puntos de las llamadas guardadas.
    """
    from coach import trusts
    from coach.pipeline import rubric_of
    from coach.restand import restand

    settings = load_settings()
    rubric = rubric_of(settings)
    with opened_store(settings) as store, progress_bar() as bar:
        changed = trusts.refresh(store, settings)
        task = bar.add_task("Puntos", total=None)
        updated = restand(
            store, settings, progress=lambda done, whole: bar.update(task, completed=done, total=whole)
        )
        found = trusts.trust(store, settings, rubric)
    labels = {criterion.id: criterion.label for criterion in rubric.criteria}
    _show_trust(found, labels)
    if changed:
        complain(f"Cambiaron: {', '.join(labels.get(name, name) for name in changed)}.")
    complain(f"Llamadas con puntos actualizados: {updated}.")


def _show_trust(found: dict[str, Trust], labels: dict[str, str]) -> None:
    from rich.table import Table

    table = Table("criterio", "cuenta", "a ciegas", "coincide", "desde", "kappa", "por qué", box=None)
    for name, one in found.items():
        table.add_row(
            labels.get(name, name), "sí" if one.counts else "no", f"{one.n}/{one.needed}",
            _share(one.agreement), _share(one.low), "–" if one.kappa is None else f"{one.kappa:.2f}",
            _WHY[one.why],
        )  # fmt: skip
    console().print(table)


@past.command("import")
def past_import(
    file: _File,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="COLUMNA=CRITERIO", help="Qué es una columna; sin nada tras «=», no usarla."
        ),
    ] = None,
    sheet: Annotated[str, typer.Option(help="Hoja del libro; sin indicar, la primera.")] = "",
    country: _Country = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Solo decir qué se guardaría.")] = False,
) -> None:
    """Importa evaluaciones que hicieron personas antes de Temple.

    Una fila por llamada con una columna por criterio, o una fila por criterio. Lo que no se entiende se dice
    con su fila; lo demás se guarda. El mismo archivo otra vez no cambia nada.
    """
    from coach.past import import_past
    from coach.pipeline import rubric_of
    from coach.viewers import HOUSE

    settings = load_settings()
    said = dict(_pair(text) for text in map_ or ())
    place = country_code(country) or settings.country
    with opened_store(settings) as store:
        found = import_past(
            store, HOUSE, file, rubric_of(settings), said=said, sheet=sheet, country=place, keep=not dry_run
        )
    if found.unknown:
        complain(f"Columnas que no se usaron: {'; '.join(found.unknown)}.")
    _tell(found.faults)
    new = f"{'Se guardarían' if dry_run else 'Nuevos'}: {found.new}"
    calls = f"{found.calls} llamadas ({found.matched} están en Temple)"
    complain(f"{new} resultados de {calls}. Ya estaban: {found.known}.")
    end(bool(found.faults), bool(found.new or found.known))


@payments.command("import")
def payments_import(
    file: _File,
    currency: Annotated[str, typer.Option(help="Moneda de las filas que no la dicen: MXN, COP…")] = "",
    country: _Country = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMNA=DATO",
            help="Qué es una columna: cuenta, fecha, monto, moneda o referencia; «nada», no usarla.",
        ),
    ] = None,
) -> None:
    """Importa pagos y pone al día las promesas.

    Columnas: cuenta, fecha y monto; si las hay, moneda y referencia. Lo que el archivo cubre son los días del
    primero al último de sus pagos, en su moneda, para los países y las carteras de sus cuentas, y de las que
    otro archivo nombró junto con ellas, hasta 31 días después de su último pago: solo ahí una promesa que no
    se pagó queda incumplida. Sin --country, una fecha como 04/05/2026 se lee como en el país de las llamadas
    de su cuenta. El mismo archivo otra vez no cambia nada; si una referencia de la cuenta trae otro monto el
    mismo día, o el mismo monto hasta cinco días antes o después, se corrige su pago; más lejos, es otro pago.
    Un monto negativo es una devolución: su pago, del mismo monto y hasta diez semanas antes, ya no cuenta; si
    se devolvió una parte, cuenta el resto.
    """
    from coach.payment_days import SURE
    from coach.payment_lines import NO_MONEY
    from coach.payments import import_payments
    from coach.viewers import HOUSE

    settings = load_settings()
    with opened_store(settings) as store:
        found = import_payments(
            store,
            settings,
            HOUSE,
            file,
            currency=currency,
            country=country_code(country) or "",
            said=dict(_pair(text, "DATO") for text in map_ or ()),
        )
    _tell(found.faults)
    if any(NO_MONEY in fault for fault in found.faults):
        complain("La moneda de las filas que no la dicen se da también con --currency.")
    if any(SURE in fault for fault in found.faults):
        complain("El país que dice cómo se leen las fechas se da también con --country.")
    _tell(found.corrected)
    _tell(found.returned)
    if found.apart:
        complain(found.apart)
    if found.early:
        complain(found.early)
    if found.unlike:
        complain(found.unlike)
    if found.erased:
        complain(found.erased)
    if found.strays:
        complain(f"De cuentas que ninguna llamada tiene: {found.strays}. Se guardan; revise esas cuentas.")
    new = f"Pagos nuevos: {found.new}{f' ({found.strays} de cuentas sin llamadas)' if found.strays else ''}."
    _covers(found.covers)
    put_right = f" Corregidos: {len(found.corrected)}." if found.corrected else ""
    put_right += f" Devueltos: {len(found.returned)}." if found.returned else ""
    complain(f"{new} Ya estaban: {found.known}.{put_right} Con error: {len(found.faults)}.")
    end(bool(found.faults), bool(found.new or found.known or found.corrected or found.returned))


def _covers(spans: Sequence[Span]) -> None:
    """Of which days, and of whose, the file tells."""
    from coach import spans_told
    from coach.complaints import some
    from coach.written import stretch

    for one in spans_told.gathered(spans):
        names = some([name or "sin cartera" for name in one.portfolios], _NAMED)
        of = f"; carteras: {names}" if any(one.portfolios) else ""
        complain(f"Cubre, en {one.money}, {stretch(one.first, one.last, 'es')}{of}.")
    if spans:
        complain("De otros días, monedas, países o carteras no dice nada: sus promesas quedan como estaban.")


def _pair(text: str, what: str = "CRITERIO") -> tuple[str, str]:
    title, mark, meaning = text.rpartition("=")
    if not mark:
        refuse(f"--map «{text}»: escriba COLUMNA={what}.")
    return title.strip(), meaning.strip()


def _tell(faults: tuple[str, ...]) -> None:
    for fault in faults[:_SHOWN]:
        complain(fault)
    if len(faults) > _SHOWN:
        complain(f"… y {len(faults) - _SHOWN} avisos más como estos.")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"
