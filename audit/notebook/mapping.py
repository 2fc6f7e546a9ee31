"""What each column is taken for, corrected with the mouse or in a line of code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.categories import categories
from audit.engine.workspace import workspace
from audit.errors import PlanInvalid
from audit.notebook.form import PlanForm, button
from audit.plan import Mapping, Plan, resolve
from audit.register.model import Role

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["MappingEditor"]

_NOTHING = "–"


class MappingEditor(PlanForm):
    """
    What each column is taken for, to be corrected column by column.

    ``unsure_only`` shows the columns that nobody and nothing is certain of. ``plan`` is the plan
    with the corrections; ``save`` writes it.
    """

    def __init__(self, plan: Plan, *, unsure_only: bool = False) -> None:
        self.plan = plan
        self.columns: list[tuple[str, str]] = []
        self._rows: list[tuple[str, str, str | None, str | None, str]] = []
        with workspace() as scratch:
            tables = [resolve(plan, source, "audit.yaml", scratch).table for source in plan.sources]
        for table in tables:
            for column in table.columns:
                if unsure_only and column.certainty == "certain":
                    continue
                self.columns.append((table.name, column.header))
                self._rows.append(
                    (table.name, column.header, column.category, column.role, column.ground)
                )

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
        self.plan = self.plan.model_copy(update={"sources": sources})
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: two lists a column, and a button if there is a place to save to."""
        import ipywidgets as widgets

        keys = [_NOTHING, *sorted(categories())]
        roles = [_NOTHING, *sorted(role.value for role in Role)]
        lines = [self._line(widgets, row, (keys, roles)) for row in self._rows]
        return widgets.VBox([*lines, *button(widgets, "Save the plan", save_to, self.save)])

    def _line(self, widgets: Any, row: tuple[Any, ...], choices: tuple[list[str], ...]) -> Widget:
        table, header, category, role, ground = row
        label = widgets.Label(f"{table} · {header}", layout={"width": "22em"})
        known, of = (
            widgets.Dropdown(
                options=options if value in options else [*options, value],
                value=value,
                layout={"width": "15em"},
            )
            for options, value in zip(
                choices, (category or _NOTHING, role or _NOTHING), strict=True
            )
        )

        def corrected(_: object) -> None:
            said = [None if box.value == _NOTHING else box.value for box in (known, of)]
            self.correct(table, header, category=said[0], role=said[1])

        for box in (known, of):
            box.observe(corrected, names="value")
        return widgets.HBox([label, known, of, widgets.Label(ground)])
