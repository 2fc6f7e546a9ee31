"""Transparency: the same passage twice."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import clause_words, passages, remark
from audit.notice.review.remark import Remark


@check(
    "NOT33",
    criterion="GDPR Art. 12(1)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def duplicate_passages(notice: Notice) -> Iterator[Remark]:
    """
    Notices that say the same thing more than once, word for word.

    A notice is to be concise. Two copies of a passage are also two to keep up to date.

    | clauses                                                                                                                                                | result      |
    | ------------------------------------------------------------------------------------------------------------------------------------------------------ | ----------- |
    | Tietoja ei luovuteta yrityksen ulkopuolelle muuten kuin laskutusta varten., Tietoja ei luovuteta yrityksen ulkopuolelle muuten kuin laskutusta varten. | observation |
    | Nimi., Nimi.                                                                                                                                           | conformity  |

    Remedy: keep one of them.
    """
    copies = [clause for clause in notice.clauses if clause.same_as]
    for clause in copies:
        yield remark(notice, clause.id)
    # The contact person's row may well repeat the controller's.
    covered = set(notice.controller.clauses)
    covered |= {other for clause in copies for other in clause.same_as}
    seen: dict[str, str] = {}
    for passage in passages(notice):
        words = clause_words(passage.text).casefold()
        # Short passages repeat by chance: a name, a mailbox, "not applicable".
        if len(words) >= _LONG and passage.clause not in covered and words in seen:
            yield remark(notice, seen[words], passage.clause)
        seen.setdefault(words, passage.clause)


_LONG = 60
