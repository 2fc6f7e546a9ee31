"""What a period runs from: the end of a subscription, or of the year in which something ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.api import read_notice
from audit.notice.model import RetentionPeriod

FRAME = {
    "fi": "# Tietosuojaseloste\n\n## Rekisterinpitäjä\nKoe Oy, Koekatu 1, 00100 Helsinki\n\n"
    "## Käyttötarkoitus\nLehden tilaukset ja jakelu (sopimus), uutiskirje (suostumus).\n\n"
    "## Säilytysaika\n{}\n",
    "sv": "# Dataskydd\n\n## Personuppgiftsansvarig\nKoe Ab, Koegatan 1, 00100 Helsingfors\n\n"
    "## Ändamål\nPrenumerationer och leverans av tidningen (avtal), nyhetsbrev (samtycke).\n\n"
    "## Hur länge vi sparar uppgifter\n{}\n",
    "en": "# Privacy\n\n## Controller\nKoe Ltd, 1 Koe Street, 00100 Helsinki\n\n"
    "## Purposes\nSubscriptions and delivery of the magazine (contract), newsletter (consent).\n\n"
    "## Retention\n{}\n",
}
SOLD = [
    ("sv", "Prenumerantens uppgifter sparas tre månader efter att prenumerationen har upphört."),
    ("sv", "Uppgifterna raderas ett år efter att prenumerationen löpt ut."),
    (
        "sv",
        "Uppgifter om prenumeranter sparas så länge prenumerationen gäller och ett år därefter.",
    ),
    ("fi", "Tilaajan tiedot säilytetään kolme kuukautta tilauksen päättymisestä."),
    ("fi", "Poistamme tiedot vuoden kuluttua siitä, kun lehtitilaus on päättynyt."),
    ("fi", "Tilaajatiedot säilytetään tilauksen voimassaolon ajan ja vuosi sen jälkeen."),
    ("en", "Subscribers' data is kept for three months after the subscription has ended."),
    ("en", "We delete subscribers' details one year after their subscription expires."),
    ("en", "Data is kept while the subscription runs and six months thereafter."),
]
LETTERS = [
    (
        "sv",
        "Uppgifter om nyhetsbrevets prenumeranter raderas en månad efter att prenumerationen upphört.",
    ),
    (
        "fi",
        "Uutiskirjeen tilaajan sähköposti poistetaan kuukauden kuluttua tilauksen päättymisestä.",
    ),
    ("en", "A newsletter subscriber's e-mail is deleted one month after the subscription ends."),
]


def rule_of(folder: Path, language: str, text: str) -> RetentionPeriod:
    """The one rule of a notice that says this of retention."""
    path = folder / "notice.md"
    path.write_text(FRAME[language].format(text), "utf-8")
    (rule,) = read_notice(path).retention
    return rule


@pytest.mark.parametrize(("language", "text"), SOLD)
def test_the_end_of_a_magazines_subscription_is_that_of_a_contract(tmp_path, language, text):
    """All that is held of the subscriber goes with it."""
    rule = rule_of(tmp_path, language, text)
    assert (rule.event, rule.applies_to) == ("contract_end", "all")


@pytest.mark.parametrize(("language", "text"), LETTERS)
def test_whoever_ends_a_newsletters_subscription_withdraws_a_consent(tmp_path, language, text):
    """Though the same house sells a magazine."""
    assert rule_of(tmp_path, language, text).event == "consent_withdrawal"


YEARS = [
    ("en", "Customer data is kept for six years from the end of the calendar year in which the customer relationship ended.", "customer_relationship_end"),
    ("en", "Data is erased two years from the end of the year of the last visit.", "visit"),
    ("fi", "Asiakkaan tiedot säilytetään kuusi vuotta sen kalenterivuoden lopusta, jona asiakassuhde on päättynyt.", "customer_relationship_end"),
    ("fi", "Asiakastiedot säilytetään kolme vuotta asiakassuhteen päättymisvuoden lopusta.", "customer_relationship_end"),
    ("sv", "Kundens uppgifter sparas sex år från utgången av det kalenderår då kundförhållandet upphörde.", "customer_relationship_end"),
    ("sv", "Uppgifterna sparas två år från utgången av året för det senaste besöket.", "visit"),
]  # fmt: skip
VOUCHERS = [
    ("en", "Vouchers are kept for six years from the end of the calendar year in which the financial year ended."),
    ("fi", "Laskut säilytetään kuusi vuotta sen kalenterivuoden lopusta, jona tilikausi on päättynyt."),
    ("sv", "Verifikat sparas sex år från utgången av det kalenderår då räkenskapsperioden gått ut."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "event"), YEARS)
def test_a_period_may_run_from_the_end_of_the_year_of_an_event(tmp_path, language, text, event):
    """The event stays what it is; only the counting begins with the new year."""
    rule = rule_of(tmp_path, language, text)
    assert (rule.event, rule.from_year_end) == (event, True)


@pytest.mark.parametrize(("language", "text"), VOUCHERS)
def test_of_vouchers_it_is_the_financial_year(tmp_path, language, text):
    """Whose day the plan knows; the period runs from the end of the calendar year around it."""
    rule = rule_of(tmp_path, language, text)
    assert (rule.event, rule.from_year_end) == ("fiscal_year_end", True)
