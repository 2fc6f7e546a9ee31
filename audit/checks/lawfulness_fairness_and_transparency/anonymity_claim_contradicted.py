"""Transparency: anonymity that is none."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import find, remark
from audit.notice.review.remark import Remark


@check(
    "NOT26",
    criterion="GDPR Art. 4(1), 5(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def anonymity_claim_contradicted(notice: Notice) -> Iterator[Remark]:
    """
    Notices that say nobody can be identified, beside an identifier or a way to link.

    An IP address or the id in a cookie singles a visitor out; data that is joined with what was
    given on a form names him. Beside either the claim that nobody can be identified is untrue.

    | clauses                                          | result        |
    | ------------------------------------------------ | ------------- |
    | Kävijää ei voi tunnistaa. Keräämme IP-osoitteen. | nonconformity |
    | Kävijää ei voi tunnistaa.                        | conformity    |
    | Keräämme IP-osoitteen.                           | conformity    |

    Remedy: strike the claim, and say what identifies and what is joined.
    """
    claims = [found.passage.clause for found in find(notice, "anonymity_claim")]
    links = [found.passage.clause for found in find(notice, "linking")]
    identifiers = [i.clauses for i in notice.data_categories if i.key == "ip_address"]
    if claims and (links or identifiers):
        first = next(iter(find(notice, "anonymity_claim")))
        yield remark(notice, *claims, *links, found=first)
