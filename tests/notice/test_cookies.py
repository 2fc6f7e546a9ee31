"""The cookies that a notice names: in code, in brackets, with how long they stay, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.api import read_notice
from audit.notice.model import CookieStatement, Exhaustive

FRAME = {
    "fi": "# Tietosuojaseloste\n\n## Rekisterinpitäjä\nKoe Oy, Koekatu 1, 00100 Helsinki\n\n## Evästeet\n{}\n",
    "sv": "# Dataskydd\n\n## Personuppgiftsansvarig\nKoe Ab, Koegatan 1, 00100 Helsingfors\n\n## Kakor\n{}\n",
    "en": "# Privacy\n\n## Controller\nKoe Ltd, 1 Koe Street, 00100 Helsinki\n\n## Cookies\n{}\n",
}
NAMED = [
    (
        "en",
        (
            "We use only the following cookies: `session` (necessary, deleted when you close the browser), "
            "`consent` (necessary, 6 months) and, with your consent, `_pk_id` (Matomo statistics, 13 months)."
        ),
        {"session": 1, "consent": 186, "_pk_id": 403},
    ),
    (
        "en",
        (
            "Our website sets only the cookies necessary for it to work (csrftoken, 12 months; sessionid, "
            "until the browser is closed). There are no other cookies."
        ),
        {"csrftoken": 372, "sessionid": 1},
    ),
    (
        "fi",
        (
            "Sivustolla on vain välttämättömät evästeet (PHPSESSID, istunnon ajan) sekä suostumuksellasi "
            "Matomo-tilasto (_pk_id, 13 kuukautta, ja _pk_ses, 30 minuuttia). Muita evästeitä ei käytetä."
        ),
        {"PHPSESSID": 1, "_pk_id": 403, "_pk_ses": 1},
    ),
    (
        "sv",
        (
            "Webbplatsen använder endast dessa kakor: `sessionid` (nödvändig, sessionen) och, om du samtycker, "
            "`_ga` (Google Analytics, statistik, 13 månader). Inga andra kakor används."
        ),
        {"sessionid": 1, "_ga": 403},
    ),
]
OPEN = [
    ("fi", "Käytämme evästeitä, kuten _ga (2 vuotta)."),
    ("sv", "Vi använder kakor, till exempel _ga (2 år)."),
    ("en", "We use cookies, such as _ga (2 years)."),
]


def said(folder: Path, language: str, text: str) -> CookieStatement:
    """What a notice of this one section says of cookies."""
    path = folder / "notice.md"
    path.write_text(FRAME[language].format(text), "utf-8")
    return read_notice(path).cookies


@pytest.mark.parametrize(("language", "text", "days"), NAMED)
def test_each_cookie_with_its_lifetime_and_a_closed_list(tmp_path, language, text, days):
    """Every name and nothing else, and that there are no others."""
    cookies = said(tmp_path, language, text)
    assert set(cookies.names) == set(days)
    assert {one.name: one.days for one in cookies.lifetimes} == days
    assert (cookies.used, cookies.exhaustive) == (True, Exhaustive.YES)


@pytest.mark.parametrize(("language", "text"), OPEN)
def test_an_example_closes_no_list(tmp_path, language, text):
    """The lifetime is a promise all the same."""
    cookies = said(tmp_path, language, text)
    assert (cookies.names, cookies.exhaustive) == (("_ga",), Exhaustive.NO)
    assert [one.days for one in cookies.lifetimes] == [732]


@pytest.mark.parametrize("language", FRAME)
def test_words_that_are_no_names(tmp_path, language):
    """A word for cookies, a service or a purpose before a bracket is no cookie."""
    texts = {
        "fi": "Istuntoevästeet (poistuvat, kun suljet selaimen) ja tilastot (13 kuukautta).",
        "sv": "Sessionskakor (raderas när webbläsaren stängs) och statistik (13 månader).",
        "en": "Session cookies (deleted when you close the browser) and statistics (13 months).",
    }
    assert said(tmp_path, language, texts[language]).names == ()


def test_paired_underscores_are_emphasis_and_single_ones_are_not(tmp_path):
    """Markdown's marks are taken away where they are marks."""
    cookies = said(
        tmp_path, "en", "Our cookies, _all of them_: _pk_id (13 months), _pk_ses (session)."
    )
    assert set(cookies.names) == {"_pk_id", "_pk_ses"}


def test_cookies_that_prose_names_under_another_heading(tmp_path: Path) -> None:
    """Where no section is about cookies, the sentences that name some are read."""
    file = tmp_path / "notice.md"
    file.write_text(
        "# Privacy\n\n## Controller\nKoe Ltd, 1 Koe Street, 00100 Helsinki\n\n## Website\n"
        "Our server log records the IP address, time and page of the visitor. The site uses only the "
        "cookies pp_session (essential, session) and pp_basket (essential, 2 days).\n",
        "utf-8",
    )
    read = read_notice(file).cookies
    assert {one.name: one.days for one in read.lifetimes} == {"pp_session": 1, "pp_basket": 2}
    assert read.exhaustive is Exhaustive.YES


IN_ROWS = [
    (
        "fi",
        (
            "| Eväste | Tarkoitus | Voimassa |\n|---|---|---|\n| cart_hash | ostoskori | 2 päivää |\n"
            "| _ga | Google Analytics | 2 vuotta |\n| lang | kieli | istunto |"
        ),
        {"cart_hash": 2, "_ga": 732, "lang": 1},
    ),
    (
        "en",
        "- hop_cart: the basket, 2 days\n- age_gate – your answer, 30 days\n- browsers: these may delete them",
        {"hop_cart": 2, "age_gate": 30},
    ),
    (
        "fi",
        "Käytämme evästeitä PHPSESSID (istunto), cookieyes-consent (12 kk) ja istunto-evästeitä (1 kk).",
        {"PHPSESSID": 1, "cookieyes-consent": 372},
    ),
]


@pytest.mark.parametrize(("language", "text", "days"), IN_ROWS)
def test_rows_and_items_that_begin_with_a_cookie_tell_its_lifetime(
    language: str, text: str, days: dict[str, int], tmp_path: Path
) -> None:
    """A table's cells and an item's words behind the name are read; a word for browsers is no name."""
    told = said(tmp_path, language, text)
    assert {one.name: one.days for one in told.lifetimes} == days
