"""
Date of birth.

A date is a date of birth by its header, or in text by the word before it (*synt.*, *född*, *born*);
dates alone are not told apart. An identity code without its last four characters is one as well.

>>> [m.ground for m in DATE_OF_BIRTH.find("synt. 24.12.1971, tilasi 1.2.2024")]
['context']
>>> list(DATE_OF_BIRTH.find("toimitus 24.12.2024; syntyi sopimus 1.1.2020"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Match

__all__ = ["DATE_OF_BIRTH"]

_BORN = re.compile(
    r"(?<![\wäöå])(?:synt(?:ynyt|\.?\s?aika|ymäaika)?|f(?:ödd|ödelsedatum|ödelsetid)|born|date of birth|birth\s?date|birthday|d\.?o\.?b)"
    r"\.?[\s:=,]{0,3}(?:on\s|den\s)?"
    r"([0-3]?[0-9][.\-/ ]{1,2}[01]?[0-9][.\-/ ]{1,2}(?:19|20)?[0-9]{2}"
    r"|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?![0-9])",
    re.IGNORECASE,
)


def _find(text: str) -> Iterator[Match]:
    for found in _BORN.finditer(text):
        yield Match(found.start(1), found.end(1), re.sub(r"\D+", "-", found[1]), "context")


_DATE = re.compile(
    r"[0-3]?[0-9][.\-/][01]?[0-9][.\-/](19[0-9]{2})|(19[0-9]{2})-[01][0-9]-[0-3][0-9](?:[ T]00:00(?::00)?)?"
)


DATE_OF_BIRTH = Category(
    key="date_of_birth",
    names={"fi": "syntymäaika", "sv": "födelsedatum", "en": "date of birth"},
    headers=(
        *("syntymäaika", "synt aika", "syntaika", "synt", "syntymäpäivä", "syntymävuosi"),
        *("synt pvm", "ikä", "synt v", "synt vuosi", "syntynyt", "syntymäpvm", "synttärit"),
        *("syntymäkuukausi", "ikäryhmä", "ikäluokka", "ikähaarukka"),
        *("födelsedatum", "födelsetid", "född", "födelseår", "födelsedag", "ålder", "födelsemånad"),
        *("föd", "född år", "åldersgrupp", "åldersklass"),
        *("date of birth", "dob", "birth date", "birthdate", "birthday", "year of birth", "age"),
        *("birth year", "birth month", "born", "date birth", "age group", "age range", "age band"),
        *("gbdat", "birthdt"),
        *("geburtsdatum", "geburtstag", "geboren am"),
    ),
    dpv="pd:BirthDate",
    fideslang="user.demographic.date_of_birth",
    candidate=(
        r"(?:[Ss][Yy][Nn][Tt]|[Ff]..?[Dd]|[Bb][Oo][Rr][Nn]|[Bb].[Rr][Tt][Hh]|[Dd]\.?[Oo]\.?[Bb])"
        rf"[^0-9]{{0,20}}[0-9][0-9./{SPACES}{DASHES}]{{4,10}}[0-9][0-9A-Za-z]*"
    ),
    find=_find,
    # Of a column whose dates are nearly all of the last century: few registers' own dates are.
    tells=lambda text: _DATE.fullmatch(text) is not None,
)
