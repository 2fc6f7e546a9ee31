"""Transparency: a period that bookkeeping law may outlast."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.model import Notice
from audit.notice.review.phrases import mentions_within, remark
from audit.notice.review.remark import Remark


@check(
    "NOT13",
    criterion="GDPR Art. 6(1)(c), 13(2)(a); Kirjanpitolaki 1336/1997 2:10",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
    result=Result.OBSERVATION,
)
def retention_against_statute(notice: Notice) -> Iterator[Remark]:
    """
    Notices whose one period for everything can end before bookkeeping law lets vouchers and books go.

    Books are kept at least ten years from the end of the financial year, vouchers at least six
    from the end of the calendar year in which it ended. A period counted from the end of a
    relationship can be over before that: in the worst case the relationship ends on the first day
    of a financial year. The wording should say "unless the law requires longer".

    | retention                      | data_categories | clauses                                    | result      |
    | ------------------------------ | --------------- | ------------------------------------------ | ----------- |
    | P10Y customer_relationship_end | name, invoicing | Kymmenen vuotta asiakkuuden päättymisestä. | observation |
    | P2Y last_order                 | name, invoicing | Kaksi vuotta, ellei laki vaadi enempää.    | conformity  |
    | P2Y last_order                 | name            | Kaksi vuotta tilauksesta.                  | conformity  |

    Remedy: add a rule for bookkeeping material, or the words "unless the law requires longer".
    """
    held = notice.declared_categories() or frozenset()
    if not held & {"invoicing", "payment"}:
        return
    if any(rule.event == "fiscal_year_end" for rule in notice.retention):
        return
    for rule in notice.retention:
        if rule.kind != "fixed" or (
            rule.applies_to != "all" and "invoicing" not in rule.applies_to
        ):
            continue
        number, unit = rule.parts()
        # Ten years and the rest of a financial year: that alone outlasts every voucher and book.
        outlasts = unit == "Y" and number > _BOOKS_YEARS
        if not outlasts and not mentions_within(notice, "law_reservation", rule.text, rule.clauses):
            yield remark(notice, *rule.clauses)


_BOOKS_YEARS = 11
