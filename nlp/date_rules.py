"""The phrases that name days, each with the function that says which day; the longest that fits wins."""

from __future__ import annotations

from nlp.calendar_names import A_MONTH, A_WEEKDAY
from nlp.date_meanings import (
    Rule,
    ahead,
    answer,
    feast,
    figures,
    half_of_month,
    in_so_long,
    monthly,
    nth_weekday,
    numbered_ahead,
    of_month,
    of_named_month,
    of_next_month,
    of_this_month,
    part_of_month,
    quincena,
    so_many_from,
    softly_today,
    this_weekday,
    tomorrow,
    vague,
    weekday,
    weekday_and_week,
    weekday_next_week,
    weekend,
)
from nlp.folded import phrase

_W = f"(?P<w>{A_WEEKDAY})"
_WD = f"(?:(?:este|hoy|mañana|pasado mañana)(?: mismo)? (?:, )?)?{_W}"  # before a day of the month
_M = f"(?P<m>{A_MONTH})"
_N = "(?:#(?P<n>[1-9]|[12][0-9]|3[01])(?: ro| ero| o)?|(?P<one>primero|uno|primer))"
_Y = r"(?: del?(?: año)? #(?P<y>20[0-9][0-9]))?"
_C = "(?:#(?P<c>[0-9]{1,3})|(?P<one>un|una))"
_INCOME = (
    "(?:cobre|cobremos|paguen|pague|pueda|pudiera|tenga|depositen|deposite|caiga|caigan|llegue|llegan|"
    "salga|venda|consiga|entre|"
    "junte|suelten|den|liquiden|consignen|ingresen|transfieran|haya|alcance)"
)
_PAY_VERB = (
    "(?:pago|pagarlo|pagarla|pagarle|pagar|deposito|depositarlo|transfiero|cancelo|cancelarlo|yapeo|abono|hago|mando|"
    "liquido|liquidarlo)"
)
_NEXT = "(?:que viene|que entra|que sigue|entrante|proximo|proxima|siguiente)"
_OPEN = "(?:el|al|del|pal|dia|para|hasta|tardar)"
NOT_COUNTED = (
    "(?! (?:por ciento|porciento|%|pesos|soles|sol|euros|dolares|lucas|luca|mil|mangos|palos|palo|gambas|"
    "rojos|tejas|varos|"
    "quetzales|colones|cuotas|cuota|pagos|meses|mes|dias|semanas|horas|minutos|veces|años|numeros|digitos|"
    "ultimos|"
    "de la (?:mañana|tarde|noche|madrugada)|y media|en punto|am|pm|a m|p m|o #[0-9]))"
)
_OF_NEXT_WEEK = (
    f"de (?:la )?(?:(?:otra|proxima|siguiente) semana|semana {_NEXT})|de la otra|de la proxima|de la que "
    f"viene"
)
_THIS_MONTH = "(?:de este mes|del presente(?: mes)?|del mes en curso|del corriente|de este)"
_NEXT_MONTH = f"(?:del (?:mes {_NEXT}|(?:proximo|otro|siguiente) mes|{_NEXT})|de el otro mes)"
_MONTHLY = "(?:de cada mes|de todos los meses|todos los meses|cada mes)"


_OF_MONTH = (
    f"(?: (?:de |del )?(?:(?P<nextmonth>mes {_NEXT}|(?:proximo|otro|siguiente) mes|mes entrante)|este mes|"
    f"mes|{_M}))"
)

_OF_WHOLE = f"(?P<whole>(?P<each> {_MONTHLY})|{_OF_MONTH}|(?: (?:en|d)el)? {_THIS_MONTH})"
_NTH = "(?P<nth>primer|segundo|tercer|cuarto|ultimo|penultimo)"

_PATTERNS: tuple[tuple[str, Rule], ...] = (
    (r"=(?P<figures>[0-9/-]+)", figures),
    (f"(?:{_WD} (?:, )?)?(?:el )?(?:dia )?{_N} del? {_M}{_Y}", of_named_month),
    # «diez enero»; who is called Abril or Julio is no month
    (f"(?<! cuota )(?<! letra )(?<! pago ){_N} (?!abril |julio ){_M}{_Y}", of_named_month),
    (f"(?:{_WD} (?:, )?(?:el )?|el |dia |el dia ){_N} {_M}{_Y}", of_named_month),
    (f"(?:{_WD} (?:, )?)?(?:el )?(?:dia )?{_N} {_THIS_MONTH}", of_this_month),
    (f"(?:{_WD} (?:, )?)?(?:el )?(?:dia )?{_N} {_NEXT_MONTH}", of_next_month),
    (f"(?:{_W} (?:, )?)?(?:los )?(?:dias? )?{_N} {_MONTHLY}", monthly),
    (f"{_WD} (?:, )?(?:el )?(?:dia )?#(?P<n>[1-9]|[12][0-9]|3[01]){NOT_COUNTED}", of_month),
    (f"{_OPEN} (?P<core>#(?P<n>[1-9]|[12][0-9]|3[01])(?: ro| ero)?{NOT_COUNTED})", of_month),
    (f"(?:de|desde|empezando|para) este (?P<core>#(?P<n>[1-9]|[12][0-9]|3[01]){NOT_COUNTED})", of_month),
    (f"(?:dia|para el|antes del|hasta el|al|tardar el) (?P<core>(?:(?P<n>#)|primero|uno){NOT_COUNTED})",
    of_month),
    (f"(?:el |este |del )?{_W} {_NEXT}", weekday),
    (f"(?:el |del |este )?(?:proximo|siguiente) {_W}", weekday),
    (f"(?:el |del )?otro {_W}", weekday_and_week),
    (f"(?:el |del )?{_W} (?:{_OF_NEXT_WEEK})", weekday_next_week),
    (f"(?:el |del |de este |este |al )?{_W} en #(?P<c>8|15)", so_many_from),
    (f"(?:este|hoy)(?: mismo)? {_W}(?! pasado)", this_weekday),
    (f"mañana {_W}", ahead(1)),
    (f"(?<! desde )(?<! desde el )(?<! los )(?<! cada )(?<! hace ){_W}(?! pasado| anterior| ultimo(?! dia))",
     weekday),
    (f"(?:el |este |del |al |(?P<every>cada ))*{_NTH} {_W}{_OF_WHOLE}", nth_weekday),
    (f"(?:el |este |del |al )?{_W} (?P<nth>ultimo){_OF_WHOLE}", nth_weekday),
    (f"(?:el |este |del |al )?{_W} de la (?P<nth>ultima|penultima) semana{_OF_WHOLE}", nth_weekday),
    (f"(?:el |del |al )?(?P<nth>ultimo) {_W}", nth_weekday),
    (f"(?:el )?{_W} (?:o|u) (?:el )?(?:{A_WEEKDAY})", vague),
    (f"entre (?:el )?(?:[^ ]+) (?:y|o) (?:el )?(?:{A_WEEKDAY})", vague),
    ("(?:entre|del|desde) (?:el )?#(?:[1-9]|[12][0-9]|3[01]) (?:y|al|a|o|hasta) (?:el )?"
     "#(?:[1-9]|[12][0-9]|3[01])"
     + NOT_COUNTED, vague),
    (f"(?:el|para el) #(?:[1-9]|[12][0-9]|3[01]) o (?:el )?#(?:[1-9]|[12][0-9]|3[01]){NOT_COUNTED}", vague),
    ("(?:hoy|mañana) o (?:mañana|pasado|pasado mañana|el [^ ]+)", vague),
    (f"(?P<rel>pasado mañana|mañana|hoy)(?: mismo)? (?:, )?(?:el )?(?:dia )?#(?P<n>[1-9]|[12][0-9]|3[01])"
     f"{NOT_COUNTED}", numbered_ahead),
    ("pasado mañana", ahead(2)),
    ("mañana(?: mismo| mismito| sin falta)?", tomorrow),
    ("hoy(?: mismo| mismito| dia)?(?! por hoy)(?! en dia)", ahead(0)),
    ("(?:ahora|ahorita|ya|orita) (?:mismo|mismito|mismitico)|en este (?:momento|instante)|de inmediato",
    ahead(0)),
    (f"{_PAY_VERB} (?:todo |todos |todas |de una vez )?(?P<core>(?:ahora|ahorita|orita)(?! no))",
     softly_today),
    (f"(?P<core>ahora|ahorita|orita)(?= (?:mismo )?(?:le |se |lo |la |los |las |te |ya )*{_PAY_VERB} )",
     softly_today),
    ("en (?:el )?(?:transcurso|curso) del dia|(?:esta|esta misma) (?:tarde|noche|tardecita|nochecita)",
    ahead(0)),
    ("(?P<from>de hoy|de mañana|mañana|hoy) (?:en|a) #(?P<c>8|15)(?: dias)?", so_many_from),
    ("(?:en|dentro de|de aqui a|de hoy a|de hoy en) "
     f"(?P<soft>unos |unas |como |mas o menos |aproximadamente )?{_C} "
     "(?P<u>dias?|semanas?|meses|mes|horas?|minutos?)(?P<working> habiles)?(?! (?:de (?:atraso|mora|"
     "retraso)|vencid[^ ]*))",
     in_so_long),
    ("en media (?:hora|horita)", ahead(0)),
    ("(?:en|dentro de) (?:#[0-9]+ (?:o|a) #[0-9]+|unos|unas|un par de|par de|algunos|estos|pocos) "
     "(?:dias|semanas|meses)", vague),
    (f"(?:la |esta |esa |mi )?(?:proxima |(?P<later>otra ))?quincena(?: {_NEXT})?", quincena),
    ("en una quincena", ahead(15)),
    (f"(?:la )?(?P<half>primera|segunda) quincena{_OF_MONTH}?", half_of_month),
    (f"(?:fin|fines|final|finales|ultimo|ultimos|ultimo dia|ultimos dias|cierre){_OF_MONTH}",
    part_of_month(31)),
    (f"(?:el )?(?:dia )?(?P<core>ultimo(?: dia)?){_OF_MONTH}", part_of_month(31)),
    (f"(?:primeros|principios?|comienzos?|inicios?|empezando|entrando){_OF_MONTH}", part_of_month(1)),
    ("a (?:primeros|principios)(?! de)(?P<m>)(?P<nextmonth>)", part_of_month(1)),
    (f"(?:mediados|quincena){_OF_MONTH}", part_of_month(15)),
    # «la mitad este mes» is a sum; of a fortnight or a week no day in the middle is sure
    (f"(?:mitad(?= del? )|(?<= a )mitad){_OF_MONTH}", part_of_month(15)),
    (f"(?:mitad del?|(?:a|en|para) media|mediados de)(?: la)?(?: (?:proxima|otra|esta))? (?:quincena|semana)"
     f"(?: {_NEXT})?", vague),
    ("a mediados(?! de)(?P<m>)(?P<nextmonth>)", part_of_month(15)),
    (f"(?:los )?primeros dias{_OF_MONTH}", part_of_month(5, firm=False)),
    (f"(?:la )?primera semana{_OF_MONTH}", part_of_month(7, firm=False)),
    ("(?:fin|fines|final) de año", feast(12, 31)),
    ("navidad|navidades", feast(12, 25)),
    ("nochebuena|noche buena", feast(12, 24)),
    ("(?:dia de )?reyes", feast(1, 6)),
    ("(?:el |este |para el |proximo )*(?:fin de semana|finde|fin de)(?! mes)", weekend),
    (f"(?:la |esta )?(?:(?:otra|proxima|siguiente) semana|semana {_NEXT})|(?:en |entre |esta )semana", vague),
    (f"(?:el |este )?(?:mes {_NEXT}|(?:otro|proximo|siguiente) mes)", vague),
    ("(?:el |en el )?dia (?:de pago|de paga|de cobro|que cobre|que me paguen|de quincena)", vague),
    ("(?:cuando|apenas|en cuanto|ni bien|en lo que|no bien|nomas|asi que|hasta que|el dia que)"
     "(?: yo| me| nos| ya| le| se| lo| la)*"
     f" {_INCOME}", vague),
    ("estos dias|(?:un|uno|alguno|cualquiera) de estos dias|un dia de estos|cualquier dia|ahorita|ahoritita|"
     "al rato|al ratito|"
     "en un rato|en un ratito|mas adelante|mas tarde|mas tardecito|lo antes posible|cuanto antes|a la "
     "brevedad|pronto|prontito|lueguito|"
     "dentro de poco|en algun momento|primero dios|si dios quiere|dios mediante", vague),
)  # fmt: skip


RULES = tuple((phrase(pattern), rule) for pattern, rule in _PATTERNS)
TRIGGER = phrase(
    f"=[^ ]+|#(?:[1-9]|[12][0-9]|3[01])|{_W}|{_M}|primero|uno|mañana|hoy|oy|ahora|ahorita|orita|ahoritita|"
    f"ya mismo|ya mismito|momento|"
    "instante|inmediato|transcurso|curso|tarde|noche|tardecita|nochecita|dias?|semanas?|mes|meses|hora|"
    "horas|horita|minutos?|quincena|"
    "fin|fines|final|finales|ultimos?|cierre|primeros|principios?|comienzos?|inicios?|empezando|entrando|"
    "mediados|mitad|navidad|"
    f"navidades|nochebuena|noche buena|reyes|finde|rato|ratito|adelante|antes|brevedad|pronto|prontito|"
    f"lueguito|poco|dios|{_INCOME}"
)  # a turn without any of these words names no day
ANSWER = (
    phrase(
        "(?<! las )(?<! a la )(?<! cada )(?P<core>#(?P<n>[1-9]|[12][0-9]|3[01])"
        f"{NOT_COUNTED})(?= (?:[.,?]|para|sin|de|seguro|si|le|ya|en|porque|que|por|$)|$)"
    ),
    answer,
)  # a number near the beginning of the answer to «¿qué día?»
