"""Which recipients a notice declares: by name, by kind, or because they are none in law."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from audit.checks._shared import among, column, contains_any, in_own_words
from audit.notice.declared.in_words import disclosures_in_words, recipients_in_words
from audit.notice.declared.words import known_parties, recipient_kinds
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "NO_RECIPIENTS",
    "OF_THE_SITE",
    "is_declared",
    "is_in_words",
    "is_named",
    "is_of_class",
    "is_public_duty",
]

#: Own staff, the person and an authority in a particular inquiry are no recipients (Art. 4(9)).
NO_RECIPIENTS = {"authority", "staff", "data_subject"}

#: Whoever measures the web site for the controller is no recipient of what the register holds.
OF_THE_SITE = {"analytics"}


def is_declared(records: ir.Table, notice: Notice) -> ir.BooleanValue:
    """
    Whether the notice declares who received the data: by name, by kind, or by what it was given for.

    A blank is nobody else.
    """
    kinds = recipient_kinds(notice)
    names = known_parties(notice)
    told_class = column(records, "recipient_class_kind")
    untold = records.recipient_kind.isnull() & told_class.isnull()
    untold &= among(records.purpose, kinds - OF_THE_SITE)
    known = among(records.recipient_kind, kinds | NO_RECIPIENTS)
    named = is_named(records.recipient, names) | is_public_duty(records)
    told = named | is_of_class(records, kinds, names) | is_in_words(records, notice)
    return known | untold | told | records.recipient.isnull()


def is_public_duty(records: ir.Table) -> ir.BooleanValue:
    """
    Whether a public body got the data because a law says so, as child welfare does.

    In that it is an authority (Art. 4(9)), though a hospital or a town is elsewhere a recipient.
    """
    by_law = among(column(records, "purpose"), {"legal_obligation"})
    return among(records.recipient_kind, _PUBLIC_BODIES) & by_law


_PUBLIC_BODIES = {"healthcare", "municipality", "education"}


def is_in_words(records: ir.Table, notice: Notice) -> ir.BooleanValue:
    """
    Whether the notice's own words on recipients are the party's, as "köpare".

    Of a party whose kind nothing tells, what it got the data for may be in them as well.
    """
    said = recipients_in_words(notice)
    # A word of the notice's at the beginning of one of the name's: "Köpare i Vasa".
    name = contains_any(records.recipient, said, "^{}", " {}")
    # "Rivning Släggan" is one of the "rivningsfirmor".
    spaced = records.recipient.concat(" ")
    length = spaced.find(" ")
    first, long = spaced.substr(0, length), length >= _LONG_WORD
    listed = ibis.literal("|".join(("", *sorted(said))))
    name = name | (long & listed.contains(ibis.literal("|").concat(first))).fill_null(False)
    purpose = column(records, "purpose")
    untold = records.recipient_kind.isnull() & in_own_words(purpose)
    return name | (untold & contains_any(purpose, disclosures_in_words(notice)))


_LONG_WORD = 6  # letters


def is_of_class(records: ir.Table, kinds: frozenset[str], names: frozenset[str]) -> ir.BooleanValue:
    """
    Whether the log itself says of what kind a party is, and the notice has that kind.

    ``kinds`` and ``names`` are what the notice declares; a kind that no lexicon knows is compared
    with the notice's own words for it.
    """
    if "recipient_class" not in records.columns:
        return ibis.literal(False)
    told = among(records.recipient_class_kind, kinds | NO_RECIPIENTS)
    return told | is_named(records.recipient_class, names)


def is_named(name: ir.StringValue, names: frozenset[str]) -> ir.BooleanValue:
    """Whether a party's name is one of the notice's, alone or with more words beside it."""
    longer = contains_any(name, names, "^{} ", " {}$")
    # "Nordic Cabins" and "NordicCabins" are one, and "RSA" is the Road Safety Authority.
    spelt = {one.replace(" ", "") for one in names} | _initials(names)
    joined = among(name.replace(" ", ""), spelt)
    # `isin`, for a column that the table lacks is a null that Ibis compares with no text.
    return among(name, names) | joined | longer


def _initials(names: frozenset[str]) -> set[str]:
    """The first letters of names of three words and more."""
    parts = [one.split() for one in names]
    return {"".join(word[0] for word in words) for words in parts if len(words) in _ABBREVIATED}


_ABBREVIATED = range(3, 6)  # words
