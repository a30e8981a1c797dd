"""What the entries of the audit log say, in words."""

from __future__ import annotations

from urllib.parse import urlencode

from coach.audit import Entry
from views import _address, _formats, _labels, _pages
from views._log_details import details, resource
from views._text import t
from views._widgets import plain

NAMELESS = frozenset({"account", "jobs", "retention", "person"})  # kinds of subject of which there is but one


def table(rows: tuple[Entry, ...]) -> str:
    """The entries as a markdown table."""
    heads = f"| {t('Cuándo')} | {t('Quién')} | {t('Qué hizo')} | {t('Con qué')} | {t('Detalle')} |"
    return "\n".join([heads, "|---|---|---|---|---|", *map(_row, rows)])


def _row(entry: Entry) -> str:
    cells = (
        plain(_address.moment(entry.at)),
        plain(_who(entry)),
        plain(actions().get(entry.action, entry.action.replace("_", " "))),
        _subject(entry.subject),
        plain(details(entry.detail) or _formats.NOTHING),
    )
    return f"| {' | '.join(cells)} |"


def _who(entry: Entry) -> str:
    """A login; of the terminal the machine's user, where the entry names one."""
    if entry.login:
        return entry.login
    name = entry.detail.get("machine_user")
    return t("la terminal ({name})", name=name) if name else t("la terminal")


def _subject(subject: str) -> str:
    """What the entry is about; a call leads to its screen."""
    kind, _, name = subject.partition(":")
    if kind in ("playbook", "answers") and name:
        return plain(f"{kinds()[kind]}: {_labels.finding(name)}")
    name = resource(name) if kind in ("api", "export") else name
    shown = plain(" ".join(part for part in (kinds().get(kind, kind), name) if part))
    return f"[{shown}](call?{urlencode(_pages.led({'call': name}))})" if kind == "call" and name else shown


def actions() -> dict[str, str]:
    """By what the log keeps; one that is not here reads as it is."""
    return {
        "see": t("vio"),
        "import": t("tomó llamadas"),
        "upload": t("subió"),
        "facts": t("cambió datos de la llamada"),
        "see_bare": t("vio sin los veredictos"),
        "export": t("exportó"),
        "sign_in": t("entró"),
        "sign_out": t("salió"),
        "sign_in_refused": t("no pudo entrar"),
        "password": t("cambió su contraseña"),
        "add": t("agregó"),
        "change": t("cambió datos"),
        "reset": t("dio una contraseña nueva"),
        "unlink": t("olvidó la cuenta de la empresa de"),
        "activate": t("activó"),
        "deactivate": t("desactivó"),
        "team": t("puso en un equipo"),
        "dialler": t("dio un usuario del marcador"),
        "grant": t("dio una cartera"),
        "revoke": t("quitó una cartera"),
        "claim": t("tomó para revisar"),
        "give_back": t("devolvió a la cola"),
        "assign": t("asignó"),
        "draw": t("sorteó"),
        "drop": t("sacó de la cola"),
        "discard": t("descartó un borrador"),
        "finish": t("terminó una revisión"),
        "review": t("abrió la revisión de"),
        "override": t("cambió un veredicto"),
        "confirm": t("confirmó veredictos"),
        "promise": t("corrigió la promesa"),
        "act": t("anotó qué se hizo"),
        "comment": t("comentó"),
        "edit_comment": t("corrigió un comentario"),
        "delete_comment": t("borró un comentario"),
        "release": t("entregó"),
        "withdraw": t("retiró una entrega"),
        "acknowledge": t("se dio por enterado"),
        "dispute": t("apeló"),
        "withdraw_dispute": t("retiró su apelación"),
        "void_dispute": t("dio por terminada sin decisión una apelación"),
        "decide": t("decidió una apelación"),
        "form.publish": t("publicó una pauta"),
        "form.restore": t("restauró una pauta"),
        "rescore": t("pidió evaluar de nuevo"),
        "jobs.pause": t("pausó la cola"),
        "jobs.resume": t("siguió con la cola"),
        "jobs.rerun": t("puso en cola lo evaluado con lo de antes"),
        "playbook.add": t("agregó una frase a la guía"),
        "playbook.leave_out": t("quitó una frase de la guía"),
        "playbook.take_back": t("volvió a poner una frase"),
        "playbook.restore": t("restauró la guía"),
        "propose": t("propuso respuestas"),
        "approved": t("aprobó una respuesta"),
        "rejected": t("rechazó una respuesta"),
        "calibration.create": t("preparó una calibración"),
        "calibration.score": t("evaluó en una calibración"),
        "calibration.close": t("cerró una calibración"),
        "close.prepare": t("preparó el cierre"),
        "close.sign": t("firmó el cierre"),
        "close.reseal": t("selló de nuevo el cierre"),
        "close.adjust": t("anotó un ajuste"),
        "past.import": t("importó evaluaciones"),
        "payments.import": t("importó pagos"),
        "drill.begin": t("empezó un ejercicio"),
        "drill.finish": t("terminó un ejercicio"),
        "drill.drop": t("descartó un ejercicio"),
        "hear": t("oyó"),
        "drill.assign": t("pidió una práctica"),
        "drill.withdraw": t("retiró una práctica"),
        "plan.make": t("hizo un plan"),
        "plan.move": t("cambió el día de un plan"),
        "plan.close": t("cerró un plan"),
        "plan.drop": t("dejó un plan"),
        "session.open": t("abrió una práctica en grupo"),
        "session.compare": t("comparó una práctica en grupo"),
        "session.drop": t("descartó una práctica en grupo"),
        "clip.propose": t("propuso un recorte"),
        "clip.approve": t("aprobó un recorte"),
        "clip.withdraw": t("retiró un recorte"),
        "clip.recall": t("volvió a poner en espera un recorte"),
        "scenario.publish": t("publicó un escenario"),
        "scenario.restore": t("restauró un escenario"),
        "scenario.retire": t("retiró un escenario"),
        "backup": t("respaldó"),
        "restore": t("restauró un respaldo"),
        "database.upgrade": t("puso al día"),
        "mute": t("sacó el audio sin datos personales"),
        "retention.rule": t("puso una regla de conservación"),
        "retention.run": t("borró lo que cumplió su plazo"),
        "retention.erase": t("borró por su plazo"),
        "hold.place": t("puso una retención legal"),
        "hold.lift": t("levantó una retención legal"),
        "person.copy": t("copió los datos de una persona"),
        "person.erase": t("borró los datos de una persona"),
        "token.create": t("creó un token"),
        "token.revoke": t("revocó un token"),
        "api": t("consultó por la API"),
    }


def kinds() -> dict[str, str]:
    """By what stands before the colon of a subject."""
    return {
        "call": t("llamada"),
        "calls": t("llamadas con"),
        "user": t("persona"),
        "team": t("equipo"),
        "site": t("sede"),
        "form": t("pauta"),
        "playbook": t("guía"),
        "answers": t("respuestas propuestas"),
        "answer": t("respuesta"),
        "calibration": t("calibración"),
        "close": t("cierre"),
        "draw": t("sorteo"),
        "drill": t("ejercicio"),
        "assignment": t("práctica pedida"),
        "plan": t("plan"),
        "session": t("práctica en grupo"),
        "clip": t("recorte"),
        "scenario": t("escenario"),
        "file": t("archivo"),
        "export": t("exportación"),
        "jobs": t("trabajos"),
        "account": t("cuenta"),
        "hold": t("retención legal"),
        "retention": t("conservación"),
        "person": t("deudor"),
        "token": t("token"),
        "database": t("base de datos"),
        "api": t("API"),
    }
