"""Which recipients a notice declares: by name, by kind, or because they are none in law."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import ibis

from audit.checks._shared import among
from audit.notice.declared import named_parties, recipient_kinds
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["NO_RECIPIENTS", "is_declared", "is_named"]

#: Own staff, the person and an authority in a particular inquiry are no recipients (Art. 4(9)).
NO_RECIPIENTS = {"authority", "staff", "data_subject"}


def is_declared(records: ir.Table, notice: Notice) -> ir.BooleanValue:
    """
    Whether the notice declares who received the data: by name, by kind, or by what it was given for.

    A blank is nobody else.
    """
    kinds = recipient_kinds(notice)
    untold = records.recipient_kind.isnull() & among(records.purpose, kinds)
    known = among(records.recipient_kind, kinds | NO_RECIPIENTS)
    named = is_named(records.recipient, named_parties(notice))
    return known | untold | named | records.recipient.isnull()


def is_named(name: ir.StringValue, names: frozenset[str]) -> ir.BooleanValue:
    """Whether a party's name is one of the notice's, alone or with more words beside it."""
    named = [
        (name == one) | name.startswith(f"{one} ") | name.endswith(f" {one}")
        for one in sorted(names)
    ]
    return reduce(or_, named, ibis.literal(False)).fill_null(False)
