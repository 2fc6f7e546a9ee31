"""The notice clause by clause, with what was understood of it and what was not, for a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from audit.notice.model import Certainty, Clause, Declared, Notice

__all__ = ["annotated", "understood"]

_STYLE = """
<style>
.notice-clause{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:0 1.5em;border-top:1px solid #ccc;padding:.4em 0}
.notice-clause p{margin:0 0 .2em}
.notice-value{margin:0;padding-left:.6em;border-left:.3em solid #1a6b3c}
.notice-value.likely{border-left-style:double;border-left-color:#7a5c00}
.notice-value.unsure{border-left-style:dotted;border-left-color:#a3300b}
.notice-unread{background:#fbeee6;text-decoration:underline dotted #a3300b}
.notice-aside{color:#555}
</style>"""
_SAID = {
    Certainty.CERTAIN: "certain",
    Certainty.LIKELY: "likely: look at it",
    Certainty.UNSURE: "unsure: look at it first",
}
_ASIDE = frozenset(("clauses", "found", "text", "id", "exhaustive"))


class _Page(str):
    """A piece of HTML; notebooks show it."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def understood(notice: Notice) -> dict[str, list[tuple[str, Declared]]]:
    """By clause, the values that it declares, with their places in ``notice.yaml``."""
    found: dict[str, list[tuple[str, Declared]]] = {clause.id: [] for clause in notice.clauses}
    for place, value in notice.declared():
        for clause in value.clauses:
            found[clause].append((place, value))
    return found


def annotated(notice: Notice) -> str:
    """The notice as HTML: each clause beside what was read of it, what was not read marked."""
    values = understood(notice)
    unread = {passage.span for passage in notice.unread}
    parts = [_STYLE]
    heading = None
    for clause in notice.clauses:
        if clause.heading != heading:
            heading = clause.heading
            parts.append(f"<h4>{escape(heading)}</h4>")
        parts.append(_clause(clause, values[clause.id], unread=bool(unread & set(clause.spans))))
    return _Page("\n".join(parts))


def _clause(clause: Clause, values: list[tuple[str, Declared]], *, unread: bool) -> str:
    words = escape(clause.promise) if clause.spans else "<em>nothing stands here</em>"
    left = f'<p class="notice-unread">{words}</p>' if unread else f"<p>{words}</p>"
    also = f" repeats {', '.join(clause.same_as)}" if clause.same_as else ""
    codes = f" · {', '.join(clause.checks)}" if clause.checks else ""
    aside = f'<p class="notice-aside">{clause.id}{also}{codes}</p>'
    right = "".join(_value(place, value) for place, value in values)
    if not right:
        said = "not understood" if unread else "nothing to extract"
        right = f'<p class="notice-aside">{said}</p>'
    return f'<div class="notice-clause"><div>{left}{aside}</div><div>{right}</div></div>'


def _value(place: str, value: Declared) -> str:
    sure = value.found.certainty if value.found else None
    how = f"{_SAID[sure]}, by {value.found.how}" if sure and value.found else "by a person"
    said = ", ".join(_said(value)) or "named"
    css = f" {sure.value}" if sure else ""
    return (
        f'<p class="notice-value{css}"><b>{escape(place)}</b> {escape(said)} '
        f'<span class="notice-aside">({how})</span></p>'
    )


def _said(value: Declared) -> Iterator[str]:
    """What a value says, in short."""
    data = value.model_dump(mode="json", exclude_defaults=True)
    for key, each in data.items():
        if key in _ASIDE:
            continue
        shown = " ".join(map(str, each)) if isinstance(each, list) else str(each)
        yield shown if key in ("key", "name", "kind", "statement") else f"{key} {shown}"
