"""What the criteria of a retention rule amount to."""

from __future__ import annotations

from audit.notice.model import Notice, RetentionPeriod
from audit.notice.review.phrases import mentions_within

__all__ = ["until_person_acts"]


def until_person_acts(notice: Notice, rule: RetentionPeriod) -> bool:
    """
    Whether data is kept until the person closes an account or asks for its erasure.

    That consent ends with its withdrawal is no such period: it is what the law says.
    """
    if rule.kind != "criteria":
        return False
    return mentions_within(notice, "account_or_request", rule.text, rule.clauses)
