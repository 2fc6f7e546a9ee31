"""Defects of what a notice says of retention."""

from __future__ import annotations

from collections.abc import Iterator

from audit.notice.model import RetentionPeriod
from audit.notice.review.facts import Facts, Rule, Said
from audit.notice.review.phrases import mentions_within

__all__ = [
    "by_statute",
    "contradictory",
    "excessive",
    "missing",
    "of_kind",
    "until_customer_acts",
    "vague",
]

_LONG_YEARS = 8
_RELATIONSHIP_EVENTS = frozenset(
    {"customer_relationship_end", "last_order", "last_contact", "visit"}
)


def of_kind(kind: str) -> Rule:
    """A rule that there is a period of that kind."""
    return lambda facts: any(rule.kind == kind for _, rule in facts.rules)


def _criteria(facts: Facts, name: str) -> Iterator[RetentionPeriod]:
    for notice, rule in facts.rules:
        if rule.kind == "criteria" and mentions_within(notice, name, rule.text, rule.clauses):
            yield rule


def vague(facts: Facts) -> Said:
    """Whether criteria lead to no day."""
    statute = list(_criteria(facts, "statute_reference"))
    return any(rule not in statute for rule in _criteria(facts, "vague_retention"))


def until_customer_acts(facts: Facts) -> Said:
    """Whether data is kept until the person closes an account or asks."""
    return any(True for _ in _criteria(facts, "account_or_request"))


def by_statute(facts: Facts) -> Said:
    """Whether a statute stands in the place of a period."""
    return any(
        rule.event in (None, "unspecified", "fiscal_year_end")
        for rule in _criteria(facts, "statute_reference")
    )


def excessive(facts: Facts) -> Said:
    """Whether everything is kept for many years, and no ground is given."""
    for notice, rule in facts.rules:
        if rule.kind != "fixed" or rule.applies_to != "all":
            continue
        number, unit = rule.parts()
        years = number / {"Y": 1, "M": 12, "W": 52, "D": 365}[unit]
        if years < _LONG_YEARS or rule.event not in _RELATIONSHIP_EVENTS:
            continue
        own = mentions_within(notice, "retention_ground", rule.text, ())
        if not own and not mentions_within(notice, "retention_ground", "", rule.clauses):
            return True
    return False


def contradictory(facts: Facts) -> Said:
    """Two rules for all data of one register that cannot both hold, or one denied elsewhere."""
    for notice in facts.notices:
        general = [rule for rule in notice.retention if rule.applies_to == "all"]
        kinds = {rule.kind for rule in general}
        if "indefinite" in kinds and len(kinds) > 1:
            return True
        periods = {(rule.period, rule.event) for rule in general if rule.kind == "fixed"}
        if len(periods) > len({event for _, event in periods}):
            return True
    return False


def missing(facts: Facts) -> Said:
    """Whether a register has no period at all."""
    return any(all(rule.kind == "missing" for rule in notice.retention) for notice in facts.notices)
