"""Lawfulness and transparency: data from others without its source, or that people were not told of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among, column, contains_any, in_own_words
from audit.finding import Basis, Grade, Result
from audit.notice.declared.in_words import other_sources_in_words
from audit.notice.declared.words import persons_own_sources
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

_THEMSELVES = {"customer_registration", "customer_report", "relationship"}
_CONTACTS = {"name", "email", "phone", "postal_address"}


@check(
    "SRC02",
    criterion="GDPR Art. 14(2)(f), 14(3)(a), 15(1)(g), 5(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="records",
    needs=("source",),
    at="source",
    tables=("source_log", "customers", "contacts"),
)
def source_unrecorded(
    records: ir.Table,
    due_days: ir.Table,
    given: frozenset[str],
    as_of: date,
    notice: Notice | None = None,
) -> ir.Table:
    """
    Data got from others whose source nobody recorded, or of which people were not told in a month.

    The month runs from the day on which the data was obtained, and over a Saturday, Sunday or
    holiday ends with the next working day (Regulation 1182/71). What people told themselves needs
    no message, nor what a child's guardian told, nor what a law makes an authority give, nor an
    address brought up to date; whoever
    is told of an authority's data later than that is an observation. A source in words that no
    lexicon knows may be the person in the trade's own word, unless the notice names it beside the
    person. Where there is no column for telling people, only the source is assessed.

    Customers and contact persons may carry their source themselves. There a blank is missing only
    where a day says that the data was obtained, or where the list also says when people were told;
    without such a day the month runs from the start of the relationship.

    Audited on 2026-11-22:

    | source      | obtained_on | informed_on | result        |
    | ----------- | ----------- | ----------- | ------------- |
    | bought_list | 2026-01-12  | 2026-02-12  | conformity    |
    | bought_list | 2026-01-12  | 2026-02-13  | nonconformity |
    | bought_list | 2026-11-10  |             | conformity    |
    | referral    | 2026-01-12  |             | nonconformity |
    |             | 2026-01-12  |             | nonconformity |
    | authority   | 2026-01-12  |             | conformity    |
    | authority   | 2026-01-12  | 2026-03-01  | observation   |
    | said:kulkija | 2026-01-12 | 2026-03-01  | nonconformity |
    | said:kulkija | 2026-01-12 |             | not_assessed  |

    Grade: minor.

    Remedy: record the source, and tell the people now: what is held of them, where it came from and
    what their rights are. Back-dating the message is not enough.
    """
    day, missing_source = records.obtained_on, records.source.isnull()
    # "Ei tiedossa" is no source: who writes it down says that nobody recorded one.
    missing_source = missing_source | among(records.source, {"untold"})
    if "relationship_start" in records.columns:  # a person's record, not a log of what came in
        since = ibis.coalesce(day, records.relationship_start)
        # A list that also says when people were told records what came in.
        missing_source = missing_source & (since if "informed_on" in given else day).notnull()
        day = since
    found = records.mutate(came_on=day, sourceless=missing_source)
    found = found.left_join(due_days, found.came_on == due_days.started_on)
    field = column(found, "field")
    of_contacts = among(field, _CONTACTS) | ibis.literal("field" not in given)
    updates = among(found.source, {"update_service"}) & of_contacts
    themselves = _THEMSELVES | (persons_own_sources(notice) if notice is not None else frozenset())
    theirs = themselves | {"authority", "untold"}
    others = found.source.notnull() & ~among(found.source, theirs) & ~updates
    asked = others & ibis.literal("informed_on" in given)
    undated = asked & found.informed_on.isnull() & found.informed_on_given.fill_null(False)
    # A guardian tells of a child in the child's stead; where the list says when, it was to be in time.
    instead = among(found.source, {"guardian"})
    missing = asked & found.informed_on.isnull() & ~undated & (found.due_on < as_of) & ~instead
    late = asked & (found.informed_on > found.due_on)
    doubtful = asked & (found.informed_on > found.due_without_eves_on) & ~late
    # An authority's data is told of by the law itself; where people are told all the same, in time.
    of_authority = among(found.source, {"authority"}) & ibis.literal("informed_on" in given)
    doubtful = doubtful | (of_authority & (found.informed_on > found.due_on))
    unread = among(found.source, {"unread"})
    # In the trade's word it may be the person.
    in_words = in_own_words(found.source) & ~_is_another(found.source, notice)
    result = ibis.cases(
        (found.sourceless, str(Result.NONCONFORMITY)),
        (undated, str(Result.NOT_ASSESSED)),
        ((missing | late).fill_null(False) & unread, str(Result.NOT_ASSESSED)),
        (missing.fill_null(False) & in_words, str(Result.NOT_ASSESSED)),
        ((missing | late).fill_null(False), str(Result.NONCONFORMITY)),
        (doubtful.fill_null(False), str(Result.OBSERVATION)),
    )
    detail = ibis.cases(
        (found.sourceless, "no source"),
        (undated, "undated"),
        (missing.fill_null(False), "people were not told"),
        else_="people were told late",
    )
    found = found.mutate(result=result, detail=detail)
    return found.filter(found.result.notnull())


def _is_another(source: ir.StringValue, notice: Notice | None) -> ir.BooleanValue:
    """Whether the notice names a source by these words, and the person as another one."""
    words = other_sources_in_words(notice) if notice is not None else ()
    return contains_any(source, words)
