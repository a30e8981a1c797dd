"""Programs in Administration: a token is made, shown once, and revoked."""

from __future__ import annotations

from coach import tokens
from coach.store import Store
from coach.viewers import HOUSE
from tests.views.test_administration import press
from tests.views.test_screens import run, screen, texts


def test_a_token_is_shown_once_and_revoked(fresh: Store) -> None:
    app = screen("administration", view="programs")
    assert "Cree el primer token" in texts(app)
    assert "**/api/v1/openapi.json**" in texts(app)
    app.text_input(key="token-name").set_value("Tablero <b>x</b>")
    app = press(app, "Crear")
    (written,) = (one.value for one in app.code)
    found = tokens.known(fresh, written)
    assert found is not None
    assert (found.name, found.reach) == ("Tablero <b>x</b>", "all")
    app = run(app)
    assert not app.code
    press(app, "Revocar")
    assert tokens.known(fresh, written) is None


def test_what_is_missing_is_told_beside_the_button(fresh: Store) -> None:
    app = screen("administration", view="programs")
    app.button(key="make-token").click()
    app.run()
    assert "necesita un nombre" in " ".join(one.value for one in app.error)
    assert tokens.list_tokens(fresh, HOUSE) == ()
