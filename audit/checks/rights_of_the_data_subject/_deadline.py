"""
Until when each request was to be answered, for the checks of the answers.

The days are joined from ``due_days``; here stands which of them counts. The period runs from
receipt, or from the proof of identity where the controller asked for it within a week and had
doubts to settle (Art. 12(6)). Three months count where the extension was told within the first
month and, if the log has reasons at all, with reasons.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.checks._shared import remembered

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["DECIDED", "NO_MONTH", "is_any", "requests_with_due_days", "since"]

_PROMPT = 7  # days within which asking for proof of identity is without delay

#: What ends by being done at once, not by an answer within the month (Art. 21(3), 7(3)).
NO_MONTH = ("marketing_objection", "withdraw_consent")
#: Outcomes that somebody must have told.
DECIDED = ("granted", "partly", "refused")


def is_any(column: ir.StringValue, words: tuple[str, ...]) -> ir.BooleanValue:
    """Whether a column says one of these; a blank does not."""
    return column.isin(words).fill_null(False)


def since(day: ir.DateValue, of: str) -> ir.StringValue:
    """``<of> 2026-04-07``, for a detail of the evidence."""
    return ibis.literal(f"{of} ").concat(day.cast("string").substr(0, 10))


@remembered
def requests_with_due_days(
    requests: ir.Table, due_days: ir.Table, given: frozenset[str], as_of: date
) -> ir.Table:
    """
    The requests with what the checks of answers need.

    ``answered``: the day of the answer, or where the log has no such column the day of the act;
    ``month`` and ``month_strict``: the first due day, with eves as holidays and without;
    ``last_day`` and ``last_day_strict``: the same, extended where the extension holds; ``extended_due_on``;
    ``claimed``: an extension was meant but does not hold; ``unreadable``: dates that cannot be so.
    """
    answered = requests.answered_on if "answered_on" in given else requests.executed_on
    prompt = requests.identity_asked_on <= requests.received_on + ibis.interval(_PROMPT, unit="D")
    proved = requests.identity_received_on >= requests.received_on
    found = requests.mutate(
        answered=answered,
        asked=(prompt & (requests.identity_asked_on >= requests.received_on)).fill_null(False),
    )
    start = ibis.cases(
        ((found.asked & proved).fill_null(False), found.identity_received_on),
        else_=found.received_on,
    )
    found = found.mutate(start=start)
    found = found.left_join(due_days, found.start == due_days.started_on)
    found = found.mutate(month=found.due_on, month_strict=found.due_without_eves_on)
    in_time = (found.extension_told_on <= found.month).fill_null(False)
    # A log that has no column for reasons shows nothing against them.
    reasoned = found.extension_reason.notnull() | ibis.literal("extension_reason" not in given)
    refused = is_any(found.outcome, ("refused",))  # for a refusal there is no extension
    holds = in_time & reasoned & ~refused
    meant = found.extension_told_on_given.fill_null(False) | found.extension_reason.notnull()
    found = found.mutate(
        extended=holds,
        claimed=meant & ~holds & ~refused,
        told_in_time=in_time,
        last_day=ibis.cases((holds, found.extended_due_on), else_=found.month),
        last_day_strict=ibis.cases(
            (holds, found.extended_due_without_eves_on), else_=found.month_strict
        ),
    )
    today = ibis.literal(as_of)
    impossible = (
        (found.received_on > today)
        | (found.answered > today)
        | (found.answered < found.received_on)
    )
    return found.mutate(unreadable=found.month.isnull() | impossible.fill_null(False))
