"""Transparency: who the controller is cannot be told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.phrases import pattern, remark
from audit.notice.review.remark import Level, Remark


@check(
    "NOT01",
    criterion="GDPR Art. 13(1)(a), 14(1)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def controller_identity_incomplete(notice: Notice) -> Iterator[Remark]:
    """
    Notices that do not say in full who the controller is, or where to reach it.

    People can use their rights only against somebody whom they can find. A name and one complete
    channel are the least: an address with post code and town, a phone number or an e-mail address.
    A person alone, without firm and business id, may be a sole trader: the remedy asks. A phone
    number that is misspelt is no matter for a review.

    | controller       | result     |
    | ---------------- | ---------- |
    | Koeyritys Oy     | conformity |
    | Aino Koe Tmi     | conformity |
    | Ei vielä annettu | conformity |

    Remedy: give the firm, the business id and the whole address, with post code and town.
    """
    controller = notice.controller
    if not controller.name.strip():
        # A name that was not found by rule may still be there: the auditor looks.
        level: Level = "observation" if notice.read_from else "major"
        yield remark(notice, *controller.clauses, detail="no_name", level=level)
        return
    whole = bool(re.search(r"\b\d{5}\b|\b\d{3} \d{2}\b", controller.address or ""))
    if not (whole or controller.phone or controller.email):
        yield remark(notice, *controller.clauses, detail="no_channel")
    elif controller.address and not whole:
        yield remark(notice, *controller.clauses, detail="address_incomplete")
    firm = pattern("organisation_form", notice.language).search(controller.name)
    if not firm and not controller.business_id:
        yield remark(notice, *controller.clauses, detail="sole_trader")
