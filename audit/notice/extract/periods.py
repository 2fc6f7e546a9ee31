"""Periods in words and numerals: ``kymmenen (10) vuotta``, ``24 kk``, ``ett halvt år``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from audit.notice.lexicon import Language, load

__all__ = ["Period", "periods"]

_MOST = 999


@dataclass(frozen=True, slots=True)
class Period:
    """A number and a unit, and the place of its words."""

    number: int
    unit: str
    start: int
    end: int

    @property
    def iso(self) -> str:
        """As an ISO 8601 duration of one unit."""
        return f"P{self.number}{self.unit}"


def periods(words: str, language: Language, unit: str = "") -> list[Period]:
    """
    The periods that lower-case words name, in their order.

    ``unit`` is that of the period which the sentence names before them: ", books ten" shares it.
    """
    found = []
    for match in _expression(language).finditer(words):
        if match["fixed"]:
            number, unit = _fixed(language)[" ".join(match["fixed"].split())]
        else:
            said = match["number"] or match["word"]
            number = _number(said.strip(), match["brackets"], language)
            number += sum(int(each) for each in re.findall(r"\d+", match["sum"] or ""))
            unit = _unit(match["unit"].rstrip("."), language)
            if match["half"] and unit == "Y":
                number, unit = 12 * number + 6, "M"
        if 0 < number <= _MOST:
            found.append(Period(number, unit, match.start(), match.end()))
    found = _with_single(_with_years(found, words, language), words, language)
    return _with_shared(found, words, unit, language)


def _with_years(found: list[Period], words: str, language: Language) -> list[Period]:
    """The periods with those of years that only the year before tells: "the current year plus six"."""
    data = load(language, "numbers")
    known: dict[str, int] = {**data["numerals"], **data["ordinals"]}
    for match in (m for each in _years(language) for m in each.finditer(words)):
        said = match["n"]
        number = int(said) if said.isdigit() else known[said]
        if all(match.end() <= p.start or match.start("n") >= p.end for p in found):
            found.append(Period(number, "Y", *match.span("n")))
    return found


def _with_single(found: list[Period], words: str, language: Language) -> list[Period]:
    """The periods with those of one unit and no numeral: "enintään vuoden"."""
    for expression, iso in _single(language):
        for match in expression.finditer(words):
            if all(match.end() <= p.start or match.start() >= p.end for p in found):
                start = match.start("unit") if "unit" in match.groupdict() else match.start()
                found.append(Period(int(iso[1:-1]), iso[-1], start, match.end()))
    return sorted(found, key=lambda period: period.start)


def _with_shared(found: list[Period], words: str, unit: str, language: Language) -> list[Period]:
    """The periods with those whose unit only the one before them names: "vouchers six years, books ten"."""
    if not (found or unit):
        return found
    shared = []
    for match in _shared(language).finditer(words):
        last = next((p for p in reversed(found) if p.end <= match.start()), None)
        of = last.unit if last and "." not in words[last.end : match.start()] else unit
        if of and (match[1] or not last):
            shared.append(Period(_number(match["n"], None, language), of, *match.span("n")))
    return sorted((*found, *shared), key=lambda period: period.start)


def _number(said: str, brackets: str | None, language: Language) -> int:
    if brackets:
        return int(brackets)
    if said.isdigit():
        return int(said)
    numerals: dict[str, int] = load(language, "numbers")["numerals"]
    return numerals.get(said, 0)


@cache
def _fixed(language: Language) -> dict[str, tuple[int, str]]:
    """Periods that are no number and a unit: half a year."""
    listed: dict[str, str] = load(language, "numbers")["fixed"]
    return {words: (int(iso[1:-1]), iso[-1]) for words, iso in listed.items()}


@cache
def _single(language: Language) -> list[tuple[re.Pattern[str], str]]:
    """Expressions for one year, month, week or day without a numeral, with what they mean."""
    data = load(language, "numbers")
    listed: dict[str, str] = data.get("single", {})
    bare: dict[str, str] = data.get("bare", {})
    before, not_behind = bare.get("before", ""), bare.get("not_behind", "")
    after_verbs = {
        rf"{before}(?P<unit>{words})(?!{not_behind})": f"P1{unit}"
        for unit, words in bare.items()
        if unit in ("Y", "M", "W", "D")
    }
    return [
        (re.compile(rf"(?<![\w/.-]){words}(?!\w)"), iso)
        for words, iso in (listed | after_verbs).items()
    ]


@cache
def _shared(language: Language) -> re.Pattern[str]:
    """A numeral that ends a clause on another thing, without a unit."""
    data = load(language, "numbers")
    numerals = "|".join(sorted(data["numerals"], key=len, reverse=True))
    joints = data["shared"]["joints"]
    return re.compile(
        rf"(?:^|(,|\b(?:{joints})\b))\s*(?:[^\W\d][^\s,.;]*\s+){{1,3}}(?P<n>{numerals})(?=\s*(?:[.;,)]|$))"
    )


@cache
def _years(language: Language) -> list[re.Pattern[str]]:
    """Expressions that count years from one that they name, by a numeral or an ordinal."""
    data = load(language, "numbers")
    numeral, ordinal = (
        "|".join(sorted(data[name], key=len, reverse=True)) for name in ("numerals", "ordinals")
    )
    return [
        re.compile(
            each.replace("{n}", rf"(?P<n>\d{{1,2}}|{numeral})").replace("{o}", rf"(?P<n>{ordinal})")
        )
        for each in data["years"]["counted"]
    ]


@cache
def _units(language: Language) -> list[tuple[str, re.Pattern[str]]]:
    listed: dict[str, str] = load(language, "numbers")["units"]
    return [(unit, re.compile(expression)) for unit, expression in listed.items()]


def _unit(words: str, language: Language) -> str:
    return next(unit for unit, expression in _units(language) if expression.fullmatch(words))


@cache
def _expression(language: Language) -> re.Pattern[str]:
    data = load(language, "numbers")
    words = "|".join(sorted(data["numerals"], key=len, reverse=True))
    units = "|".join(data["units"].values())
    between = "|".join(data["between"]["words"])
    fixed = "|".join(
        re.escape(each).replace(r"\ ", r"\s+")
        for each in sorted(data["fixed"], key=len, reverse=True)
    )
    # "säilytetäänkolme (3) vuotta": the blank before a numeral may be lost.
    joined = "".join(rf"|(?<={ending})" for ending in data.get("joined", {}).get("behind", ()))
    # "12-36 månader": of a range with a hyphen the end counts, as it does of one with a dash.
    ranged = "".join(rf"|(?<=[^\w/.-]{digits}-)" for digits in (r"\d", r"\d\d"))
    return re.compile(
        rf"(?:(?<![\w/.-]){joined}{ranged})(?:(?P<fixed>{fixed})(?!\w)|"
        rf"(?P<sum>(?:\d{{1,2}} ?\+ ?)*)(?:(?P<number>\d{{1,3}})(?P<half>[.,]5|½)?|(?P<word>{words}))(?:\s*\((?P<brackets>\d{{1,3}})\s*\w{{0,3}}\.?\))?"
        rf"[\s-]*(?:(?:{between})\s+)?(?P<unit>(?:{units}))(?!\w))"
    )
