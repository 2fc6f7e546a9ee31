"""
The words of the reports, by language, and how a language writes numbers and days.

The catalogues are ``locale/<language>.toml``, and ``locale/checks/<family>.toml`` for what a check
says in every language; all hold the same keys and the same placeholders. A key that is missing
raises ``KeyError``: a report with a hole in it is never written. A language that there is not
raises ``ArgumentUnusable``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from audit.errors import ArgumentUnusable

__all__ = ["LANGUAGES", "Texts", "clean", "load_texts"]

LANGUAGES = ("fi", "sv", "en")

_LONGEST = 200
_OF_A_CHECK = ("question", "title", "why", "remedy", "not_enough", "conforms", "observed")
_SPACES = frozenset({"Zl", "Zp", "Zs"})
_REMOVED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@cache
def load_texts(lang: str) -> Mapping[str, str | list[str]]:
    """The catalogue of a language, its keys joined by dots."""
    if lang not in LANGUAGES:
        raise ArgumentUnusable("lang", lang, "fi, sv or en")
    folder = files("audit.report").joinpath("locale")
    data = tomllib.loads(folder.joinpath(f"{lang}.toml").read_text("utf-8"))
    data["checks"] = {
        code: texts
        for family in sorted(folder.joinpath("checks").iterdir(), key=lambda file: file.name)
        for code, texts in _of_checks(tomllib.loads(family.read_text("utf-8")), lang)
    }
    return dict(_flat(data))


def _of_checks(family: dict[str, Any], lang: str) -> list[tuple[str, dict[str, str]]]:
    """The texts of each check of a file, with those that the file gives for all of them."""
    defaults = family.pop("defaults", {}).get(lang, {})
    found = []
    for code, languages in family.items():
        said = languages[lang]
        # What is observed is what would have been found, unless it is worded otherwise.
        texts = {"observed": said["title"], **defaults, **said}
        found.append((code, {part: texts[part] for part in _OF_A_CHECK}))
    return found


def _flat(data: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str | list[str]]]:
    found: list[tuple[str, str | list[str]]] = []
    for key, value in data.items():
        found += (
            _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, value)]
        )
    return found


def clean(text: object, longest: int = _LONGEST) -> str:
    r"""
    Somebody else's text made fit to be shown: one line, no control or direction marks, not endless.

    >>> clean("Hin\u202eta\n\x00 (€)"), clean("x" * 500, 4)
    ('Hinta (€)', 'xxx…')
    """
    given = str(text)[: 50 * longest]
    kept = given if given.isprintable() else "".join(map(_shown, given))
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _shown(character: str) -> str:
    if character in "\t\n\r\x0b\x0c":
        return " "
    kind = unicodedata.category(character)
    return " " if kind in _SPACES else "" if kind in _REMOVED else character


class Texts:
    """The words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts = load_texts(lang)

    def __contains__(self, key: object) -> bool:
        """Whether there is such a text."""
        return key in self._texts

    def t(self, key: str, **values: object) -> str:
        """The text of ``key``; whole numbers among ``values`` are written as the language does."""
        text = self._texts[key]
        if not isinstance(text, str):
            raise KeyError(key)
        written = {name: self._written(value) for name, value in values.items()}
        return text.format_map(written) if written else text

    def plural(self, key: str, n: int) -> str:
        """The text of ``key`` for ``n`` things."""
        return self.t(f"{key}.{'one' if n == 1 else 'other'}", n=n)

    def known(self, group: str, key: object) -> str:
        """The name of ``key`` in ``group``, or the words themselves where a person wrote them."""
        text = self._texts.get(f"{group}.{key}")
        return text if isinstance(text, str) else clean(key)

    def reason(self, reason: str, group: str = "reasons") -> str:
        """
        Why something was not assessed, or with the group ``to_do`` what to do about it.

        >>> Texts("en").reason("table_missing:requests")
        'The register has no table of requests of data subjects.'
        """
        key, _, what = reason.partition(":")
        # Of several roles either would do: ``recording|before_consent``.
        group_of = _NAMED.get(key, "roles")
        named = " / ".join(self.known(group_of, one) for one in what.split("|"))
        return self.t(f"{group}.{key}", what=named)

    def number(self, n: int) -> str:
        r"""
        A whole number.

        >>> Texts("en").number(1234567), Texts("fi").number(1234)
        ('1,234,567', '1\xa0234')
        """
        return f"{n:,}".replace(",", self.t("format.thousands"))

    def share(self, part: int, whole: int) -> str:
        """A share in whole per cent: never 0 or 100 unless it is none or all."""
        if 0 < part * 100 < whole:
            return self.t("format.less_than_one_percent")
        percent = round(100 * part / whole) if whole else 0
        return self.t("format.percent", n=min(percent, 99) if part < whole else percent)

    def date(self, day: str | date) -> str:
        """
        A day, from its ISO form.

        >>> [Texts(lang).date("2026-11-22") for lang in LANGUAGES]
        ['22.11.2026', '22.11.2026', '22 November 2026']
        """
        read = day if isinstance(day, date) else date.fromisoformat(day[:10])
        month_name = self._texts["format.months"][read.month - 1]
        values = {"day": read.day, "month": read.month, "year": read.year}
        return str(self._texts["format.date"]).format(**values, month_name=month_name)

    def month(self, month: str) -> str:
        """
        A month, from its ISO form.

        >>> [Texts(lang).month("2027-01") for lang in LANGUAGES]
        ['1/2027', '1/2027', 'Jan 2027']
        """
        year, _, number = month.partition("-")
        name = str(self._texts["format.months"][int(number) - 1])[:3]
        return str(self._texts["format.month"]).format(
            year=year, month=int(number), month_name=name
        )

    def month_alone(self, month: str) -> str:
        """
        A month without its year, as short as can be, from its ISO form.

        >>> [Texts(lang).month_alone("2027-01") for lang in LANGUAGES]
        ['1', 'jan', 'Jan']
        """
        return str(self._texts["format.months_alone"][int(month.partition("-")[2]) - 1])

    def brief(self, n: int) -> str:
        """
        A number that has little room: thousands and millions in whole.

        >>> [Texts("fi").brief(n) for n in (7, 999, 24_400, 3_000_000)]
        ['7', '999', '24k', '3M']
        """
        for size, letter in ((1_000_000, "M"), (1_000, "k")):
            if n >= size:
                return f"{n // size}{letter}"
        return str(n)

    def day(self, day: str | None) -> str:
        """A day that somebody wrote: as the language does if it is ISO, else as it stands."""
        try:
            return self.date(day) if day else ""
        except ValueError:
            return clean(day)

    def part(self, part: int, whole: int) -> str:
        """So many of so many."""
        return self.t("format.of", n=part, total=whole)

    def examined(self, parts: Sequence[Mapping[str, Any]]) -> str:
        r"""
        How many conform of how many that were examined, unit by unit.

        >>> Texts("en").examined([{"unit": "cells", "conforming": 12, "examined": 14}])
        '12 (of 14\xa0cells examined), observed: 2'
        """
        return "; ".join(map(self._examined, parts))

    def _examined(self, part: Mapping[str, Any]) -> str:
        n, examined = part["conforming"], part["examined"]
        of = self.plural(f"units.{part['unit']}", examined)
        observed = self.t("clauses.observed", n=examined - n) if n < examined else ""
        return ", ".join(filter(None, (self.t("place.count", n=n, examined=of), observed)))

    def moment(self, moment: str) -> str:
        """A day and a time of day, with the distance from UTC; as given where it is not ISO."""
        try:
            read = datetime.fromisoformat(moment)
        except ValueError:
            return clean(moment)
        pattern = str(self._texts["format.moment"])
        shown = pattern.format(date=self.date(read.date()), hour=read.hour, minute=read.minute)
        zone = read.tzname() or ""
        return f"{shown} {zone}".rstrip()

    def category(self, key: str | None) -> str:
        """What people call a data category."""
        from audit.categories import categories

        known = categories().get(key or "")
        return known.names[self.lang] if known else clean(key or "")

    def citation(self, references: str) -> str:
        """Articles and sections, the names of the acts in this language."""
        for words, key in _ACTS.items():
            references = references.replace(words, self.t(f"citation.{key}"))
        return references

    def wording(self, text: str | None) -> str:
        """
        A ground or a detail of the evidence, which the engine gives in English, in this language.

        It may have several parts, ``; `` between them. The retention rule before it is left out:
        the finding names it.

        >>> Texts("fi").wording("S1: allowed until 2026-11-22")
        'sai säilyttää 22.11.2026 asti'
        """
        said = _RULE.sub("", clean(text or ""))
        return "; ".join(self._said(part) for part in said.split("; "))

    def _said(self, said: str) -> str:
        for pattern, key in _SAID.items():
            if match := pattern.fullmatch(said):
                values: dict[str, object] = match.groupdict()
                if "date" in values:
                    values["date"] = self.date(match["date"])
                if "word" in values:
                    values["word"] = self.known("groups", match["word"])
                if "kind" in values:
                    values["kind"] = self.known("kinds", match["kind"])
                return self.t(f"detail.{key}", **values)
        slug = "detail." + said.replace(": ", "_").replace(" ", "_")
        text = self._texts.get(slug)
        return text if isinstance(text, str) and "{" not in text else said

    def _written(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) else value


_NAMED = {"table_missing": "kinds", "notice_silent": "promises"}
_ACTS = {
    "the notice": "notice",
    "GDPR Art.": "gdpr",
    "Tietosuojalaki": "data_protection_act",
    "Laki sähköisen viestinnän palveluista": "communications_act",
}
_RULE = re.compile(r"^S\d+:\s*")
_SAID = {
    re.compile(r"forbidden on (?P<date>\d{4}-\d\d-\d\d)"): "forbidden_on",
    re.compile(r"stands in (?P<kind>\w+)"): "stands_in",
    re.compile(r"group: (?P<word>\w+)"): "group",
    re.compile(r"still in (?P<kind>\w+)"): "still_in",
    re.compile(r"erased on (?P<date>\d{4}-\d\d-\d\d)"): "erased_on",
    re.compile(r"restricted from (?P<date>\d{4}-\d\d-\d\d)"): "restricted_from",
    re.compile(r"allowed until (?P<date>\d{4}-\d\d-\d\d)[^;]*"): "allowed_until",
    re.compile(r"until (?P<date>\d{4}-\d\d-\d\d)"): "until",
    re.compile(r"voucher erased, required until (?P<date>\d{4}-\d\d-\d\d)"): "erased_early",
    re.compile(r"required until (?P<date>\d{4}-\d\d-\d\d)"): "required_until",
    re.compile(r"last event (?P<date>\d{4}-\d\d-\d\d)"): "last_event",
    re.compile(r"left (?P<date>\d{4}-\d\d-\d\d)"): "left",
    re.compile(r"due in (?P<year>\d{4})-0?(?P<month>\d\d?)"): "due_in",
    re.compile(r"clear: (?P<columns>.+)"): "clear",
    re.compile(r"keep: (?P<columns>.+)"): "keep",
    re.compile(r"country: (?P<code>\w+)"): "country",
    re.compile(r"same as row (?P<n>\d+): e-mail and name"): "same_email_and_name",
    re.compile(r"same as row (?P<n>\d+): phone and name"): "same_phone_and_name",
    re.compile(r"same as row (?P<n>\d+): name and address"): "same_name_and_address",
    re.compile(r"same as row (?P<n>\d+): e-mail"): "same_email",
    re.compile(r"answer due (?P<date>\d{4}-\d\d-\d\d)"): "answer_due",
    re.compile(r"header: “(?P<phrase>.*)”"): "header",
    re.compile(r"header and content: “(?P<phrase>.*)”"): "header_and_content",
    re.compile(r"content: (?P<n>\d+) of (?:the first )?(?P<total>\d+)(?: cells)?"): "content",
}
