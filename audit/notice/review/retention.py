"""Defects of what a notice says of retention."""

from __future__ import annotations

from collections.abc import Iterator

from audit.notice.model import RetentionPeriod
from audit.notice.review.facts import Facts, Rule, Said
from audit.notice.review.periods import contradictions, ends_idle
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
_OF_WORK_YEARS = 10
_WORK_EVENTS = frozenset({"contract_end", "collection", "unspecified", None})
"""Events from which longer periods can be due: an assignment may bind for years."""
_RELATIONSHIP_EVENTS = frozenset(
    {"customer_relationship_end", "last_order", "last_contact", "visit", "membership_end"}
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
    return any(True for _ in _criteria(facts, "vague_retention"))


def until_customer_acts(facts: Facts) -> Said:
    """Whether data is kept until the person closes an account or asks."""
    acts = any(True for _ in _criteria(facts, "account_or_request"))
    return acts and not any(ends_idle(notice) for notice in facts.notices)


def by_statute(facts: Facts) -> Said:
    """Whether a statute stands in the place of a period."""
    return any(
        rule.event in (None, "unspecified", "fiscal_year_end") and not _has_period(facts, rule)
        for rule in _criteria(facts, "statute_reference")
    )


def _has_period(facts: Facts, rule: RetentionPeriod) -> bool:
    """Whether another rule says in years how long the same data is kept."""
    if rule.applies_to == "all":
        return False
    held = set(rule.applies_to)
    return any(
        other.kind == "fixed" and other.applies_to != "all" and held <= set(other.applies_to)
        for _, other in facts.rules
    )


def excessive(facts: Facts) -> Said:
    """Whether everything is kept for many years, and no ground is given."""
    for notice, rule in facts.rules:
        if rule.kind != "fixed" or rule.applies_to != "all":
            continue
        number, unit = rule.parts()
        years = number / {"Y": 1, "M": 12, "W": 52, "D": 365}[unit]
        of_work = years >= _OF_WORK_YEARS and rule.event in _WORK_EVENTS
        by_law = any(basis.key == "legal_obligation" for basis in notice.legal_bases)
        if years < _LONG_YEARS or not (
            rule.event in _RELATIONSHIP_EVENTS or (of_work and not by_law)
        ):
            continue
        own = mentions_within(notice, "retention_ground", rule.text, ())
        if not own and not mentions_within(notice, "retention_ground", "", rule.clauses):
            return True
    return False


def contradictory(facts: Facts) -> Said:
    """Whether two rules of a register cannot both hold."""
    return any(True for notice in facts.notices for _ in contradictions(notice))


def missing(facts: Facts) -> Said:
    """Whether a register has no period at all."""
    return any(all(rule.kind == "missing" for rule in notice.retention) for notice in facts.notices)
