"""
Login credentials: user names, passwords and their hashes, codes, tokens and security questions.

Told by the header. The code of a street door is here too: it lets its reader in. The record id of a
user (*user id*) and the time of a login are ``technical``.
"""

from audit.categories.model import Category, Group

__all__ = ["LOGIN_CREDENTIALS"]

LOGIN_CREDENTIALS = Category(
    key="login_credentials",
    names={"fi": "kirjautumistiedot", "sv": "inloggningsuppgifter", "en": "login credentials"},
    headers=(
        *("kirjautumistiedot", "käyttäjätunnus", "käyttäjätunnukset", "käyttäjän tunnus"),
        *("käyttäjänimi", "käyttäjätunn", "kirjautumistunnus", "kirjautumisnimi"),
        *("verkkokaupan tunnus", "verkkotunnus", "salasana", "salasanat", "salasanan tiiviste"),
        *("salasanatiiviste", "salasanan palautus", "salasanan palautuskoodi", "tunnussana"),
        *("tunnusluku", "turvakysymys", "turvakysymyksen vastaus", "pin koodi", "pääsykoodi"),
        *("avainkoodi", "ovikoodi", "oven koodi", "summerikoodi", "hälytyskoodi", "rappukoodi"),
        *("varmennuskoodi", "kertakäyttökoodi", "api avain"),
        *("inloggningsuppgifter", "inloggning", "inloggningsnamn", "inloggnings id"),
        *("användar namn", "lösenord", "lösenordshash", "lösen", "pin kod", "portkod", "dörrkod"),
        *("larmkod", "säkerhetsfråga", "säkerhetssvar", "engångskod", "api nyckel"),
        *("login credentials", "login", "login name", "login id", "user login", "user name"),
        *("password", "passwd", "pwd", "user pass", "passphrase", "password hash"),
        *("hashed password", "encrypted password", "password salt", "password reset token"),
        *("rp token", "reset token", "pin code", "pin", "passcode", "door code", "entry code"),
        *("gate code", "alarm code", "access code", "security question", "security answer"),
        *("secret question", "secret answer", "api key", "api token", "api secret", "access token"),
        *("refresh token", "auth token", "session token", "token", "otp secret", "mfa secret"),
        *("recovery code", "private key", "secret key"),
    ),
    group=Group.CREDENTIAL,
    dpv="pd:Authenticating",
    fideslang="user.authorization.credentials",
)
