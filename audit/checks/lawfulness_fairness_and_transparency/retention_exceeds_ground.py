"""Transparency: data kept long for no stated ground."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice, RetentionPeriod
from audit.notice.review.phrases import mentions_within, remark
from audit.notice.review.remark import Remark


@check(
    "NOT10",
    criterion="GDPR Art. 5(1)(e), 13(2)(a)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def retention_exceeds_ground(notice: Notice) -> Iterator[Remark]:
    """
    Notices that keep everything for more than three years after the relationship, and do not say why.

    No number of years is the maximum. In TSV/2/2018 three years after the relationship, for the
    limitation of debts, complaints and billing, were accepted; that more needs a ground of its own
    is an inference from it, not its holding. So the question is: on what ground? A period with a
    stated ground is observed; one without is a nonconformity. Rules that count from the end of a
    financial year, and those on invoices and payments alone, are bookkeeping's; those on patient
    records are the law's (Act 703/2023).

    | retention                      | result        |
    | ------------------------------ | ------------- |
    | P10Y customer_relationship_end | nonconformity |
    | P3Y customer_relationship_end  | conformity    |
    | P36M last_order                | conformity    |
    | P10Y fiscal_year_end           | conformity    |
    | missing                        | conformity    |

    Remedy: state the ground for each group of data that is kept longer, or shorten the period.
    """
    for rule in notice.retention:
        if rule.kind != "fixed" or rule.event == "fiscal_year_end" or not _long(rule):
            continue
        if rule.applies_to != "all" and set(rule.applies_to) <= {"invoicing", "payment"}:
            continue
        of_patients = rule.applies_to != "all" and set(rule.applies_to) <= {
            "health",
            "diet_allergy",
        }
        said = "" if of_patients else rule.text
        if mentions_within(notice, "statutory_records", said, rule.clauses):
            continue
        ground = mentions_within(notice, "retention_ground", rule.text, rule.clauses)
        purpose = (clause for one in notice.purposes[:1] for clause in one.clauses[:1])
        yield remark(
            notice,
            *rule.clauses,
            *purpose,
            detail="ground_stated" if ground else "no_ground",
            level="observation" if ground else "minor",
        )


def _long(rule: RetentionPeriod) -> bool:
    number, unit = rule.parts()
    return {"Y": number * 365, "M": number * 30, "W": number * 7, "D": number}[unit] > 3 * 366
