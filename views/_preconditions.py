"""When a criterion does not apply, in words, after «no aplica si»."""

from __future__ import annotations

from collections.abc import Sequence

from views._text import t


def when(names: Sequence[str]) -> str:
    """What the preconditions `names` say, one after the other."""
    words = _words()
    return "; ".join(words[name] for name in names)


def _words() -> dict[str, str]:
    return _of_the_call() | _of_what_was_said() | _of_the_case()


def _of_the_call() -> dict[str, str]:
    return {
        "voicemail_only": t("contestó un buzón de voz y no habló ninguna persona"),
        "debtor_not_reached": t("no se habló con el titular"),
        "starts_after_greeting": t("la grabación empieza después del saludo"),
        "transferred_in": t("la llamada venía transferida de otra persona"),
        "ended_before_purpose": t("el deudor terminó la llamada antes de que se le pudiera decir el adeudo"),
        "never_told": t(
            "no se le dijo a nadie del adeudo ni se le pidió pagar, porque quien contestó no quiso "
            "hablar, dudó de la llamada, no era el titular o contó una emergencia y se le dejó ir"
        ),
        "debtor_busy": t(
            "el deudor no tenía tiempo antes de oír del adeudo o en cuanto lo oyó, y se acordó otra hora"
        ),
        "busy_before_reason": t(
            "el deudor no tenía tiempo, se acordó otra hora y nadie le había preguntado aún el motivo"
        ),
        "in_emergency": t(
            "el deudor contó una emergencia en cuanto oyó del adeudo, y el agente no pidió nada más"
        ),
        "emergency_first": t(
            "el deudor contó una emergencia antes de que el agente le dijera el monto y el atraso, y "
            "el agente no pidió nada más"
        ),
        "emergency_before_reason": t(
            "el deudor contó una emergencia antes de que el agente preguntara el motivo, y el agente "
            "no pidió nada más"
        ),
        "grief_before_reason": t("el deudor contó una muerte antes de que el agente preguntara el motivo"),
        "debtor_hung_up": t(
            "el deudor colgó, se despidió sin que el agente cerrara la llamada o se fue antes de oír "
            "de qué se trataba"
        ),
        "only_debtor_spoke": t(
            "no había nadie más a quien contarle algo, y el agente no menciona a nadie a quien se lo "
            "haya dicho"
        ),
        "nobody_to_find": t(
            "quien contestó no conoce a nadie con ese nombre (número equivocado), o la persona que se "
            "busca murió"
        ),
        "recording_refused": t(
            "el deudor no permitió que se grabara, y el agente terminó la llamada; si siguió, decide "
            "una persona"
        ),
        "refused_before_purpose": t(
            "el deudor no permitió que se grabara antes de oír el adeudo completo, y el agente "
            "terminó la llamada"
        ),
        "refused_before_reason": t(
            "el deudor no permitió que se grabara antes de que el agente preguntara el motivo, y el "
            "agente terminó la llamada"
        ),
        "only_with_debtor": t("solo se habló con el titular"),
    }


def _of_what_was_said() -> dict[str, str]:
    return {
        "no_hardship_told": t("el deudor no contó ninguna dificultad ni queja"),
        "said_already_paid": t("el deudor dijo que ya está pagado"),
        "no_objection": t("el deudor no puso ninguna objeción"),
        "no_agreement": t("no hubo acuerdo"),
        "accepts_full_payment": t("el deudor aceptó enseguida pagar todo"),
        "refused_after_every_rung": t(
            "el deudor se negó aunque el agente reconoció su situación, indagó, ofreció una "
            "alternativa y volvió a pedir el pago"
        ),
        "no_fair_chance": t(
            "no se podía o no era justo seguir pidiendo: no se habló con el titular, ya está pagado, "
            "lo disputa, es un caso especial, hubo una emergencia de estos días o un robo y después "
            "no se pidió nada, nunca oyó del adeudo o la llamada terminó enseguida"
        ),
        "no_inability_told": t("el deudor no dijo que no podía pagar"),
        "debt_not_told": t("no se habló del adeudo"),
        "no_dispute": t("el deudor no disputó nada"),
        "amount_not_disputed": t("el deudor no disputó el monto"),
        "left_after_dispute": t(
            "el deudor terminó la llamada antes del tercer turno del agente después de disputar el monto"
        ),
        "left_after_complaint": t(
            "el deudor terminó la llamada antes del cuarto turno del agente después de una queja"
        ),
        "no_stop_request": t("nadie pidió que dejaran de llamar"),
        "no_special_case": t("no hay una muerte, un robo de identidad, una enfermedad grave ni una quiebra"),
        "no_question": t("el deudor no hizo ninguna pregunta directa"),
        "no_complaint": t("el deudor no se quejó de nada"),
    }


def _of_the_case() -> dict[str, str]:
    return {
        "no_case_facts": t("no se conocen ni el monto ni los días de atraso del caso"),
        "no_known_offers": t("el caso no trae la lista de lo que se puede ofrecer"),
        "no_disposition": t("no se codificó el resultado"),
        "notice_played": t("antes de la llamada suena un aviso grabado"),
        "not_first_contact": t("no es el primer contacto, o no se sabe"),
        "first_contact": t("es el primer contacto, o no se sabe"),
    }
