"""
What a notice says that the data is used for, whoever has it.

A carrier that the notice names delivers, and a supplier abroad gives the help that the notice speaks of
there: neither is given the data for anything but what the notice tells.
"""

from __future__ import annotations

from audit.categories.lexicon import all_words
from audit.notice.declared.words import allowed_disclosures
from audit.notice.model import Notice

__all__ = ["told_uses"]


def told_uses(notice: Notice) -> frozenset[str]:
    """
    The purposes that the notice tells of its own use, and of transfers to the parties that it names.

    None of marketing and of research, which the person may forbid and expects of nobody else; and
    of its own use none, where it lists apart what data is given for.

    >>> from audit.notice.sketch import sketch
    >>> sorted(told_uses(sketch({"transfers": {"statement": "yes", "text": "Koe A/S har sin tekniska support i Schweiz."}})))
    ['technical']
    """
    texts = []
    if not _lists_disclosures(notice):
        texts += [clause.quote for clause in notice.clauses if "purpose" in clause.topics]
    if notice.transfers.statement in ("yes", "conditional"):
        texts.append(notice.transfers.text)
    return frozenset(key for text in texts for key in all_words("purpose", text)) - _OF_ANOTHER_KIND


def _lists_disclosures(notice: Notice) -> bool:
    """Whether a clause that names no recipient says what data is given for."""
    of_recipients = {name for item in notice.recipients for name in item.clauses}
    return any(
        not of_recipients.intersection(item.clauses)
        for item in allowed_disclosures(notice)
        if item.clauses and item.text
    )


_OF_ANOTHER_KIND = frozenset(
    {"direct_marketing", "market_research", "analytics", "personalisation", "value_added_service"}
)
