"""Data minimisation: groups of people whom the notice does not speak of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from audit.catalogue import check
from audit.finding import Basis, Grade, Result
from audit.notice.declared.not_held import groups_not_held, youngest
from audit.notice.model import Notice

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Each group of the register, with the words by which a notice may declare it.
_DECLARED_AS = {
    "company": ("company", "companies", "organisation", "customer_organisation", "business"),
    "public_body": ("public_body", "organisation", "company", "authority"),
    "organisation": ("organisation", "company", "association", "foundation", "public_body"),
    "private_person": (
        *("private_person", "consumer", "individual", "natural_person", "household"),
        *("pupil", "patient", "guardian", "volunteer", "donor"),
    ),
    # Whoever speaks of guardians speaks of whom they guard.
    "minor": ("minor", "child", "children", "pupil", "student", "guardian"),
    "prospect": ("prospect", "potential_customer", "lead"),
    "employee": ("employee", "staff", "personnel"),
    "applicant": ("applicant", "job_applicant"),
}
# What says nothing about whether the people are private: it stands for itself alone.
_GENERAL = ("customer", "customers", "contact_person", "member", "user", "visitor", "other")
_ADULT = 18


@check(
    "MIN06",
    criterion="the notice; GDPR Art. 5(1)(a), 30(1)(c), 13",
    basis=Basis.BOTH,
    grade=Grade.MINOR,
    unit="records",
    tables=("customers", "contacts", "orders", "other"),
    needs=("notice.data_subjects", "subject_group|birth_date"),
    at="subject_group",
)
def undeclared_data_subject_group(records: ir.Table, notice: Notice, as_of: date) -> ir.Table:
    """
    Private persons, minors, prospects or employees in a register that is declared for others.

    The notice says whose data the register holds. A record of another group deviates; minors are
    told by their group or by their birth date, up to the day before they turn eighteen, or the age
    below which the notice says that nobody is. A group that it says it holds no data of deviates,
    whatever else it speaks of. A sole
    trader is a person and a business at once, and is an observation; so is a minor where the notice
    speaks of private persons or of customers without saying their age, and a prospect where it
    speaks of customers.

    With a notice that is for companies, public bodies and organisations, audited on 2026-11-22:

    | subject_group  | birth_date | result        |
    | -------------- | ---------- | ------------- |
    | private_person |            | nonconformity |
    | company        |            | conformity    |
    | sole_trader    |            | observation   |
    |                | 2008-11-23 | nonconformity |
    |                | 2008-11-22 | conformity    |
    |                |            | conformity    |

    Grade: minor, since the data may be lawful though nobody was told of it.

    Remedy: decide whether these people belong in the register; tell them and correct the notice,
    or move their data. Changing the label of the group is not enough.
    """
    declared = {group.key for group in notice.data_subjects}
    birth = records.birth_date if "birth_date" in records.columns else ibis.null("date")
    young = (_turns(birth, _ADULT) > ibis.literal(as_of)).fill_null(False)
    limit, denied = youngest(notice), groups_not_held(notice)
    too_young = ibis.literal(False)
    if limit is not None:  # from that age on, the notice speaks of them
        young = (_turns(birth, limit) > ibis.literal(as_of)).fill_null(False)
        too_young = young
    # Contact persons have no group of their own.
    told = records.subject_group if "subject_group" in records.columns else ibis.null("string")
    group = ibis.ifelse(young, "minor", told)
    results = [
        (group == key, str(result))
        for key in _DECLARED_AS
        if (result := _result(key, declared, denied)) is not None
    ]
    if limit is not None:
        results.insert(0, (too_young, str(Result.NONCONFORMITY)))
    if declared and "sole_trader" not in declared:
        results.append((group == "sole_trader", str(Result.OBSERVATION)))
    if not results:
        return records.mutate(detail=ibis.null("string")).filter(ibis.literal(value=False))
    return records.mutate(
        result=ibis.cases(*results, else_=ibis.null("string")),
        detail=ibis.literal("group: ").concat(group),
    ).filter(lambda table: table.result.notnull())


def _turns(birth: ir.DateValue, age: int) -> ir.DateValue:
    """The day on which somebody turns so old."""
    return (birth + ibis.interval(age, unit="Y")).cast("timestamp").cast("date")


def _result(group: str, declared: set[str], denied: frozenset[str]) -> Result | None:
    """What a record of a group is; None where the notice declares it."""
    if group in denied:
        return Result.NONCONFORMITY
    if not declared:  # all that is known is whom the notice denies
        return None
    if declared.intersection(_DECLARED_AS[group]):
        return None
    # Where organisations are named, their contact persons say nothing of private customers.
    general = declared.intersection(_GENERAL)
    if declared.intersection(("company", "public_body", "organisation")):
        general -= {"contact_person"}
    people = declared.intersection((*_GENERAL, *_DECLARED_AS["private_person"]))
    if group in ("company", "public_body", "organisation", "private_person") and general:
        return None  # "customers" may be either
    if group in ("minor", "prospect", "company", "public_body", "organisation") and people:
        return Result.OBSERVATION
    return Result.NONCONFORMITY
