"""What each column is taken for, corrected with the mouse or in a line of code."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.categories import categories
from audit.errors import PlanInvalid
from audit.notebook.draft import PlanDraft
from audit.notebook.form import PlanForm
from audit.notebook.tables import column_list, resolved
from audit.plan import Mapping, Plan
from audit.register.model import Role
from audit.report.texts import clean

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["MappingEditor"]

_NOTHING = ""


class MappingEditor(PlanForm):
    """
    What each column is taken for, to be corrected column by column.

    ``unsure_only`` shows the columns that nobody and nothing is certain of. ``plan`` is the plan, or
    better the draft that other forms share; ``save`` writes it.
    """

    def __init__(
        self,
        plan: Plan | PlanDraft,
        *,
        unsure_only: bool = False,
        lang: str = "en",
    ) -> None:
        super().__init__(plan, lang)
        found = {
            table.name: [
                column
                for column in table.columns
                if not unsure_only or column.certainty != "certain"
            ]
            for table in resolved(self.plan)
        }
        self._tables = {name: columns for name, columns in found.items() if columns}
        self.columns = [(name, c.header) for name, shown in self._tables.items() for c in shown]
        self.boxes: dict[tuple[str, str], tuple[Any, Any]] = {}
        """Once shown, the two lists of each column: what it holds, and what it is for."""

    def __repr__(self) -> str:
        return f"{len(self.columns)} columns to look at, in a browser"

    def correct(
        self, table: str, column: str, *, category: str | None = None, role: str | None = None
    ) -> Plan:
        """Say what a column is; the other columns stay as they are."""
        if table not in {source.name for source in self.plan.sources}:
            raise PlanInvalid(
                "the mapping", table, "the plan has no such table", "correct its name"
            )
        said = Mapping(category=category, role=Role(role) if role else None)
        sources = tuple(
            source.model_copy(update={"columns": {**source.columns, column: said}})
            if source.name == table
            else source
            for source in self.plan.sources
        )
        self.draft.change(self.plan.model_copy(update={"sources": sources}))
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: a fold for each table, two lists a column; a page shows the columns instead."""
        import ipywidgets as widgets

        texts = self.texts
        keys = [(texts.category(key), key) for key in categories()]
        roles = [(texts.known("roles", role.value), role.value) for role in Role]
        choices = [
            [(texts.t("notebook.nothing"), _NOTHING), *sorted(pairs)] for pairs in (keys, roles)
        ]
        folds = widgets.Accordion(
            [
                widgets.VBox([self._line(widgets, name, column, choices) for column in columns])
                for name, columns in self._tables.items()
            ],
            titles=[f"{clean(name)} ({len(c)})" for name, c in self._tables.items()],
        )
        counted = texts.t("notebook.to_look_at", n=len(self.columns))
        still = f"<p>{escape(counted)}</p>" + "".join(
            f"<h3><bdi>{escape(clean(name))}</bdi></h3>{column_list(texts, name, columns)}"
            for name, columns in self._tables.items()
        )
        return self._shown([widgets.Label(counted), folds], still, save_to)

    def _line(self, widgets: Any, table: str, column: Any, choices: list[list[Any]]) -> Widget:
        label = widgets.Label(clean(column.header, 60), layout={"width": "18em"})
        known, used = (
            widgets.Dropdown(
                options=pairs
                if any(value == key for _, key in pairs)
                else [*pairs, (value, value)],
                value=value,
                layout={"width": "17em"},
            )
            for pairs, value in zip(
                choices,
                (column.category or _NOTHING, str(column.role) if column.role else _NOTHING),
                strict=True,
            )
        )

        def corrected(_: object) -> None:
            self.correct(
                table, column.header, category=known.value or None, role=used.value or None
            )

        for box in (known, used):
            box.observe(corrected, names="value")
        self.boxes[table, column.header] = (known, used)
        why = widgets.Label(self.texts.wording(column.ground))
        return widgets.HBox([label, known, used, why])
