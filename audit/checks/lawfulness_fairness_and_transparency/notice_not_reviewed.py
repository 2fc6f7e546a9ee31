"""Transparency: a notice that has grown old."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import passages, remark
from audit.notice.review.remark import Remark
from audit.plan import Plan


@check(
    "NOT02",
    criterion="GDPR Art. 12(1), 5(2)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def notice_not_reviewed(notice: Notice, plan: Plan, as_of: date) -> Iterator[Remark]:
    """
    Notices that are undated, or were last reviewed longer ago than the plan allows.

    Law, services and the authority change; a notice that nobody has looked at for two years seldom
    still says what is done. How many months are allowed stands in the plan
    (`notice_review_months`). Age alone is an observation; a notice without a date, of which nobody
    can say when it applied, is a nonconformity.

    Audited on 2026-11-22:

    | dated      | result        |
    | ---------- | ------------- |
    | 2020-01-08 | observation   |
    | 2024-11    | conformity    |
    | 2024-11-22 | conformity    |
    | 2024-11-21 | observation   |
    |            | nonconformity |

    Remedy: review the notice against what is done, and date it; a new date on the old text is not
    enough.
    """
    if not notice.dated:
        yield remark(notice, detail="undated", level="minor")
        return
    year, month, *day = (int(part) for part in notice.dated.split("-"))
    last = monthrange(year, month)[1]
    dated = date(year, month, day[0] if day else last)
    limit = year * 12 + month - 1 + plan.notice_review_months
    until = date(limit // 12, limit % 12 + 1, 1)
    until = until.replace(day=min(dated.day, monthrange(until.year, until.month)[1]))
    if as_of > until:
        day_words = re.compile(rf"\b0?{dated.day}\.\s?0?{month}\.\s?{year}\b|{notice.dated}")
        said = [p.clause for p in passages(notice) if day_words.search(p.text)]
        yield remark(notice, *said[:1], detail="old", dated=notice.dated)
