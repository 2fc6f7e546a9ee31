"""The vocabulary by which a notice is reviewed: its parts fit together and say how they are known."""

from __future__ import annotations

import re
from datetime import date

import pytest

from audit.vocabulary import load

SERVICES = [entry for group in ("service", "obsolete") for entry in load("services")[group]]
KNOWN = re.compile(r"(looked up|from memory)")


def test_what_a_broad_word_covers_is_a_kind_of_party() -> None:
    """A kind that includes others includes kinds, and not the words by which a kind is told."""
    parties = load("parties")
    included = {kind for kinds in parties["covers"].values() for kind in kinds}
    assert included <= set(parties["kinds"])


@pytest.mark.parametrize("entry", SERVICES, ids=lambda entry: entry["name"])
def test_a_dated_service_says_how_its_day_is_known(entry: dict[str, object]) -> None:
    """Each entry has a source, the day it was checked, and whether its date was looked up."""
    assert entry["source"]
    assert isinstance(entry["checked_on"], date)
    assert isinstance(entry.get("valid_from") or entry.get("ended"), date)
    assert KNOWN.search(str(entry["dates"]))
