"""Two audits side by side, in the words of the report: what became of each finding, and the trend."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from audit.notebook.tables import fragment, listed, titled
from audit.report.compare import STATES, compare, trend
from audit.report.compared import is_as_before, moved_clauses, remarks, state_of
from audit.report.html import render_trend
from audit.report.texts import Texts
from audit.result import Fragment

if TYPE_CHECKING:
    from audit.report.compare import Change

__all__ = ["ComparedAudits"]


class ComparedAudits:
    """Two folders that audits wrote, the earlier first; ``anyway`` even of two registers."""

    def __init__(
        self, old: str | Path, new: str | Path, *, lang: str = "en", anyway: bool = False
    ) -> None:
        self.folders: tuple[Path, ...] = (Path(old), Path(new))
        self.found = compare(*self.folders, anyway=anyway)
        self.texts = Texts(lang)

    def summary(self) -> Fragment:
        """How many findings became what, and what else differs between the two."""
        texts, found = self.texts, self.found
        rows = [(texts.t(f"compare.{state}"), found.count(state)) for state in STATES]
        heads = (texts.t("section.findings"), texts.t("workbook.n"))
        days = f"{texts.date(found.old)} → {texts.date(found.new)}"
        said = [*remarks(found, texts), *filter(None, [moved_clauses(found, texts)])]
        notes = "".join(f"<li>{escape(line)}</li>" for line in said)
        body = f"<p>{escape(days)}</p>{listed(texts, heads, rows, caption=days, numbers={1})}"
        return fragment(body + (f"<ul>{notes}</ul>" if notes else ""), texts.lang)

    def trend(self, earlier: Sequence[str | Path] = ()) -> Fragment:
        """The nonconformities of the two, and of ``earlier`` audits, as a picture and as a table."""
        points = trend([*map(Path, earlier), *self.folders])
        audits = [{"as_of": p.as_of, "major": p.major, "minor": p.minor} for p in points]
        return Fragment(render_trend(audits, self.texts.lang))

    def findings(self, *, everything: bool = False) -> Fragment:
        """Each finding and what became of it; those that are as they were only with ``everything``."""
        texts, t = self.texts, self.texts.t
        shown = [one for one in self.found.changes if everything or not is_as_before(one)]
        heads = [t(f"compare.{name}") for name in ("finding", "state", "where", *_FIGURES)]
        rows = [self._row(change) for change in shown]
        body = listed(texts, heads, rows, caption=t("section.findings"), numbers={3, 4, 5, 6})
        if hidden := len(self.found.changes) - len(shown):
            said = t("compare.left_out", n=hidden)
            body += f'<p class="aside">{escape(said)}</p>'
        return fragment(body, texts.lang)

    def _row(self, change: Change) -> tuple[object, ...]:
        texts = self.texts
        figures = tuple(getattr(change, name) for name in _FIGURES)
        where = (
            change.table or texts.t("remarks.place"),
            change.column,
            texts.category(change.category) if change.category else None,
        )
        named = " · ".join(part for part in where if part)
        return (titled(texts, change.check), state_of(change, texts), named, *figures)


_FIGURES = ("before", "after", "appeared", "disappeared")
