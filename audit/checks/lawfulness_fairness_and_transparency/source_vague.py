"""Transparency: sources that could be anybody."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import find, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT31",
    criterion="GDPR Art. 14(2)(f), 14(5)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def source_vague(notice: Notice) -> Iterator[Remark]:
    """
    Notices that name authorities, companies or other sources without saying which.

    People must be told from whom their data came. "Authorities and companies" and "other sources"
    tell nobody. A named body, or a kind that narrows it down, such as the trade register, is
    enough.

    | clauses                                                       | sources   | result        |
    | ------------------------------------------------------------- | --------- | ------------- |
    | Tietoja saadaan viranomaisilta ja muista lähteistä.           | authority | nonconformity |
    | Tietoja saadaan viranomaisilta (Digi- ja väestötietovirasto). | authority | conformity    |
    | Tietoja saadaan asiakkaalta.                                  | customer  | conformity    |

    Remedy: name the sources, or the kind of source so that one can tell.
    """
    clauses = {clause for source in notice.sources for clause in source.clauses}
    named = pattern("named_source", notice.language)
    seen: set[str] = set()
    for found in find(notice, "vague_source", within=clauses):
        if found.passage.clause not in seen and not named.search(found.quote):
            seen.add(found.passage.clause)
            yield remark(notice, found=found, source=found.words)
