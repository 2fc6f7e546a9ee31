"""Rights of the data subject: refusals that lack what a refusal must hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.checks.rights_of_the_data_subject._kinds import kind_of, requests_by_kind
from audit.finding import Basis, Grade, Result

if TYPE_CHECKING:
    import ibis.expr.types as ir


def _is_refusal(requests: ir.Table) -> ir.BooleanValue:
    """Whether a request was refused, or sent back for its form with an answer: that refuses it as well."""
    sent_back = is_any(requests.outcome, ("form",)) & requests.answered_on.notnull()
    return is_any(requests.outcome, ("refused",)) | sent_back


def _is_refusal_in_part(requests: ir.Table) -> ir.BooleanValue:
    """Whether a request was refused, whole or in part."""
    return _is_refusal(requests) | is_any(requests.outcome, ("partly",))


def _refused(requests: ir.Table) -> ir.Table:
    """The refusals, whole or in part, with what was refused."""
    return requests_by_kind(requests.filter(_is_refusal_in_part(requests)))


@check(
    "RIG04",
    criterion="the notice; GDPR Art. 12(4)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("outcome", "refusal_reason|remedies_told|court_told"),
    at="outcome",
    about="rights",
    examines=_refused,
)
def refused_without_reasons(requests: ir.Table, given: frozenset[str]) -> ir.Table:
    """
    Refusals without reasons, or without the remedies.

    A refusal tells why, that one may complain to the supervisory authority, and that one may go to
    court. It is told within one month, for which there is no extension: a late one is RIG02's. A
    log that has no column for the remedies shows nothing against them. A partial refusal is an
    observation.

    | outcome | refusal_reason | remedies_told | court_told | result        |
    | ------- | -------------- | ------------- | ---------- | ------------- |
    | refused | law            | true          | true       | conformity    |
    | refused |                | true          | true       | nonconformity |
    | refused | law            | false         | true       | nonconformity |
    | refused | law            | true          |            | nonconformity |
    | granted |                |               |            | conformity    |

    Grade: major, since without them nobody can defend themselves.

    Remedy: send the reasons, and tell of the right to complain and to go to court. Handle the
    request again where the reason does not hold.
    """
    has_reason = requests.refusal_reason.notnull() & (requests.refusal_reason != "none")
    no_reason = ~has_reason.fill_null(False) & ibis.literal("refusal_reason" in given)
    not_told = ibis.literal(False)
    for name in ("remedies_told", "court_told"):
        not_told = not_told | (~requests[name].fill_null(False) & ibis.literal(name in given))
    detail = ibis.cases(
        (no_reason & not_told, "neither reasons nor remedies"),
        (no_reason, "no reasons"),
        else_="no remedies told",
    )
    result = ibis.cases(
        (_is_refusal(requests), str(Result.NONCONFORMITY)),
        else_=str(Result.OBSERVATION),
    )
    return requests.mutate(result=result, detail=detail, topic=kind_of(requests)).filter(
        _is_refusal_in_part(requests), no_reason | not_told
    )
