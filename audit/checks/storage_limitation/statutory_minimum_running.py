"""Storage limitation: what the notice would have erased and bookkeeping law still requires."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import RetentionScope, check
from audit.checks.storage_limitation._allowed import allowed, parts, to_clear
from audit.finding import Basis, Grade, Result
from audit.notice.model import RetentionPeriod

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO09",
    criterion="the notice; GDPR Art. 6(1)(c), 17(3)(b)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    result=Result.OBSERVATION,
)
def statutory_minimum_running(
    records: ir.Table, retention_period: RetentionPeriod, scope: RetentionScope, as_of: date
) -> ir.Table:
    """
    Records whose period under the notice has passed, and which bookkeeping law still requires.

    A guard, no accusation: nobody is told to erase a voucher inside its minimum. Vouchers are kept
    at least six years from the end of the calendar year in which the financial year ended, books
    ten years from the end of the financial year (Kirjanpitolaki 1336/1997 2:10). The minimum is
    counted from the plan's financial years, never from the invoice's date; it covers what the
    voucher must show, not the phone number beside it: of a customer's record only the columns
    that the vouchers need, and do not show themselves, are to stay. Always an observation.

    With a declared period of P2Y, audited on 2026-11-22:

    | retention_start | voucher_until | result      |
    | --------------- | ------------- | ----------- |
    | 2024-11-21      | 2026-11-22    | observation |
    | 2024-11-21      | 2026-11-21    | conformity  |
    | 2024-11-22      | 2030-12-31    | conformity  |
    | 2024-11-21      |               | conformity  |
    |                 | 2030-12-31    | conformity  |

    Remedy: do not erase yet. Bookkeeping law requires this to be kept until the day given.
    """
    kept = allowed(records, retention_period, scope, as_of)
    needed = kept.filter(kept.past, kept.statute)
    stays = ""
    if not scope.vouchers and scope.columns:
        cleared = to_clear(scope, "law")
        staying = [header for header in to_clear(scope, "nothing") if header not in cleared]
        if not staying:  # the vouchers show it all themselves
            needed = needed.limit(0)
        stays = f"keep: {', '.join(staying)}"
    until = needed.voucher_until.strftime("%Y-%m-%d")
    return needed.drop("allowed_until", "grade").mutate(
        detail=parts(ibis.literal("required until ").concat(until), stays)
    )
