"""
Employment: terms, pay, absence, history and education of a person at work. Told by the header.

In text by what somebody earns.

Education has no key of its own and is here. The employer is ``organisation``, the task ``job_title``.

>>> [m.ground for m in EMPLOYMENT.find("palkka 3200 euroa; lön 42 000 kr/mån; earns 900 pounds")]
['statement', 'statement', 'statement']
>>> list(EMPLOYMENT.find("palkkahallinnon ohjelma 300 euroa, lön och bokföring"))
[]
"""

import re
from collections.abc import Iterator

from audit.categories._lexicon import lexicon
from audit.categories.model import Category, Match

__all__ = ["EMPLOYMENT"]

_WORDS = lexicon("employment")
_PAY = re.compile(
    r"(?<![^\W_])(?:(?:kuukausi|brutto|netto|tunti|vuosi)?palkka|eläke|tulot|(?:månads|års|tim)?lön|salary|wage|pension"
    r"|earns|earning|tienaa|ansaitsee|tjänar)"
    r"\W{1,3}([0-9][0-9  .,]{2,9}\s?[€£$]|[€£$]\s?[0-9][0-9  .,]{2,9})",
    re.IGNORECASE,
)


def _find(text: str) -> Iterator[Match]:
    yield from _WORDS.find(text)
    for found in _PAY.finditer(text):
        yield Match(*found.span(1), found[1], "statement")


EMPLOYMENT = Category(
    key="employment",
    names={
        "fi": "työsuhde ja koulutus",
        "sv": "anställning och utbildning",
        "en": "employment and education",
    },
    headers=(
        *("työsuhde", "työsuhteen alku", "työsuhteen alkupäivä", "työsuhde alkoi"),
        *("työsuhteen alkamispäivä", "työsuhteen loppu", "työsuhde päättyi"),
        *("työsuhteen päättymispäivä", "työsuhteen kesto", "työsuhteen tyyppi", "työsuhdetyyppi"),
        *("työsuhteen laatu", "työsopimus", "työaika", "palkka", "palkat", "palkkatiedot"),
        *("palkkaus", "palkkaluokka", "kuukausipalkka", "kk palkka", "tuntipalkka", "vuosipalkka"),
        *("henkilöstönumero", "henkilönumero", "työntekijänumero", "työntekijänro"),
        *("työntekijätunnus", "verokortti", "veroprosentti", "ennakonpidätys", "lomapäivät"),
        *("vuosiloma", "poissaolo", "poissaolot", "työkokemus", "työhistoria", "ansioluettelo"),
        *("cv", "työhakemus", "hakemus", "koulutus", "koulutustaso", "koulutustausta", "tutkinto"),
        *("tutkinnot", "oppiarvo", "oppilaitos", "osaaminen", "pätevyydet", "tulot", "tulotaso"),
        *("bruttotulot", "kehityskeskustelu", "hlönumero", "hlönro", "koulu"),
        *("anställning", "anställningsdatum", "anställningsnummer", "anställningsform"),
        *("anställningens början", "anställningens slut", "anställd sedan", "anställd", "lön"),
        *("månadslön", "timlön", "årslön", "skattekort", "skatteprocent", "semesterdagar"),
        *("frånvaro", "arbetslivserfarenhet", "arbetshistorik", "meritförteckning"),
        *("arbetsansökan", "arbetsavtal", "utbildning", "utbildningsnivå", "examen", "läroanstalt"),
        *("kompetens", "inkomst", "inkomster", "skola"),
        *("employment", "employment status", "employment type", "employment start date"),
        *("employment end date", "employment date", "employment history", "date of hire"),
        *("hire date", "hired", "employee id", "employee number", "employee no"),
        *("personnel number", "staff number", "salary", "wage", "wages", "pay grade"),
        *("hourly rate", "gross pay", "monthly income", "annual income", "income", "income level"),
        *("tax card", "withholding tax", "vacation days", "annual leave", "absence", "absences"),
        *("work experience", "work history", "resume", "curriculum vitae", "job application"),
        *("education", "education level", "degree", "field of study", "school", "university"),
        *("graduation date", "qualifications", "skills", "military status", "pernr"),
        *("missä olet töissä", "missä työskentelet", "kenelle työskentelet", "var jobbar du"),
        *("var arbetar du", "where do you work", "who do you work for"),
    ),
    dpv="pd:EmploymentHistory",
    fideslang="user.workplace",
    words=(
        *_WORDS.words,
        "palkka ",
        " eläke ",
        " tulot ",
        "lön ",
        " salary ",
        " wage ",
        " pension ",
    ),
    find=_find,
    phrased=True,
)
