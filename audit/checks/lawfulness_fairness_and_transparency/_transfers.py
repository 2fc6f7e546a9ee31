"""Where data may go: the areas, decisions and tools of GDPR Chapter V, on a given day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis

from audit.checks._shared import among, any_of, column
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["EEA", "EU", "adequate", "decided", "rule_of", "transfers"]

_AREAS = load("transfers")["areas"]
EU = frozenset(_AREAS["EU"]["countries"])
EEA = EU | frozenset(_AREAS["EEA"]["countries"])


def transfers(records: ir.Table, as_of: date) -> ir.Table:
    """
    Disclosures and processors whose country is told, with the day to judge them by as ``on``.

    A disclosure is judged by its own day; a processor's access by its last, which for one that
    still has it is the day of the audit. ``inside`` says that the country was no third country.
    """
    day = ibis.coalesce(
        column(records, "disclosed_on", "date"),
        ibis.least(ibis.coalesce(column(records, "access_until", "date"), as_of), as_of),
    )
    if "disclosed_on" in records.columns and "access_until" not in records.columns:
        day = records.disclosed_on
    found = records.filter(records.country.notnull()).mutate(on=day)
    transition = _AREAS["transition"]
    late = among(found.country, set(transition["countries"]))
    still = late & (found.on <= transition["valid_to"]).fill_null(False)
    return found.mutate(inside=among(found.country, EEA) | still)


def decided(found: ir.Table, decision: dict[str, Any]) -> ir.BooleanValue:
    """Whether a decision names the country and was in force on the day of the transfer."""
    return rule_of(found, decision) & (found.country == decision["country"])


def rule_of(found: ir.Table, rule: dict[str, Any]) -> ir.BooleanValue:
    """Whether a rule was in force on the day of the transfer; one without a day is as of now."""
    since, until = rule.get("valid_from"), rule.get("valid_to")
    held = ibis.literal(True)
    if since is not None:
        held = held & (found.on >= since)
    if until is not None:
        held = held & (found.on <= until)
    return held.fill_null(until is None)


def adequate(found: ir.Table) -> ir.BooleanValue:
    """Whether an adequacy decision covered the transfer on its day, whoever received it."""
    general = [d for d in load("transfers")["decisions"] if "certified" not in d]
    return any_of([decided(found, decision) for decision in general])
