"""What an audit shows of the notice and of the register; no cell value."""

from __future__ import annotations

from audit.engine.scan import Scanned
from audit.finding import ClauseState, ColumnView, Finding, Result, TableView
from audit.notice.model import ClauseKind, Exhaustive, Notice

__all__ = ["as_quoted", "clause_states", "table_view"]


def clause_states(notice: Notice, findings: list[Finding]) -> tuple[ClauseState, ...]:
    """What the findings say of each clause."""
    states = []
    checks: tuple[str, ...]
    for clause in notice.clauses:
        about = [f for f in findings if clause.id in f.clauses and f.check in clause.checks]
        assessed = {f.check for f in about if f.result is Result.CONFORMITY}
        deviating = tuple(sorted({f.check for f in about if f.result is Result.NONCONFORMITY}))
        if ClauseKind.INFORMATIVE in clause.kinds:
            state, checks = "informative", ()
        elif deviating:
            state, checks = "does_not_conform", deviating
        elif clause.checks and assessed >= set(clause.checks):
            state, checks = "conforms_on_supplied", tuple(sorted(assessed))
        else:
            state, checks = "not_assessed", tuple(sorted(set(clause.checks) - assessed))
        states.append(ClauseState(clause=clause.id, state=state, checks=checks))
    return tuple(states)


def table_view(scanned: Scanned, notice: Notice) -> TableView:
    """The table as the data map shows it."""
    from audit.categories import Group as Weight
    from audit.categories import categories

    declared = notice.declared_categories()
    views = []
    for place, column in enumerate(scanned.table.columns):
        known = categories().get(column.category or "")
        technical = known is None or known.group is Weight.TECHNICAL
        views.append(
            ColumnView(
                header=column.header,
                category=column.category,
                role=column.role,
                declared=None if technical or declared is None else column.category in declared,
                ground=column.ground,
                filled=scanned.filled[place],
                cells_found=scanned.found[place],
            )
        )
    return TableView(
        name=scanned.table.name, source=scanned.table.file, rows=scanned.rows, columns=tuple(views)
    )


def as_quoted(notice: Notice) -> dict[str, object]:
    """The notice as the reports quote it."""
    return {
        "register_name": notice.register_name,
        "controller": notice.controller.name,
        "language": notice.language,
        "dated": notice.dated,
        "closed_list": notice.exhaustive.data_categories is Exhaustive.YES,
        "declared": sorted(notice.declared_categories() or ()),
        "clauses": [
            {
                "id": clause.id,
                "heading": clause.heading,
                "promise": clause.promise,
                "quote": clause.quote,
                "same_as": list(clause.same_as),
            }
            for clause in notice.clauses
        ],
        "retention": [
            {
                "id": r.id,
                "kind": r.kind,
                "period": r.period,
                "event": r.event,
                "text": r.text,
                "clauses": list(r.clauses),
            }
            for r in notice.retention
        ],
    }
