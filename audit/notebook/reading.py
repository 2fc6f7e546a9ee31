"""The notice clause by clause, in its own words, beside what was understood of it and what was not."""

from __future__ import annotations

import re
from html import escape

from audit.notebook.tables import fragment, listed
from audit.notice.model import (
    Certainty,
    Clause,
    DataCategory,
    Declared,
    Notice,
    RetentionPeriod,
)
from audit.report.texts import Texts, clean
from audit.report.view import quoted_words
from audit.result import Fragment

__all__ = ["notice_facts", "notice_page", "understood"]

_STYLE = """
<style>
.notice-clause{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:0 1.5em;border-top:1px solid #8888;padding:.5em 0}
.notice-clause p{margin:0 0 .3em}
.notice-value{margin:0;padding-inline-start:.6em;border-inline-start:.3em solid #1a6b3c}
.notice-value.likely{border-inline-start-style:double;border-inline-start-color:#7a5c00}
.notice-value.unsure{border-inline-start-style:dotted;border-inline-start-color:#a3300b}
.notice-unread{text-decoration:underline dotted #a3300b .12em;text-underline-offset:.2em}
</style>"""
_NUMBERED = re.compile(r"(\w+)\[(\d+)\]")


def understood(notice: Notice) -> dict[str, list[tuple[str, Declared]]]:
    """By clause, the values that it declares, with their places in ``notice.yaml``."""
    found: dict[str, list[tuple[str, Declared]]] = {clause.id: [] for clause in notice.clauses}
    for place, value in notice.declared():
        for clause in value.clauses:
            found[clause].append((place, value))
    return found


def notice_facts(notice: Notice, lang: str = "en") -> Fragment:
    """Whose notice it is, of which register and day, and how long data is kept."""
    texts = Texts(lang)
    t = texts.t
    rows = [
        (t("page.register"), notice.register_name),
        (t("notebook.controller"), notice.controller.name),
        (t("page.notice_dated"), texts.day(notice.dated) or t("page.undated")),
        (t("notebook.language"), t(f"notebook.in_{notice.language}")),
        *((t("notebook.other_register"), name) for name in notice.other_registers),
        *(
            (
                t("notebook.kept"),
                f"{_kept(rule, texts)}: {t('format.quoted', words=quoted_words(rule.text))}",
            )
            for rule in notice.retention
        ),
    ]
    heads = (t("notebook.fact"), t("notebook.said"))
    return fragment(listed(texts, heads, rows, caption=t("notebook.facts")), lang)


def notice_page(notice: Notice, lang: str = "en") -> Fragment:
    """The notice as HTML: each clause beside what was read of it, what was not read marked."""
    texts, values = Texts(lang), understood(notice)
    unread = {passage.span for passage in notice.unread}
    parts = [_STYLE]
    heading = None
    for clause in notice.clauses:
        if clause.heading != heading:
            heading = clause.heading
            parts.append(f'<h3 lang="{notice.language}">{escape(clean(heading))}</h3>')
        parts.append(
            _clause(
                clause,
                values[clause.id],
                texts,
                notice.language,
                unread=bool(unread & set(clause.spans)),
            )
        )
    return fragment("\n".join(parts), lang)


def _clause(
    clause: Clause,
    values: list[tuple[str, Declared]],
    texts: Texts,
    language: str,
    *,
    unread: bool,
) -> str:
    quote = quoted_words(clause.quote) or (clause.promise if clause.spans else "")
    marked = ' class="notice-unread"' if unread else ""
    words = (
        f'<p{marked} lang="{language}">{escape(quote)}</p>'
        if quote
        else f"<p><em>{escape(texts.t('clauses.silent'))}</em></p>"
    )
    asides = [clause.id]
    if clause.same_as:
        asides.append(texts.t("clauses.same_as", clauses=", ".join(clause.same_as)))
    asides += clause.checks
    left = f'{words}<p class="aside">{escape(" · ".join(asides))}</p>'
    right = "".join(_value(place, value, texts) for place, value in values)
    if not right:
        key = "not_understood" if unread else "nothing_to_read"
        right = f'<p class="aside">{escape(texts.t(f"notebook.{key}"))}</p>'
    return f'<div class="notice-clause"><div>{left}</div><div>{right}</div></div>'


def _value(place: str, value: Declared, texts: Texts) -> str:
    """A value in words, how surely it was read, and where it stands in ``notice.yaml``."""
    sure = value.found.certainty if value.found else None
    how = texts.t(f"notebook.read_{sure}") if sure else texts.t("notebook.by_a_person")
    css = f" {sure.value}" if sure in (Certainty.LIKELY, Certainty.UNSURE) else ""
    said = clean(_said(value, texts), 300)
    return (
        f'<p class="notice-value{css}"><b>{escape(_place(place, texts))}</b>: {escape(said)} '
        f'<span class="aside">({escape(how)}; <code>{escape(place)}</code>)</span></p>'
    )


def _place(place: str, texts: Texts) -> str:
    """
    What a place in ``notice.yaml`` is called.

    >>> _place("purposes[0]", Texts("en")), _place("controller", Texts("fi"))
    ('Purpose of use 1', 'Rekisterinpitäjä')
    """
    numbered = _NUMBERED.fullmatch(place)
    name, number = (numbered[1], int(numbered[2]) + 1) if numbered else (place, None)
    shown = texts.known("notice_fields", name)
    return f"{shown} {number}" if number else shown


def _said(value: Declared, texts: Texts) -> str:
    """What a value says, in words: a known thing by its name, anything else as the notice has it."""
    if isinstance(value, RetentionPeriod):
        return _kept(value, texts)
    if isinstance(value, DataCategory):
        return texts.category(value.key)
    named = f"notice_keys.{getattr(value, 'key', '')}"
    known = texts.t(named) if named in texts else ""
    quotes = (getattr(value, name, None) for name in ("text", "name"))
    quote = next((said for one in quotes if one and (said := quoted_words(str(one)))), "")
    statement = getattr(value, "statement", None)
    known = known or (texts.known("notice_statements", statement) if statement else "")
    return ": ".join(filter(None, (known, quote))) or texts.t("notebook.named")


def _kept(rule: RetentionPeriod, texts: Texts) -> str:
    """
    A retention rule in words.

    >>> rule = RetentionPeriod(id="S1", kind="fixed", period="P10Y", event="last_order")
    >>> _kept(rule, Texts("en")), _kept(rule, Texts("fi"))
    ('10 years, counted from: last order', '10 vuotta, alkaa: viimeisin tilaus')
    """
    if rule.kind != "fixed":
        return texts.t(f"retention_kinds.{rule.kind}")
    number, unit = rule.parts()
    period = texts.plural(f"periods.{unit}", number)
    if rule.event is None:
        return period
    told = "counted_from_year_end" if rule.from_year_end else "counted_from"
    return texts.t(f"notebook.{told}", period=period, event=texts.known("roles", rule.event))
