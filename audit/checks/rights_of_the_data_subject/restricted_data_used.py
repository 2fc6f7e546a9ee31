"""Rights of the data subject: data used while its processing was restricted."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import matches, yes
from audit.checks._shared import column, remembered, together
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.checks.rights_of_the_data_subject._kinds import each_of
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

_USES = ("send_log", "disclosures", "publication_list")
_CHANGED = ("customers", "contacts")
_DAYS = ("sent_on", "disclosed_on", "published_on", "changed_on")
_HOLDERS = ("customers", "contacts", "mailing_list")


def _examined(
    records: ir.Table,
    restrictions: ir.Table | None = None,
    requests: ir.Table | None = None,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
    mailing_list: ir.Table | None = None,
) -> ir.Table:
    """Every use, if anybody's data was restricted."""
    limits = _limits(
        restrictions, requests, customers=customers, contacts=contacts, mailing_list=mailing_list
    )
    return each_of(records.filter(limits.count() > 0), "restriction")


@check(
    "RIG08",
    criterion="the notice; GDPR Art. 18(2)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    tables=_USES,
    dated=tuple(f"{kind}.changed_on" for kind in _CHANGED),
    needs=(
        "restrictions|requests|"
        + "|".join(
            f"{kind}.{role}" for kind in _HOLDERS for role in ("restricted", "restricted_from")
        ),
        "|".join(_DAYS),
    ),
    about="rights",
    examines=_examined,
)
def restricted_data_used(
    records: ir.Table,
    people: ir.Table,
    as_of: date,
    restrictions: ir.Table | None = None,
    requests: ir.Table | None = None,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
    mailing_list: ir.Table | None = None,
) -> ir.Table:
    """
    Messages, disclosures and publications of people whose data was restricted at the time.

    Restricted data may only be stored. A restriction stands on a list of its own, among the granted
    requests, or as a mark on the person's record. It runs from the day after it was made until the
    day it was lifted; what happened on the first day itself, a mark without a day, and a message
    that is no marketing, such as word that the restriction will end (Art. 18(3)), are observations.
    So is a record of such a person that was changed on a later day: what was changed, nobody can tell.

    Where these are the `restrictions`:

    | customer | restricted_from | restricted_until |
    | -------- | --------------- | ---------------- |
    | C1       | 2026-03-01      | 2026-06-30       |

    Audited on 2026-11-22:

    | customer | sent_on    | result        |
    | -------- | ---------- | ------------- |
    | C1       | 2026-03-02 | nonconformity |
    | C1       | 2026-03-01 | observation   |
    | C1       | 2026-07-01 | conformity    |
    | C2       | 2026-04-01 | conformity    |

    Grade: major, since a right that was granted was not kept.

    Remedy: stop using the data, mark the restriction in every system, and tell those who received
    the data. Lifting the restriction afterwards is not enough.
    """
    limits = _limits(
        restrictions, requests, customers=customers, contacts=contacts, mailing_list=mailing_list
    )
    days = [records[name] for name in _DAYS if name in records.columns]
    used = records.mutate(
        used_on=ibis.coalesce(ibis.null("date"), *days), changed=_changed(records)
    )
    service = (
        is_any(used.message_kind, ("service",))
        if "message_kind" in used.columns
        else ibis.literal(value=False)
    )
    used = used.mutate(service=service)
    found = used.inner_join(_reached(records, people, limits), ["place", "row"])
    found = found.filter(
        found.limit_from.isnull() | (found.used_on >= found.limit_from),
        # The mark itself changes the record.
        ~found.changed | yes(found.used_on > found.limit_from),
        ~yes(found.used_on > found.limit_until),
        found.used_on <= as_of,
    )
    sure = found.certain & ~found.service & ~found.changed & yes(found.used_on > found.limit_from)
    found = found.mutate(sure=sure.cast("int8"))
    changed = found.changed.any()
    found = found.group_by("row").agg(
        sure=found.sure.max(), first=found.limit_from.min(), changed=changed
    )
    said = ibis.ifelse(found.changed, "changed, restricted from ", "restricted from ")
    day = said.concat(found.first.cast("string").substr(0, 10))
    return found.mutate(
        result=ibis.ifelse(found.sure > 0, str(Result.NONCONFORMITY), str(Result.OBSERVATION)),
        detail=ibis.coalesce(day, ibis.literal("restricted from an unknown day")),
        topic=ibis.literal("restriction"),
    )


def _changed(records: ir.Table) -> ir.BooleanValue:
    """Whether a record is a person's own, which was changed, and no use of it elsewhere."""
    uses = [records[name].isnull() for name in _DAYS[:-1] if name in records.columns]
    own = column(records, "changed_on", "date").notnull()
    return reduce(and_, uses, own)


def _reached(records: ir.Table, people: ir.Table, limits: ir.Table) -> ir.Table:
    """The restrictions that reach each record: those of its person, and the mark that it carries."""
    told = ("place", "row", "limit_from", "limit_until", "certain")
    of = ("restrictions", "requests", *_HOLDERS)
    ours = _USES if "changed_on" not in records.columns else (*_USES, *_CHANGED)
    pairs = matches(people, ours, of).inner_join(limits, ["other_place", "other_row", "other_kind"])
    if "changed_on" not in records.columns:
        return pairs.select(*told)
    own = limits.filter(limits.other_kind.isin(_CHANGED)).select(
        place=limits.other_place,
        row=limits.other_row,
        limit_from=limits.limit_from,
        limit_until=limits.limit_until,
        certain=ibis.literal(value=True),
    )
    return pairs.select(*told).union(own)


@remembered
def _limits(
    restrictions: ir.Table | None, requests: ir.Table | None, **marked: ir.Table | None
) -> ir.Table:
    """When whose data was restricted: by the list, by granted requests, and by marks on records."""
    every = []
    if restrictions is not None:
        every.append(
            restrictions.select(
                other_place=restrictions.place,
                other_row=restrictions.row,
                other_kind=ibis.literal("restrictions"),
                limit_from=restrictions.restricted_from,
                limit_until=restrictions.restricted_until,
            )
        )
    if requests is not None:
        asked = requests.filter(
            yes(requests.request_kind == "restriction"), is_any(requests.outcome, ("granted",))
        )
        every.append(
            asked.select(
                other_place=asked.place,
                other_row=asked.row,
                other_kind=ibis.literal("requests"),
                limit_from=ibis.coalesce(asked.executed_on, asked.answered_on),
                limit_until=ibis.null("date"),
            )
        )
    for kind, table in marked.items():
        if table is None:
            continue
        # A mark that says no is none, whatever day stands beside it.
        since = column(table, "restricted_from", "date")
        limited = table.mutate(since=since, until=column(table, "restricted_until", "date"))
        limited = limited.filter(yes(limited.restricted.fill_null(limited.since.notnull())))
        every.append(
            limited.select(
                other_place=limited.place,
                other_row=limited.row,
                other_kind=ibis.literal(kind),
                limit_from=limited.since,
                limit_until=limited.until,
            )
        )
    return together(every)
