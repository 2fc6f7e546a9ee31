"""
Which right a request is about, for the clauses that promise one right and not another.

What each check examined is one row a record with its ``topic``, a key of the notice's rights: a
late answer about access says nothing of corrections, nor do requests say anything of refusals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.checks.rights_of_the_data_subject._deadline import NO_MONTH, is_any

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["each_of", "kind_of", "requests_by_kind", "requests_with_a_month"]

_OF_ONE_USE = ("marketing_objection", "publication_objection")  # objections all the same
_UNTOLD = "unread"


def kind_of(requests: ir.Table) -> ir.StringValue:
    """The right that a request is about; blank where the log does not tell."""
    kind = requests.request_kind
    return ibis.cases((kind.isin(_OF_ONE_USE), "objection"), (kind != _UNTOLD, kind))


def requests_by_kind(requests: ir.Table) -> ir.Table:
    """Every request with its kind."""
    return requests.select(topic=kind_of(requests))


def requests_with_a_month(requests: ir.Table) -> ir.Table:
    """The requests that are answered within a time, with their kinds."""
    return requests_by_kind(requests.filter(~is_any(requests.request_kind, NO_MONTH)))


def each_of(records: ir.Table, topic: str) -> ir.Table:
    """Every record, all of one topic."""
    return records.select(topic=ibis.literal(topic))
