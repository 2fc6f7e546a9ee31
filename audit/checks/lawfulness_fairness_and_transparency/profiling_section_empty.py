"""Transparency: profiling that is described and not declared."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import find, mentions, remark
from audit.notice.review.remark import Remark


@check(
    "NOT24",
    criterion="GDPR Art. 13(2)(f), 4(4), 22",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def profiling_section_empty(notice: Notice) -> Iterator[Remark]:
    """
    Notices that describe profiling, and say nothing, or the contrary, of it where they should.

    Targeted advertising, credit decisions, audiences and recommendations are profiling whatever
    they are called. A blank section is no denial. Whoever declares profiling or automated
    decisions says also by what logic, and what follows for people.

    | automated_decisions | clauses                                          | result        |
    | ------------------- | ------------------------------------------------ | ------------- |
    | unstated            | Kohdennamme mainontaa ostohistorian perusteella. | nonconformity |
    | declared_none       | Lähetämme kohdennettuja tarjouksia.              | nonconformity |
    | declared_none       | Emme profiloi.                                   | conformity    |
    | unstated            | Toimitamme tilaukset.                            | conformity    |

    Remedy: say whether there is profiling, by what logic, and what follows from it; or stop it.
    """
    said = notice.automated_decisions
    if said.statement == "declared":
        if not mentions(notice, "automated_logic"):
            yield remark(notice, *said.clauses, detail="logic_missing")
        return
    words = "profiling" if said.statement == "unstated" else "profiling_act"
    described = [f.passage.clause for f in find(notice, words) if not _denies(notice, f.quote)]
    if described:
        detail = "undeclared" if said.statement == "unstated" else "denied"
        yield remark(notice, *described, *said.clauses, detail=detail)


def _denies(notice: Notice, sentence: str) -> bool:
    from audit.notice.review.phrases import pattern

    return pattern("no_profiling", notice.language).search(sentence) is not None
