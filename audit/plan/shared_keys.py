"""
Which columns of other lists say whose record it is: told by the numbers of the list of people.

A broker's list of clients has *Tk-nro*, and so have its invoices: no vocabulary knows it. A hire shop
calls them *Customer*, and gives each a code that looks like nobody's number: it is told by its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from audit.categories.headers import words
from audit.plan.model import PlannedSource
from audit.register.columns.concepts import names_number, tells_person
from audit.register.columns.numbers import NUMBERS_ALONE
from audit.register.delimited import Head
from audit.register.model import Certainty, Role

__all__ = ["with_shared_keys"]

_FEWEST, _SHARE = 3, 0.8
_TELLING = 3
"""Characters of a number that is not by chance also another list's own."""


_MAY_NUMBER = (None, "technical", "customer_number", "name", "organisation", "order_history")


def with_shared_keys(
    sources: Sequence[PlannedSource], heads: Mapping[str, Head]
) -> tuple[PlannedSource, ...]:
    """
    The sources, where a header or the values that number people tell in others whose record it is.

    ``heads`` are the first records of the tables, by the sources' names.
    """
    people = [source for source in sources if source.kind == "customers"]
    numbers = {
        words(header)
        for source in people
        for header, mapping in source.columns.items()
        if mapping.role is Role.RECORD_KEY and names_number(header)
    }
    known = {
        value
        for source in people
        for header, mapping in source.columns.items()
        if mapping.role is Role.RECORD_KEY
        for value in _values(heads.get(source.shown), header)
        if len(value) >= _TELLING
    }
    return tuple(
        source
        if source in people
        else _referring(source, heads.get(source.shown), numbers - NUMBERS_ALONE, known)
        for source in sources
    )


def _values(head: Head | None, header: str) -> set[str]:
    """What stands in a column of the first records; personal data."""
    if head is None or header not in head.header:
        return set()
    n = head.header.index(header)
    return {row[n].strip() for row in head.rows if row[n].strip()}


def _refers(source: PlannedSource, head: Head | None, header: str, known: AbstractSet[str]) -> bool:
    """Whether most of what stands in a column are numbers by which people are told."""
    mapping = source.columns[header]
    if mapping.role not in (None, Role.RECORD_KEY) or mapping.category not in _MAY_NUMBER:
        return False
    values = _values(head, header)
    least = 1 if tells_person(header) else _FEWEST
    return len(values) >= least and len(values & known) >= _SHARE * len(values)


def _referring(
    source: PlannedSource, head: Head | None, numbers: AbstractSet[str], known: AbstractSet[str]
) -> PlannedSource:
    if any(mapping.role is Role.CUSTOMER_REFERENCE for mapping in source.columns.values()):
        return source
    named = next((header for header in source.columns if words(header) in numbers), None)
    if named is not None and source.columns[named].role in (None, Role.RECORD_KEY):
        return _as_reference(source, named, "header: as in the list of customers")
    held = next((header for header in source.columns if _refers(source, head, header, known)), None)
    return (
        source
        if held is None
        else _as_reference(source, held, "content: as in the list of customers")
    )


def _as_reference(source: PlannedSource, header: str, ground: str) -> PlannedSource:
    as_told = {
        "role": Role.CUSTOMER_REFERENCE,
        "category": "technical",
        "ground": ground,
        "certainty": Certainty.LIKELY,
    }
    column = source.columns[header].model_copy(update=as_told)
    return source.model_copy(update={"columns": {**source.columns, header: column}})
