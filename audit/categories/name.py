"""
Name of a person: first name, last name, or both in one cell.

Told by the header; a cell then fits when it is made of a few words of letters. Names inside free
text need a language model and are not looked for here.

>>> [NAME.fits(text) for text in ("Aino Esimerkki-Koe", "von Essen, A.", "Oy Koe Ab 3", "040 123")]
[True, True, False, False]
>>> [NAME.tells(text) for text in ("Beth Trialstone", "Alice sofa", "Alice")]
[True, False, False]
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from audit.categories.model import Category
from audit.vocabulary import load

__all__ = ["NAME", "is_whole_name", "may_name_somebody", "people_named", "tells_name"]

_WORDS = re.compile(r"[^\W\d_]+(?:[ '.,\-/&]{1,3}[^\W\d_]+){0,5}\.?")

_JOINED = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


_NAMES = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_APART = 2  # characters: ", "
# Given names that are words as well, beside which an adjective looks like a family name.
_WORDS_TOO = frozenset(
    "arvo onni toivo into tuuli meri ilta rauha lahja satu taimi oiva sulo".split()
)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    names = load("names")
    first, surnames = names["first"].split(), names["surnames"].split()
    return frozenset(first), frozenset(surnames), tuple(names["surname_endings"])


def tells_name(text: str) -> bool:
    """Whether a cell is written as people are named: two to four words of which one is a known name."""
    written = text.replace(",", " ").split()
    words = [word.casefold() for word in written]
    if not 1 <= len(words) <= _MOST_WORDS or not all(map(_JOINED.fullmatch, words)):
        return False
    first, surnames, endings = _lists()
    # What only ends as surnames do begins with a capital as they do: "punainen", "suomalainen".
    ends = [len(w) > _SHORT and w.endswith(endings) and not w[0].islower() for w in written]
    known = [w in first or w in surnames or end for w, end in zip(words, ends, strict=True)]
    # An English name is a word of its language, or a sofa's: two words, each with its capital.
    if len(words) > 1 and all(word[0].isupper() for word in written):
        known[0] |= words[0] in _british()
    return all(known) if len(words) == 1 else sum(known) * 2 >= len(words)


def is_whole_name(text: str) -> bool:
    """
    Whether a cell is a given name with others, each with its capital: somebody, and no heading.

    >>> [is_whole_name(text) for text in ("Aino Koe", "Koe, Aino", "Toimipaikka Salo", "Aino", "Anna palaute")]
    [True, True, False, False, False]
    """
    words = text.replace(",", " ").split()
    given = words[-1] if "," in text else words[0] if words else ""
    capital = all(word[0].isupper() for word in words)
    first, _, _ = _lists()
    return len(words) > 1 and capital and given.casefold() in first and tells_name(text)


def people_named(text: str) -> Iterator[tuple[int, int]]:
    """
    Where a name of a file or a sheet has somebody's: a given name beside a family name.

    Both begin with a capital, or neither does: *Entinen arvo* is no Arvo.

    >>> [list(people_named(text)) for text in ("Aino Virtanen.xlsx", "kortti_mäki_eero", "Onni Bussit", "Entinen arvo")]
    [[(0, 13)], [(7, 16)], [], []]
    """
    words = list(_NAMES.finditer(text))
    for one, other in pairwise(words):
        between = text[one.end() : other.start()]
        either = (one[0], other[0]), (other[0], one[0])
        alike = one[0][0].isupper() == other[0][0].isupper()
        if alike and len(between) <= _APART and any(_is_pair(*names) for names in either):
            yield one.start(), other.end()


def may_name_somebody(text: str) -> bool:
    """
    Whether a given name stands before another word with a capital: somebody, if it is no firm or thing.

    >>> may_name_somebody("Hi Aino Kuvitelma"), may_name_somebody("Aino's letter"), may_name_somebody("Bo")
    (True, False, False)
    """
    first, _, _ = _lists()
    return any(
        one[0].casefold() in first and one[0][0].isupper() and other[0][0].isupper()
        for one, other in pairwise(_NAMES.finditer(text))
        if text[one.end() : other.start()] == " "
    )


def _is_pair(given: str, family: str) -> bool:
    first, surnames, endings = _lists()
    last = family.casefold()
    if (last, given.casefold()) == ("tammi", "helmi"):  # two months of sales
        return False
    ends = len(last) > _SHORT and last.endswith(endings) and family[0].isupper()
    ends = ends and given.casefold() not in _WORDS_TOO
    return given.casefold() in first and (last in surnames or ends)


@cache
def _british() -> frozenset[str]:
    return frozenset(load("names")["british"].split())


_MOST_WORDS = 4
_SHORT = 5


NAME = Category(
    key="name",
    names={"fi": "nimi", "sv": "namn", "en": "name"},
    headers=(
        *(
            "passenger",
            "passenger name",
            "matkustaja",
            "matkustajan nimi",
            "resenär",
            "huvudresenär",
        ),
        *("varaaja", "booker", "booked by name", "kuljettaja", "driver", "driver name", "förare"),
        *("tutor", "instructor", "ajo opettaja", "trafiklärare"),
        *("associated contact", "name specifier", "billing address name"),
        *("delivery address name", "shipping address name", "invoicing address name"),
        *("forename", "forenames", "forename s", "middle names", "toinen nimi", "muut nimet"),
        *("mellannamn", "andranamn", "andra förnamn"),
        *("nimi", "etunimi", "sukunimi", "etunimet", "kutsumanimi", "koko nimi", "asiakkaan nimi"),
        *(
            "yht hlö",
            "yhthlö",
            "yht henkilö",
            "yhteyshenkilö",
            "yhteyshenkilön nimi",
            "asiakasnimi",
            "tilaaja",
            "vastaanottaja",
        ),
        *("nimi1", "nimen jatke", "henkilö", "hakija", "nimi namn", "nimi name", "namn nimi"),
        *("nimet", "nimi2", "asiakkaan koko nimi", "kontaktin nimi", "yhteyshenkilöt"),
        *("tilaajan nimi", "vastaanottajan nimi", "entinen nimi", "entinen sukunimi", "tyttönimi"),
        *("lempinimi", "nimikirjaimet", "potilaan nimi", "allekirjoittaja", "puhuttelu"),
        *("puhuttelunimi", "kutsuttu nimi", "sukun", "etun", "nimimerkki", "kortinhaltija"),
        *("maksaja", "saaja", "laskun saaja"),
        *("namn", "förnamn", "efternamn", "fullständigt namn", "kontaktperson", "kundnamn"),
        *("tilltalsnamn", "för och efternamn", "namn2", "namn1", "kontaktpersonens namn"),
        *("beställare", "mottagare", "smeknamn", "flicknamn", "tidigare namn", "initialer"),
        *("hälsningsfras", "alias"),
        *("guest name", "tenant name", "student name", "pupil name", "member name"),
        *("vieraan nimi", "vuokralaisen nimi", "oppilaan nimi", "jäsenen nimi"),
        *("gästens namn", "hyresgästens namn", "elevens namn", "medlemmens namn", "gästnamn"),
        *("name", "first name", "last name", "given name", "family name", "surname", "full name"),
        *("additional name", "yomi name", "short name"),
        *("firstname", "lastname", "middle name", "contact person", "contact name"),
        *("customer name", "customer full name", "display name", "e mail display name"),
        *("user display name", "nickname", "preferred name", "maiden name", "former name"),
        *("initials", "salutation", "name prefix", "name suffix", "prefix", "suffix", "addressee"),
        *("file as", "patient name", "recipient name", "account holder"),
        *("manager s name", "assistant s name", "assistant name", "referred by", "fname", "lname"),
        *("name1", "name2", "name first", "name last", "user nicename", "contact person name"),
        *("anred", "nick"),
        *("vorname", "nachname", "familienname", "anrede", "card name", "cardholder name"),
        *("name on card", "kortinhaltijan nimi", "fakturakontakt", "laskutusyhteyshenkilö"),
        *("laskutuskontakti", "ansprechpartner", "kundenname", "sukunimi etunimi"),
        *("etunimi sukunimi", "phonetic first name", "phonetic last name"),
        *("holder", "permit holder", "haltija", "luvanhaltija", "innehavare"),
        *("tillståndsinnehavare", "palkansaaja", "mötesarrangör", "meeting organizer"),
        *("kokouksen järjestäjä", "nimesi", "mikä on nimesi", "vad heter du", "ditt namn"),
        *("what is your name", "your name", "kvitterad av", "kuitannut", "kuittaaja"),
        *("received by", "henkilöt kuvassa", "personer på bilden", "people in picture"),
        *("kenen tiedot", "kenen tietoja", "ketä koskee", "rekisteröidyn nimi", "vems uppgifter"),
        *("vem det gäller", "den registrerades namn", "whose data", "data subject name"),
        *("given yomi", "reporting to", "po attention to", "sa attention to", "toimitusnimi"),
    ),
    dpv="pd:Name",
    fideslang="user.name",
    fits=lambda text: bool(_WORDS.fullmatch(text)),
    tells=tells_name,
)
