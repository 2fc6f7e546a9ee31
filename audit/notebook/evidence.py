"""The evidence of an audit, browsed: which check, which table, which result. It holds no value."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from audit.notebook.tables import fragment, listed
from audit.report.texts import Texts
from audit.result import Audit

if TYPE_CHECKING:
    import pandas as pd
    from ipywidgets import Widget

__all__ = ["EvidenceBrowser"]

_FILTERS = ("check", "source", "result")
_COLUMNS = ("check", "result", "source", "table", "row", "line", "record_key", "column", "category")


class EvidenceBrowser:
    """The evidence of an audit, filtered by check, table and result; the first ``at_most`` pieces."""

    def __init__(self, audit: Audit, at_most: int = 50, *, lang: str = "en") -> None:
        self.evidence = audit.evidence()
        self.at_most = at_most
        self.texts = Texts(lang)
        self.boxes: dict[str, Widget] = {}
        """Once shown, the lists to choose from: ``check``, ``source``, ``result``."""
        self.shown: Widget | None = None
        """Once shown, the pieces that fit."""

    def fitting(self, check: str = "", source: str = "", result: str = "") -> pd.DataFrame:
        """All of the evidence that fits; a blank fits all."""
        found = self.evidence
        for name, wanted in zip(_FILTERS, (check, source, result), strict=True):
            if wanted:
                found = found[found[name] == wanted]
        return found

    def pick(self, check: str = "", source: str = "", result: str = "") -> pd.DataFrame:
        """The first pieces of the evidence that fit."""
        return self.fitting(check, source, result).head(self.at_most)

    def show(self) -> Widget:
        """Three lists to choose from, the pieces that fit, and how many more there are."""
        import ipywidgets as widgets

        from audit.notebook.widgets import Shown

        t = self.texts.t
        self.boxes = {
            name: widgets.Dropdown(
                options=[(t("notebook.all"), ""), *self._choices(name)],
                description=t(f"notebook.{name}"),
                layout={"width": "auto", "max_width": "34em"},
            )
            for name in _FILTERS
        }
        self.shown = shown = widgets.HTML()

        def refresh(_: object = None) -> None:
            shown.value = self.listing(**{name: box.value for name, box in self.boxes.items()})

        for box in self.boxes.values():
            box.observe(refresh, names="value")
        refresh()
        return Shown([widgets.VBox(list(self.boxes.values())), shown], self.listing())

    def _choices(self, name: str) -> list[tuple[str, str]]:
        """What a list offers: the words to choose by, and the value that is chosen."""
        counts = self.evidence[name].dropna().value_counts()
        return [(f"{self._named(name, key)} ({counts[key]})", key) for key in sorted(counts.index)]

    def _named(self, name: str, key: str) -> str:
        if name == "check":
            title = f"checks.{key}.title"  # a check of your own has no words of ours
            return f"{key} {self.texts.t(title)}" if title in self.texts else key
        return self.texts.known("results", key) if name == "result" else key

    def listing(self, check: str = "", source: str = "", result: str = "") -> str:
        """The pieces that fit as HTML."""
        texts = self.texts
        found = self.fitting(check, source, result)
        first = found.head(self.at_most)
        rows = [
            (
                *(
                    texts.known("results", cell) if name == "result" else cell
                    for name, cell in cells
                ),
                texts.wording(str(detail or "")),
            )
            for cells, detail in (
                (
                    [(name, _plain(row[name], texts, name)) for name in _COLUMNS],
                    row["detail"],
                )
                for row in first.to_dict("records")
            )
        ]
        counted = texts.t("notebook.pieces", n=len(first), total=len(found))
        if len(found) > len(first):
            counted += " " + texts.t("notebook.pieces_more", n=len(found) - len(first))
        heads = [texts.t(f"notebook.{name}") for name in (*_COLUMNS, "detail")]
        body = listed(texts, heads, rows, caption=counted, numbers={4, 5}) if rows else ""
        return fragment(f"<p>{escape(counted)}</p>{body}", texts.lang)


def _plain(cell: object, texts: Texts, name: str) -> object:
    """A cell of the evidence: pandas' NaN is nothing, its numbers are whole, a category has words."""
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN differs from itself
        return None
    if name == "category":
        return texts.category(str(cell))
    return int(cell) if isinstance(cell, float) else cell
