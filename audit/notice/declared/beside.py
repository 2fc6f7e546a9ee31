"""
What a notice says of a recipient behind its name: *the supplier of the mail service for the newsletter*.

A recipient is read as the words that name it; what it is there for stands after them in the clause.
"""

from __future__ import annotations

from collections.abc import Iterable

from audit.categories._text import fold
from audit.notice.lexicon import of_any
from audit.notice.stated import Clause
from audit.notice.values import Recipient

__all__ = ["named_with_what_for"]


def named_with_what_for(item: Recipient, clauses: Iterable[Clause]) -> str:
    """
    The words that name a recipient, and after them those that say what it is there for.

    >>> quote = "Uppgifterna behandlas av leverantören av e-posttjänsten för nyhetsbrevet och av bokföraren."
    >>> clause = Clause(id="C1", heading="", promise="", kinds=(), quote=quote)
    >>> item = Recipient(key="it_provider", text="leverantören av e-posttjänsten", clauses=("C1",))
    >>> named_with_what_for(item, [clause])
    'leverantören av e-posttjänsten för nyhetsbrevet'
    """
    said = fold(item.text)
    for clause in clauses:
        if clause.id not in item.clauses:
            continue
        quote = fold(clause.quote)
        at = quote.find(said)
        behind = of_any("beside", "what_for").match(quote, at + len(said)) if at >= 0 else None
        if behind is not None:
            return item.text + of_any("beside", "and").split(behind[0])[0]
    return item.text
