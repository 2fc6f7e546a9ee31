"""What notices say, as data: a folder per language, a file per field; the code knows no word.

An entry is a regular expression on lower-case text. It begins at the start of a word unless it
begins with ``~``, which lets it stand inside a compound; it is open at its end, so a stem covers
its inflections, unless it says otherwise.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

__all__ = [
    "LANGUAGES",
    "alternation",
    "entries",
    "language_of",
    "load",
    "of_any",
    "pattern",
    "patterns",
    "says",
]

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

_COMMONEST = 60  # letters of the sample from which the language is told, in words


@cache
def load(language: str, name: str) -> dict[str, Any]:
    """The data file ``<language>/<name>.toml``."""
    path = files(__name__).joinpath(language, f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def entries(language: str, name: str, key: str) -> list[str]:
    """One list of a lexicon; empty where the language has none."""
    found: list[str] = load(language, name).get(key, [])
    return found


def alternation(listed: list[str]) -> str:
    """One expression for a list of entries."""
    # The longest first: of alternatives that match at one place, the first one wins.
    by_length = sorted(listed, key=len, reverse=True)
    inside = [entry[1:] for entry in by_length if entry.startswith("~")]
    starting = [entry for entry in by_length if not entry.startswith("~")]
    parts = [rf"(?<!\w)(?:{'|'.join(starting)})"] if starting else []
    parts += [f"(?:{'|'.join(inside)})"] if inside else []
    return "|".join(parts) or r"(?!)"


@cache
def pattern(language: str, name: str, key: str) -> re.Pattern[str]:
    """The compiled expression of one list of a lexicon."""
    return re.compile(alternation(entries(language, name, key)), re.IGNORECASE)


def says(name: str, key: str, text: str | None) -> bool:
    """
    Whether a text says what one list of ``any/<name>.toml`` has, in whichever of the languages.

    >>> says("rules", "moved_out", "Two years after the tenant has moved out"), says("rules", "latest", None)
    (True, False)
    """
    return of_any(name, key).search(text or "") is not None


@cache
def of_any(name: str, key: str) -> re.Pattern[str]:
    """The expression of one list of ``any/<name>.toml``; ``KeyError`` where it has none."""
    return re.compile(alternation(load("any", name)[key]), re.IGNORECASE)


@cache
def patterns(language: str, name: str) -> dict[str, re.Pattern[str]]:
    """The compiled expressions of all lists of a lexicon, by key, in its order."""
    listed = load(language, name)
    return {key: pattern(language, name, key) for key in listed if isinstance(listed[key], list)}


def language_of(text: str) -> Language | None:
    """The language of a text, by its commonest words; None where it speaks none of the three."""
    words = re.findall(r"[^\W\d_]+", text.lower()[:200_000])
    if not words:
        return None
    common = {language: set(entries(language, "language", "words")) for language in LANGUAGES}
    counts = {name: sum(word in known for word in words) for name, known in common.items()}
    best = max(LANGUAGES, key=lambda name: counts[name])
    return best if counts[best] * _COMMONEST >= len(words) else None
