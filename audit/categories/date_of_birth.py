"""
Date of birth, birth year and age.

A date is a date of birth by its header, or in text by the word before it (*synt.*, *född*, *born*);
dates alone are not told apart. An identity code without its last four characters is one as well. So
are a year by such a word, and an age; things have an age too, so of an age the clause must begin
with it, or a word for a person stand beside it.

>>> [m.ground for m in DATE_OF_BIRTH.find("synt. 24.12.1971, tilasi 1.2.2024")]
['context']
>>> [m.value for m in DATE_OF_BIRTH.find("born 10 August 1988; syntymävuosi 1989, 54-vuotias asiakas")]
['10-august-1988', '1989', '54']
>>> list(DATE_OF_BIRTH.find("toimitus 24.12.2024; syntyi sopimus 1.1.2020, talo on 54-vuotias"))
[]
"""

import re
from collections.abc import Iterator
from itertools import chain

from audit.categories._text import DASHES, SPACES
from audit.categories.model import Category, Match

__all__ = ["DATE_OF_BIRTH"]

_BEGINS = r"(?<![\wäöå])"
_BORN = (
    r"(?:synnyin|synt(?:ynyt|yneen|\.?\s?aika|ymäaika|\.?\s?pvm?|ymäpvm?|(?:\.?\s?|ymä)päivä(?:nsä)?)?"
    r"|f(?:ödda?|öddes|ödelsedatum(?:et)?|ödelsetid|ödelsedag(?:en)?)|synttäri(?:t|päivä)?|synttärinsä|syntymäp\.?|born|date of birth|birth\s?date|birth\s?day|b-?day|d\.?o\.?b)"
)
_MONTH = (
    r"(?:(?:tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu)kuu(?:ta|n)?"
    r"|(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]{0,6}\.?)"
)
_DAY = (
    r"(?:[0-3]?[0-9][.\-/ ]{1,2}[01]?[0-9][.\-/ ]{1,2}(?:19|20)?[0-9]{2}"
    r"|(?:19|20)?[0-9]{2}-[01][0-9]-[0-3][0-9]"
    rf"|[0-3]?[0-9](?:\.|st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s(?:19|20)[0-9]{{2}}"
    rf"|{_MONTH}\s[0-3]?[0-9](?:st|nd|rd|th)?,?\s(?:19|20)[0-9]{{2}})"
)
# *s. 12.3.1960*: a page has no such number, and an order no such year.
_BORN_SHORT = re.compile(
    rf"{_BEGINS}(?:s|f)\.\s?([0-3]?[0-9]\.[01]?[0-9]\.(?:19[0-9]{{2}}|200[0-9])|(?:19[0-9]{{2}}|200[0-9])-[01][0-9]-[0-3][0-9])(?![0-9])",
    re.IGNORECASE,
)
_LINK = r"\.?[\s:=,]{0,3}(?:(?:on|den|är|is|was)\s)?"
_BORN_ON = re.compile(rf"{_BEGINS}{_BORN}{_LINK}({_DAY})(?![0-9])", re.IGNORECASE)
# *född 620403*, as the Swedish write it: six figures behind that word are no amount.
_BORN_SIX = re.compile(
    rf"{_BEGINS}(?:f(?:öd|ödd|\.)|född)\s{{1,2}}(?:den\s)?([0-9]{{2}}[01][0-9][0-3][0-9])(?![\w-]|[.,/:][0-9])",
    re.IGNORECASE,
)
_PERSON = (
    r"(?:asiakas|asiakkaan|omistaja|ägaren|ägare|owner|mies|miehen|nainen|naisen|rouva|herra|vuokralainen|jäsen|hän|vanhus|henkilö|oppilas|"
    r"isäntä|emäntä|naapuri|mummo|mummi|pappa|vaari|ukki|isoäiti|isoisä|eläkeläinen|äiti|isä|vaimo|puoliso|tytär|poika|tyttö|lapsi|tilaaja|"
    r"syntymäpäiväsankari|päivänsankari|tais|taitaa|födelsedagsbarnet|kund|kunden|kundens|barnet|sonen|dottern|mamman|pappan|frun|mannen|maken|makan|eleven|medlemmen|gästen|man|kvinna|dam|herre|medlem|hyresgäst|hon|han|mamma|pappa|son|dotter|pojke|flicka|barn|elev|"
    r"customer|client|man|woman|lady|gentleman|member|tenant|guest|he|she|wife|husband|daughter|boy|girl|child|"
    r"mother|father|pupil|patient|resident|pensioner|widow|widower|s|olen|minä|jag|i|am|i'm)"
)
# By a name of its own any year; a word that things are born by as well, one of people's only.
_YEAR = re.compile(
    rf"{_BEGINS}(?:(?:synt(?:ymä|\.\s?)vuosi|synt\.?\sv\.?|födelseår(?:et)?|year of birth|birth\s?year){_LINK}"
    r"((?:19|20)[0-9]{2})"
    r"|(?:synt(?:ynyt|yneen)?\.?\s(?:vuonna\s|v\.?\s)?|född(?:a)?\s(?:år\s)?|born\s(?:in\s)?(?:the year\s)?)"
    r"(19[0-9]{2}|200[0-9]|201[0-5])"
    rf"|{_PERSON}\s(?:on\s)?synt(?:ynyt|\.)?\s(?:vuonna\s|v\.?\s)?(20[0-2][0-9]))(?![\w-]|[.,/:][0-9])",
    re.IGNORECASE,
)
_OF_PERSON = (
    rf"(?:(?:^|[.;:,!?(/\n>]\s?|\s-\s)|{_BEGINS}{_PERSON}\s(?:(?:on|är|is|was|aged|age)\s)?)"
)
_NUMBER = r"(1?[0-9]{1,2})"
_OLD = r"(?:[- ]?vuotias\w*|\sv(?:uotta|\.)?\svanha\w*|[- ]?årig\w*|[- ]?åring\w*|\sår\sgammal|[- ]years?[- ]old|\sy(?:rs|/o|o)(?:\sold)?)"
_AGED = re.compile(
    rf"{_OF_PERSON}(?:(?:ikä|ålder|age)\s?[:=]?\s?{_NUMBER}(?:\s?(?:v|vuotta|år|years?|yrs?))?(?=\.?(?:\s|$|[,;)]))(?!\s?(?:[-+–]|kk|months?|månad))"
    rf"|aged\s{_NUMBER}(?!\w|[-+]|\s(?:months?|weeks?|days?|years?\s(?:in|oak|cheese|whisk)))"
    rf"|{_BEGINS}{_PERSON}\s(?:on|är|is)\s(?:jo\s|redan\s|now\s)?{_NUMBER}\s(?:v|vuotta|år|years?|yrs?)(?=\.?(?:\s?$|[,;)]))"
    rf"|(?:on\s|är\s|is\s)?{_NUMBER}{_OLD}(?=\s{_PERSON}(?![^\W_])|\s?(?:[.,;)!/(\n<]|$)|\s-\s|\s(?:ja|enkä|eikä|mutta|joten|och|men|så|and|but|so)\s))",
    re.IGNORECASE,
)
_AGED_PERSON = re.compile(
    rf"{_BEGINS}{_NUMBER}(?:[- ]?vuotia\w*|[- ]?årig\w*|[- ]years?[- ]old)\s{_PERSON}(?![^\W_])",
    re.IGNORECASE,
)
# Who turns an age; a firm or a house does too, so that the clause begins with it or names a person.
_TURNS = re.compile(
    rf"{_OF_PERSON}(?:täyttää|täytti|täyttänyt|fyller|fyllde)\s(?:pyöreitä,?\s|jämna,?\s)?{_NUMBER}"
    rf"(?:\s?(?:v|vuotta|år))?(?![\w%]|\s(?:prosent|procent|kk|mån))"
    rf"|{_BEGINS}(?:täytän|täytin|fyller jag|jag fyller)\s{_NUMBER}\s?(?:v|vuotta|år)(?![^\W_])"
    rf"|{_OF_PERSON}blir\s{_NUMBER}(?=\s(?:år(?!\w)|den\s|i\s(?:{_MONTH}|år|veckan)|[0-3]?[0-9]/[01]?[0-9]))"
    rf"|{_OF_PERSON}(?:turns|turned|turning|will\sbe|be)\s{_NUMBER}(?=\s(?:in|on|next|last|this|today|tomorrow|yesterday)\b|\.?$)"
    rf"|{_BEGINS}(?:his|her|my|their|mum's|dad's|wife's|husband's|hans|hennes|min|mammas|pappas)\s{_NUMBER}"
    r"(?:st|nd|rd|th|:e)?[- ](?:birthday|födelsedag|årsdag)"
    rf"|{_BEGINS}{_NUMBER}-?\s?vuotis-?syntymäpäiv\w*"
    rf"|{_OF_PERSON}{_NUMBER}\s?(?:-?v\.?|-?vuotis|-?vuotis-?)\s?synttär\w+"
    # The day on which somebody is so old, and nothing but that: "70 v. 12.5.2027".
    rf"|^\s*{_NUMBER}\s?(?:v\.?|år|vuotta|-?vuotispäivä\w*|-?årsdag\w*)\s(?:den\s)?[0-3]?[0-9][./][01]?[0-9]\.?(?:[0-9]{{4}})?\s*$"
    rf"|{_OF_PERSON}(?:är|on|is)\s{_NUMBER}\s(?:år|vuotta|years)\s(?:och|ja|and|men|mutta|but)\s",
    re.IGNORECASE,
)
# A year of two figures behind a hyphen or an apostrophe, and one of four behind a short word: *s. -62*.
_BORN_YEAR = re.compile(
    rf"{_BEGINS}(?:(?:s|f|b|synt)\.|född|född år|born|syntynyt|synt)\s?(?:v\.\s?|vuonna\s)?"
    r"(?:[-'’]\s?([0-9]{2})|(?<=\b[sfbSFB]\.)\s?((?:19[0-9]{2}|200[0-9]|201[0-9])))(?![\w%]|[-.,/:'’][0-9])",
    re.IGNORECASE,
)
# As genealogists write it behind a name: *(f. 1948)*, *, s. 1951*.
_BORN_BESIDE = re.compile(
    r"[(,]\s?(?:s|f|b|synt|född|born)\.?\s?((?:18|19)[0-9]{2}|20[01][0-9])\s?(?=\)|$|[,;])",
    re.IGNORECASE,
)
# A damage or a claim is "syntynyt" on a day as well.
_THING_BORN = re.compile(
    r"(?:vaurio|vahinko|vika|virhe|halkeama|kolhu|naarmu|lommo|jälki|murtuma|vuoto|kulut?|kustannu(?:s|kset)|"
    r"saatava|saaminen|velka|tappio|alijäämä|oikeus|sopimus|riita|tarve|este|viive|häiriö|home|reikä|ruoste|ero|poikkeama)"
    r"\s(?:on\s)?$",
    re.IGNORECASE,
)
_OLDEST = 115


def _find(text: str) -> Iterator[Match]:
    for born in (_BORN_ON, _BORN_SHORT, _BORN_SIX):
        for found in born.finditer(text):
            if _THING_BORN.search(text[max(0, found.start() - 40) : found.start()]):
                continue
            yield Match(*found.span(1), re.sub(r"[\W_]+", "-", found[1].casefold()), "context")
    years = _each(text, _YEAR, _BORN_BESIDE, _BORN_YEAR)
    ages = (age for age in _each(text, _AGED, _AGED_PERSON, _TURNS) if int(age.value) <= _OLDEST)
    done: set[int] = set()
    for told in chain(years, ages):
        if told.start not in done:
            done.add(told.start)
            yield told


def _each(text: str, *patterns: re.Pattern[str]) -> Iterator[Match]:
    """A year or an age for each place of which a pattern tells, by the group that it took."""
    for pattern in patterns:
        for found in pattern.finditer(text):
            place = found.lastindex or 1
            yield Match(*found.span(place), found[place], "context")


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
        *("kuinka vanha olet", "minkä ikäinen olet", "ikäsi", "milloin olet syntynyt"),
        *("syntymäaikasi", "hur gammal är du", "när är du född", "din ålder"),
        *("how old are you", "when were you born", "your age", "your date of birth"),
    ),
    dpv="pd:BirthDate",
    fideslang="user.demographic.date_of_birth",
    candidate=(
        r"(?:[Ss][Yy][Nn][TtNn]|[Ff]..?[Dd]|[Bb][Oo][Rr][Nn]|[Bb].[Rr][Tt][Hh]|[Bb]-?[Dd][Aa][Yy]|[Dd]\.?[Oo]\.?[Bb])[^0-9]{0,20}"
        rf"(?:[0-9][0-9./{SPACES}{DASHES}]{{4,10}}[0-9][0-9A-Za-z]*|[12][0-9]{{3}}"
        rf"|[0-3]?[0-9](?:\.|[a-z]{{2}})?[{SPACES}][A-Za-z]{{2,12}}|[0-3]?[0-9](?:[a-z]{{2}})?,?[{SPACES}][12][0-9]{{3}})"
        rf"|[SsFf]\.[{SPACES}]?(?:[0-9]{{1,2}}\.[0-9]{{1,2}}\.[12][0-9]{{3}}|[12][0-9]{{3}}[{DASHES}][0-9]{{2}}[{DASHES}][0-9]{{2}})[A-Za-z]*"
        rf"|[0-9]{{1,3}}[{SPACES}{DASHES}]?(?:[Vv][Uu][Oo][Tt][Ii]|..?[Rr][Ii][Nn]?[Gg]|[Yy]..?.?.?[{SPACES}{DASHES}][Oo][Ll][Dd]|[Yy]/?[Oo]|[Vv]..?.?.?.?[{SPACES}{DASHES}][Vv][Aa][Nn][Hh]|..?[Rr][{SPACES}][Gg][Aa][Mm])[A-Za-z]*"
        rf"|[SsFfBb]\.?[{SPACES}]?(?:1[89]|20)[0-9]{{2}}"
        rf"|(?:[SsFfBb]\.|[Ss][Yy][Nn][Tt][A-Za-z.]{{0,5}}|[Ff]..?[Dd]|[Bb][Oo][Rr][Nn])[{SPACES}]?['’{DASHES}][{SPACES}]?[0-9]{{2}}"
        rf"|(?:[Tt]..?[Yy][Tt][Tt]?[^ ]{{1,4}}|[Bb][Ll][Ii][Rr]|[Ff][Yy][Ll][Ll][A-Za-z]{{1,2}}|[Tt][Uu][Rr][Nn][A-Za-z]{{1,3}})[{SPACES}](?:[^0-9]{{1,10}}[{SPACES}])?[0-9]{{1,3}}[A-Za-z]*"
        rf"|(?:[Bb][Ee]|..?[Rr]|[Oo][Nn]|[Ii][Ss])[{SPACES}](?:[A-Za-z]{{2,5}}[{SPACES}])?[0-9]{{1,3}}[{SPACES}](?:[A-Za-z]{{1,8}}|..?[Rr])"
        rf"|[0-9]{{1,3}}(?:[A-Za-z]{{1,2}}|:[Ee])?[{SPACES}{DASHES}](?:[Bb][Ii][Rr][Tt]|[Ss][Yy][Nn]|[Ff]..?[Dd][Ee]|..?[Rr][Ss][Dd])[A-Za-z]{{2,8}}"
        rf"|[0-9]{{2,3}}[{SPACES}{DASHES}]?(?:[Vv]|..?[Rr])[a-zäåA-ZÄ.]{{0,12}}[{SPACES}](?:den[{SPACES}])?[0-3]?[0-9][./][01]?[0-9]"
        rf"|(?:[Ii][Kk]..?|[Aa]?.?[Ll][Dd][Ee][Rr]|[Aa][Gg][Ee][Dd]?)[{SPACES}:=]{{1,3}}[0-9]{{1,3}}[A-Za-z]*"
    ),
    find=_find,
    # Of a column whose dates are nearly all of the last century: few registers' own dates are.
    tells=lambda text: _DATE.fullmatch(text) is not None,
)
