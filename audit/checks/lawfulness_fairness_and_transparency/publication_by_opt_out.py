"""Transparency: publication unless somebody forbids it."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import find, pattern, remark
from audit.notice.review.remark import Remark


@check(
    "NOT16",
    criterion="GDPR Art. 6, 4(11), 5(1)(b)",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def publication_by_opt_out(notice: Notice) -> Iterator[Remark]:
    """
    Notices that claim a right to publish the data of people unless they forbid it.

    Silence is no consent, and no contract needs publication. A right to publish until somebody
    objects has no basis in law.

    | clauses                                                         | result        |
    | --------------------------------------------------------------- | ------------- |
    | Voimme julkaista tietoja luettelona, ellei asiakas sitä kiellä. | nonconformity |
    | Julkaisemme tietoja vain suostumuksella, ellei asiakas kiellä.  | conformity    |
    | Julkaisemme uutisia verkkosivuilla.                             | conformity    |

    Remedy: strike the clause, or publish with consent only.
    """
    for found in find(notice, "publish_unless_forbidden"):
        if not pattern("consent_words", notice.language).search(found.quote):
            yield remark(notice, found=found)
