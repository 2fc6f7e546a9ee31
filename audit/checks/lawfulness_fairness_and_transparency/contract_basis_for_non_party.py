"""Transparency: a contract with somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import remark
from audit.notice.review.remark import Remark


@check(
    "NOT04",
    criterion="GDPR Art. 6(1)(b)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def contract_basis_for_non_party(notice: Notice) -> Iterator[Remark]:
    """
    Notices that rest on a contract the data of people who are no party to one.

    Where all customers are organisations, the contract is theirs. The people whose data the
    register holds are their contact persons, and Art. 6(1)(b) speaks of a contract to which the
    data subject is party. Sole traders and consumers are parties themselves.

    | legal_bases          | data_subjects           | result        |
    | -------------------- | ----------------------- | ------------- |
    | contract             | company, public_body    | nonconformity |
    | contract             | company, private_person | conformity    |
    | legitimate_interests | company                 | conformity    |
    | contract             |                         | conformity    |

    Remedy: rest the data of contact persons on a legitimate interest, describe it, and offer the
    right to object.
    """
    groups = {group.key for group in notice.data_subjects}
    contract = [basis for basis in notice.legal_bases if basis.key == "contract"]
    if contract and groups and groups <= _ORGANISATIONS:
        yield remark(notice, *contract[0].clauses)


_ORGANISATIONS = frozenset(
    {"company", "public_body", "organisation", "association", "housing_company", "municipality"}
)
