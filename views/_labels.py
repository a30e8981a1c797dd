"""The names that people read for ids: groups, outcomes, findings, doubts, states."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from babel import Locale

from coach.draw_plan import Reason
from coach.pipeline import may_ask_reason
from coach.types import JobState, JobStep
from coach.viewers import Role
from coach.written import Language
from drills.scenario import Scenario
from nlp.labels import labels
from rubrics.playbook import DebtorType
from rubrics.types import Group, Outcome, Verdict
from transcripts.types import Speaker, StretchKind
from views._text import language, own, t

# faults that bar a wording of the guide and are cues, no acts
_CUES = {
    "gives_up": ("Desiste de pedir el pago", "Gives up asking for the payment"),
    "brush_off": ("Respuesta que desestima", "Brush-off"),
    "waves_off": ("Resta importancia a lo que le cuentan", "Waves off what is told"),
}


def finding(label: str) -> str:
    """An objection or an act by its id; the id itself where a rubric brought a cue of its own."""
    known = labels().objections.get(label) or labels().acts.get(label)
    if known is None and label in _CUES:
        return own(*_CUES[label])
    return own(known.label.es, known.label.en) if known else label.replace("_", " ")


def scenario(case: Scenario) -> str:
    """«Contesta la hermana · Guatemala · nivel 1»."""
    level = t("nivel {n}", n=case.difficulty)
    return f"{own(case.title, case.title_en)} · {country(case.country)} · {level}"


def group(name: Group) -> str:
    return {
        "apertura": t("Apertura"),
        "trato": t("Trato"),
        "escucha": t("Escucha"),
        "negociacion": t("Negociación"),
        "cierre": t("Cierre"),
        "pais": t("Reglas del país"),
    }[name]


def debtor(kind: DebtorType) -> str:
    """Why somebody owes."""
    return {
        "fortuito": t("quiere pagar y no puede"),
        "intencional": t("puede pagar y no quiere"),
        "negligente": t("puede pagar y lo deja pasar"),
        "circunstancial": t("hay algo que aclarar antes: un error, una queja o una duda"),
        "desorganizado": t("no se enteró o se le olvida"),
    }[kind]


def outcome(verdict: Verdict) -> str:
    if verdict.needs_review:
        return t("por revisar")
    return outcome_name(verdict.outcome)


def outcome_name(name: Outcome) -> str:
    return {"pass": t("cumple"), "fail": t("no cumple"), "na": t("no aplica")}[name]


def band(name: str) -> str:
    """A band of the score: Temple's in the session's language, a house's own as it wrote it."""
    usual = {
        "sobresaliente": t("sobresaliente"),
        "cumple": t("cumple"),
        "en desarrollo": t("en desarrollo"),
    }
    return usual.get(name, name)


def bands(names: Iterable[str]) -> str:
    return ", ".join(map(band, names))


def reason(name: Reason | None) -> str:
    """Why a call waits for a person; None: a blind one, which does not say."""
    if name is None:
        return t("a ciegas")
    return {
        "random": t("al azar"),
        "critical": t("falta crítica por confirmar"),
        "disagreement": t("las personas suelen cambiar este veredicto"),
        "threshold": t("cerca de un límite de puntos"),
        "doubt": t("hay veredictos por revisar"),
        "new_agent": t("agente nuevo"),
    }[name]


def stretch(kind: StretchKind) -> str:
    """Why a stretch of audio is no evidence."""
    return {
        "phantom": t("texto sin voz, retirado"),
        "music": t("música o tono"),
        "echo": t("eco del otro canal"),
        "neighbour": t("voz vecina"),
        "repetition": t("texto repetido por el motor, retirado"),
        "low_confidence": t("se oye con poca claridad"),
        "unheard": t("voz sin texto"),
    }[kind]


def doubt(kind: StretchKind) -> str:
    """The same, said of a turn that is shown but may not be evidence."""
    return t("No cuenta como prueba: {why}.", why=stretch(kind))


def job_state(state: JobState) -> str:
    return {
        "queued": t("en cola"),
        "running": t("en curso"),
        "paused": t("en pausa"),
        "done": t("lista"),
        "failed": t("falló"),
        "cancelled": t("cancelada"),
    }[state]


def job_step(step: JobStep) -> str:
    return {"transcribe": t("transcribiendo"), "analyze": t("analizando"), "score": t("evaluando")}[step]


def role(name: Role) -> str:
    return {
        "admin": t("Administración"),
        "analyst": t("Analista de calidad"),
        "trainer": t("Formación"),
        "lead": t("Líder de equipo"),
        "agent": t("Agente"),
        "auditor": t("Auditoría externa"),
    }[name]


def speaker(name: Speaker) -> str:
    """Who says a turn, where nobody is named."""
    return {
        "agent": t("Agente"),
        "debtor": t("Deudor"),
        "other": t("Otra persona"),
        "unknown": t("Sin identificar"),
    }[name]


def country(code: str) -> str:
    """«México»."""
    return countries_in(language())(code)


def countries_in(tongue: Language) -> Callable[[str], str]:
    """What a country's code reads as, for what is made where no screen is."""
    known = Locale.parse(tongue).territories
    return lambda code: str(known.get(code, code))


def step(name: str, *countries: str | None, spared: str | None = None) -> str:
    """A step of a reply (see `rubrics.replies`); where the law of one of `countries` bars asking why somebody
    has not paid, with what may be asked there. `spared` (see `rubrics.unasked`): without a word of money.
    """
    if spared is not None and name in ("explore", "answer"):
        return _unasked(name, spared)
    if name == "explore" and not may_ask_reason(*countries):
        return t("indagar con qué cuenta y qué opción le sirve, sin preguntar el motivo")
    return {
        "recognise": t("reconocer"),
        "explore": t("indagar"),
        "answer": t("responder u ofrecer"),
        "ask": t("volver a pedir"),
    }[name]


def _unasked(name: str, spared: str) -> str:
    explore = {
        "other": t("preguntar cuándo encuentra al titular"),
        "grave": t("preguntar cuándo prefiere que le llamen"),
        "dispute": t("indagar qué ocurrió"),
    }
    answer = {"other": t("decir cuándo vuelve a llamar, sin el motivo")}
    return explore[spared] if name == "explore" else answer.get(spared, t("decir qué sigue"))


def steps() -> dict[str, str]:
    """The fields of a play (`rubrics.playbook.FIELDS`) as titles, in the order that they are shown."""
    return {
        "replies": t("Respuestas completas"),
        "recognise": t("Reconocer"),
        "explore": t("Indagar"),
        "answer": t("Responder u ofrecer"),
        "ask": t("Volver a pedir"),
    }


def tones() -> dict[str, str]:
    return {
        "calido": t("cálido"),
        "directo": t("directo"),
        "formal": t("formal"),
        "sencillo": t("sencillo"),
    }


def stages() -> dict[str, str]:
    """How late a case is."""
    return {
        "preventiva": t("antes de vencer"),
        "temprana": t("hasta 30 días de atraso"),
        "tardia": t("31 a 90 días de atraso"),
        "prejuridica": t("más de 90 días de atraso"),
    }


def slot(name: str) -> str:
    """A fact of the case that a wording has room for."""
    return {
        "nombre": t("nombre"),
        "monto": t("monto"),
        "fecha": t("fecha"),
        "segunda_fecha": t("segunda fecha"),
        "empresa": t("empresa"),
        "agente": t("su nombre"),
        "producto": t("producto"),
        "dias": t("días"),
        "oferta": t("oferta"),
    }.get(name, name)
