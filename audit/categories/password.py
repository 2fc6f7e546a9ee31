"""
Passwords and their hashes, codes that open something, tokens and security questions.

Told by the header. In text by the form of a password's hash (crypt(5), RFC 9106, Django, LDAP),
and by the word before a password or a code. The code of a street door is here too: it lets its
reader in. A user name opens nothing: it is ``login_credentials``.

>>> [m.ground for m in PASSWORD.find("salasana: Kissa123, ovikoodi 4711")]
['context', 'context']
>>> [m.ground for m in PASSWORD.find("Kirjautumissalasana Neule123")]
['context']
>>> [len(list(PASSWORD.find(text))) for text in ("Kod till bryggans grind 1907", "Kod till grindens ägare")]
[1, 0]
>>> list(PASSWORD.find("unohti salasanan, koodi 4711 tuotteelle"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories import _tokens
from audit.categories.model import Category, Group, Match

__all__ = ["PASSWORD"]

_HASH = re.compile(
    r"(?<![\w$])(?:\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{53}|\$argon2(?:id?|d)\$[\w$=,+/.-]{20,200}"
    r"|\$(?:1|5|6|y|7|md5|apr1|sha1)\$[\w$=,+/.-]{12,200}|\$[PH]\$[./A-Za-z0-9]{31}"
    r"|(?:pbkdf2_sha(?:256|1)|bcrypt_sha256|scrypt|argon2)\$[\w$=,+/.-]{20,200}"
    r"|\{S?(?:SHA|MD5|CRYPT)(?:256|512)?\}[\w+/=.$-]{20,120})"
)
_NAMED = r"(?:(?:portal|account|app|site|login|web|shop) pass|[a-zåäö-]{0,16}salasana(?:nsa|ni|si|mme|lla|lta|ksi|n|t)?|tunnussana|salis|(?:wifi-?)?lösen(?:ord(?:et)?)?|password|passwd|passord|pwd|pw|passcode|passphrase)"
_HEX = re.compile(
    rf"(?<![^\W\d_])(?:{_NAMED}|hash|tiiviste|md5|sha-?1|sha-?256|sha-?512)(?:[- ](?:hash|tiiviste))?[\s:=]{{1,3}}"
    r"([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})(?!\w)",
    re.IGNORECASE,
)
_CLEAR = re.compile(
    rf"(?<![^\W\d_]){_NAMED}(?:(?:\s[^\W\d_]+){{0,3}}\s?[:=]\s?|\s(?:on|is|är)\s|\s(?:(?:oli|var|was|vaihdettu|(?:reset|changed|updated|set)\sto|(?:ändrat|bytt|återställt)\still)\s)?(?=[^\s,;]*\d)(?=[^\s,;]*[^\W\d_][^\s,;]*[^\W\d_]))([^\s,;]{{4,60}})",
    re.IGNORECASE,
)
# "Salasana tilausportaaliin Kesä2026": of what it is, and then a word with letters and figures.
_OF_SOMETHING = re.compile(
    rf"(?<![^\W\d_]){_NAMED}(?:\s[^\W\d_]+(?:iin|aan|ään|een|hin|lle)|\s(?:till|för|to|for)(?:\s[^\W\d_]+){{1,2}})"
    r"\s(?=[^\s,;]*\d)(?=(?:[^\s,;]*[^\W\d_]){3})([^\W\d_][^\s,;]{5,59})",
    re.IGNORECASE,
)
# "User york1, pass: Minster77": where the password has letters and figures.
_AFTER_USER = re.compile(
    r"(?<![^\W\d_])(?:user(?:name)?|login|tunnus|käyttäjätunnus|användare)\s[^\s,;:/]{2,40}[\s,/]{1,3}(?:pass|pw|pwd|ss|salasana|lösen)\s?[\s:=]\s?"
    r"(?=[^\s,;]*\d)(?=[^\s,;]*[^\W\d_]{2})([^\s,;]{4,60})",
    re.IGNORECASE,
)
# "Sala: Vaihde5": in Swedish a town, so that a figure must be in it.
_SECRET = re.compile(
    r"(?<![^\W\d_])sala\s?[:=]\s?(?=[^\s,;]*\d)(?=[^\s,;]*[^\W\d_]{2})([^\s,;]{4,60})",
    re.IGNORECASE,
)
# "Tunnarit: liisa / Villasukka77": a user's name and, behind a slash, a word with a sign that no name has.
_LOGIN = re.compile(
    r"(?<![^\W\d_])(?:tunnarit?|tunnukset|(?:demo|testi|kirjautumis|käyttäjä)-?tunnus|kirjautumistiedot|inlogg(?:ning)?(?:en|suppgifter)?|(?:test|demo|prov)konto|(?:test|demo) account|(?:testi|demo)tili|login|log-?in|logon|credentials|creds)"
    r"(?:\s(?:on|is|är)|(?:\s[^\W\d_]+){1,3}(?=\s?:))?\s?:?\s?[^\s/:;,]{2,40}\s?[/:]\s?(?=[^\s,;]*[0-9!#$%&*?])(?=[^\s,;]*[^\W\d_])([^\s,;]{6,60})",
    re.IGNORECASE,
)
# "User: liisa pass: villa77", either way round: by itself a *pass* is a ticket.
_USER = r"(?:user(?:name)?|login|tunnus|käyttäjä(?:tunnus)?|användare)\s?[:=]\s?[^\s,;]{2,40}"
_BEHIND_IT = r"(?:pass|pw|pwd|ss|sana)\s?[:=]\s?([^\s,;]{4,60})"
_EITHER_WAY = re.compile(
    rf"(?<![^\W\d_])(?:{_USER}[\s,;/]{{1,3}}{_BEHIND_IT}|{_BEHIND_IT}[\s,;/]{{1,3}}{_USER})",
    re.IGNORECASE,
)
_CODE = re.compile(
    (
        r"(?<![^\W\d_])(?:(?:bila?|hus|villa|båt|garage|inbrotts|tjuv)?larmets? (?:kod|koden)|kod(?:en)? till (?:[a-zåäö]+s )?(?:\w+)?(?:bod(?:en)?|förråd(?:et)?|garage(?:t)?|lås(?:et)?|skåp(?:et)?|nyckel\w+|hus(?:et)?|stug(?:a|an)|port(?:en)?|grind(?:en)?|dörr(?:en)?|byggbod(?:en)?|lager|lagret)|(?:auton ?)?radio(?:n )?koodi|radiokod(?:en)?|radio code|immobilizer code|ajonesto(?:n )?koodi|(?:ajonesto|hälytys|murtohälytys|lukitus)(?:laitteen|laitteiston|järjestelmän) koodi|(?:larm|lås)systemets? kod|immobiliser code|startspärr(?:ens)? kod|tallin (?:ovi)?koodi|mökin (?:ovi)?koodi|ovikoodi|lukon koodi|lukkokoodi|låskod(?:en)?|lock code|alaov(?:i(?:koodi)?|en koodi)|(?:ulko-?|etu|taka)?oven koodi|rapun koodi|portin koodi|rappukoodi|porttikoodi|summeri(?:n )?koodi|hälytyskoodi|hälytyksen koodi|hälytinkoodi|(?:murto)?hälyttimen koodi|avainkoodi|avain(?:boksin|kaapin|lokeron|säilön|laatikon|putken) ?koodi|"
        r"pin(?:-?koodi)?|tunnusluku|kulkukoodi|portkod(?:en)?|entrékod(?:en)?|grindkod(?:en)?|kod(?:en)? till (?:porten|dörren|grinden|larmet)|dörrkod(?:en)?|larmkod(?:en)?|pin-?kod(?:en)?|nyckel(?:skåp|box|tub)(?:et|en)?s? ?kod(?:en)?|(?:door|gate|alarm|safe|lock) code|key code|room code|(?:code|pin) (?:for|to) the (?:door|gate|alarm|safe|front door|back door|building|key safe|garage)|gate code|entry code|alarm code|access code|pin code|key ?(?:box|safe) code|lockbox code|fob code|combo(?:lock)? code|padlock code|lock combo|(?:lock|padlock|safe) combination|locker code|(?:skåps?|lås|hänglåss?|garage|källar|förråds?|kassaskåps?)kod(?:en)?|(?:kaapin|lokeron|kellarin|varaston|autotallin|kassakaapin|riippulukon|pyöräkellarin) koodi|lokerokoodi|kaappikoodi|kellarikoodi|(?:murto|varas)?hälytin(?=\s[0-9]{4}\s?(?:$|[.,;)]))|key ?safe(?=\s[0-9])|keybox(?=\s[0-9]))"
        r"(?:\s(?:till|för|to|for|of)\s[^\W\d_]+|\s(?!vuo)[^\W\d_]{2,}(?:aan|ään|een|iin|oon|uun|yyn|öön|ihin|lle))?(?:\s?[:=]\s?|\s(?:on|is|är)\s|\s)(#?[0-9A-Z*#]{0,2}[0-9]{3,8}[#*A-Z]?)(?![\w.,]\d|\w)"
    ).replace(" ", r"\s{1,2}"),  # words may stand on two lines
    re.IGNORECASE,
)


def _find(text: str) -> Iterator[Match]:
    yield from _tokens.tokens(text)
    for found in _HASH.finditer(text):
        yield Match(found.start(), found.end(), found[0], "format")
    for found in _EITHER_WAY.finditer(text):
        yield Match(found.start(), found.end(), found[1] or found[2], "context")
    for found in _LOGIN.finditer(
        text
    ):  # the user's name may be an e-mail address, and is not hidden
        yield Match(*found.span(1), found[1], "context")
    for pattern in (_HEX, _CLEAR, _AFTER_USER, _SECRET, _OF_SOMETHING, _CODE):
        for found in pattern.finditer(text):
            yield Match(found.start(), found.end(), found[1], "context")


PASSWORD = Category(
    key="password",
    names={"fi": "salasanat ja koodit", "sv": "lösenord och koder", "en": "passwords and codes"},
    headers=(
        *("salasana", "salasanat", "salasanan tiiviste", "salasanatiiviste"),
        *("salasanan palautus", "salasanan palautuskoodi", "tunnussana", "tunnusluku"),
        *("turvakysymys", "turvakysymyksen vastaus", "pin koodi", "pääsykoodi", "avainkoodi"),
        *("ovikoodi", "oven koodi", "summerikoodi", "hälytyskoodi", "hälyttimen koodi"),
        *("rappukoodi", "porttikoodi", "kulkukoodi", "varmennuskoodi", "kertakäyttökoodi"),
        *("api avain", "lösenord", "lösenordshash", "lösen", "pin kod", "portkod", "dörrkod"),
        *("larmkod", "grindkod", "säkerhetsfråga", "säkerhetssvar", "engångskod", "api nyckel"),
        *("password", "passwd", "pwd", "user pass", "passphrase", "password hash"),
        *("hashed password", "encrypted password", "password salt", "password reset token"),
        *("rp token", "reset token", "pin code", "pin", "passcode", "door code", "entry code"),
        *("user activation key", "activation key"),
        *("gate code", "alarm code", "access code", "lockbox code", "security question"),
        *("security answer", "secret question", "secret answer", "api key", "api token"),
        *("api secret", "access token", "refresh token", "auth token", "session token", "token"),
        *("otp secret", "mfa secret", "totp secret", "recovery code", "private key", "secret key"),
    ),
    group=Group.CREDENTIAL,
    said_as="login_credentials",
    dpv="pd:Password",
    fideslang="user.authorization.password",
    candidate=_tokens.CANDIDATE,
    words=(
        *_tokens.WORDS,
        *(
            "$2a$",
            "$2b$",
            "$2x$",
            "$2y$",
            "$2$",
            "$argon2",
            "$1$",
            "$5$",
            "$6$",
            "$y$",
            "$7$",
            "$md5$",
        ),
        *(
            "$apr1$",
            "$sha1$",
            "$p$",
            "$h$",
            "pbkdf2_sha",
            "bcrypt_sha",
            "scrypt$",
            "argon2$",
            "{ssha",
        ),
        *(
            "{sha",
            "{smd5",
            "{md5",
            "{crypt",
            "{scrypt",
            "salasana",
            " sala:",
            " pass ",
            " sala :",
            " tunnussana",
            " lösen",
            "-lösen",
        ),
        *(
            " password",
            " passwd",
            " passord",
            " pwd",
            " pw:",
            " pw ",
            " pw=",
            " passcode",
            " pass:",
            " tunnus ",
            " portal pass",
            " account pass",
            " app pass",
            " site pass",
            " login pass",
            " shop pass",
            " web pass",
            " pass=",
        ),
        *(" passphrase", " hash", " tiiviste", " md5", " sha1", " sha-1", " sha256", " sha-256"),
        *(
            " sha512",
            " sha-512",
            "larmets kod",
            "radiokoodi",
            "radion koodi",
            "radiokod",
            " radio code",
            " immobiliser code",
            "laitteen koodi",
            "laitteiston koodi",
            "järjestelmän koodi",
            "larmsystemet",
            "låssystemet",
            " immobilizer",
            "ajoneston koodi",
            "varaston koodi",
            "tallin koodi",
            " ovikoodi",
            " alaov",
            "oven koodi",
            " rapun koodi",
            " portin koodi",
            " entrékod",
            " lukon koodi",
            " lukkokoodi",
            " låskod",
            " lock code",
            " grindkod",
            " kod till ",
            " koden till ",
            " rappukoodi",
            " porttikoodi",
        ),
        *(
            " summerikoodi",
            " summerin koodi",
            " testkonto",
            " demokonto",
            " test account",
            " demo account",
            " testitili",
            " demotili",
            " hälytyskoodi",
            " hälyttimen koodi",
            " hälytyksen koodi",
            " hälytinkoodi",
            " avainkoodi",
            " avainboksin koodi",
            " avainkaapin",
            " avainlokeron",
            " avainlaatikon",
            " avainputken",
            " murtohälyttimen",
            " salis",
            " nyckelskåp",
            " nyckelbox",
            " nyckeltub",
            " key safe code",
            " keysafe code",
        ),
        *(" avainsäilön koodi", " pin:", " pin ", " pin=", " pin-", " pinkod", " pinkoodi"),
        *(
            " tunnusluku",
            " kulkukoodi",
            " portkod",
            " dörrkod",
            " larmkod",
            " door code",
            " gate code",
        ),
        *(
            " code for the ",
            " code to the ",
            " pin for the ",
            " safe code",
            " entry code",
            " alarm code",
            " access code",
            " key box code",
            " keybox code",
        ),
        *(
            " lockbox code",
            " fob code",
            " key code",
            " room code",
            " combo code",
            " padlock",
            " lock combo",
            " combination",
            " locker code",
        ),
        *(
            "skåpkod",
            "skåpskod",
            " låskod",
            " hänglåskod",
            " hänglåsskod",
            " garagekod",
            " källarkod",
        ),
        *(" förrådkod", " förrådskod", " kaapin koodi", " lokeron koodi", " kellarin koodi"),
        *(" kassakaapin koodi", " riippulukon koodi"),
        *(
            " pyöräkellarin koodi",
            " lokerokoodi",
            " kaappikoodi",
            " kellarikoodi",
            " hälytin ",
            " murtohälytin",
            " varashälytin",
            " keybox ",
        ),
        *(
            " key safe ",
            " keysafe ",
            " tunnari",
            " tunnukset",
            "demo-tunnus",
            "demotunnus",
            "testi-tunnus",
            "testitunnus",
            " kirjautumistunnus",
            " käyttäjätunnus",
            " kirjautumistiedot",
            " inlogg",
            " login ",
            " login:",
            " logon ",
        ),
        *(" log-in ", " credentials", " creds"),
    ),
    find=_find,
)
