"""
``report.html``: the audit as a letter that the owner reads, and its parts for the notebooks.

The page is whole in itself: it loads nothing, runs nothing and needs no network. Whatever comes
from an export or from a notice is escaped, stripped of control and direction marks, and kept apart
from the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from audit.errors import ArgumentUnusable
from audit.report.actions import action_of, do_by
from audit.report.arranged import Group
from audit.report.pictures import timeline_of, trend_of
from audit.report.retention import Schedule
from audit.report.sentences import told
from audit.report.texts import LANGUAGES, Texts, clean
from audit.report.view import SHOWN_LINES, View, quoted_words

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_NO_SCHEDULE = Schedule()

__all__ = ["FRAGMENTS", "prepare", "render_fragment", "render_html", "render_trend"]

FRAGMENTS = (
    "verdict",
    "actions",
    "clauses",
    "data_map",
    "retention",
    "findings",
    "limits",
    "ledger",
)
"""The parts that stand alone, in the order of the page."""


def render_html(
    data: dict[str, Any],
    examples: dict[str, list[dict[str, Any]]],
    provenance: dict[str, Any],
    lang: str,
    schedule: Schedule = _NO_SCHEDULE,
) -> str:
    """
    The whole page. ``provenance`` is the manifest, of which every key may be missing.

    Its ``earlier`` are earlier audits of the same register, for the trend.
    """
    context = _context(data, examples, lang, schedule, provenance.get("earlier", ()))
    context["evidence_until"] = _evidence_until(data, provenance)
    page = _environment().get_template("page.html.jinja")
    return (
        page.render(context, whole=True, sections=(*FRAGMENTS, "provenance"), provenance=provenance)
        + "\n"
    )


def _evidence_until(data: dict[str, Any], provenance: dict[str, Any]) -> date | None:
    """The day from which the evidence is to be deleted."""
    days = provenance.get("evidence_kept_days")
    return None if days is None else date.fromisoformat(data["as_of"]) + timedelta(days=days)


def prepare() -> None:
    """Compile the templates: most of the time that a first page takes."""
    for path in files("audit.report").joinpath("templates").iterdir():
        if path.name.endswith(".jinja"):
            _environment().get_template(path.name)


def render_fragment(
    name: str,
    data: dict[str, Any],
    examples: dict[str, list[dict[str, Any]]],
    lang: str,
    schedule: Schedule = _NO_SCHEDULE,
    *,
    linked: bool = False,
) -> str:
    """
    One part of the page, with its own styles, for a notebook's cell.

    ``linked`` where the other parts stand on the same page: names then lead to what they name.
    """
    if name not in FRAGMENTS:
        raise ArgumentUnusable("fragment", name, f"one of {', '.join(FRAGMENTS)}")
    fragment = _environment().get_template("fragment.html.jinja")
    return fragment.render(_context(data, examples, lang, schedule), whole=linked, name=name)


def render_trend(audits: Sequence[Mapping[str, Any]], lang: str) -> str:
    """The trend over two audits or more, each with ``as_of``, ``major`` and ``minor``."""
    texts = Texts(lang)
    words = {"texts": texts, "t": texts.t, "lang": lang, "style": _style(), "whole": False}
    drawn = _environment().get_template("trend_alone.html.jinja")
    return drawn.render(words, trend=trend_of(audits))


def _context(
    data: dict[str, Any],
    examples: dict[str, list[dict[str, Any]]],
    lang: str,
    schedule: Schedule,
    earlier: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    texts = Texts(lang)
    as_of = date.fromisoformat(data["as_of"])
    return {
        "data": data,
        "summary": data["summary"],
        "view": View(data, examples),
        "texts": texts,
        "t": texts.t,
        "lang": lang,
        "notice_lang": data["notice"].get("language") or lang,
        "style": _style(),
        "footer": _footer,
        "law_of": lambda references: texts.citation(_law_of(references)),
        "shown_lines": SHOWN_LINES,
        "amendment": lambda group: _amendment(group, data["notice"].get("language") or lang),
        "as_of": as_of,
        "action_of": action_of,
        "do_by": lambda code: do_by(code, as_of),
        "schedule": schedule,
        "timeline": lambda due: timeline_of(due, as_of),
        "told": lambda sentence: told(sentence, lang),
        "trend": trend_of([*earlier, {"as_of": data["as_of"], **data["summary"]}]),
    }


def _amendment(group: Group, notice_lang: str) -> str | None:
    """
    What the notice would have to say, in its own language; None where no wording can mend it.

    Only where the law leaves the controller a choice: what is told of health, of crime, of identity
    codes, of rights or of consent is not made right by saying it.
    """
    texts = Texts(notice_lang if notice_lang in LANGUAGES else "en")
    key = f"amend.{group.code}"
    if key not in texts:
        return None
    named = dict.fromkeys(place.category for place in group.nonconforming if place.category)
    return texts.t(key, items=", ".join(texts.category(category) for category in named))


def _law_of(references: str) -> str:
    """The articles and sections among a criterion's references; the notice is none."""
    cited = (reference.strip() for reference in references.split(";"))
    return "; ".join(reference for reference in cited if reference != "the notice")


@cache
def _environment() -> Environment:
    """The templates, every expression escaped and every unknown name an error."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"bdi": _isolated, "quoted": quoted_words, "clean": clean}
    return environment


def _template(name: str) -> str:
    return files("audit.report").joinpath("templates", name).read_text("utf-8")


@cache
def _style() -> Markup:
    """The style sheet; ours, so it goes in as it is."""
    from markupsafe import Markup

    return Markup(_template("style.css"))  # noqa: S704 - a file of this package


def _footer(kind: str, register: str, day: str) -> Markup:
    """The foot of each printed page: what the paper is, and the page's number of how many."""
    from markupsafe import Markup

    # Anything but letters and digits is escaped: it stands in a style sheet.
    words = f"{kind}: {clean(register, 80)}, {day}"
    said = "".join(c if c.isalnum() else f"\\{ord(c):x} " for c in words)
    return Markup(  # noqa: S704 - escaped above
        f'@page{{@bottom-left{{content:"{said}"}}'
        '@bottom-right{content:counter(page) " / " counter(pages)}}'
    )


_LONGEST = 24
_JOINED = 12
#: Where a name that is one long word may be broken: CustomerFirstName, unsubscribed_members.csv.
_JOINTS = re.compile(r"(?<=[_./-])(?=\w)|(?<=[a-zåäö])(?=[A-ZÅÄÖ])")


def _isolated(text: object) -> Markup:
    """Somebody else's text, escaped, and apart from the direction of the text around it."""
    from markupsafe import Markup

    words = clean(text).split(" ")
    shown = Markup(" ").join(
        Markup("<wbr>").join(_JOINTS.split(word)) if len(word) > _JOINED else word for word in words
    )
    # In a narrow column of paper a word stays whole, unless it is longer than any word.
    if any(len(word) > _LONGEST for word in words):
        return Markup('<bdi class="long">{}</bdi>').format(shown)
    return Markup("<bdi>{}</bdi>").format(shown)
