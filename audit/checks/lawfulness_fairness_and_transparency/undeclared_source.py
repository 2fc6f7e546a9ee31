"""Lawfulness and transparency: data from a source that the notice does not name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.categories.lexicon import FIRM
from audit.checks._shared import (
    among,
    before_the_notice,
    column,
    contains_any,
    in_own_words,
)
from audit.finding import Basis, Grade, Result
from audit.notice.declared.in_words import (
    described_as_sources,
    firms_of_sources,
    sources_beside,
    sources_in_words,
)
from audit.notice.declared.words import firms_as_sources, sources
from audit.notice.model import Exhaustive, Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

_OWN = {"customer_registration", "customer_report"}
#: What the customer relationship itself brings about, and what nobody recorded (SRC02).
_NO_SOURCES = {"relationship", "untold"}


@check(
    "SRC01",
    criterion="the notice; GDPR Art. 14(2)(f), 15(1)(g), 5(1)(a)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    needs=("source",),
    at="source",
    tables=("source_log", "customers", "contacts"),
    promised="sources",
)
def undeclared_source(records: ir.Table, notice: Notice, as_of: date) -> ir.Table:
    """
    Data from a source that the notice does not name, or beyond what the notice takes from it.

    What people tell themselves counts as one source, in whatever way they told it. A notice that
    takes only names and contact details from a source promises that nothing else comes from it.
    A firm is told by its name, or by what kind its name tells, and a source that no lexicon knows by the notice's own words for it.
    Against an open list of sources an undeclared one is an observation, and one in unknown words is
    not assessed; nor is one that a tenth of the records has, which may be the person in the trade's own
    word, or that a quarter has, which may be a firm of a kind that the notice has. A blank is SRC02's. What was obtained before the notice was drawn up
    is not assessed: an earlier one applied.

    With a notice that says data comes from the customer and names and contacts from authorities,
    audited on 2026-11-22:

    | source          | field          | result        |
    | --------------- | -------------- | ------------- |
    | customer_report |                | conformity    |
    | authority       | postal_address | conformity    |
    | authority       | date_of_birth  | nonconformity |
    | bought_list     |                | nonconformity |
    | firm:muu        |                | nonconformity |
    | said:rengaskone |                | nonconformity |
    | unread          |                | not_assessed  |

    Grade: minor.

    Remedy: record where the data came from and tell the people within a month; stop using a source
    that the notice does not name. A new sentence in the notice alone is not enough.
    """
    records = _with_share(records)
    declared = sources(notice)
    firms = firms_as_sources(notice) | described_as_sources(notice)
    known = set(declared) | _NO_SOURCES | {f"{FIRM}{name}" for name in firms}
    known |= sources_beside(notice)
    if known & _OWN:
        known |= _OWN
    closed = notice.exhaustive.sources is Exhaustive.YES
    field = column(records, "field")
    told = field.notnull() & ~among(field, {"unread", "technical"})
    beyond = ibis.literal(False)
    for source, limits in declared.items():
        if limits:
            beyond = beyond | (
                among(records.source, {source}) & told & ~among(field, frozenset(limits))
            )
    undeclared = records.source.notnull() & ~among(records.source, known)
    earlier = before_the_notice(records, "obtained_on", notice, as_of) & (undeclared | beyond)
    said = in_own_words(records.source)
    undeclared = undeclared & ~_is_of_a_kind(records.source, notice)
    undeclared = undeclared & ~(said & contains_any(records.source, sources_in_words(notice)))
    result = ibis.cases(
        (records.source == "unread", str(Result.NOT_ASSESSED)),
        (said & undeclared & (records.usual | ibis.literal(not closed)), str(Result.NOT_ASSESSED)),
        # A firm of which every fourth record is may be of a kind that the notice has.
        (undeclared & records.often & _is_a_firm(records.source), str(Result.NOT_ASSESSED)),
        (earlier, str(Result.NOT_ASSESSED)),
        (undeclared, str(Result.NONCONFORMITY if closed else Result.OBSERVATION)),
        (beyond, str(Result.NONCONFORMITY)),
    )
    detail = ibis.cases(
        (earlier, "before the notice"), (beyond, "more than the notice takes from it")
    )
    found = records.mutate(result=result, detail=detail)
    return found.filter(found.result.notnull())


def _is_of_a_kind(source: ir.StringValue, notice: Notice) -> ir.BooleanValue:
    """Whether a firm's name tells that it is of a kind which the notice has among its sources."""
    return contains_any(source, firms_of_sources(notice), f"^{FIRM}{{}}", f"^{FIRM}.* {{}}")


def _is_a_firm(source: ir.StringValue) -> ir.BooleanValue:
    return source.startswith(FIRM).fill_null(False)


def _with_share(records: ir.Table) -> ir.Table:
    """The records with ``often``, whether their source is that of a quarter of them; ``usual``, of a tenth."""
    sources_of = records.filter(records.source.notnull())
    each = sources_of.group_by(its_source=sources_of.source).agg(times=sources_of.count())
    whole = sources_of.agg(of_all=sources_of.count())
    counted = records.left_join(each, records.source == each.its_source).cross_join(whole)
    often = (counted.times >= _SOME) & (counted.times * _A_QUARTER >= counted.of_all)
    usual = (counted.times >= _SEVERAL) & (counted.times * _A_TENTH >= counted.of_all)
    return counted.mutate(often=often.fill_null(False), usual=(often | usual).fill_null(False))


_SOME, _A_QUARTER = 3, 4
_SEVERAL, _A_TENTH = 5, 10
