"""Transparency: nothing on where the data comes from."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.elements import sources_are_told
from audit.notice.review.remark import Remark


@check(
    "NOT48",
    criterion="GDPR Art. 14(2)(f)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def source_not_stated(notice: Notice) -> Iterator[Remark]:
    """
    Notices that say nowhere where the data comes from.

    Article 13 does not ask for sources, so where all data comes from the people themselves nothing
    is missing. Article 14 does, as soon as anything comes from elsewhere: therefore an
    observation, and none where the notice says that people give their data themselves.

    | sources  | clauses                                 | result      |
    | -------- | --------------------------------------- | ----------- |
    |          | Rekisterissä on nimi ja puhelinnumero.  | observation |
    |          | Kysymme sinulta nimen ja puhelinnumeron.| conformity  |
    | customer | Tiedot saadaan asiakkaalta.             | conformity  |

    Remedy: say that the data comes from the people themselves, or name the other sources.
    """
    if notice.clauses and not sources_are_told([notice]):
        yield Remark()
