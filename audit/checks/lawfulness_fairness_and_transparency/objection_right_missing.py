"""Transparency: the right to object that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import passages, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT20",
    criterion="GDPR Art. 21(1), 21(4), 13(2)(b)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def objection_right_missing(notice: Notice) -> Iterator[Remark]:
    """
    Notices that rest on a legitimate interest, or have a section on objection, without the right to object.

    Whoever relies on a legitimate interest must bring the right to object to people's attention,
    clearly and apart from other information. A section that is headed by it and speaks of other
    rights does not. A right to forbid marketing alone is part of it.

    | legal_bases          | rights            | result        |
    | -------------------- | ----------------- | ------------- |
    | legitimate_interests | access            | nonconformity |
    | legitimate_interests | access, objection | conformity    |
    | contract             | access            | conformity    |

    Remedy: write the right to object in a section of its own, that to object to marketing with it.
    """
    heading = pattern("heading_objection", notice.language)
    words = pattern("objection_words", notice.language)
    own = [p for p in passages(notice) if heading.search(p.heading)]
    if own and not any(words.search(passage.text) for passage in own):
        yield remark(notice, *(passage.clause for passage in own), detail="row_without_right")
        return
    claimed = [b for b in notice.legal_bases if b.key == "legitimate_interests"]
    if claimed and not any(right.key == "objection" for right in notice.rights):
        yield remark(notice, *claimed[0].clauses, detail="missing")
