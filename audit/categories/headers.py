"""
Column headers read as words: which category or role a header names, and how surely.

A header is folded to words (``AsiakkaanSähköposti_2`` becomes ``asiakkaan sähköposti 2``) and held
against phrases. Equal is best; then the phrase as whole words inside the header, the later the
better, since Finnish, Swedish and English put the head of a compound last (*laskutusosoite* is an
address); then the phrase as the end of one long word. General words (*status*, *nimi*, *id*) say
nothing beside a word that is not known, so they count alone only; and a header that ends in a word
for notes is free text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from audit.categories._text import normalise

__all__ = ["PLAIN", "Named", "best_name", "is_general", "without_date_words", "words"]

# Where a word ends without a space: camelCase, IPAddress, name1, Person1Email.
_CAMEL = re.compile(
    r"(?<=[a-zäöå])(?=[A-ZÄÖÅ])|(?<=[A-ZÄÖÅ])(?=[A-ZÄÖÅ][a-zäöå])|(?<=[^\W\d_])(?=\d)"
    r"|(?<=\d)(?=[A-ZÄÖÅ][a-zäöå])"
)
_SPLIT = re.compile(r"[\W_]+")
# How Salesforce and Odoo mark the fields that a customer of theirs has added.
_OWN_FIELD = re.compile(r"(?<=\w)__p?c$|^x_(?:studio_)?(?=[^\W\d_]{2})")
# How PrestaShop and others of French and Spanish descent number things: the word for it goes first.
_ID_FIRST = re.compile(r"^id_([^\W\d_]{3,}(?:_[^\W\d_]+)*)$", re.IGNORECASE)
# What may be filled in, told behind the header: *Saa kuvata (K/E)*.
_LEGEND = re.compile(
    r"\s*[(\[](?:kyllä|k|yes|y|ja|j|1|0|x|true)\s?/\s?(?:ei|e|no|nej|n|0|1|false|-)[)\]]\s*$",
    re.IGNORECASE,
)
# Where programs put a record's fields in their answers: HubSpot and GeoJSON, JSON:API, Airtable,
# GraphQL, Elasticsearch. What stands within is called as if it stood alone.
_WRAPPED = re.compile(
    r"^(?:(?:properties|attributes|fields|node|_source|meta_data|metafields|note_attributes"
    r"|custom_attributes|metadata|custom_fields|customFields)\.)+(?=[^.])"
)
PLAIN = str.maketrans("äöåéü", "aoaeu")
# What may stand before or after a phrase without changing what the column holds.
_NEUTRAL = frozenset(
    """
    1 2 3 4 asiakas asiakkaan asiakkaiden yhteyshenkilö yhteyshenkilön kontaktin tilaajan
    ostajan laskutus toimitus laskun laskutettavan saajan maksajan vastaanottajan lähettäjän
    varaajan henkilön käyttäjän jäsenen omistajan haltijan hakijan ilmoittajan edustajan
    osallistujan työntekijän opiskelijan oppilaan asukkaan ensisijainen toissijainen nykyinen
    muu oma yksityinen koti kotiosoite työ kund kundens kontakt kontaktpersonens medlemmens
    beställarens mottagarens betalarens deltagarens privat hem arbete customer customers client
    contact user member person buyer recipient subscriber participant owner billing shipping
    default primary secondary main other current home work business personal private your the s
    value label address1 address2 line1 line2 eur euroa sek utc gmt bill ship to invitee requester
    kumppani kumppanin holder luvanhaltijan innehavarens velallisen pyytäjän
    esittäjän potilaan vuokralaisen vieraan lahjoittajan gäldenärens sökandens patientens
    hyresgästens elevens gästens givarens debtor requester applicant patient tenant guest donor
    pupil student
    """.split()
)
# Phrases that count alone or beside neutral words only. "Vaccination status" is no status of a
# record and "product name" no name of a person.
_ALONE = frozenset(
    """
    active added aktiivinen aktiv alias alkamispvm alkamispäivä alkupvm alkupäivä aloituspvm
    aloituspäivä alv amount antal asema attribution auto avslutad belopp bild blocked cc changed
    child creator default deleted device disabled enabled ended enhet entered giltig gross hold id
    image inactive index item kuva laite license licenses lista lists locked lopetuspvm lopetuspäivä
    loppupvm loppupäivä maksaja moms myynti määrä name namn net nimi opens parent passi permissions
    picture position preferences prefix projekt projekti päättyi päättymispvm päättymispäivä
    päättynyt rad reference referens region registration relation relationship restricted revenue
    rivi role roll rooli row saaja sales sent skickad slutdatum some spärr spärrad startdatum
    started state status suffix summa suspended tax tehtävä terms ticket tila titel title total
    tunniste typ type tyyppi uid union upphörd upphört vanhempi vendor verified version voimassa
    voimassaolo yhteensä yksikkö
    """.split()
) | {"end date", "on hold", "start date", "valid from", "valid to", "valid until"}
# A header that ends in one of these is free text, whatever it is about: "order notes".
_NOTES = frozenset(
    """
    anteckning anteckningar comment comments huomautukset huomautus huomiot kommentar kommentarer
    kommentit kommentti lisätiedot lisätieto lisätietoja memo muistiinpanot muistio note notes
    noteringar remarks
    """.split()
)
_SHORTEST_HEAD = 5  # "city" ends "capacity" and "name" ends "filename"
_SHORTEST_INSIDE = 4  # "os" and "tel" are heads at most: "kunder tel", not "os version"


# Words that say no more than that a day stands in the column.
_DATE_WORDS = frozenset(
    """
    aika ajankohta at aikaleima dag dat date datum day den dt klo on pv pvm päivä päivämäärä
    päiväys tid tidpunkt time timestamp
    """.split()
)
# Forms of one verb, and of one noun, that headers use for each other.
_FORMS = {
    form: forms.split()[0]
    for forms in (
        "päättyi päättynyt päättyy päättyen päättyminen päättymis loppui loppunut loppuu loppu",
        "alkoi alkanut alkaa alkaen alkaminen alku",
        "upphörde upphört upphör upphörd upphörande slutade slutat slut",
        "började börjar börjat",
        "ended ends end ending",
        "started starts start",
        "asiakkuus asiakkuuden asiakassuhde asiakassuhteen",
        "työsuhde työsuhteen",
        "käyttöoikeus käyttöoikeuden",
        "sopimus sopimuksen",
        "kundrelation kundrelationen kundförhållande kundförhållandet",
        "anställning anställningen anställnings",
        "viimeinen viimeisin viimeksi",
        "senast senaste sista",
        "signed signature signing",
        "allekirjoitettu allekirjoitus allekirjoituspäivä allekirjoittanut",
        "undertecknad undertecknat underskriven",
        "syy perustelu perustelut peruste",
    )
    for form in forms.split()
}
# From a word's beginning alone: a header may be ten thousand letters in a row.
_ABBREVIATED = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,})\.")
_LONG_ENOUGH_FOR_A_SLIP = 8
_MOST_SPACES = 4


def is_general(phrase: str) -> bool:
    """
    Whether a phrase says nothing beside a word that is not known: any table may have it.

    >>> is_general("name"), is_general("role"), is_general("safeguard")
    (True, True, False)
    """
    return phrase in _ALONE


class Named(NamedTuple):
    """What a header names."""

    key: str
    phrase: str
    score: float
    """1.0 equal, 0.9 equal but for neutral words, 0.75 whole words at the end, 0.65 before it,
    0.6 the end of a word, or a very short word at the end. Equal but for a verb's form, for what
    an abbreviation leaves out or for one slip of the keys is 0.9 too."""


_LONGEST = 300
"""Characters of a header that are looked at: a survey's question has fewer, and cells have more."""


@cache
def words(header: str) -> str:
    """
    The header as lower-case words.

    >>> words("AsiakkaanSähköposti_2"), words("E-mail 1 - Value"), words("POSTINRO")
    ('asiakkaan sähköposti 2', 'e mail 1 value', 'postinro')
    >>> words("SÃ¤hkÃ¶posti")
    'sähköposti'
    >>> words("Left_On__c"), words("x_studio_left_on"), words("properties.lastname")
    ('left on', 'left on', 'lastname')
    >>> words("id_customer"), words("ID card")
    ('customer id', 'id card')
    >>> words("Saa kuvata (K/E)"), words("Jäsen [kyllä / ei]"), words("Summa (alv 0)")
    ('saa kuvata', 'jäsen', 'summa alv 0')
    """
    header = _LEGEND.sub("", _WRAPPED.sub("", _as_meant(normalise(header[:_LONGEST]))))
    header = _ID_FIRST.sub(r"\1_id", _OWN_FIELD.sub("", header))
    return " ".join(_SPLIT.split(_CAMEL.sub(" ", header).casefold())).strip()


def _as_meant(header: str) -> str:
    """A header that a program took for another encoding, and wrote so: *SÃ¤hkÃ¶posti*."""
    if "Ã" not in header:
        return header
    try:
        return header.encode("cp1252").decode()
    except UnicodeError:
        return header


def best_name(header: str, lexicon: Mapping[str, Iterable[str]]) -> Named | None:
    """
    The key whose phrase fits the header best; the longer phrase wins a tie.

    >>> lexicon = {"email": ["sähköposti"], "postal_address": ["osoite"], "phone": ["puh"]}
    >>> best_name("Asiakkaan sähköposti", lexicon).key, best_name("LASKUTUSOSOITE", lexicon).key
    ('email', 'postal_address')
    >>> best_name("puhdas", lexicon) is None
    True

    A general word names a column alone, not beside a word that nobody knows:

    >>> lexicon = {"technical": ["status"], "health": ["vaccination"]}
    >>> best_name("Customer status", lexicon).key, best_name("Vaccination status", lexicon).key
    ('technical', 'health')
    >>> best_name("Weather status", lexicon) is None
    True
    >>> best_name("Vaccination notes", lexicon) is None
    True

    What two words on the sides of a slash both name, they name together:

    >>> lexicon = {"name": ["saaja", "maksaja"], "technical": ["tila"]}
    >>> best_name("Saaja/Maksaja", lexicon).key, best_name("Saaja/Tila", lexicon)
    ('name', None)
    """
    text = words(header)
    if not text:
        return None
    for key, phrases in lexicon.items():
        if text in phrases:
            return Named(key, text, 1.0)
    whole = _plainly(text)
    found = [
        Named(key, phrase, score)
        for key, phrases in lexicon.items()
        for phrase in phrases
        if _plainly(phrase) in whole and (score := _score(text, phrase))
    ]
    best = max(found, key=lambda named: (named.score, len(named.phrase)), default=None)
    if best is not None and best.score >= _NEARLY:
        return best
    return (
        _nearly(header, text, lexicon, slips=best is None)
        or best
        or _of_alternatives(header, lexicon)
    )


_NEARLY = 0.9


def _of_alternatives(header: str, lexicon: Mapping[str, Iterable[str]]) -> Named | None:
    """What each side of a slash names: *Saaja/Maksaja* has a name whichever of the two it is."""
    sides = [side for side in header[:_LONGEST].split("/") if side.strip()]
    if not 1 < len(sides) <= _MOST_SIDES:
        return None
    named = [best_name(side, lexicon) for side in sides]
    keys = {one.key for one in named if one is not None and one.score >= _NEARLY}
    return named[0] if None not in named and len(keys) == 1 else None


_MOST_SIDES = 3


def _nearly(
    header: str, text: str, lexicon: Mapping[str, Iterable[str]], *, slips: bool
) -> Named | None:
    """What the header says in another form of its verb, shortened with a dot, or mistyped."""
    forms, shortened = _in_one_form(text), _shortened(header)
    joined = text.replace(" ", "")
    slips = slips and not any(character.isdigit() for character in joined)
    for key, phrases in lexicon.items():
        for phrase in phrases:
            if forms == _in_one_form(phrase):
                return Named(key, phrase, _NEARLY)
            if shortened and _is_short_for(text.split(), shortened, phrase.split()):
                return Named(key, phrase, _NEARLY)
            if (
                slips
                and abs(len(joined) - len(phrase)) <= _MOST_SPACES
                and _is_slip_of(joined, phrase)
            ):
                return Named(key, phrase, _NEARLY)
    return None


@cache
def _in_one_form(text: str) -> tuple[str, ...]:
    return tuple(_FORMS.get(word, word) for word in text.split())


def _shortened(header: str) -> frozenset[str]:
    return frozenset(words(match) for match in _ABBREVIATED.findall(header))


def _is_short_for(tokens: list[str], shortened: frozenset[str], wanted: list[str]) -> bool:
    """Whether each word is the other's, or its beginning with a dot: *viim. kirjautuminen*."""
    # One shortened word alone may be of many: *lisät.*
    return 1 < len(tokens) == len(wanted) and all(
        whole == token or (token in shortened and whole.startswith(token))
        for token, whole in zip(tokens, wanted, strict=True)
    )


def _is_slip_of(joined: str, said: str) -> bool:
    """Whether one letter is missing, doubled, wrong or swapped with its neighbour."""
    said = said.replace(" ", "")
    return (
        len(said) >= _LONG_ENOUGH_FOR_A_SLIP
        and joined[0] == said[0]
        and OSA.distance(joined, said, score_cutoff=1) == 1
    )


def without_date_words(header: str) -> str:
    """
    The header without the words that say only that a day stands in it.

    >>> without_date_words("Saapunut pvm"), without_date_words("Date answered")
    ('saapunut', 'answered')
    """
    return " ".join(word for word in words(header).split() if word not in _DATE_WORDS)


def _score(text: str, phrase: str) -> float:  # noqa: PLR0911 - a ladder of scores
    for (tokens, spelled), (wanted, said) in zip(_spellings(text), _spellings(phrase), strict=True):
        if spelled == said:
            return 1.0
        if said not in spelled:
            continue
        if _within(tokens, wanted):
            rest = list(tokens)
            for word in wanted:
                rest.remove(word)
            if all(word in _NEUTRAL or word.isdigit() for word in rest):
                return 0.9
            if phrase in _ALONE or (tokens[-1] in _NOTES and wanted[-1] not in _NOTES):
                return 0.0
            last = _without_number(tokens)[-len(wanted) :] == wanted
            if len(phrase) < _SHORTEST_INSIDE:
                return 0.6 if last else 0.0
            return 0.75 if last else 0.65
        long_enough = len(said) >= _SHORTEST_HEAD and phrase not in _ALONE
        if long_enough and any(token.endswith(said) for token in tokens):
            return 0.6
    return 0.0


@cache
def _spellings(text: str) -> tuple[tuple[list[str], str], ...]:
    """The words apart and joined: as they are, and without the dots that exports often lose."""
    return tuple((t.split(), t.replace(" ", "")) for t in (text, text.translate(PLAIN)))


@cache
def _plainly(text: str) -> str:
    """The letters of a phrase, joined and without dots: a header that names it has them in it."""
    return _spellings(text)[1][1]


def _within(tokens: list[str], wanted: list[str]) -> bool:
    size = len(wanted)
    return any(tokens[i : i + size] == wanted for i in range(len(tokens) - size + 1))


def _without_number(tokens: list[str]) -> list[str]:
    """The words without the numbers at their end: *car phone 2* is a *car phone*."""
    while tokens and tokens[-1].isdigit():
        tokens = tokens[:-1]
    return tokens
