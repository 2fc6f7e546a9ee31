"""
What the notebooks let an auditor do with the mouse: correct the mapping, attest, browse evidence.

Each form works on a copy of the plan and writes ``audit.yaml`` only when asked to. Run without a
browser, as nbconvert does, a form shows itself as text and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.api import Audit
from audit.categories import categories
from audit.engine.workspace import workspace
from audit.errors import PlanInvalid
from audit.notice.model import ClauseKind, Notice
from audit.plan import Mapping, Plan, resolve, write_plan
from audit.register.model import Role
from audit.statements import Attestation

if TYPE_CHECKING:
    import pandas as pd
    from ipywidgets import Widget

__all__ = ["AttestationForm", "EvidenceBrowser", "MappingEditor"]

_NOTHING = "–"


class _PlanForm:
    """A form that works on a copy of the plan."""

    plan: Plan

    def save(self, path: Path) -> Path:
        """Write the plan as it is now."""
        path.write_text(write_plan(self.plan), "utf-8")
        return path


class MappingEditor(_PlanForm):
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
        return widgets.VBox([*lines, *_button(widgets, "Save the plan", save_to, self.save)])

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


class AttestationForm(_PlanForm):
    """
    Clauses that no data can show, to be attested: a locked room, a firewall.

    ``plan`` is the plan with what was attested; ``save`` writes it.
    """

    def __init__(self, plan: Plan, notice: Notice) -> None:
        self.plan = plan
        said = {clause for attested in plan.attestations for clause in attested.clauses}
        self.open = tuple(
            clause
            for clause in notice.clauses
            if ClauseKind.ATTESTED in clause.kinds and clause.id not in said
        )

    def __repr__(self) -> str:
        return f"{len(self.open)} clauses to attest, in a browser"

    def attest(
        self, clauses: tuple[str, ...], *, by: str, on: date, place: str = "", **said: Any
    ) -> Plan:
        """
        Add an attestation; with a place it was observed there, else the controller says so.

        ``said`` may hold ``holds``, ``expires`` and ``statement``.
        """
        strength: Any = "observed" if place else "self"
        new = Attestation(
            clauses=clauses, strength=strength, by=by, on=on, place=place or None, **said
        )
        self.plan = self.plan.model_copy(update={"attestations": (*self.plan.attestations, new)})
        self.open = tuple(clause for clause in self.open if clause.id not in clauses)
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: a line a clause with who, when and where it was seen."""
        import ipywidgets as widgets

        return widgets.VBox(
            [
                *(self._line(widgets, clause) for clause in self.open),
                *_button(widgets, "Save the plan", save_to, self.save),
            ]
        )

    def _line(self, widgets: Any, clause: Any) -> Widget:
        words = widgets.Label(f"{clause.id} {clause.promise}", layout={"width": "30em"})
        by = widgets.Text(placeholder="who says or saw it", layout={"width": "14em"})
        on = widgets.DatePicker(layout={"width": "11em"})
        place = widgets.Text(placeholder="where it was seen", layout={"width": "14em"})
        done = widgets.Button(description="It is so")

        def attested(button: Any) -> None:
            if by.value and on.value:
                self.attest((clause.id,), by=by.value, on=on.value, place=place.value)
                button.disabled = True

        done.on_click(attested)
        return widgets.HBox([words, by, on, place, done])


class EvidenceBrowser:
    """The evidence of an audit, filtered by check, table and result. It holds no value."""

    def __init__(self, audit: Audit, at_most: int = 50) -> None:
        self.evidence = audit.evidence()
        self.at_most = at_most

    def pick(self, check: str = "", source: str = "", result: str = "") -> pd.DataFrame:
        """The first pieces of the evidence that fit; a blank fits all."""
        found = self.evidence
        for name, wanted in (("check", check), ("source", source), ("result", result)):
            if wanted:
                found = found[found[name] == wanted]
        return found.head(self.at_most)

    def show(self) -> Widget:
        """Three lists to choose from, and the pieces that fit."""
        import ipywidgets as widgets
        from IPython.display import display

        boxes = {
            name: widgets.Dropdown(
                options=[("all", ""), *sorted(self.evidence[name].dropna().unique())],
                description=name,
            )
            for name in ("check", "source", "result")
        }
        shown = widgets.Output()

        def refresh(_: object = None) -> None:
            with shown:
                shown.clear_output(wait=True)
                display(self.pick(**{name: box.value for name, box in boxes.items()}))

        for box in boxes.values():
            box.observe(refresh, names="value")
        refresh()
        return widgets.VBox([widgets.HBox(list(boxes.values())), shown])


def _button(
    widgets: Any, words: str, save_to: Path | None, save: Callable[[Path], Path]
) -> list[Widget]:
    if save_to is None:
        return []
    button, said = widgets.Button(description=words), widgets.Label()

    def clicked(_: object) -> None:
        said.value = f"written to {save(save_to).name}"

    button.on_click(clicked)
    return [widgets.HBox([button, said])]
