"""What the criteria of a retention rule amount to."""

from __future__ import annotations

from audit.notice.model import Notice, RetentionPeriod
from audit.notice.review.phrases import mentions_within

__all__ = ["until_person_acts"]


def until_person_acts(notice: Notice, rule: RetentionPeriod) -> bool:
    """Whether data is kept until the person does something: closes an account, unsubscribes, asks."""
    if rule.kind != "criteria":
        return False
    return mentions_within(notice, "until_customer_acts", rule.text, rule.clauses)
