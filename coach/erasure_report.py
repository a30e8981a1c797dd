"""What was erased of a person, what stays and why, and until when backups hold it: a text to hand over.

It names no account and no debtor, so that it can be kept as proof.
"""

from __future__ import annotations

from coach import erasures
from coach.named_calls import CONFIRM
from coach.person_erase import Erasure
from coach.personal import TABLES

_NAMES = {
    "recordings": "llamadas: nombre, cuenta y datos del caso",
    "transcripts": "transcripciones (también las anteriores) y su índice de búsqueda",
    "findings": "citas de lo hallado en las llamadas",
    "scorecards": "citas y motivos de los veredictos",
    "reviews": "palabras de quienes revisaron y reetiquetados",
    "drafts": "revisiones sin terminar",
    "comments": "comentarios",
    "disputes": "motivos y citas de apelaciones",
    "critical_steps": "notas sobre faltas críticas",
    "calibration_scores": "notas de calibración",
    "calibration_drafts": "borradores de calibración",
    "best_answers": "mejores respuestas tomadas de las llamadas",
    "clips": "recortes de audio",
    "drill_attempts": "ejercicios hechos con las llamadas",
    "coaching_plans": "planes que citaban las llamadas",
    "jobs": "nombres de archivos",
    "imported": "ruta del archivo de donde vino la transcripción",
    "promises": "cuenta en las promesas de pago",
    "payments": "pagos importados",
    "unread_payments": "líneas de pagos que no se pudieron leer",
    "past_evaluations": "nombre de la llamada en evaluaciones anteriores",
    "audit": "id de la llamada en el registro de accesos",
    "legal_holds": "retenciones ya levantadas de la cuenta",
    "listed": "nombre e índice en la lista de llamadas",
}
_KEPT = (
    "Puntos, veredictos, conteos y duración, sin nombre ni cuenta: son la evaluación laboral del agente.",
    "Meses firmados, con ids nuevos que no dicen nada: no contienen datos de titulares.",
    "Registro de accesos, con ids nuevos que no dicen nada: es la prueba de quién vio qué.",
    "Una marca cifrada de la cuenta, para borrar de nuevo si se restaura una copia.",
)


def report(made: Erasure) -> str:
    """The report as plain text, in Spanish."""
    title = "Informe de borrado de datos personales" if made.done else "Borrado de datos personales: ensayo"
    verb = "Se borró" if made.done else "Se borraría"
    lines = [
        title,
        "=" * len(title),
        "",
        f"Fecha: {made.at:%Y-%m-%d %H:%M} UTC",
        f"Llamadas: {made.calls}",
        "",
    ]
    lines += [f"{verb}:", *(f"  {_NAMES[name]}: {n}" for name, n in _told(made))]
    files = len(made.files) - len(made.aside)
    lines += [f"  archivos (audio, copias para oír, recortes, casos de prueba): {files}"]
    if made.aside:
        lines += [f"  archivos apartados porque no se pudieron leer, con su motivo: {len(made.aside)}"]
        lines += [] if made.done else [f"          - {path}" for path in made.aside]
    lines += [""]
    lines += ["Se conserva:", *(f"  - {text}" for text in _KEPT), ""]
    if made.left:
        lines += ["Archivos fuera de la carpeta de datos, que debe borrar quien los guarda:"]
        lines += [*(f"  - {path}" for path in made.left), ""]
    if made.tables:
        lines += ["Archivos de datos que nombran la cuenta; quite de ellos sus filas, o vuelven a leerse:"]
        lines += [*(f"  - {path}" for path in made.tables), ""]
    lines += _drawn(made)
    lines += _named(made)
    lines += _backups(made)
    return "\n".join(lines) + "\n"


def _named(made: Erasure) -> list[str]:
    """Calls that may be of the person too. Their ids bear the account: what is kept as proof counts them."""
    if not made.named:
        return []
    head = (
        "Llamadas que llevan la cuenta en su id o en el nombre de su archivo, sin que conste que sean suyas: "
        f"{len(made.named)}."
    )
    if made.done:
        return [head, "No se borraron; el ensayo (sin --yes) las nombra.", ""]
    return [head, f"No se borran. {CONFIRM}", *(f"  - {name}" for name in made.named), ""]


def _drawn(made: Erasure) -> list[str]:
    """Calls that an agent's month loses with the words. Their ids bear the account: what is kept counts."""
    if not made.drawn:
        return []
    head = f"Llamadas sorteadas de un mes sin firmar, que nadie entregó todavía: {len(made.drawn)}."
    if made.done:
        return [head, "Ya no se revisan ni se entregan, así que no cuentan en el mes: «Cierre» lo dice.", ""]
    return [
        head,
        "Sin sus palabras no se revisan ni se entregan, y salen del mes de su agente. Si el plazo del pedido "
        "lo permite, revíselas y entréguelas antes: así quedan sus puntos.",
        *(f"  - {name}, mes {month:%Y-%m}" for name, month in made.drawn),
        "",
    ]


def _told(made: Erasure) -> list[tuple[str, int]]:
    return [(name, n) for name, n in made.rows.items() if name in _NAMES and TABLES[name].erased != "kept"]


def _backups(made: Erasure) -> list[str]:
    looked = ", ".join(map(str, made.looked))
    if not made.backups:
        return [
            f"Copias de respaldo: no se encontró ninguna en {looked}.",
            "Si las guarda en otra parte, repita el ensayo con --backups CARPETA.",
        ]
    lines = [
        f"Carpetas de copias revisadas: {looked}",
        "Copias de respaldo que aún lo contienen, hasta que venzan:",
    ]
    for one in made.backups:
        until = (
            f"se conserva hasta {one.kept_until}" if one.kept_until else "sin fecha de vencimiento: bórrela"
        )
        lines.append(f"  - {one.name}: {until}")
    days = [one.kept_until for one in made.backups if one.kept_until]
    if days and len(days) == len(made.backups):
        lines.append(f"Después del {max(days)} ninguna copia lo contiene.")
    lines.append(f"Si se restaura una de ellas: {erasures.command_again(made.ledger)}")
    lines.append("Guarde aparte una copia de ese registro: lo restaurado no lo trae.")
    return lines


def summary(made: Erasure) -> str:
    """One line: what was done, and what is left to do by hand."""
    calls = "1 llamada" if made.calls == 1 else f"{made.calls} llamadas"
    files = "1 archivo" if len(made.files) == 1 else f"{len(made.files)} archivos"
    by_hand = [
        text.format(n=n)
        for n, text in (
            (len(made.left), "archivos fuera de la carpeta de datos: {n}"),
            (len(made.tables), "archivos de datos con sus filas: {n}"),
            (0 if made.done else len(made.drawn), "llamadas sorteadas que conviene entregar antes: {n}"),
            (len(made.named), "llamadas que llevan la cuenta solo en su nombre: {n}"),
            (len(made.backups), "copias de respaldo que lo contienen: {n}"),
        )
        if n
    ]
    verb = "Se borró" if made.done else "Se borraría"
    left = (
        f"Queda por hacer a mano: {', '.join(by_hand)}. Vea el informe."
        if by_hand
        else "No queda nada a mano."
    )
    return f"{verb}: {calls} y {files}. {left}"
