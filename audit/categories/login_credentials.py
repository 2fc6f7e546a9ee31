"""
Login credentials: what somebody logs in with, as far as it opens nothing by itself.

Told by the header: user names and logins. Passwords, codes and tokens are ``password``, though a
notice calls both by this key. The record id of a user (*user id*) and the time of a login are
``technical``.
"""

from audit.categories.model import Category

__all__ = ["LOGIN_CREDENTIALS"]

LOGIN_CREDENTIALS = Category(
    key="login_credentials",
    names={"fi": "kirjautumistiedot", "sv": "inloggningsuppgifter", "en": "login credentials"},
    headers=(
        *("kirjautumistiedot", "käyttäjätunnus", "käyttäjätunnukset", "käyttäjän tunnus"),
        *("käyttäjänimi", "käyttäjätunn", "kirjautumistunnus", "kirjautumisnimi"),
        *("verkkokaupan tunnus", "verkkotunnus", "inloggningsuppgifter", "inloggning"),
        *("inloggningsnamn", "inloggnings id", "användar namn", "login credentials", "login"),
        *("login name", "login id", "user login", "user name", "remote user", "auth user"),
        *("cs username", "http user"),
    ),
    dpv="pd:Authenticating",
    fideslang="user.authorization.credentials",
)
