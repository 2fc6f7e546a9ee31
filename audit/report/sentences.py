"""
What errors say, in the reader's language.

An error is raised in English, where it happens. ``sentences.toml`` has what most people may meet in
Finnish and Swedish: whole sentences, and the reasons and remedies that stand in them. What is not
there stays in English, whole.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

__all__ = ["told"]

_PLACE = re.compile(r"\{(\w+)\}")
_WORDED = ("reason", "remedy", "problem", "unit", "expected")
"""What of a sentence is words of ours; the rest is names, numbers and the places of a plan."""
# To look into a longer sentence takes long, and nobody reads it.
_LONGEST = 600  # characters


class _Wording(NamedTuple):
    """A pattern of the English words, and the words by language."""

    pattern: re.Pattern[str]
    words: Mapping[str, str]


def told(sentence: str, lang: str) -> tuple[str, str]:
    """
    The sentence, and the language that it is in.

    >>> told("a.csv is empty: export it again, or leave it out of the plan.", "sv")[0]
    'a.csv: filen är tom. Exportera den på nytt, eller lämna den utanför planen.'
    >>> told("a.csv is odd.", "sv")
    ('a.csv is odd.', 'en')
    """
    if lang != "en" and len(sentence) <= _LONGEST:
        for wording in _wordings()["sentence"]:
            found = wording.pattern.fullmatch(sentence)
            values = _values(found.groupdict(), lang) if found else None
            if values is not None:
                return wording.words[lang].format_map(values), lang
    return sentence, "en"


def _values(said: Mapping[str, str], lang: str) -> dict[str, str] | None:
    """What fills a sentence, in the language; None where a part of it is not known."""
    values = dict(said)
    for name in _WORDED:
        if name in said:
            part = _part(said[name], lang)
            if part is None:
                return None
            values[name] = part
    if "place" in said:  # a place in a plan is called as it stands there
        values["place"] = _part(said["place"], lang) or said["place"]
    return values


def _part(words: str, lang: str) -> str | None:
    for wording in _wordings()["part"]:
        if found := wording.pattern.fullmatch(words):
            return wording.words[lang].format_map(found.groupdict())
    return None


@cache
def _wordings() -> Mapping[str, list[_Wording]]:
    data = tomllib.loads(files("audit.report").joinpath("sentences.toml").read_text("utf-8"))
    return {
        kind: [_Wording(_pattern(one["en"]), one) for one in listed]
        for kind, listed in data.items()
    }


def _pattern(english: str) -> re.Pattern[str]:
    """What matches the English words, whatever stands in their places."""
    parts = _PLACE.split(english)  # words and names by turns
    return re.compile(
        "".join(f"(?P<{p}>.+?)" if n % 2 else re.escape(p) for n, p in enumerate(parts)),
        re.DOTALL,
    )
