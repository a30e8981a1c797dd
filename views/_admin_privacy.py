"""How long calls are kept: the rules, what they would erase today, what is held and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import islice

import streamlit as st

from coach import holds, named_calls, retention
from coach.holds import Kind, Own
from coach.retention import Due, Rule
from coach.types import CoachError
from views import _address, _formats, _session
from views._text import counted, retold, t
from views._widgets import plain

SHOWN = 20  # calls that are told one by one
LOOKED_AT = 5000  # due calls that a screen counts; the terminal counts all


def show() -> None:
    _rules()
    _due()
    _holds()
    st.caption(
        t(
            "Los datos de una persona se copian y se borran en la terminal: coach person copy CUENTA -o "
            "ARCHIVO.zip y coach person erase CUENTA."
        )
    )


def _rules() -> None:
    known = retention.rules(_session.store(), _session.viewer())
    if not known:
        with st.container(border=True, key="empty"):
            st.markdown(t("Todo se conserva: no hay ninguna regla. Agregue la primera."))
    else:
        heads = (t("Origen"), t("País"), t("Audio"), t("Texto"), t("Llamada y notas"))
        rows = [f"| {' | '.join(heads)} |", "|---|---|---|---|---|", *map(_row, known)]
        st.markdown("\n".join(rows))
        for rule in known:
            _overruled(rule, known)
    with st.popover(t("Poner una regla"), icon=":material/add:"):
        source = st.text_input(t("Origen (vacío: todos)"), key="rule-source", max_chars=100)
        country = st.text_input(t("País, dos letras (vacío: todos)"), key="rule-country", max_chars=2)
        audio = _age(t("Días de audio"), "rule-audio")
        words = _age(t("Días de texto"), "rule-words")
        months = _age(t("Meses de la llamada y sus notas"), "rule-months")
        st.caption(t("Vacío es para siempre. Sin ningún plazo, la regla de ese origen y país se quita."))
        rule = Rule(source.strip(), country.strip().upper(), audio, words, months)
        put = partial(retention.put, sources=_session.settings().sources)
        _address.offer(
            t("Guardar"), put, _session.store(), _session.viewer(), rule, key="put-rule",
            told=t("La regla está guardada. Todavía no borró nada."),
        )  # fmt: skip


def _overruled(rule: Rule, known: Sequence[Rule]) -> None:
    """What a nearer rule keeps for ever, though another one limits it."""
    names = {"audio": t("audio"), "words": t("texto"), "call": t("llamada y notas")}
    if kept := retention.overruled(rule, known):
        where = " ".join(part for part in (rule.source, rule.country) if part)
        said = t(
            "{where} no da plazo para: {kept}. Otra regla lo da, pero donde valen las dos cuenta solo esta: "
            "dé el plazo también aquí.",
            where=where, kept=", ".join(names[what] for what in kept),
        )  # fmt: skip
        st.caption(f":orange[?] {plain(said)}")


def _age(label: str, key: str) -> int | None:
    return st.number_input(label, min_value=1, value=None, step=1, format="%d", key=key)


def _row(rule: Rule) -> str:
    days = (rule.audio_days, rule.transcript_days)
    months = rule.score_months
    cells = (
        plain(rule.source or t("todos")),
        plain(rule.country or t("todos")),
        *(t("siempre") if n is None else counted(n, "{n} día", "{n} días") for n in days),
        t("siempre") if months is None else counted(months, "{n} mes", "{n} meses"),
    )
    return f"| {' | '.join(cells)} |"


def _due() -> None:
    st.subheader(t("Qué toca borrar hoy"))
    found = tuple(islice(retention.due(_session.store(), _session.viewer()), LOOKED_AT))
    goes, stays = [one for one in found if not one.held], [one for one in found if one.held]
    if not goes:
        st.markdown(t("Nada."))
    else:
        st.markdown(counted(len(goes), "{n} llamada cumplió su plazo.", "{n} llamadas cumplieron su plazo."))
        if n := sum(one.unconfirmed for one in goes):
            st.warning(
                counted(
                    n,
                    "{n} tiene una falta crítica sin confirmar: sin texto, ya solo se podrá descartar.",
                    "{n} tienen una falta crítica sin confirmar: sin texto, ya solo se podrá descartar.",
                )
            )
        st.markdown("\n".join(_line(one, _what(one)) for one in goes[:SHOWN]))
        if len(goes) > SHOWN:
            st.caption(t("{n} más", n=len(goes) - SHOWN))
        if st.checkbox(t("Entiendo que lo borrado no se recupera"), key="sure"):
            _address.offer(
                t("Borrar lo que toca"), retention.run, _session.store(), _session.viewer(),
                key="run-retention", told=t("Borrado. El registro dice qué y cuándo."),
            )  # fmt: skip
    if stays:
        st.markdown(f"**{t('Se retiene')}**")
        st.markdown("\n".join(_line(one, retold(one.held)) for one in stays[:SHOWN]))
        if len(stays) > SHOWN:
            st.caption(t("{n} más", n=len(stays) - SHOWN))


def _line(one: Due, told: str) -> str:
    return f"- {plain(one.recording_id)} · {_formats.day(one.day)} · {plain(told)}"


def _what(one: Due) -> str:
    names = {"audio": t("audio"), "words": t("texto"), "call": t("toda la llamada")}
    return ", ".join(names[what] for what in one.what)


def _holds() -> None:
    st.subheader(t("Retención legal"))
    store, viewer = _session.store(), _session.viewer()
    known = holds.holds(store, viewer)
    if not known:
        st.markdown(t("Nadie pidió retener nada."))
    for hold in known:
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-hold-{hold.id}"):
            kind = t("llamada") if hold.kind == "call" else t("cuenta")
            until = t("hasta el {day}", day=_formats.day(hold.until)) if hold.until else t("sin fecha de fin")
            who = plain(hold.placed_by or t("la terminal"))
            said = f"**{kind} {plain(hold.subject)}** · {plain(hold.reason)} · {who} · {until}"
            st.markdown(said, width="stretch")
            _address.offer(
                t("Levantar"), holds.lift, store, viewer, hold.id, key=f"lift-{hold.id}",
                told=t("La retención terminó."),
            )  # fmt: skip
    _own()
    with st.popover(t("Retener"), icon=":material/lock:"):
        kinds: dict[str, Kind] = {t("Una llamada"): "call", t("Una cuenta"): "account"}
        chosen = st.radio(t("Qué"), list(kinds), key="hold-kind", horizontal=True)
        subject = st.text_input(t("Su id, como está escrito"), key="hold-subject", max_chars=200)
        reason = st.text_input(t("Por qué"), key="hold-reason", max_chars=500)
        last = st.date_input(t("Hasta (vacío: hasta levantarla)"), value=None, min_value=date.today(),
                              format=_formats.date_field(), key="hold-until")  # fmt: skip
        if st.button(t("Retener"), key="place-hold") and _address.attempt(
            _place, kinds[chosen], subject, reason, last
        ):
            _address.say_later(_placed(kinds[chosen], subject))
            st.rerun()


def _own() -> None:
    """What is held without anybody's doing."""
    own = holds.by_themselves(_session.store(), _session.viewer())
    if not own:
        st.caption(t("Las apelaciones abiertas y los reclamos se retienen solos; hoy no hay ninguno."))
        return
    st.markdown(f"**{t('Se retienen solas, por una apelación abierta o un reclamo')}**")
    st.markdown("\n".join(f"- {plain(one.recording_id)} · {_own_why(one)}" for one in own[:SHOWN]))
    if len(own) > SHOWN:
        st.caption(t("{n} más", n=len(own) - SHOWN))


def _own_why(one: Own) -> str:
    return t("reclamo: {said}", said=plain(one.disposition)) if one.disposition else t("apelación abierta")


def _placed(kind: Kind, subject: str) -> str:
    """What was done, and which calls a person may have meant too."""
    done = t("Queda retenido: nada de ello se borra.")
    others = named_calls.beside(_session.store(), _session.viewer(), subject) if kind == "account" else ()
    if not others:
        return done
    more = t(
        "No alcanza a las llamadas que solo llevan la cuenta en su id o en el nombre de su archivo: {calls}. "
        "Si son suyas, importe una tabla con columnas id y account (coach import --manifest).",
        calls=plain(", ".join(others[:SHOWN])) + ("…" if len(others) > SHOWN else ""),
    )
    return f"{done} {more}"


def _place(kind: Kind, subject: str, reason: str, until: object) -> int:
    if until is not None and not isinstance(until, date):
        raise CoachError(t("Elija un solo día."))
    return holds.place(_session.store(), _session.viewer(), kind, subject, reason, until=until)
