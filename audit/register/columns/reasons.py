"""Why requests were refused, where a log has no column for it but that of comments."""

from __future__ import annotations

from collections.abc import Sequence

from audit.register.columns.told_roles import by_content, roles_in
from audit.register.model import Column, Role
from audit.register.words import reader

__all__ = ["with_reasons_in_remarks"]


def with_reasons_in_remarks(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], kind: str
) -> list[Column]:
    """
    The columns of requests, where no column but that of comments says why any was refused.

    >>> log = [Column(header="Outcome", role=Role.OUTCOME), Column(header="Note", role=Role.FREE_TEXT)]
    >>> rows = [["granted", ""], ["refused", "open invoice"], ["refused", ""]]
    >>> with_reasons_in_remarks(log, rows, "requests")[1].role
    <Role.REFUSAL_REASON: 'refusal_reason'>
    >>> with_reasons_in_remarks(log, [["granted", "sent by post"]], "requests")[1].role
    <Role.FREE_TEXT: 'free_text'>
    """
    found = list(columns)
    if kind != "requests" or Role.REFUSAL_REASON in roles_in(found):
        return found
    decided = next((n for n, c in enumerate(found) if c.role is Role.OUTCOME), None)
    notes = [n for n, column in enumerate(found) if column.role is Role.FREE_TEXT]
    if decided is None or len(notes) != 1:
        return found
    read = reader(Role.OUTCOME)
    refused = [row for row in rows if read(row[decided])[0] == "refused"]
    if any(row[notes[0]].strip() for row in refused):
        found[notes[0]] = by_content(found[notes[0]], Role.REFUSAL_REASON, ())
    return found
