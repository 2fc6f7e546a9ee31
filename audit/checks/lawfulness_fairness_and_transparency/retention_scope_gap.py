"""Transparency: data that no retention rule reaches."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.periods import ends_idle, until_person_acts
from audit.notice.review.phrases import find, mentions_within, remark
from audit.notice.review.remark import Remark


@check(
    "NOT12",
    criterion="GDPR Art. 13(2)(a), 5(1)(e)",
    basis=Basis.LAW,
    grade=Grade.MINOR,
    unit="notice",
)
def retention_scope_gap(notice: Notice) -> Iterator[Remark]:
    """
    Notices that leave data without a period, or with one that nobody can tell.

    Every set of data needs a period, or criteria by which it can be told. Found are: no period at
    all; data kept without end; criteria such as "as long as necessary"; periods that end only when
    the person acts (in TSV/26/2020 "while the account exists" and "until the customer asks" were
    not accepted as periods; appealed, check status); data of the website, to which a period
    counted from a customer relationship gives no end.

    | retention  | clauses                   | result        |
    | ---------- | ------------------------- | ------------- |
    | missing    |                           | nonconformity |
    | indefinite | Säilytetään toistaiseksi. | nonconformity |
    | P2Y visit  | Kaksi vuotta käynnistä.   | conformity    |

    Remedy: give each group of data, logs and cookies among them, a period or criteria that lead to
    a day.
    """
    rules = [rule for rule in notice.retention if rule.kind != "missing"]
    if not rules:
        clauses = (c for rule in notice.retention for c in rule.clauses)
        yield remark(notice, *clauses, detail="missing")
        return
    for rule in rules:
        if rule.kind == "indefinite":
            yield remark(notice, *rule.clauses, detail="indefinite")
        elif until_person_acts(notice, rule):
            if ends_idle(notice):
                continue
            yield remark(notice, *rule.clauses, detail="until_person_acts")
        elif rule.kind == "criteria" and mentions_within(
            notice, "vague_retention", rule.text, rule.clauses
        ):
            yield remark(notice, *rule.clauses, detail="vague")
    reached = {key for rule in rules if rule.applies_to != "all" for key in rule.applies_to}
    website = {"cookies_usage", "ip_address", "device_browser"}
    said = any(True for rule in rules for _ in find(notice, "cookie_words", within=rule.clauses))
    if notice.cookies.used and not reached & website and not said:
        own = (clause for rule in rules if rule.applies_to == "all" for clause in rule.clauses)
        yield remark(notice, *own, detail="website")
