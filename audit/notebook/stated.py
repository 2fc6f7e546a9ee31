"""What people say, asked in a notebook: that a promise is kept, that a table is whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from audit.errors import AuditError, PlanInvalid
from audit.notebook.form import PlanForm, button
from audit.notice.model import Clause, ClauseKind, Notice
from audit.notice.read import first_problem
from audit.plan import Plan
from audit.stated import reject_wrong_statements
from audit.statements import Attestation, Completeness, standing

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["AttestationForm", "CompletenessForm"]

Said = TypeVar("Said", bound=BaseModel)


class AttestationForm(PlanForm):
    """
    Clauses that no data can show, to be attested: a locked room, a firewall.

    ``open`` are those of which nobody said or saw anything that still counts on the plan's day.
    ``plan`` is the plan with what was attested; ``save`` writes it.
    """

    def __init__(self, plan: Plan, notice: Notice) -> None:
        self.plan, self.notice = plan, notice
        self.open = tuple(
            clause
            for clause in notice.clauses
            if ClauseKind.ATTESTED in clause.kinds
            and standing((a for a in plan.attestations if clause.id in a.clauses), _day(plan))
            is None
        )

    def __repr__(self) -> str:
        return f"{len(self.open)} clauses to attest, in a browser"

    def attest(
        self, clauses: tuple[str, ...], *, by: str, on: date, place: str = "", **said: Any
    ) -> Plan:
        """
        Add an attestation; with a place it was observed there, else the controller says so.

        ``said`` may hold ``holds``, ``expires`` and ``statement``. Raises ``PlanInvalid`` for one
        that an audit would refuse.
        """
        place = place.strip()
        strength = "observed" if place else "self"
        given = {"clauses": clauses, "strength": strength, "by": by, "on": on} | said
        new = _valid(Attestation, given | {"place": place or None})
        alone = Plan(attestations=(new,))
        reject_wrong_statements(alone, self.notice, _day(self.plan), "the form")
        self.plan = self.plan.model_copy(update={"attestations": (*self.plan.attestations, new)})
        self.open = tuple(clause for clause in self.open if clause.id not in clauses)
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: a line a clause with who, when and where it was seen, and whether it is so."""
        import ipywidgets as widgets

        lines = [self._line(widgets, clause) for clause in self.open]
        return widgets.VBox([*lines, *button(widgets, "Save the plan", save_to, self.save)])

    def _line(self, widgets: Any, clause: Clause) -> Widget:
        words = widgets.Label(f"{clause.id} {clause.promise}", layout={"width": "30em"})
        by = widgets.Text(placeholder="who says or saw it", layout={"width": "12em"})
        on = widgets.DatePicker(layout={"width": "10em"})
        place = widgets.Text(placeholder="where it was seen", layout={"width": "12em"})
        statement = widgets.Text(placeholder="what was said", layout={"width": "14em"})
        yes, no = (widgets.Button(description=d) for d in ("It is so", "It is not so"))

        def attest(holds: bool) -> None:  # noqa: FBT001 - the two buttons differ in nothing else
            said = {"place": place.value, "statement": statement.value, "holds": holds}
            self.attest((clause.id,), by=by.value, on=on.value, **said)

        answers = widgets.HBox([yes, no, _answered({yes: True, no: False}, attest, widgets)])
        return widgets.HBox([words, by, on, place, statement, answers])


class CompletenessForm(PlanForm):
    """
    Tables of which somebody may state that they hold all there is.

    ``open`` are those of which nobody did so of the export at hand; ``save`` writes the plan.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        taken = {source.name: source.extracted_on for source in plan.sources}
        counts = {
            said.table
            for said in plan.completeness
            if said.counts(taken.get(said.table), _day(plan))
        }
        self.open = tuple(name for name in taken if name not in counts)

    def __repr__(self) -> str:
        return f"{len(self.open)} tables to state whole, in a browser"

    def state(self, table: str, *, by: str, on: date) -> Plan:
        """Say who states that a table is whole; raises ``PlanInvalid`` for one that is not there."""
        new = _valid(Completeness, {"table": table, "stated_by": by, "on": on})
        if table not in {source.name for source in self.plan.sources}:
            raise PlanInvalid("the form", table, "the plan has no such table", "correct its name")
        if on > _day(self.plan):
            raise PlanInvalid("the form", table, "it is of a day after the audit", "correct `on`")
        self.plan = self.plan.model_copy(update={"completeness": (*self.plan.completeness, new)})
        self.open = tuple(name for name in self.open if name != table)
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: a line a table with who states it, and when."""
        import ipywidgets as widgets

        lines = [self._line(widgets, table) for table in self.open]
        return widgets.VBox([*lines, *button(widgets, "Save the plan", save_to, self.save)])

    def _line(self, widgets: Any, table: str) -> Widget:
        by = widgets.Text(placeholder="who states it", layout={"width": "14em"})
        on = widgets.DatePicker(layout={"width": "11em"})
        yes = widgets.Button(description="It is the whole")

        def state(_: bool) -> None:  # noqa: FBT001 - there is one answer only
            self.state(table, by=by.value, on=on.value)

        label = widgets.Label(table, layout={"width": "22em"})
        return widgets.HBox(
            [label, by, on, widgets.HBox([yes, _answered({yes: True}, state, widgets)])]
        )


def _answered(answers: dict[Any, bool], say: Callable[[bool], None], widgets: Any) -> Widget:
    """Where it is said that the answer was taken, or what is wrong with it."""
    shown = widgets.Label()

    def pressed(one: Any) -> None:
        try:
            say(answers[one])
        except AuditError as error:
            shown.value = str(error)
            return
        shown.value = "said; save the plan"
        for other in answers:
            other.disabled = True

    for one in answers:
        one.on_click(pressed)
    return shown


def _valid(kind: type[Said], given: dict[str, Any]) -> Said:
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        place, problem = first_problem(error)
        raise PlanInvalid("the form", place, problem, "correct it there") from None


def _day(plan: Plan) -> date:
    """The day that the plan audits as of."""
    return plan.as_of or date.today()
