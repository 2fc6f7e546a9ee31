"""Transparency: rights that are told wrong."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import find, mentions_within, passages, remark
from audit.notice.review.remark import Remark
from audit.notice.review.rights import limited_access


@check(
    "NOT36",
    criterion="GDPR Art. 15–21, 12(1)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def right_misstated(notice: Notice) -> Iterator[Remark]:
    """
    Notices that state a right without its conditions, wider than another passage, or rationed.

    Portability covers what people gave themselves, processed by automated means on consent or a
    contract. To be forgotten "entirely" is promised in vain beside holds that keep data. Access once
    a year, or for a fee, is the old law's: Art. 12(5) lets nobody be charged but whoever asks without
    end.

    | rights      | clauses                                                | result        |
    | ----------- | ------------------------------------------------------ | ------------- |
    | portability | Voit siirtää tietosi toiseen järjestelmään.            | observation   |
    | portability | Voit siirtää antamasi tiedot koneluettavassa muodossa. | conformity    |
    | erasure     | Tulet kokonaan unohdetuksi.                            | conformity    |
    | access      | Tarkastuspyynnön voi tehdä kerran vuodessa.            | nonconformity |

    Remedy: state the right with its conditions, as the law has it.
    """
    for right in notice.rights:
        if right.key == "portability" and right.clauses:
            own = [p.clause for p in passages(notice) if p.clause in right.clauses]
            if own and not mentions_within(notice, "portability_condition", "", own):
                yield remark(notice, *own, detail="portability")
    for found in limited_access(notice):
        yield remark(notice, found=found, detail="rationed", level="minor")
        break
    if notice.holds:
        for found in find(notice, "forgotten_entirely"):
            yield remark(notice, found=found, detail="erasure")
            break
