"""Markup inside text: blanked without moving a character, so that spans stay, or taken away."""

from __future__ import annotations

import html
import re

__all__ = ["blanked", "unmarked"]

_TAG = re.compile(r"<(?:!--.*?--|/?[a-zA-Z][^<>]*)>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|br|ul|ol|li|div|h\d|tr|table|dd|dt|dl|section)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_SCRIPT = re.compile(r"\{%[^%\n]*%\}|\{\{[^{}\n]*\}\}")
"""What the maker of a site fills in: "{% include title.html %}", "{{ page.date }}"."""
_SPACES = re.compile("[\r\t\v\f\u00a0\u2000-\u200b\u202f\u2028\u2029\u3000\ufeff]")


def blanked(text: str) -> str:
    """The text with tags, entities, scripts and odd spaces blanked: as long as it was, place for place.

    A tag that opens or closes a block becomes a line break and blanks, any other blanks; an
    entity becomes its character and blanks.
    """
    if "<" in text:
        text = _TAG.sub(_tag, text)
    if "{" in text:
        text = _SCRIPT.sub(lambda match: " " * len(match[0]), text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return _SPACES.sub(" ", text)


def unmarked(text: str) -> str:
    """
    The text as it reads: without tags, and entities as the characters that they stand for.

    >>> unmarked("Paperit<br/>ovat &amp; pysyvät <b>lukossa</b>")
    'Paperit ovat & pysyvät  lukossa '
    """
    return html.unescape(_TAG.sub(" ", text))


def _tag(match: re.Match[str]) -> str:
    first = "\n" if _BLOCK.match(match[0]) else " "
    return first + " " * (len(match[0]) - 1)


def _entity(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    return (character if len(character) == 1 else "?").ljust(len(match[0]))
