"""Purpose limitation: data given out for something that the notice does not allow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._recipients import is_declared, is_public_duty
from audit.checks._shared import among, before_the_notice, column, contains_any, in_own_words
from audit.finding import Basis, Grade, Result
from audit.notice.declared.in_words import disclosures_in_words
from audit.notice.declared.uses import told_uses
from audit.notice.declared.words import (
    denied_purposes,
    disclosure_purposes,
    own_purposes,
    recipient_kinds,
)
from audit.notice.model import Exhaustive, Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "REC02",
    criterion="the notice; GDPR Art. 5(1)(b), 13(1)(c)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("purpose",),
    at="purpose",
    promised="disclosure_purposes",
)
def undeclared_disclosure_purpose(disclosures: ir.Table, notice: Notice, as_of: date) -> ir.Table:
    """
    Disclosures for a purpose that the notice does not name.

    What a declared recipient is there for is declared with it; what the notice uses the data for
    itself is no purpose of a recipient outside its closed list. An authority that asks for data in a
    particular inquiry needs no purpose of the notice's, but an answer that was voluntary is not
    "required by law". Where the notice gives data to nobody else, an undeclared party's purpose deviates.
    A purpose that nobody could read is not assessed, unless the list is closed, the
    recipient is none of the notice's and its words are not the notice's; a blank says nothing.
    What was given before the notice was drawn up is not assessed: an earlier one applied.

    With a notice that allows disclosures for invoicing and where the law requires, and nothing else, audited on 2026-11-22:

    | purpose          | recipient_kind | legal_ground | result        |
    | ---------------- | -------------- | ------------ | ------------- |
    | invoicing        |                |              | conformity    |
    | direct_marketing | advertising    |              | nonconformity |
    | legal_obligation | authority      | voluntary    | nonconformity |
    | legal_obligation | authority      |              | conformity    |
    | unread           |                |              | not_assessed  |

    Grade: major.

    Remedy: find out what was given and on what ground, and stop. Where the purpose is lawful, record
    the ground, add it to the notice and tell the people first; a new sentence alone is not enough.
    """
    allowed = disclosure_purposes(notice)
    closed = notice.exhaustive.disclosure_purposes is Exhaustive.YES
    found = disclosures.filter(disclosures.purpose.notnull())
    found = found.mutate(named_=is_declared(found, notice))
    kind = ibis.coalesce(column(found, "recipient_class_kind"), found.recipient_kind)
    in_words = in_own_words(found.purpose)
    for_law = among(found.purpose, {"legal_obligation", "legal", "unread"}) | in_words
    inquiry = (among(kind, {"authority"}) & for_law) | is_public_duty(found)
    itself = among(kind, {"data_subject", "staff"})
    voluntary = among(found.purpose, {"legal_obligation"}) & among(
        found.legal_ground, {"voluntary"}
    )
    # What the controller itself uses the data for is no purpose of somebody whom it does not name.
    by_notice = among(found.purpose, own_purposes(notice)) & ~_is_anothers_marketing(found, notice)
    if notice.exhaustive.recipients is Exhaustive.YES:
        by_notice = by_notice & found.named_
    # Whom the notice names, it names for what it says that the data is used for.
    by_notice = by_notice | (found.named_ & among(found.purpose, told_uses(notice)))
    # A booking system's supplier has the bookings, and a host whatever is stored.
    serves = among(found.recipient_kind, _SYSTEMS & recipient_kinds(notice))
    serves = serves & among(found.purpose, _IN_SYSTEMS)
    declared = (among(found.purpose, allowed) | by_notice | inquiry | itself | serves) & ~voluntary
    # Against a list that is open, only what the notice expressly denies deviates for certain.
    # Where nobody else gets data at all, an undeclared party's purpose is none of the notice's.
    alone = notice.exhaustive.recipients is Exhaustive.YES
    anothers = ~found.named_ & ~among(found.purpose, own_purposes(notice))
    closed = ibis.literal(closed) | (anothers & ibis.literal(alone))
    denied = among(found.purpose, denied_purposes(notice)) | closed
    deviates = ibis.ifelse(denied, str(Result.NONCONFORMITY), str(Result.OBSERVATION))
    earlier = before_the_notice(found, "disclosed_on", notice, as_of)
    ours = found.named_ | contains_any(found.purpose, disclosures_in_words(notice))
    unknown = in_words & (ours | ~closed)
    result = ibis.cases(
        (found.purpose == "unread", str(Result.NOT_ASSESSED)),
        (unknown, str(Result.NOT_ASSESSED)),
        (earlier, str(Result.NOT_ASSESSED)),
        else_=deviates,
    )
    found = found.filter(~declared)
    if not (notice.disclosure_purposes or notice.purposes or own_purposes(notice)):
        found = found.filter(~found.named_)  # of those it names, it does not say what for
    return found.mutate(result=result, detail=ibis.cases((earlier, "before the notice")))


def _is_anothers_marketing(found: ir.Table, notice: Notice) -> ir.BooleanValue:
    """Whether somebody markets to whom only the sender of the newsletter, or an advertiser, may."""
    senders = {"newsletter", "advertising", "printing"}
    purposes = own_purposes(notice)
    marketing = _MARKETING & purposes
    if not marketing or not senders & purposes or _MARKETING & disclosure_purposes(notice):
        return ibis.literal(False)
    other = found.recipient_kind.notnull() & ~among(found.recipient_kind, senders)
    return among(found.purpose, set(marketing)) & other.fill_null(False)


_MARKETING = frozenset({"direct_marketing"})
_SYSTEMS = frozenset({"it_service", "hosting"})
_IN_SYSTEMS = {"customer_relationship", "technical", "hosting"}
