"""Lawfulness and transparency: data taken outside the area that the notice promises."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._recipients import is_named
from audit.checks._shared import among, before_the_notice, column
from audit.checks.lawfulness_fairness_and_transparency._transfers import EU, adequate, transfers
from audit.finding import Basis, Grade, Result
from audit.notice.declared.destinations import (
    destinations,
    excepted_firms,
    excepts_countries,
    no_others,
)
from audit.notice.declared.words import named_parties
from audit.notice.lexicon import says
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

_ADEQUACY = {"adequacy", "adequacy_decision"}
_NECESSITY = {"technical_necessity", "technical", "hosting"}


@check(
    "TRF01",
    criterion="the notice; GDPR Art. 13(1)(f), 5(1)(a)",
    basis=Basis.NOTICE,
    grade=Grade.MAJOR,
    unit="records",
    needs=("country",),
    at="country",
    tables=("disclosures", "processors"),
    promised="transfers",
)
def undeclared_third_country(records: ir.Table, notice: Notice, as_of: date) -> ir.Table:
    """
    Transfers to a country that the notice says data is not taken to.

    Åland, Martinique and Réunion are inside the Union; Iceland, Liechtenstein and Norway are inside
    the European Economic Area, which against a notice that says "EU" is an observation. The
    notice's own exception ("unless technically necessary") satisfies the notice where the record
    names it; whether the transfer is lawful is TRF02's question. A country that nobody could read
    is not assessed. Where the notice names a country, with a firm or alone, that is no deviation; where
    it says that data goes to no other, whatever else is, and where it does not say so, another country
    is an observation. A transfer before the notice was drawn up is not assessed: an earlier one applied.

    With a notice that says nothing leaves the European Union, audited on 2026-11-22:

    | country | result        |
    | ------- | ------------- |
    | FI      | conformity    |
    | AX      | conformity    |
    | NO      | observation   |
    | US      | nonconformity |
    | GI      | nonconformity |
    | unread  | not_assessed  |
    |         | conformity    |

    Grade: major.

    Remedy: find out the country, the recipient and the ground of the transfer; without a ground,
    suspend it. "Technical necessity" is no ground in law.
    """
    found = transfers(records, as_of)
    unread = found.country == "unread"
    said = notice.transfers
    only_if = bool(said.exception and said.safeguards)  # "only with standard clauses"
    named_alone = bool(destinations(notice)) and no_others(notice)  # "to the USA, nowhere else"
    declared = said.statement == "yes" and not only_if and not named_alone
    if declared and not destinations(notice):  # only what nobody could read is left to say
        return found.filter(unread).mutate(result=ibis.literal(str(Result.NOT_ASSESSED)))
    excepted = ibis.literal(False)
    if said.exception or said.statement == "conditional":
        reasons = [column(found, name) for name in ("safeguard", "purpose", "legal_ground")]
        needed = says("necessity", "needed", said.exception or said.text)
        for reason in reasons if needed and (said.exception or not said.safeguards) else []:
            excepted = excepted | among(reason, _NECESSITY)
        recorded = column(found, "safeguard")
        if said.safeguards:  # "except with standard contractual clauses": those that it names
            named = set(said.safeguards)
            if _ADEQUACY & named:  # "or to a country with an adequate level of protection"
                named |= _ADEQUACY
                excepted = excepted | adequate(found)
            excepted = excepted | among(recorded, named)
        elif not said.exception:  # "only with safeguards": any that is recorded
            excepted = excepted | (recorded.notnull() & ~among(recorded, {"none", "unread"}))
    if named_alone or excepts_countries(notice):
        excepted = ibis.literal(False)
    excepted = excepted | (_anywhere(found, notice) if declared else _named(found, notice))
    # "Except through Florafax", wherever it sends; "except to Florafax in Switzerland" is there alone.
    firms = frozenset() if excepts_countries(notice) else excepted_firms(notice)
    excepted = excepted | is_named(column(found, "recipient"), firms)
    at_home = among(found.country, EU) if said.area == "EU" else found.inside
    union = found.inside & ~among(found.country, EU) & (found.country != "GB")
    result = ibis.cases(
        (unread, str(Result.NOT_ASSESSED)),
        (before_the_notice(found, "disclosed_on", notice, as_of), str(Result.NOT_ASSESSED)),
        (union | ibis.literal(declared), str(Result.OBSERVATION)),
        else_=str(Result.NONCONFORMITY),
    )
    detail = ibis.literal("country: ").concat(found.country)
    outside = ~at_home & ~excepted & ~(found.inside & (found.country == "GB"))
    return found.mutate(result=result, detail=detail).filter(outside | unread)


def _anywhere(found: ir.Table, notice: Notice) -> ir.BooleanValue:
    """Whether the notice names the country, whoever gets the data there."""
    return among(found.country, {country for country, *_ in destinations(notice)})


def _named(found: ir.Table, notice: Notice) -> ir.BooleanValue:
    """Whether the notice itself names the country, for this recipient or for any."""
    name = column(found, "recipient")
    untold = column(found, "recipient_kind").isnull() & column(found, "service").isnull()
    untold &= ~is_named(name, named_parties(notice))
    told = ibis.literal(False)
    for country, firm, kinds in destinations(notice):
        here = found.country == country
        if firm is not None:
            of_kind = [among(column(found, of), kinds) for of in ("recipient_kind", "service")]
            # "Some laboratories are in Switzerland": whose name tells no kind may be one.
            may_be = untold if kinds else ibis.literal(False)
            here = here & (is_named(name, frozenset({firm})) | of_kind[0] | of_kind[1] | may_be)
        told = told | here
    return told.fill_null(False)
