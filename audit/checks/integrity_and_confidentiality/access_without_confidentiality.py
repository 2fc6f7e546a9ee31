"""Integrity and confidentiality: users who have not signed an undertaking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.checks.integrity_and_confidentiality._access import (
    needs_no_undertaking,
    of_nobody,
    open_on,
    with_staff,
)
from audit.finding import Basis, Grade, Result
from audit.notice.declared.words import access_rules
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "SEC02",
    criterion="the notice; GDPR Art. 32(4), 28(3)(b), 5(1)(f)",
    basis=Basis.BOTH,
    grade=Grade.MAJOR,
    unit="records",
    needs=("undertaking_on|staff.undertaking_on",),
    at="undertaking_on|user_id",
)
def access_without_confidentiality(
    access_list: ir.Table,
    notice: Notice,
    as_of: date,
    processors: ir.Table | None = None,
    staff: ir.Table | None = None,
) -> ir.Table:
    """
    People with open access who have not signed an undertaking of confidentiality.

    "No" and "missing" in the column are no signature; "yes" without a day is one. Undertakings may
    be listed apart from the accounts: who is not there by account or by name has not signed. A
    system's account and the owner's own need none, and of a processor's people the agreement may
    say it. Where the notice does not promise signatures, it is an observation.

    With a notice that promises signed confidentiality, audited on 2026-11-22:

    | user_id   | user_id_kind | undertaking_on | access_until | result        |
    | --------- | ------------ | -------------- | ------------ | ------------- |
    | aino.koe  |              | 2020-01-08     |              | conformity    |
    | onni.koe  |              |                |              | nonconformity |
    | eeva.koe  |              |                | 2024-05-31   | conformity    |
    | svc_kopio | service      |                |              | conformity    |

    Grade: major.

    Remedy: close the access until the undertaking is signed. An undertaking dated backwards is not
    enough.
    """
    promised = "signed_confidentiality" in access_rules(notice)
    result = Result.NONCONFORMITY if promised else Result.OBSERVATION
    accounts = with_staff(access_list, staff)
    signed = accounts.undertaking_on.notnull() | accounts.undertaking_on_given.fill_null(False)
    late = (accounts.undertaking_on > as_of).fill_null(False)
    exempt = needs_no_undertaking(accounts, notice, processors)
    found = accounts.mutate(
        result=ibis.literal(str(result)),
        exempt=exempt | (accounts.elsewhere & of_nobody(accounts)),
        open=open_on(accounts, as_of),
        unsigned=~signed | late,
    )
    return found.filter(found.unsigned, found.open, ~found.exempt)
