"""Transparency: data on offences without a ground."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.elements import criminal_without_ground
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT41",
    criterion="GDPR Art. 10, 13(1)(c); Tietosuojalaki 1050/2018 7 §",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def criminal_data_without_ground(notice: Notice) -> Iterator[Remark]:
    """
    Notices that declare data on crimes and sentences and name no law that allows it.

    Such data may be processed under the control of an authority or where law allows it, such as to
    handle a claim or an insurance (Data Protection Act 1050/2018, section 7). Consent alone does not.

    | data_categories | clauses                                                               | result        |
    | --------------- | --------------------------------------------------------------------- | ------------- |
    | name, criminal  | Pyydämme nähtäväksi rikosrekisteriotteen.                             | nonconformity |
    | name, criminal  | Rikosrekisteriote nähdään lain 504/2002 mukaan, laki edellyttää sitä. | conformity    |
    | name, email     | Kirjaamme nimen.                                                      | conformity    |

    Remedy: name the law that allows the data; where none does, stop and erase.
    """
    held = [item.key for item in notice.data_categories]
    if found := criminal_without_ground(notice, held):
        yield remark(notice, found=found)
