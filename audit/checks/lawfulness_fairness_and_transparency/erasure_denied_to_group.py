"""Transparency: erasure denied to some people."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark
from audit.notice.review.rights import denied_erasures


@check(
    "NOT21",
    criterion="GDPR Art. 17, 21, 12(2)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def erasure_denied_to_group(notice: Notice) -> Iterator[Remark]:
    """
    Notices that deny erasure to a group of people, on a ground that Art. 17(3) does not know.

    Erasure may be refused for the grounds of Art. 17(3), case by case. That somebody is the
    contact person of an organisation, a shareholder or a customer with a warning is none of them.
    A refusal for what the law or an open claim requires is not found here.

    | clauses                                                    | result        |
    | ---------------------------------------------------------- | ------------- |
    | Yhteyshenkilön tietoja ei voida poistaa.                   | nonconformity |
    | Tietoja ei voida poistaa, jos laki vaatii säilyttämään ne. | conformity    |
    | Tiedot poistetaan pyynnöstä.                               | conformity    |

    Remedy: strike the sentence; assess each request by itself, and name the ground of a refusal.
    """
    seen: set[str] = set()
    for found in denied_erasures(notice):
        seen.add(found.passage.clause)
        yield remark(notice, found=found)
    for hold in notice.holds:
        if not hold.lawful and not seen & set(hold.clauses):
            yield remark(notice, *hold.clauses)
