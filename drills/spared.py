"""A payment that the trainee's words spare the debtor, or put off: they ask for none.

    spares("No le llamo para que pague hoy, entiendo que no puede.")                # True
    spares("Ya hablaremos de cuándo puede pagar.")                                   # True
    spares("Entiendo que no puede pagar todo, pero ¿cuánto puede pagar?")          # False
    doubts("Tal vez pueda dar algo la otra semana, a ver si se puede.")             # True

Every clause that speaks of paying must spare or put it off: who spares the whole and asks for a part asks.
"""

from __future__ import annotations

import re

from nlp.text import bare

_CLAUSE = re.compile(
    r"(?:,(?!\d)|[;:.!?¿¡…—](?!\d)|(?=\b(?:pero|sino|sin embargo|aunque|así que|asi que)\b))", re.IGNORECASE
)
_PAYING = re.compile(
    r"\b(?:(?:pag|abon|deposit|cancel|liquid|cubr|transf|consign|cobr|sald|gir)\w+|cuotas?|fechas?|montos?"
    r"|compromiso|cuant[oa]s?|que dia|dinero|plata)\b"
)
_PAY = (
    r"(?:pag|abon|deposit|cancel(?:e|ar)|liquid|cubr|transf|consign|cobr|sald)\w+|(?:la|su|una) cuota"
    r"|fechas?|dinero|plata"
)
# no word of these between what is denied and the payment: «no puede seguir sin pagar»
_BETWEEN = (
    r"(?: (?!(?:sin|no|hasta|si|porque|opcional|negociable|excusa|dej|evit|neg|segu|dec|esper|olvid|tard"
    r"|aplaz|poster|atras|fall|incumpl)\w*\b)\w+)"
)
_NO = r"(?:no|nada|nadie|nunca|jamas|tampoco|ni)"
_DENIED = re.compile(
    # what nobody wants, calls for or needs
    rf"\b{_NO}(?: \w+){{0,3}}? (?:llam[oae]\w*|veng[oa]|vine|es|era|seria|trata|quiero|queremos|pid\w+|ped\w+"
    r"|exij\w+|exig\w+|pretend\w+|busc\w+|necesit\w+|falta|necesario|obligad[oa]|tien\w+|hay|corre|urge"
    r"|preocup\w+|piens\w+|pens\w+|apur\w+|toca)"
    rf"{_BETWEEN}{{0,5}}? (?:{_PAY})"
    # what somebody cannot
    rf"|\b(?:{_NO}|mal|apenas|dificilmente|menos)(?: \w+){{0,3}}?"
    r" (?:pued\w+|pod(?:er|ra|ria|ia)\w*|pudo|pudiera|logr\w+|alcan\w+|esta\w*|este"
    r"|(?:es|sea) posible|condiciones)"
    rf"{_BETWEEN}{{0,5}}? (?:{_PAY})"
    rf"|\b(?:imposible|dificil)(?: que| de)?{_BETWEEN}{{0,3}}? (?:{_PAY})"
    rf"|\bsin (?:prisa|apuro|presion|obligacion|que|tener|pensar|pedirle|exigirle|cobrarle)"
    rf"{_BETWEEN}{{0,4}}? (?:{_PAY})"
    rf"|\b(?:olvid|despreocup|tranquil)\w+{_BETWEEN}{{0,3}}? (?:{_PAY})"
)
_RECOVERED = (
    r"cuando (?:\w+ ){0,3}?(?:este|salga|mejore|recupere|recupera|pueda|termine|pase|camine|vuelva|sienta"
    r"|siente|tenga|haya|sale|vuelve|den)\b"
)
_LATER = re.compile(
    r"\b(?:luego|despues|mas (?:adelante|tarde)|otro (?:dia|momento)|otra (?:ocasion|llamada|vez)|proxim[oa]"
    r"|en (?:un|una|dos|tres|\d+|un par de|unos|unas|otros?|otras?) \w+|(?:ahi|entonces) (?:si )?\w*emos"
    r"|ya (?:\w+ ){0,2}?\w+(?:remos|ra|ran)|ya (?:lo )?vemos|manana|pasado manana"
    rf"|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|con calma|{_RECOVERED})\b"
)
_TALKED = re.compile(
    r"\b(?:(?:habl|platic|convers|charl|acord|defin|decid|retom|revis)\w+|ve(?:mos|remos|amos|r)|tocamos"
    r"|(?:me|nos) (?:cuenta|dice|avisa|comenta|diga|cuente|avise)|habra|dej(?:amos|emos|o)|queda"
    r"|puede esperar)\b"
)
_TERMS = re.compile(
    r"\d|\b(?:mitad|quincena|mensual\w*|cuotas|plazos|partes|pagos|abonos|descuento|rebaja|prorroga|gracia"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|semana|(?:fin|fines) de mes"
    r"|app|aplicacion|transferencia|banco|agente|agencia|tienda|caja|efectivo|tarjeta|en linea|cien|mil"
    r"|cientos)\b"
)
_ONCE_PAID = re.compile(
    r"\b(?:cuando|en cuanto|apenas|si) (?:usted )?(?:me |nos |l[oa] )?(?:haya )?pag(?:ue|a|ado)\b"
)
# who doubts what is paid, or leaves it to whoever pays
_DOUBT = re.compile(
    r"\b(?:tal ?vez|quizas?|a lo mejor|de pronto|capaz|no se (?:si|cuando|cuanto)|sera que|puede que"
    r"|a ver (?:si|cuando)|(?:vea|ve|mire|mira|fijese|fijate) (?:\w+ ){0,2}?si (?:\w+ )?(?:pued|pod|pud)\w+"
    r"|si (?:se|le|te) (?:puede|pudiera|alcanza|es posible)|aunque (?:sea|fuera)|algun dia"
    r"|(?:cuando|como|lo que|cuanto) (?:usted |vos |le |te |se |buenamente )?"
    r"(?:pued[ao]s?|podas|gustes?|quier[ao]s?|tengas?|sea posible|vea|veas))\b"
)
_GIVES_SOMETHING = re.compile(
    r"\b(?:d[ae]r?|des?|dem?e|pon\w+|junt\w+|aport\w+|colabor\w+|adelant\w+|complet\w+)"
    r" (?:\w+ )?(?:algo|algu?ito|alguna cosa|(?:un )?po(?:co|quito))\b"
)
# clauses of what the debtor can, was paid or has paid
_OF_THEIRS = re.compile(
    r"\b(?:(?:entiend|comprend|imagin|lament|sient|se que)\w*|(?:le|te|les) (?:han |ha )?(?:pag|deposit|abon"
    r"|gir|cancel|consign)\w*(?:n|ado)|(?:pag|deposit|abon)aste|(?:pudo|pudiste|hizo|hiciste))\b"
)
_PAID = re.compile(r"\b(?:pag|deposit|abon|consign|cancel|transfiri)ó\b", re.IGNORECASE)
_LOOSE = re.compile(r"\b(?:la|una|otra|proxima|esta|siguiente) semana\b")  # a week in doubt is no day
_ASKS_OPENLY = re.compile(
    r"\b(?:qué|cuál|cuáles|cuándo|cómo|cuánt[oa]s?|dónde|quién|quiénes)\b"
    r"|\b(?:(?<!en )cuant[oa]s?|(?:que|cual) (?:dia|fecha|monto|cantidad|parte|suma))\b(?! pued[ao])"
    r"|(?:^|¿) *(?:y |entonces |pero |bueno |de |con |por |en |para )*"
    r"(?:que|cual|cuando|como|donde|quien)\b(?! (?:usted |se |le )?(?:pueda|guste|quiera|sea))",
    re.IGNORECASE,
)


def spares(sentence: str) -> bool:
    """Whether the words deny that a payment is asked for or can be made, or leave it for later."""
    if "?" in sentence:
        return False
    speaking = [one for one in map(bare, _CLAUSE.split(sentence)) if _PAYING.search(one)]
    return bool(speaking) and all(_DENIED.search(one) or _is_put_off(one) for one in speaking)


def names_terms(sentence: str) -> bool:
    """Whether the words name a sum, a coming day, parts or a way to pay that could be taken."""
    return _TERMS.search(bare(sentence)) is not None


def doubts(sentence: str) -> bool:
    """Whether the words speak of paying in doubt alone, and name neither sum, day nor means: to be answered
    by them, or asked anything, nobody was. Who asks openly («¿cuánto podría, más o menos?») asks.
    """
    if _ASKS_OPENLY.search(sentence) or names_terms(_LOOSE.sub(" ", bare(sentence))):
        return False
    told = (one for one in _CLAUSE.split(sentence) if not _PAID.search(one))
    clauses = [one for one in map(bare, told) if not _OF_THEIRS.search(one)]
    paying = [n for n, one in enumerate(clauses) if _PAYING.search(one) or _GIVES_SOMETHING.search(one)]
    # what doubts a clause may stand behind it: «pague algo, aunque sea»
    return bool(paying) and all(any(map(_DOUBT.search, clauses[n : n + 2])) for n in paying)


def denied_at(text: str, place: int) -> bool:
    """Whether the clause at a place of the text denies that a payment is asked for or can be made."""
    ends = [0, *(one.end() for one in _CLAUSE.finditer(text)), len(text)]
    start = max(one for one in ends if one <= place)
    end = min((one for one in ends if one > place), default=len(text))
    return "?" not in text[start:end] and _DENIED.search(bare(text[start:end])) is not None


def _is_put_off(clause: str) -> bool:
    return bool(_LATER.search(clause) and _TALKED.search(clause)) and not _ONCE_PAID.search(clause)
