"""
Lists whose records are of two kinds: bans beside permissions, and those who left a mailing list.

A list of *bans and permissions* says in each record which it is; the day is that of either. Who left
a mailing list, or said so in answer to a message, forbade what is sent so. Such records are shown as
what they are, in ``all_objections`` and ``all_consents``, whatever the kind of the table in which they
stand. Where a mailing tool has the day of a state, that of who is not subscribed is when they left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from audit.categories.headers import words
from audit.register.kinds.model import schema
from audit.register.model import Role, Table

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from audit.engine.scan import Scanned

__all__ = ["MIXED", "gathered", "kinds_there"]

#: The kinds that a record of a table of another kind may be of.
MIXED = ("consents", "objections")
_BANNED, _WITHDRAWN, _NONE = "banned", "withdrawn", "none"


def kinds_there(scanned: Iterable[Scanned]) -> frozenset[str]:
    """The kinds of records that the register has."""
    return frozenset(kind for one in scanned for kind in (one.table.kind, *_further(one.table)))


def _further(table: Table) -> tuple[str, ...]:
    """The kinds of which a table has records besides its own."""
    if table.kind in MIXED and table.with_role(Role.PERMISSION) is not None:
        return MIXED
    if table.kind == "mailing_list" and _day_of_state(table):
        return ("mailing_list", "objections")
    listed = table.kind in ("mailing_list", "send_log")
    left = listed and table.with_role(Role.CONSENT_WITHDRAWAL) is not None
    return ("objections",) if left else ()


def _day_of_state(table: Table) -> bool:
    """
    Whether the day beside a subscription is that of its state, whichever it is.

    *Email Marketing Consent Timestamp* beside *Email Marketing Consent* is when it last changed.
    """
    state, day = table.with_role(Role.SUBSCRIBED), table.with_role(Role.CONSENTED_ON)
    if state is None or day is None or table.with_role(Role.CONSENT_WITHDRAWAL) is not None:
        return False
    return words(table.columns[day].header).startswith(f"{words(table.columns[state].header)} ")


def gathered(scanned: Sequence[Scanned]) -> dict[str, ir.Table]:
    """By kind, its records of every table, for the kinds of which a table of another kind has some."""
    import ibis

    further = {kind for one in scanned for kind in _further(one.table)}
    found = {}
    for kind in sorted(further):
        parts = [
            _shown(kind, one.table, ibis.table(schema(one.table.kind), name=f"records_{place}"))
            for place, one in enumerate(scanned)
            if kind == one.table.kind or kind in _further(one.table)
        ]
        found[kind] = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return found


def _shown(kind: str, table: Table, records: ir.Table) -> ir.Table:
    """The records of a table that are of a kind, with that kind's columns."""
    if table.kind == "mailing_list":
        records = _with_days_of_states(records) if _day_of_state(table) else records
        told = records if kind == "mailing_list" else _left_the_list(records)
    elif table.kind == "send_log":
        told = _answered_no(records)
    elif kind == "consents":
        told = _permissions(records, table.kind)
    else:
        told = _bans(records, table.kind)
    columns = schema(kind)
    return told.mutate(**{name: told[name].cast(columns[name]) for name in columns}).select(
        *columns
    )


def _permissions(records: ir.Table, kind: str) -> ir.Table:
    """The permissions; where one was withdrawn, its day is that of the withdrawal."""
    import ibis

    state = records.permission
    found = records.filter(state.isnull() | state.notin([_BANNED, _NONE]))
    if kind != "consents":
        found = _renamed(
            found, "objected_on", "consented_on", "objection_purpose", "consent_purpose"
        )
        found = found.mutate(
            consent_withdrawal=ibis.null("date"),
            consent_withdrawal_given=ibis.literal(value=False),
        )
    gone = (found.permission == _WITHDRAWN) & ~found.consent_withdrawal_given.fill_null(False)
    gone = gone.fill_null(False)
    return found.mutate(
        consented_on=ibis.cases((~gone, found.consented_on)),
        consented_on_given=ibis.cases((~gone, found.consented_on_given)),
        consent_withdrawal=ibis.ifelse(gone, found.consented_on, found.consent_withdrawal),
        consent_withdrawal_given=gone | found.consent_withdrawal_given,
    )


def _bans(records: ir.Table, kind: str) -> ir.Table:
    """The bans."""
    import ibis

    state = records.permission
    if kind == "objections":
        return records.filter(state.isnull() | state.notin(["given", _NONE]))
    found = records.filter(state == _BANNED)
    found = _renamed(found, "consented_on", "objected_on", "consent_purpose", "objection_purpose")
    return found.mutate(
        consented_on=ibis.null("date"),
        consented_on_given=ibis.null("boolean"),
        objection_scope=ibis.null("string"),
    )


def _with_days_of_states(records: ir.Table) -> ir.Table:
    """A mailing list whose days are those of states: of who is not subscribed, when they left."""
    import ibis

    gone = (~records.subscribed).fill_null(False)
    day = ibis.cases((gone, records.consented_on))
    return records.mutate(
        consented_on=ibis.cases((~gone, records.consented_on)),
        consented_on_given=records.consented_on_given & ~gone,
        # Who is not subscribed and has no such day never was: they were only added.
        subscribed_on=ibis.cases((~gone | day.notnull(), records.subscribed_on)),
        consent_withdrawal=day,
        consent_withdrawal_given=day.notnull(),
    )


def _left_the_list(records: ir.Table) -> ir.Table:
    """Those who left a mailing list, as those who forbade to be sent what it sends."""
    import ibis

    by_email = ibis.coalesce(records.channel, ibis.literal("email"))
    no_texts = (~records.text_message_consent).fill_null(False)
    texts = ibis.cases((no_texts, records.text_message_consented_on))
    return _forbade(records, records.consent_withdrawal, by_email).union(
        _forbade(records, texts, ibis.literal("sms"))
    )


def _answered_no(records: ir.Table) -> ir.Table:
    """Those of whom a list of messages says that they want no more of them."""
    import ibis

    sent_to = ibis.cases((records.email.notnull(), "email"), (records.phone.notnull(), "sms"))
    return _forbade(records, records.consent_withdrawal, ibis.coalesce(records.channel, sent_to))


def _forbade(records: ir.Table, day: ir.DateValue, channel: ir.StringValue) -> ir.Table:
    """Those who forbade, on a day, to be sent anything by a channel; columns of objections."""
    import ibis

    found = records.mutate(objected_on=day, channel=channel)
    found = found.filter(found.objected_on.notnull())
    return found.select(
        *(name for name in schema("objections") if name in found.columns and name not in _SET),
        "objected_on",
        objected_on_given=ibis.literal(value=True),
        objection_purpose=ibis.literal("direct_marketing"),
        consented_on=ibis.null("date"),
        consented_on_given=ibis.null("boolean"),
        permission=ibis.null("string"),
        domain=ibis.null("string"),  # the address is one person's, and bans none of its neighbours'
        objection_scope=ibis.null("string"),
    )


_SET = frozenset(
    {
        *("objected_on", "objected_on_given", "objection_purpose", "objection_scope"),
        *("consented_on", "consented_on_given", "permission", "domain"),
    }
)


def _renamed(records: ir.Table, day: str, day_as: str, what: str, what_as: str) -> ir.Table:
    """The records, whose day and purpose are those of the other kind."""
    named = {day_as: day, f"{day_as}_given": f"{day}_given", what_as: what}
    return records.mutate(**{new: records[old] for new, old in named.items()})
