"""
The statements of a plan held against its notice and its files: what is refused, and what counts.

A statement about nothing, or from the future, ends an audit before anything is read. One that has
expired counts no longer, and that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from audit.checks import catalogue
from audit.errors import NoticeInvalid, PlanInvalid
from audit.finding import AttestationState, CompletenessState
from audit.notice.extract.events import UNSPECIFIED
from audit.notice.model import ClauseKind, Notice
from audit.notice.validation import no_such
from audit.plan import Plan
from audit.plan.statements import (
    ATTESTED_CHECKS,
    SECOND_APPROVER,
    Attestation,
    Completeness,
    Waiver,
    reads_so,
)
from audit.register.model import Role

__all__ = [
    "Export",
    "attestation_states",
    "by_number_alone",
    "completeness_states",
    "reject_wrong_statements",
]


class Export(NamedTuple):
    """What a statement of completeness is held against."""

    extracted_on: date | None
    lines_lost: bool
    """Whether lines of it could not be read."""


def reject_wrong_statements(plan: Plan, notice: Notice, as_of: date, shown_plan: str) -> None:
    """
    Hold a plan against its notice before anything is read.

    Raises ``PlanInvalid`` for a statement about nothing, or from the future, and ``NoticeInvalid``
    for a period that a person wrote down as counting from what no register has.
    """
    _reject_unknown_events(plan, notice)
    for group in ("attestations", "completeness", "waivers"):
        for place, said in enumerate(getattr(plan, group)):
            if said.on > as_of:
                problem = f"it is of a day after the audit, {as_of.isoformat()}"
                raise PlanInvalid(shown_plan, f"{group}[{place}]", problem, "correct `on`")
    for place, attested in enumerate(plan.attestations):
        if wrong := _wrong(attested, notice):
            raise PlanInvalid(shown_plan, f"attestations[{place}]", *wrong)
    tables = {source.name for source in plan.sources}
    for place, whole in enumerate(plan.completeness):
        if whole.table not in tables:
            problem = f"the plan has no table {whole.table}"
            raise PlanInvalid(shown_plan, f"completeness[{place}]", problem, "correct `table`")
    for place, waiver in enumerate(plan.waivers):
        if waiver.check is not None and waiver.check not in catalogue():
            problem = f"there is no check {waiver.check}"
            raise PlanInvalid(shown_plan, f"waivers[{place}]", problem, "correct `check`")
    _reject_wrong_waivers(plan.waivers, as_of, shown_plan)


def _reject_unknown_events(plan: Plan, notice: Notice) -> None:
    events = [role.value for role in Role if role.type == "date"]
    for place, rule in enumerate(() if notice.read_from else notice.retention):
        if rule.event is not None and rule.event not in (UNSPECIFIED, *events):
            problem = no_such("date of a record", rule.event, events)
            path = plan.folder / (plan.notice or "")
            raise NoticeInvalid(path, f"retention.{place}.event", problem, "correct it there")


def _reject_wrong_waivers(waivers: Sequence[Waiver], as_of: date, shown_plan: str) -> None:
    """Raise for one that lacks its second approver, or a second one of the same that is in force."""
    in_force: dict[str, int] = {}
    for place, waiver in enumerate(waivers):
        at = f"waivers[{place}]"
        if waiver.check in SECOND_APPROVER and waiver.second_approver is None:
            problem = f"nobody alone can waive {waiver.check}"
            raise PlanInvalid(shown_plan, at, problem, "name a `second_approver`")
        if waiver.expires < as_of:
            continue
        if (first := in_force.setdefault(waiver.shown, place)) != place:
            problem = f"{waiver.shown} is waived by waivers[{first}] already"
            raise PlanInvalid(shown_plan, at, problem, "keep one of them")


def _wrong(attested: Attestation, notice: Notice) -> tuple[str, str] | None:
    """What is wrong with what an attestation names, and what to do."""
    clauses = {clause.id: clause for clause in notice.clauses}
    kinds = {name: clause.kinds for name, clause in clauses.items()}
    if unknown := sorted(set(attested.clauses) - set(kinds)):
        return f"the notice has no clause {', '.join(unknown)}", "correct `clauses`"
    silent = [name for name in attested.clauses if ClauseKind.INFORMATIVE in kinds[name]]
    if silent:
        problem = f"clause {', '.join(silent)} promises nothing that could be attested"
        return problem, "leave it out of `clauses`"
    for name, words in attested.words.items():
        if not reads_so(clauses[name].words, words):
            problem = f"clause {name} reads otherwise than what was attested"
            return problem, "name the clause that says so now, or ask again"
    if other := sorted(set(attested.checks) - ATTESTED_CHECKS):
        known = all(code in catalogue() for code in other)
        problem = (
            f"{'no attestation stands for' if known else 'there is no check'} {', '.join(other)}"
        )
        return problem, f"name clauses, or {', '.join(sorted(ATTESTED_CHECKS))}"
    return None


def by_number_alone(plan: Plan, as_of: date) -> tuple[str, ...]:
    """The clauses attested by number: in another version of the notice it may be another promise."""
    counting = (one for one in plan.attestations if one.until >= as_of)
    return tuple(sorted({c for one in counting for c in one.clauses if c not in one.words}))


def attestation_states(plan: Plan, as_of: date) -> tuple[AttestationState, ...]:
    """What became of each attestation."""
    return tuple(
        AttestationState(
            names=(*said.clauses, *said.checks),
            strength=said.strength,
            holds=said.holds,
            by=said.by,
            on=said.on,
            until=said.until,
            place=said.place or "",
            statement=said.statement,
            state="applied" if said.until >= as_of else "expired",
        )
        for said in plan.attestations
    )


def completeness_states(
    plan: Plan, exports: Mapping[str, Export], as_of: date
) -> tuple[CompletenessState, ...]:
    """What became of each statement that a table is whole."""
    return tuple(
        CompletenessState(
            table=said.table,
            stated_by=said.stated_by,
            on=said.on,
            state=_worth(exports.get(said.table), said, as_of),
        )
        for said in plan.completeness
    )


def _worth(export: Export | None, said: Completeness, as_of: date) -> str:
    if export is None:
        return "unread"
    if not said.counts(export.extracted_on, as_of):
        return "outdated"
    return "lines_lost" if export.lines_lost else "applied"
