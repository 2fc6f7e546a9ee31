"""Rights of the data subject: recipients who were not told of a correction or an erasure."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._people import matches, numbers, yes
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.checks.rights_of_the_data_subject._kinds import kind_of, requests_by_kind
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TOLD_OF = ("rectification", "erasure", "restriction")


def _done(requests: ir.Table, as_of: date) -> ir.Table:
    """The corrections, erasures and restrictions that were carried out, with ``done_on``."""
    granted = is_any(requests.outcome, ("granted", "partly")) | requests.outcome.isnull()
    done = ibis.coalesce(
        requests.executed_on, ibis.ifelse(granted, requests.answered_on, ibis.null("date"))
    )
    asked = requests.mutate(done_on=done)
    return asked.filter(
        is_any(asked.request_kind, _TOLD_OF),
        ~is_any(asked.outcome, ("refused", "withdrawn")),
        yes(asked.done_on < as_of),
    )


def _examined(requests: ir.Table, as_of: date) -> ir.Table:
    return requests_by_kind(_done(requests, as_of))


@check(
    "RIG06",
    criterion="the notice; GDPR Art. 19",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("request_kind", "recipients_told_on"),
    at="recipients_told_on",
    about="rights",
    examines=_examined,
)
def recipients_not_told(
    requests: ir.Table, people: ir.Table, disclosures: ir.Table, as_of: date
) -> ir.Table:
    """
    Requests that were carried out, where those to whom the data had been given were not told.

    A correction, an erasure and a restriction are told to each recipient of the data. Only people
    who stand in the log of disclosures, on or before the day it was carried out, have recipients
    to be told; what the log cannot tell for certain is an observation, such as what was given of
    the organisation whose contact person asked.

    Where these are the `disclosures`:

    | customer | disclosed_on |
    | -------- | ------------ |
    | C1       | 2025-05-05   |
    | C3       | 2026-05-05   |

    Audited on 2026-11-22:

    | customer | request_kind  | executed_on | recipients_told_on | result        |
    | -------- | ------------- | ----------- | ------------------ | ------------- |
    | C1       | rectification | 2026-03-01  |                    | nonconformity |
    | C1       | rectification | 2026-03-01  | 2026-03-02         | conformity    |
    | C2       | rectification | 2026-03-01  |                    | conformity    |
    | C3       | rectification | 2026-03-01  |                    | conformity    |

    Grade: minor, since the register itself was mended.

    Remedy: tell every recipient of the correction, erasure or restriction, and record the day.
    Mending your own register alone is not enough.
    """
    asked = _done(requests, as_of)
    asked = asked.filter(~yes(asked.recipients_told_on_given))
    asked = asked.select("place", "row", "done_on", topic=kind_of(asked))
    given_out = disclosures.select(
        other_place=disclosures.place, other_row=disclosures.row, out_on=disclosures.disclosed_on
    )
    pairs = matches(people, ("requests",), ("disclosures",))
    pairs = pairs.select("place", "row", "other_place", "other_row", "certain")
    pairs = pairs.union(_of_the_customer(people))
    found = asked.inner_join(pairs, ["place", "row"])
    found = found.inner_join(given_out, ["other_place", "other_row"])
    found = found.filter(~yes(found.out_on > found.done_on))
    sure = found.certain & found.out_on.notnull()
    found = found.mutate(sure=sure.cast("int8")).group_by("row")
    found = found.agg(sure=lambda t: t.sure.max(), topic=lambda t: t.topic.max())
    return found.mutate(
        result=ibis.ifelse(found.sure > 0, str(Result.NONCONFORMITY), str(Result.OBSERVATION)),
        detail=ibis.literal("given to a recipient before"),
    )


def _of_the_customer(people: ir.Table) -> ir.Table:
    """Requests beside disclosures of the same customer: of a contact person's data, perhaps."""
    out = numbers(people, ("disclosures",)).rename({"other_place": "place", "other_row": "row"})
    both = numbers(people, ("requests",)).inner_join(out, "customer")
    return both.select(
        "place", "row", "other_place", "other_row", certain=ibis.literal(value=False)
    )
