"""Storage limitation: what the notice would have erased and bookkeeping law still requires."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import RetentionScope, check
from audit.checks.storage_limitation._allowed import allowed, parts, to_clear
from audit.checks.storage_limitation._vouchers import voucher_until
from audit.finding import Basis, Grade, Result
from audit.notice.model import RetentionPeriod
from audit.plan import Plan
from audit.plan.financial_years import years

if TYPE_CHECKING:
    import ibis.expr.types as ir


@check(
    "STO09",
    criterion="the notice; GDPR Art. 6(1)(c), 17(3)(b)",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    result=Result.OBSERVATION,
    scopes=("register", "governance"),
    tables=(
        *("customers", "contacts", "orders", "invoices", "collection", "credit_checks"),
        *("mailing_list", "other", "erasures"),
    ),
)
def statutory_minimum_running(
    records: ir.Table,
    as_of: date,
    plan: Plan | None,
    retention_period: RetentionPeriod | None = None,
    scope: RetentionScope | None = None,
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
    if retention_period is None or scope is None:
        return _erased_early(records, plan, as_of)
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


def _erased_early(records: ir.Table, plan: Plan | None, as_of: date) -> ir.Table:
    """Vouchers that were erased before the law allowed it."""
    day, erased_on = records.invoiced_on, ibis.literal(as_of)
    if "erased_on" in records.columns:
        day = ibis.coalesce(records.fiscal_year_end, day)
        erased_on = ibis.coalesce(records.erased_on, erased_on)
    if "invoice_state" in records.columns:
        listed = records.invoice_state.isnull() & ibis.literal("erased_on" in records.columns)
        erased_on = ibis.cases(
            (listed | (records.invoice_state == "erased").fill_null(False), erased_on)
        )
    until = voucher_until(day, years(plan.financial_years if plan else ()))
    found = records.mutate(until=until, erased=erased_on)
    needed = found.filter((found.erased <= found.until).fill_null(False))
    day_needed = ibis.literal("voucher erased, required until ")
    return needed.mutate(detail=day_needed.concat(needed.until.strftime("%Y-%m-%d")))
