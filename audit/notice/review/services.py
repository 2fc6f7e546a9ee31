"""Named services, from the dated vocabulary: which process outside the EEA, which are no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from audit.notice.extract.services import ENDING
from audit.notice.lexicon import pattern
from audit.notice.model import Notice
from audit.notice.review.phrases import Passage, passages, spaced
from audit.notice.topics import topics_of
from audit.vocabulary import load

__all__ = ["Named", "non_eea_services", "obsolete_services"]


_OF_A_PERSON = re.compile(
    r"[\w-]*(?:, [\w-]+-)*(?:,? (?:ja|sekä|och|samt|and) )?[\w-]*[- ]?(?:profil|link(?:ki|it|s?\b)|länk)",
    re.IGNORECASE,
)
"""Behind the name of a service: a person's profile there, or a link to it, is data, not the use of the service."""
_OF_ADDRESS = re.compile(r"(?:https?://|www\.|\S@)\S*$")
_END_OF_NAME = re.compile(r"(?<=[a-z]{4})\\b(?=[|)]|$)")
_READ_BY_ALL = re.compile(r"linkedin|facebook|instagram|twitter", re.IGNORECASE)
"""Where people publish of themselves: as a source of data it is read, and nothing is sent there."""


class Named(NamedTuple):
    """A service that a passage names."""

    name: str
    words: str
    passage: Passage
    at: tuple[int, int]


def non_eea_services(notice: Notice, as_of: date) -> Iterator[Named]:
    """The services with processing outside the EEA, each where it is named first."""
    yield from _named(notice, "service", as_of)


def obsolete_services(notice: Notice, as_of: date) -> Iterator[Named]:
    """Features and addresses that had ended by ``as_of``, wherever they are named."""
    yield from _named(notice, "obsolete", as_of)


def _named(notice: Notice, group: str, as_of: date) -> Iterator[Named]:
    seen: set[str] = set()
    for passage in passages(notice):
        for entry in load("services")[group]:
            if not _holds(entry, as_of) or entry["name"] in seen:
                continue
            match = spaced(_inflected(entry["pattern"])).search(passage.text)
            if match is None or _OF_A_PERSON.match(passage.text, match.end()):
                continue
            if group == "service" and _is_unused(passage, match, notice):
                continue
            if not (_is_of_sources(passage) and _READ_BY_ALL.match(match[0].strip())):
                seen.add(entry["name"])
                yield Named(entry["name"], match[0], passage, match.span())


def _inflected(names: str) -> str:
    """Names of services that end with their word, and Finnish inflections of them as well: "Stripen"."""
    return _END_OF_NAME.sub(lambda end: ENDING + end[0], names)


def _is_unused(passage: Passage, match: re.Match[str], notice: Notice) -> bool:
    """Whether a service is only named to say that it is not used, or in an address of the web."""
    before = passage.text[: match.start()].lower()
    if _OF_ADDRESS.search(before) or passage.text[match.end() :].startswith((".io", ".com/")):
        return True
    return pattern(notice.language, "parties", "unused").search(before) is not None


def _is_of_sources(passage: Passage) -> bool:
    """Whether a passage stands under a heading on sources, and on nothing else."""
    return topics_of(passage.heading)[:1] == ("sources",)


def _holds(entry: dict[str, Any], as_of: date) -> bool:
    """Whether the entry holds on that day: a service is there, a feature has ended."""
    if "ended" in entry:
        return bool(entry["ended"] <= as_of)
    since, until = entry.get("valid_from", date.min), entry.get("valid_to", date.max)
    return bool(since <= as_of <= until)
