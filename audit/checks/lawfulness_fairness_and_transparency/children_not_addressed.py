"""Transparency: children who are told nothing."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.elements import children_unaddressed
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT44",
    criterion="GDPR Art. 12(1), recitals 38 and 58",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def children_not_addressed(notice: Notice) -> Iterator[Remark]:
    """
    Notices of data about children that have nothing a child could understand.

    Information addressed to a child must be in language that the child understands. Whoever teaches,
    coaches or treats children tells them, in a few plain sentences, what is written down and whom to
    ask; the notice says where. A guardian's number in a list of data is not yet a register of children.

    | clauses                                                                          | result      |
    | -------------------------------------------------------------------------------- | ----------- |
    | Keräämme alaikäisten tietoja., Alle 15-vuotiaan puolesta pyynnön tekee huoltaja. | observation |
    | Huoltajan puhelinnumero.                                                         | conformity  |

    Remedy: write a short notice for children, in plain words, and show it where they join.
    """
    if found := children_unaddressed(notice):
        yield remark(notice, *(one.passage.clause for one in found), found=found[0])
