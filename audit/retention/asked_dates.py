"""The dates of a table that the rules of a notice count from, by whichever name it has them."""

from __future__ import annotations

import re

from audit.categories.headers import words
from audit.notice.model import Notice
from audit.register.concepts import may_mean, says_only_when
from audit.register.kinds import kinds
from audit.register.model import Role, Table
from audit.retention.events import event_role

__all__ = ["with_asked_dates"]

#: Ends that one and the same relationship goes by.
_ONE_END = (Role.CUSTOMER_RELATIONSHIP_END, Role.CONTRACT_END, Role.MEMBERSHIP_END)


def with_asked_dates(table: Table, notice: Notice) -> tuple[Table, str | None]:
    """
    The table with the dates that the rules of this notice count from, and what was taken for one.

    Dates that nobody asks for have no role. Where the notice counts from the end of a membership or
    of a contract, and the table has another end alone, that is it: its header is returned. The end
    of a contract is not taken for that of the customer relationship, which may outlive it.
    """
    events = {event_role(rule) for rule in notice.retention if rule.kind == "fixed"}
    table = _with_named_end(table, notice)
    ends = [c for c in table.columns if c.role in _ONE_END]
    asked_ends = sorted(event for event in events if event in _ONE_END)
    taken: str | None = None
    columns = table.columns
    if kinds()[table.kind].scope == "register" and len(ends) == 1 and len(asked_ends) == 1:
        [end], [asked] = ends, asked_ends
        later = end.role is Role.CONTRACT_END and asked is Role.CUSTOMER_RELATIONSHIP_END
        if end.role is not asked and not later:
            taken = end.header
            columns = tuple(
                c.model_copy(update={"role": asked}) if c is end else c for c in columns
            )
    wanted = {Role.RELATIONSHIP_START, *kinds()[table.kind].roles, *events}
    if table.kind == "contacts":
        # Their state is the customer's, where the customer's end stands by.
        wanted |= set(_ONE_END)
    columns = tuple(
        c.model_copy(update={"role": None})
        if c.role and c.role.type == "date" and c.role not in wanted
        else c
        for c in columns
    )
    return table.model_copy(update={"columns": columns}), taken


def _with_named_end(table: Table, notice: Notice) -> Table:
    """
    The customers, where no end is known, with the end of what the notice's own rule counts from.

    "Two years from the end of the mandate" names what a column headed *Mandate ended* is of.
    """
    if table.kind != "customers" or any(column.role in _ONE_END for column in table.columns):
        return table
    for rule in notice.retention:
        event = event_role(rule) if rule.kind == "fixed" else None
        if event not in _ONE_END:
            continue
        for n, column in enumerate(table.columns):
            unknown = column.role is None and column.category is None
            if unknown and _is_end_of(column.header, rule.text):
                columns = list(table.columns)
                columns[n] = column.model_copy(update={"role": event, "category": "technical"})
                return table.model_copy(update={"columns": tuple(columns)})
    return table


def _is_end_of(header: str, text: str) -> bool:
    """
    Whether a header says that something ended that a rule names.

    >>> _is_end_of("Mandaatti päättyi", "Kaksi vuotta mandaatin päättymisestä")
    True
    >>> _is_end_of("Takuu päättyi", "Kaksi vuotta mandaatin päättymisestä")
    False
    """
    tokens = words(header).split()
    ended = [token for token in tokens if may_mean(token, "end")]
    begins = tuple(
        token[: max(_SHORTEST, len(token) - _ENDING)]
        for token in tokens
        if token not in ended and len(token) >= _SHORTEST and not says_only_when(token)
    )
    if not ended or not begins:
        return False
    return any(word.startswith(begins) for word in re.findall(r"\w+", text.casefold()))


_SHORTEST, _ENDING = 4, 3
