"""Lawfulness: transfers to third countries that rest on none of the law's grounds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._shared import among, any_of
from audit.checks.lawfulness_fairness_and_transparency._transfers import (
    adequate,
    decided,
    rule_of,
    transfers,
)
from audit.finding import Basis, Grade, Result
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "TRF02",
    criterion="GDPR Art. 44, 45, 46, 49",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="records",
    needs=("country", "safeguard|certified|legal_ground"),
    at="country",
    tables=("disclosures", "processors"),
)
def transfer_without_safeguard(records: ir.Table, given: frozenset[str], as_of: date) -> ir.Table:
    """
    Transfers to a third country without an adequacy decision or a tool of Article 46.

    Each is judged by its own day: the decision must have been in force then, and cover the
    recipient. Of the United States only recipients certified under the Data Privacy Framework are
    covered, from 10 July 2023; whether they are is not assessed where nobody noted it. Standard
    contractual clauses and binding corporate rules are tools; the Privacy Shield ended on 16 July
    2020, and the old clauses on 27 December 2022. Consent and contract are derogations for
    particular situations (Art. 49): an observation. "Technical necessity" is none of these. A list
    that has grounds of disclosures, and no column for what transfers rest on, says nothing of it by
    a ground that is silent: that is not assessed.

    Audited on 2026-11-22:

    | country | disclosed_on | safeguard                    | certified | result        |
    | ------- | ------------ | ---------------------------- | --------- | ------------- |
    | CH      | 2024-02-01   |                              |           | conformity    |
    | IN      | 2024-02-01   | standard_contractual_clauses |           | conformity    |
    | IN      | 2024-02-01   | technical_necessity          |           | nonconformity |
    | US      | 2024-02-01   |                              | true      | conformity    |
    | US      | 2024-02-01   |                              |           | not_assessed  |
    | US      | 2022-02-01   | privacy_shield               |           | nonconformity |
    | NO      | 2024-02-01   |                              |           | conformity    |

    Grade: major.

    Remedy: find out the country, the recipient and the ground of the transfer; without a ground,
    suspend it. "Technical necessity" in the notice is not enough.
    """
    rules = load("transfers")
    found = transfers(records, as_of)
    safeguard = found.safeguard
    particular = [d for d in rules["decisions"] if "certified" in d]
    covered = any_of(
        [
            decided(found, d)
            & (found.certified | among(safeguard, {d["certified"]})).fill_null(False)
            & (found.certified.fill_null(True) | found.certified.isnull())
            for d in particular
        ]
    )
    tools = any_of(
        [among(safeguard, {tool["word"]}) & rule_of(found, tool) for tool in rules["tools"]]
    )
    unnoted = any_of([decided(found, d) for d in particular]) & found.certified.isnull()
    silent = safeguard.isnull() | among(safeguard, {"adequacy"})
    unasked = "legal_ground" in given and given.isdisjoint(("safeguard", "certified"))
    result = ibis.cases(
        (found.country == "unread", str(Result.NOT_ASSESSED)),
        (found.inside | adequate(found) | covered | tools, "conformity"),
        (among(safeguard, {"unread"}) | (unnoted & silent), str(Result.NOT_ASSESSED)),
        (safeguard.isnull() & ibis.literal(unasked), str(Result.NOT_ASSESSED)),
        (among(safeguard, set(rules["derogations"]["words"])), str(Result.OBSERVATION)),
        else_=str(Result.NONCONFORMITY),
    )
    detail = ibis.literal("country: ").concat(found.country)
    found = found.mutate(result=result, detail=detail)
    return found.filter(found.result != "conformity")
