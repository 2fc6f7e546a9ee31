"""What an audit shows of the notice and of the register; no cell value."""

from __future__ import annotations

from audit.engine.scan import Scanned
from audit.finding import ColumnView, TableView
from audit.notice.model import Exhaustive, Notice
from audit.review import Review

__all__ = ["as_quoted", "table_view"]


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
                declared=None
                if technical or known is None or declared is None
                else (known.said_as or column.category) in declared,
                ground=column.ground,
                filled=scanned.filled[place],
                cells_found=scanned.found[place],
            )
        )
    return TableView(
        name=scanned.table.name,
        source=scanned.table.source,
        sheet=scanned.table.sheet,
        kind=scanned.table.kind,
        rows=scanned.rows,
        columns=tuple(views),
        extracted_on=day.isoformat() if (day := scanned.table.extracted_on) else None,
    )


def as_quoted(notice: Notice, reviewed: Review) -> dict[str, object]:
    """The notice as the reports quote it, with what was remarked of it."""
    return {
        "register_name": notice.register_name,
        "controller": notice.controller.name,
        "business_id": notice.controller.business_id,
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
        "remarks": [one.as_data() for one in reviewed.remarks],
    }
