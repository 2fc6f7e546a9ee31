"""A period for logs reaches the logs that the notice names: all of them, or only one."""

from __future__ import annotations

import pytest

from audit.notice.model import RetentionPeriod
from audit.register.model import Role
from audit.retention.events import event_role
from audit.retention.lists import lists_of

WEB, LOGIN = {"web_log"}, {"access_log"}
RULES = {
    "Webbserverns loggar sparas 30 dagar.": WEB,
    "Webbplatsens loggar gallras efter ett år.": WEB,
    "Palvelimen lokit säilytetään 60 päivää.": WEB,
    "Verkkosivujen lokitiedot poistetaan kuukauden kuluttua.": WEB,
    "Web server logs: 14 days.": WEB,
    "Our website's log files are kept for 90 days.": WEB,
    "Kirjautumisloki: kaksi vuotta.": LOGIN,
    "Järjestelmän lokitiedot säilytetään vuoden.": LOGIN,
    "Inloggningsloggar sparas i två år.": LOGIN,
    "Login logs are kept for two years.": LOGIN,
    "Lokit säilytetään vuoden.": WEB | LOGIN,
    "Loggarna raderas efter sex månader.": WEB | LOGIN,
    "Loggfiler sparas ett år.": WEB | LOGIN,
    "We keep logs for one year.": WEB | LOGIN,
    "Palvelin- ja kirjautumislokit säilytetään vuoden.": WEB | LOGIN,
    "Server and login logs are kept for one year.": WEB | LOGIN,
    "Server- och inloggningsloggar sparas ett år.": WEB | LOGIN,
}


@pytest.mark.parametrize(("text", "kinds"), RULES.items())
def test_a_named_log_is_that_one_alone(text, kinds):
    """What is said of "logs" is of every log; what is said of one is of no other."""
    rule = RetentionPeriod(id="S1", kind="fixed", period="P30D", event="unspecified", text=text)
    assert lists_of(rule) == kinds


def test_recordings_are_kept_from_the_day_of_each():
    """What says only "overwritten after 14 days" means no other day."""
    told = {"id": "S1", "kind": "fixed", "period": "P14D", "event": "unspecified"}
    recordings = RetentionPeriod(**told, applies_to=("photo_video",), text="Recordings: 14 days.")
    assert event_role(recordings) is Role.COLLECTION
    assert event_role(RetentionPeriod(**told, text="Data is kept for 14 days.")) is None
