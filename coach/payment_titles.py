"""What a heading of a table of payments means. Banks, agencies and their systems write the same thing in many
words («Valor consignado», «Importe del depósito», «Amount paid»): a heading is known by the words it is made
of, whatever their order, not by a list of whole headings.
"""

from __future__ import annotations

from typing import NamedTuple


class Meaning(NamedTuple):
    """`rank`: 0 for the plainest heading of the field («cuenta», «fecha de pago», «monto pagado»); a
    weaker one serves where there is none before it.
    """

    field: str
    rank: int = 0


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SMALL = _words("de del la el los las por en y of the")
_NUMBER = _words("no n nro num numero number codigo cod code id ident identificador clave")
_DEBT = _words(
    "cuenta cta account acct credito prestamo loan contrato contract obligacion operacion poliza expediente "
    "pagare suministro solicitud"
)
_PLAIN_DEBT = _words("cuenta cta account acct credito prestamo loan contrato contract obligacion")
_NUMBERED_DEBT = _words("tarjeta card cliente customer client socio asociado abonado member")
_OWNER = _words("cliente deudor titular customer client debtor")
_CUSTOMER = _words("cliente customer client socio asociado abonado member")  # who has a debt, not the debt
_DAY = _words("fecha fec fch date f")
_SECOND_DAY = _words("valor value contable aplicacion aplicado posting posted proceso registro cancelacion")
_SUM = _words("monto mto importe valor cantidad total suma amount")
_SUM_ALONE = _words("monto mto importe valor amount")
_SECOND_SUM = (*map(_words, ("cantidad", "suma", "total", "ingreso", "ingresos", "haber", "monto total")),)
_PAID = _words(
    "pago pagos pagado pagada abono abonos abonado deposito depositos depositado consignacion consignaciones "
    "consignado recaudo recaudos recaudado recaudacion payment payments paid deposit deposited"
)
_MANY = _words("pagos abonos depositos consignaciones recaudos ingresos payments")  # or how many there are
_COUNT = _words("cantidad")  # «cantidad pagada» is a sum, «cantidad de pagos» is none
_CAME = _words(
    "cobrado ingresado transferido acreditado recibido cancelado realizado efectuado received"
)  # said of the sum itself: «monto cobrado»
_MOVED = _PAID | _words(
    "transferencia transferido cobro cobrado cobranza ingreso ingresado operacion movimiento transaccion mov "
    "acreditacion acreditado recibido recepcion cancelado efectivo efectiva real realizado efectuado hora "
    "transaction received transfer"
)
_MONEY = _words("moneda divisa currency")
_REFERENCE = _words(
    "referencia reference ref folio recibo receipt comprobante voucher transaccion transaction boleta "
    "autorizacion aprobacion consecutivo cus rastreo confirmacion confirmation"
)
_OF_A_NUMBER = _words("operacion pago payment movimiento deposito consignacion")  # with it, of a payment
_NO_NUMBER = _words("no n num nro numero number")
_NO_PAYMENT = _words("pago payment")  # «No. pago» counts instalments; «id pago» names one


def field(title: str) -> Meaning | None:
    """Of a heading as `transcripts.facts.titles.plain` writes it."""
    words = [word for word in title.split("_") if word not in _SMALL]
    if not words:
        return None
    if title in ("dia", "day", "paid_on"):
        return Meaning("day", 0 if title == "paid_on" else 1)
    its = frozenset(words)
    return _day(its) or _number(words) or _account(its) or _amount(its) or _other(its)


def _day(its: frozenset[str]) -> Meaning | None:
    if not its & _DAY or its == {"f"}:
        return None
    of = its - _DAY
    if of <= _MOVED:
        return Meaning("day", 1 if not of else 0 if of & _PAID else 2)
    return Meaning("day", 3) if of <= _SECOND_DAY | _MOVED else None


def _number(words: list[str]) -> Meaning | None:
    """«Nº de obligación», «Código de cliente», «Account number»; of «Nº de operación» it is the payment's."""
    if words == ["id"]:
        return Meaning("reference")
    numbers = {word for word in (words[0], words[-1]) if word in _NUMBER}
    of = frozenset(words) - numbers
    if not numbers or not of:
        return None
    if of & _OF_A_NUMBER and of <= _OF_A_NUMBER | _REFERENCE:
        counted = of <= _NO_PAYMENT and numbers <= _NO_NUMBER
        return None if counted else Meaning("reference")
    if of <= _REFERENCE:
        return Meaning("reference")
    if of <= _DEBT | _NUMBERED_DEBT | _OWNER:
        return Meaning("account", _rank_of_debt(of))
    return None


def _account(its: frozenset[str]) -> Meaning | None:
    return Meaning("account", _rank_of_debt(its)) if its & _DEBT and its <= _DEBT | _OWNER else None


def _rank_of_debt(its: frozenset[str]) -> int:
    """A card or a request may be named beside the account that is meant."""
    if its <= _CUSTOMER:
        return 3
    if its & _PLAIN_DEBT:
        return 0
    return 1 if its & _DEBT - {"solicitud"} else 2


def _amount(its: frozenset[str]) -> Meaning | None:
    if its & _COUNT and its & _MANY:
        return None
    if its in _SECOND_SUM or its <= _MANY:
        return Meaning("amount", 3)
    if its <= _SUM_ALONE:
        return Meaning("amount", 1)
    if its <= _PAID:
        return Meaning("amount", 2)
    if not (its & _SUM and its & _MOVED and its <= _SUM | _MOVED):
        return None
    if its & _MANY:
        return Meaning("amount", 2 if its & _SUM_ALONE else 3)
    return Meaning("amount", 0 if its & _SUM_ALONE and its & (_PAID | _CAME) else 2)


def _other(its: frozenset[str]) -> Meaning | None:
    if its <= _MONEY | {"tipo"} and its & _MONEY:
        return Meaning("currency")
    return Meaning("reference") if its & _REFERENCE and its <= _REFERENCE | _PAID else None
