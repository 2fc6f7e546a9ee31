"""Accountability: a processor that had the data before there was an agreement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.categories.lexicon import party_name
from audit.checks._shared import among, column
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NO_PROCESSORS = {"authority", "data_subject", "staff"}
# Who works on the data for the controller; a carrier, a bank and a collector act for themselves.
_PROCESSORS = {
    *("hosting", "it_service", "newsletter", "printing", "customer_service", "analytics"),
    *("financial_administration", "invoicing", "acting_company", "subcontractor"),
}


@check(
    "REC03",
    criterion="GDPR Art. 28(3), 5(2)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="records",
    needs=(
        "agreement_on|agreement_state|processors.agreement_on|processors.agreement_state",
        "agreement_on|agreement_state|employer",
    ),
    at="agreement_on|agreement_state",
    tables=("processors", "disclosures", "access_list"),
)
def processor_without_agreement(
    records: ir.Table,
    notice: Notice | None,
    given: frozenset[str],
    as_of: date,
    processors: ir.Table | None = None,
    disclosures: ir.Table | None = None,
    access_list: ir.Table | None = None,
) -> ir.Table:
    """
    Processors without an agreement, or with one dated after they got at the data.

    An agreement of the same day is in time. One that is noted but undated is not assessed; one
    dated after the audit, and a draft, is not there yet. An authority is no processor, nor is a firm
    that the list calls a controller, that gets no personal data or that needs none. Where the list of
    processors does not say when access began, the first disclosure to the firm does, or the first
    access right of its people.

    A log of disclosures may carry the agreement itself: it is held against firms that work for the
    controller, such as a host or an accountant. Another firm whose people have access, and that the
    list of processors does not have at all, is an observation, once.

    Audited on 2026-11-22:

    | recipient | agreement_on | access_from | result        |
    | --------- | ------------ | ----------- | ------------- |
    | luku      | 2021-03-01   | 2021-03-01  | conformity    |
    | pilvi     | 2021-03-02   | 2021-03-01  | nonconformity |
    | kirje     |              | 2022-05-01  | nonconformity |
    | palvelin  | 2019-01-01   |             | conformity    |

    Grade: major.

    Remedy: make the agreement, and find out what the processor did before it; until then, close its
    access. An agreement dated backwards is not enough.
    """
    if {"agreement_on", "agreement_state"} & given:
        return _signed(records, given, as_of, disclosures, access_list)
    return _unlisted(records, notice, processors)


def _signed(
    records: ir.Table,
    given: frozenset[str],
    as_of: date,
    disclosures: ir.Table | None,
    access_list: ir.Table | None,
) -> ir.Table:
    """The firms whose agreement is missing, or later than their access."""
    if "disclosed_on" in given:
        found = records.filter(_is_processor(records)).mutate(since=records.disclosed_on)
    else:
        found = _since(records, disclosures, access_list)
    signed, since = found.agreement_on, found.since
    state = column(found, "agreement_state")
    unsigned = among(state, {"missing"})
    told = found.agreement_on_given.fill_null(False) | among(state, {"made"})
    undated = signed.isnull() & told & ~unsigned
    late = ((signed > since) | (signed > as_of)).fill_null(False)
    missing = signed.isnull() & ~undated
    result = ibis.cases(
        (undated, str(Result.NOT_ASSESSED)), (late | missing, str(Result.NONCONFORMITY))
    )
    detail = ibis.cases(
        (undated, "undated"), (missing, "no agreement"), else_="agreement after access"
    )
    found = found.mutate(result=result, detail=detail)
    acts_alone = among(column(found, "acts_as"), {"controller", "no_data"})
    acts_alone |= among(state, {"needless", "no_data"}) | among(
        column(found, "service"), {"no_data"}
    )
    none = among(found.recipient_kind, _NO_PROCESSORS) | acts_alone | _before_the_law(found)
    return found.filter(found.result.notnull(), ~none)


def _before_the_law(records: ir.Table) -> ir.BooleanValue:
    """Whether a firm's access had ended before Article 28 applied."""
    return (column(records, "access_until") < _ARTICLE_28_SINCE).fill_null(False)


_ARTICLE_28_SINCE = date(2018, 5, 25)


def _since(
    records: ir.Table, disclosures: ir.Table | None, access_list: ir.Table | None
) -> ir.Table:
    """The processors with ``since``: when access began, or where that is not told, its first sign."""
    found = records.mutate(since=records.access_from)
    for name, table, firm, day in (
        ("given_out", disclosures, "recipient", "disclosed_on"),
        ("let_in", access_list, "employer", "access_from"),
    ):
        if table is None:
            continue
        dated = table.filter(table[firm].notnull(), table[day].notnull())
        first = dated.group_by(**{f"{name}_to": dated[firm]}).agg(**{name: dated[day].min()})
        found = found.left_join(first, found.recipient == first[f"{name}_to"])
        told = found.access_from.notnull()
        earlier = (found[name] < found.since).fill_null(found.since.isnull()) & ~told
        found = found.mutate(since=ibis.ifelse(earlier, found[name], found.since))
    return found


def _is_processor(records: ir.Table) -> ir.BooleanValue:
    """Whether a recipient is of a kind that works for the controller."""
    purpose = among(column(records, "purpose"), {"hosting", "technical", "printing"})
    return among(records.recipient_kind, _PROCESSORS) | (records.recipient_kind.isnull() & purpose)


def _unlisted(accounts: ir.Table, notice: Notice | None, processors: ir.Table | None) -> ir.Table:
    """The first account of each other firm that the list of processors does not have."""
    own = {party_name(notice.controller.name)} if notice is not None else set()
    ours = among(accounts.employer, own) | among(accounts.employer_kind, {"staff"})
    unknown = accounts.filter(accounts.employer.notnull(), ~ours)
    if processors is not None:
        listed = processors.filter(processors.recipient.notnull())
        unknown = unknown.filter(~unknown.employer.isin(listed.recipient))
    # A firm that trades under another name than the notice has is told by its many accounts.
    counted = accounts.group_by("employer").agg(accounts=accounts.count())
    most = counted.agg(most=counted.accounts.max())
    first = unknown.group_by("employer").agg(row=unknown.row.min(), accounts=unknown.count())
    first = first.cross_join(most)
    first = first.filter(first.accounts < first.most).select("row")
    return first.mutate(
        result=ibis.literal(str(Result.OBSERVATION)),
        detail=ibis.literal("not on the list of processors"),
    )
