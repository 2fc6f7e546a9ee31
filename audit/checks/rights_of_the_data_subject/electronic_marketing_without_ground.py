"""Rights of the data subject: e-mail and text messages to people who had not agreed to them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks._natural import ORGANISATIONS, PERSONS, is_natural
from audit.checks._people import matches, yes
from audit.checks._shared import together
from audit.checks.rights_of_the_data_subject._bans import has, with_channel
from audit.checks.rights_of_the_data_subject._deadline import is_any
from audit.checks.rights_of_the_data_subject._grounds import goes_by, with_ground
from audit.finding import Basis, Grade, Result
from audit.notice.declared.asked_first import (
    asks_only_persons,
    channels_of,
    channels_with_consent,
    writes_till_forbidden,
)
from audit.notice.lexicon import says
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "MAR03",
    criterion="SVPL 917/2014 200 §, 202 §; GDPR Art. 6(1)(a), 7",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="records",
    needs=("sent_on", "consents|mailing_list|customers"),
    at="sent_on",
)
def electronic_marketing_without_ground(
    send_log: ir.Table,
    people: ir.Table,
    notice: Notice | None,
    as_of: date,
    customers: ir.Table | None = None,
    contacts: ir.Table | None = None,
    mailing_list: ir.Table | None = None,
    consents: ir.Table | None = None,
    orders: ir.Table | None = None,
    objections: ir.Table | None = None,
) -> ir.Table:
    """
    E-mail and text-message marketing to natural persons without consent or an earlier purchase.

    A natural person is sent electronic marketing only after consenting, or as a customer who bought
    something before (SVPL 200 §); marketing by phone and post needs no consent. People at work and
    organisations may be written to about their work until they forbid it (202 §): a contact person
    is at work who stands for an organisation or a customer. Where the notice
    rests its newsletters on consent, an earlier purchase is no ground, and people at work are asked
    about too. Where it says that it markets only with consent, whoever had given none was promised
    otherwise. A consent that was withdrawn
    no longer counts. Where the register does not tell whether the recipient is a
    natural person, or has no orders by which to tell a customer, it is an observation; a message
    of service and a survey are no marketing. A list of those who unsubscribed may tell when they had
    subscribed; what was sent after that is MAR01's.

    Where these are the `customers`:

    | customer | subject_group  |
    | -------- | -------------- |
    | C1       | private_person |
    | C2       | private_person |
    | C3       | company        |

    Where these are the `consents`:

    | customer | consented_on | consent_withdrawal |
    | -------- | ------------ | ------------------ |
    | C2       | 2026-01-01   | 2026-06-01         |

    Where these are the `orders`:

    | customer | ordered_on |
    | -------- | ---------- |
    | C9       | 2025-01-01 |

    Audited on 2026-11-22:

    | customer | sent_on    | channel | message_kind | result        |
    | -------- | ---------- | ------- | ------------ | ------------- |
    | C1       | 2026-03-01 | email   | marketing    | nonconformity |
    | C1       | 2026-03-01 | post    | marketing    | conformity    |
    | C1       | 2026-03-01 | email   | service      | conformity    |
    | C2       | 2026-03-01 | email   | marketing    | conformity    |
    | C2       | 2026-07-01 | email   | marketing    | nonconformity |
    | C3       | 2026-03-01 | email   | marketing    | conformity    |

    Grade: major, since an authority tests this first.

    Remedy: stop the messages at once, and ask for consent before sending new ones. A message that
    asks for consent by e-mail is marketing itself.
    """
    send_log = with_channel(send_log)
    electronic = has(send_log.channel, "email") | has(send_log.channel, "sms")
    sent = send_log.filter(
        send_log.sent_on <= as_of,
        electronic,
        ~is_any(send_log.message_kind, ("service", "market_research")),
        send_log.customer.notnull() | send_log.email.notnull() | send_log.phone.notnull(),
    )
    # The list itself may say when the recipient agreed.
    sent = sent.filter(~yes(sent.consented_on <= sent.sent_on))
    sent = sent.select("place", "row", "sent_on", "channel")
    only = channels_with_consent(notice)
    promised = only | _consent_promised(notice)
    buyers = sent.filter(~goes_by(sent, promised))
    grounded = with_ground(
        sent,
        people,
        consents,
        mailing_list,
        customers,
        objections,
        orders,
        buyers,
        till_forbidden=writes_till_forbidden(notice),
    )
    if grounded is not None:
        sent = sent.anti_join(grounded, ["place", "row"])
    sent = _with_nature(sent, people, customers, contacts, notice)
    recorded = consents is not None or mailing_list is not None
    more = goes_by(sent, promised if recorded and not asks_only_persons(notice) else frozenset())
    sent = sent.filter((sent.nature < _WORK) | more)  # where the notice promises more than the law
    marked = ibis.literal(recorded)
    if customers is not None:  # marks of consent on the customers are a record of it as well
        marks = customers.marketing_consent.count() + customers.text_message_consent.count()
        marked = marked | (marks > 0)
    broken = goes_by(sent, only) & marked  # whoever the recipients are
    sure = ((sent.nature == _NATURAL) & ibis.literal(orders is not None)) | broken
    return sent.mutate(
        result=ibis.ifelse(sure, str(Result.NONCONFORMITY), str(Result.OBSERVATION)),
        detail=ibis.ifelse(
            broken, "no consent though the notice promises it", "no consent before that day"
        ),
    )


_NATURAL, _UNKNOWN, _WORK = 0, 1, 2
# A notice that speaks of these alone speaks of natural persons.
_PERSONAL = {*PERSONS, "consumer", "individual", "natural_person", "household", "child", "pupil"}


def _consent_promised(notice: Notice | None) -> frozenset[str]:
    """The channels for which the notice itself names consent: then customers are asked as well."""
    if notice is None:
        return frozenset()
    of_purposes = [
        channels_of(one.text)
        for one in notice.purposes
        if one.key in _MARKETING
        and "consent" in one.legal_bases
        and "legitimate_interests" not in one.legal_bases
    ]
    said = [clause.words for clause in notice.clauses]
    # "To answer you (legitimate interests), to send newsletters (consent)": a thing ends with its ground.
    pieces = [piece for text in said for piece in _ENDS_A_THING.split(text)]
    asked = [
        one
        for one in pieces
        if says("asked_first", "messages", one) and says("asked_first", "consent", one)
    ]
    if any(says("asked_first", "other_ground", one) for one in asked):
        asked = []
    return frozenset().union(*of_purposes, *map(channels_of, asked))


_ENDS_A_THING = re.compile(r"(?<=[.;!?])\s|(?<=\))(?:,| (?:och|samt|ja|sekä|and) )|\n|\|")
_MARKETING = {"newsletter", "marketing", "direct_marketing", "electronic_marketing"}


def _with_nature(
    sent: ir.Table,
    people: ir.Table,
    customers: ir.Table | None,
    contacts: ir.Table | None,
    notice: Notice | None,
) -> ir.Table:
    """The messages with what their recipient is: natural, at work, or not known."""
    groups = {group.key for group in notice.data_subjects} if notice is not None else set()
    unknown = _UNKNOWN
    if groups:
        unknown = _WORK if groups <= set(ORGANISATIONS) else unknown
        unknown = _NATURAL if groups <= _PERSONAL else unknown
    told = []
    if customers is not None:
        natural = is_natural(customers)
        # A sole trader is asked about, whatever the notice says of the others.
        nature = ibis.cases((natural, _NATURAL), (~natural, _WORK), else_=unknown)
        trader = is_any(customers.subject_group, ("sole_trader",))
        nature = ibis.ifelse(trader, _UNKNOWN, nature)
        told.append(customers.select("place", "row", nature=nature.cast("int8")))
    if contacts is not None:
        # A CRM calls everybody a contact: at work is who stands for an organisation or a customer.
        at_work = yes(contacts.organisation) | contacts.customer.notnull()
        # Nobody is at work in a register of people alone: of pupils and their guardians.
        nature = ibis.ifelse(at_work & ibis.literal(unknown != _NATURAL), _WORK, unknown)
        told.append(contacts.select("place", "row", nature=nature.cast("int8")))
    if not told:
        return sent.mutate(nature=ibis.literal(unknown, type="int8"))
    known = together(told)
    known = known.rename({"other_place": "place", "other_row": "row"})
    pairs = matches(people, ("send_log",), ("customers", "contacts"))
    pairs = pairs.filter(pairs.certain).inner_join(known, ["other_place", "other_row"])
    # A private person who is somebody's contact person as well is written to at work.
    best = pairs.group_by("place", "row").agg(known=pairs.nature.max())
    best = best.rename({"at_place": "place", "at_row": "row"})
    joined = sent.left_join(best, [sent.place == best.at_place, sent.row == best.at_row])
    return joined.mutate(nature=joined.known.fill_null(unknown))
