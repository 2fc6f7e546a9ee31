"""
What a notice says that the data is used for, whoever has it.

A carrier that the notice names delivers, and a supplier abroad gives the help that the notice speaks of
there: neither is given the data for anything but what the notice tells.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit.categories._text import fold
from audit.categories.lexicon import all_words, words_inside
from audit.notice.declared.words import allowed_disclosures
from audit.notice.lexicon import of_any
from audit.notice.model import Notice

__all__ = ["told_uses"]


def told_uses(notice: Notice) -> frozenset[str]:
    """
    The purposes that the notice tells of its own use, beside its recipients, and of their transfers.

    None of marketing and of research, which the person may forbid and expects of nobody else; and
    of its own use none, where it lists apart what data is given for.

    >>> from audit.notice.sketch import sketch
    >>> sorted(told_uses(sketch({"transfers": {"statement": "yes", "text": "Koe A/S har sin tekniska support i Schweiz."}})))
    ['technical']
    """
    texts = _beside_recipients(notice)
    if not _lists_disclosures(notice):
        texts += [clause.quote for clause in notice.clauses if "purpose" in clause.topics]
    if notice.transfers.statement in ("yes", "conditional"):
        texts.append(notice.transfers.text)
    found = {key for text in texts for key in all_words("purpose", text)}
    # "Apotek | medicinleverans": what a row says of a recipient may be a compound.
    found |= {key for text in _rows(texts) for key in words_inside("purpose", text)}
    # "Bokningssystemet levereras av Stallplan": whoever has a system keeps it and helps with it.
    if any(_SYSTEMS.intersection(all_words("parties", text)) for text in texts):
        found |= _IN_SYSTEMS
    return frozenset(found - _OF_ANOTHER_KIND)


def _beside_recipients(notice: Notice) -> list[str]:
    """
    What the clauses that name recipients say besides: "to Siffersmedjan (bokföring)".

    A clause that denies something tells nothing of what data is given for.
    """
    named = {name for item in notice.recipients if item.role != "staff" for name in item.clauses}
    said = [clause.quote for clause in notice.clauses if clause.id in named and clause.quote]
    return [quote for quote in said if not of_any("cookies", "denies").search(fold(quote))]


def _rows(texts: Iterable[str]) -> list[str]:
    """The texts that are a row of a table."""
    return [text for text in texts if " | " in text]


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
_SYSTEMS = frozenset({"it_service", "hosting"})
_IN_SYSTEMS = frozenset({"technical", "hosting"})
