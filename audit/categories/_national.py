"""
Identity numbers of other countries: what their files share.

A number whose check is weak, or whose shape is that of an ordinary number, counts beside a word for
it only (*isikukood*, *hetu*, *personal id*): an order number of eleven digits is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from audit.categories.model import Match

__all__ = ["BY_WORD", "OF_A_THING", "beside_word", "either", "numbers", "whole"]

#: Words for an identity number, of whatever country; a space begins or ends a word.
BY_WORD = (
    *("henkilötunnu", " hetu", "henkilönumero", "henkilökood", "henkilökohtainen tunnu", " sotu"),
    *("sosiaaliturvatunnu", "personbeteckning", "personnummer", " persnr", " personnr"),
    *("social security", "national id", "identity code", "identity number", "personal id"),
    *("personal code", "id code", " id number", "national number", " ssn"),
)
#: What names a number of something else right before it: an order, a part, a parcel.
OF_A_THING = re.compile(
    r"(?<![^\W\d_])(?:tilau(?:s|ksen)|order|beställning|viite|referens|ref|seuranta|tracking|spårning|lähety(?:s|ksen)|kolli|paket|parcel|"
    r"osa|part|varaosa|reservdel|artikel|art|tuote|item|sarja|serie|serial|erä|batch|lot|sku|ean|kuitti|kvitto|receipt|ocr|tarjous|offert|quote|sopimu(?:s|ksen)|avtal|contract|ärende|case|dnro|dnr|projekt)"
    r"(?:\s?-?(?:nro|nr|no|number|nummer|numero|numeron|id|koodi|code))?[\s.:#]{0,3}$",
    re.IGNORECASE,
)
_NEAR = 40  # characters before the number in which the word stands


def either(*finders: Callable[[str], Iterator[Match]]) -> Callable[[str], Iterator[Match]]:
    """A finder of all that several find, one after another: a number in groups, and bare beside a word."""

    def find(text: str) -> Iterator[Match]:
        for each in finders:
            yield from each(text)

    return find


def numbers(
    pattern: str,
    valid: Callable[[str], bool],
    *,
    words: Iterable[str] | None = None,
    alone: Callable[[str], bool] | None = None,
    generic: bool = True,
    ground: str = "check digit",
) -> Callable[[str], Iterator[Match]]:
    """
    A finder of the numbers that ``pattern`` describes, as whole tokens, and ``valid`` accepts.

    With ``words`` one of them (or, if ``generic``, of ``BY_WORD``) must stand before the number, or right
    behind it (*45003219152, estnisk svärson*), unless ``alone`` says that this spelling needs none.
    """
    token = re.compile(rf"(?<![0-9_])(?<![-.,/+]){pattern}(?![^\W_]|[-.,/][0-9])", re.IGNORECASE)
    told_by = (*(words or ()), *(BY_WORD if generic else ()))
    known, named, own = _beside(told_by), _behind(told_by), _beside(tuple(words or ()))

    def is_told(text: str, found: re.Match[str]) -> bool:
        before = text[max(0, found.start() - _NEAR) : found.start()]
        if before[-1:].isalpha():  # only its own word may touch it: *personnr198507019803*
            return words is not None and own.search(before) is not None
        if words is None or known.search(before):
            return True
        told = named.match(text, found.end()) or (alone is not None and alone(found[0]))
        return bool(told) and not OF_A_THING.search(before)

    def find(text: str) -> Iterator[Match]:
        for found in token.finditer(text):
            if is_told(text, found) and valid(found[0]):
                yield Match(found.start(), found.end(), _compact(found[0]), ground)

    return find


def whole(pattern: str, valid: Callable[[str], bool]) -> Callable[[str], bool]:
    """Whether a whole cell is such a number: enough where a column has nothing else."""
    form = re.compile(pattern, re.IGNORECASE)
    return lambda text: form.fullmatch(text) is not None and valid(text)


def beside_word(text: str, at: int, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands before a place of the text, in the same clause."""
    return _beside(words).search(text[max(0, at - _NEAR) : at]) is not None


def _compact(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


@cache
def _beside(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_spelled(words)})[^\W\d_]{{0,8}}[^0-9\n,;]{{0,20}}$", re.IGNORECASE)


@cache
def _behind(words: tuple[str, ...]) -> re.Pattern[str]:
    # A word before another number is that one's: "9993010190, versicherungsnummer 9994010190".
    return re.compile(rf"\s?[,(]?\s?(?:{_spelled(words)})(?![^\n.;]{{0,30}}[0-9])", re.IGNORECASE)


def _spelled(words: tuple[str, ...]) -> str:
    edge = {True: r"(?<![^\W_])", False: ""}, {True: r"(?![^\W_])", False: ""}
    return "|".join(
        edge[0][word.startswith(" ")] + re.escape(word.strip()) + edge[1][word.endswith(" ")]
        for word in words
    )
