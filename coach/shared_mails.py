"""E-mails that several people have, where the company's accounts let people in by their e-mail: nobody
comes in by it for the first time, and whoever administers must hear of it.
"""

from __future__ import annotations

from sqlalchemy import func, select

from coach.complaints import some
from coach.schema_people import users
from coach.settings import Settings
from coach.store import Store

TOLD = (
    "El correo {email} es de varias personas ({logins}): con él nadie entra por primera vez con la cuenta de "
    "la empresa. Deje a cada una el suyo."
)
_NAMED = 10  # logins in one sentence


def shared(store: Store, settings: Settings, login: str = "") -> tuple[dict[str, str], ...]:
    """What stands in the slots of TOLD for each such e-mail, in its order; with `login`, of that person's."""
    if not settings.sso.issuer:
        return ()
    mail = func.lower(users.c.email)
    may = (users.c.active, ~users.c.demo, users.c.email != "")
    several = select(mail).where(*may).group_by(mail).having(func.count() > 1)
    query = select(mail, users.c.login).where(*may, mail.in_(several)).order_by(mail, users.c.login)
    by_mail: dict[str, list[str]] = {}
    with store.reading() as connection:
        for email, one in connection.execute(query):
            by_mail.setdefault(email, []).append(one)
    return tuple(
        {"email": email, "logins": some(logins, _NAMED)}
        for email, logins in by_mail.items()
        if not login or login in logins
    )
