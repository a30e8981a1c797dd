"""What is said of a form, rules or wordings of one's own that cannot be used, and of the calls it stops."""

NO_BASE = (
    "{file}: la pauta base no se puede usar. Las llamadas que no son de otra quedan sin evaluar; las demás "
    "siguen. {why}"
)
NO_FORM = (
    "{file}: esta pauta no se puede usar. Las llamadas que son para ella quedan sin evaluar; las demás "
    "siguen. {why}"
)
UNCLEAR = (
    "{file}: esta pauta no se puede usar, y no se entiende para qué llamadas es. Las que no son de otra de "
    "antes quedan sin evaluar. {why}"
)
UNNEEDED = "{file}: esta pauta no se puede usar. Hoy ninguna llamada se evalúa con ella. {why}"
NO_RULES = (
    "{file}: estas reglas no se pueden usar. Las llamadas de su país quedan sin evaluar; las demás "
    "siguen. {why}"
)
NO_WORDINGS = "{file}: las frases propias no se pueden usar. La guía muestra solo las de Temple. {why}"
