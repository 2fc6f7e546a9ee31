"""
Periods that a notice sets for a group of people: members, volunteers, ticket buyers.

"Members: three years from the end of the membership" says nothing of volunteers. Whose records a
table has, the column of groups tells record by record, else the table's name, its people's numbers
or the end that only members have. What groups are called is data: ``vocabulary/groups_kept.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from audit.catalogue import RetentionScope
from audit.engine.duckdb import Engine
from audit.engine.roles import by_email
from audit.engine.scan import Scanned
from audit.notice.declared.departed import about_departed
from audit.notice.model import Notice, RetentionPeriod
from audit.register.kinds.model import kinds, schema
from audit.register.model import Role, Table
from audit.retention.lists import lists_of, subject_of
from audit.retention.sorts import is_of_a_sort
from audit.retention.starts import records_schema
from audit.vocabulary import load

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = [
    "WHOLE",
    "Reached",
    "examined_of_groups",
    "groups_of",
    "groups_reached",
    "of_groups",
    "with_groups",
]

_GENERAL = "customer"


@dataclass(frozen=True, kw_only=True)
class Reached:
    """The records of a table that a rule is about, by their group; all where both are empty."""

    only: tuple[str, ...] = ()
    """Those of these groups."""
    but: tuple[str, ...] = ()
    """Those of any group but these, and those that tell no group."""


WHOLE = Reached()
"""All records of a table."""


def groups_of(rule: RetentionPeriod) -> frozenset[str]:
    """
    The groups of people that a rule is about, as far as its subject names any; none of the customer.

    >>> def groups(text):
    ...     return sorted(groups_of(RetentionPeriod(id="S1", kind="fixed", period="P2Y", text=text)))
    >>> groups("Jäsenet: kolme vuotta jäsenyyden päättymisestä.")
    ['member']
    >>> groups("Ticket buyers: one year."), groups("Customers and members: 2 years.")
    ([], [])
    """
    return _named_first(rule.said)


@cache
def _named_first(text: str) -> frozenset[str]:
    subject = subject_of(text)
    if _IF.match(subject.strip()):
        return frozenset()
    found = _named(subject)
    return frozenset() if _GENERAL in found else found


_IF = re.compile(r"(?:kun|jos|mikäli|jollei|ellei|om|när|ifall|if|when|once|after|unless)\b")


@cache
def _named(text: str) -> frozenset[str]:
    """The groups that a text names; of two that begin at one word, the one with more to it."""
    longest: dict[int, tuple[int, str]] = {}
    for key, of in load("groups_kept").items():
        for said in of["is"]:
            for match in re.finditer(rf"(?<![\w-]){re.escape(said)}", text):
                longest[match.start()] = max(longest.get(match.start(), (0, "")), (len(said), key))
    ends = {start: start + length for start, (length, _) in longest.items()}
    return frozenset(
        key
        for start, (_, key) in longest.items()
        if not any(other < start < end for other, end in ends.items())
    )


def with_groups(engine: Engine, scanned: Sequence[Scanned], notice: Notice) -> list[Scanned]:
    """The tables, each with the groups that its records say, where a rule is about some group."""
    if not any(groups_of(rule) for rule in notice.retention):
        return list(scanned)
    return [
        replace(one, groups=tuple(_said(engine, place)))
        if Role.SUBJECT_GROUP in kinds()[one.table.kind].roles
        else one
        for place, one in enumerate(scanned)
    ]


def _said(engine: Engine, place: int) -> list[str]:
    rows = engine.ask(
        f"SELECT DISTINCT subject_group FROM records_{place} WHERE subject_group IS NOT NULL ORDER BY 1"
    )
    return [group for (group,) in rows]


def groups_reached(
    rule: RetentionPeriod,
    one: Scanned,
    notice: Notice,
    scanned: Sequence[Scanned],
    *,
    follows: bool = False,
) -> Reached | None:
    """
    The records of a table that a rule may be about; None where it is about others.

    ``follows``: the time of its records is that of their customer.
    """
    rules = [each for each in notice.retention if _is_of_people(each)]
    if rule not in rules or not any(map(groups_of, rules)):
        return WHOLE
    if not _of_people(one.table):
        lists = [other for other in scanned if other.table.kind == "customers"]
        alone = lists[0] if follows and len(lists) == 1 else None
        return groups_reached(rule, alone, notice, scanned) if alone else WHOLE
    of_some = frozenset[str]().union(*map(groups_of, rules))
    if of_some.intersection(one.groups):
        return _by_record(rule, one, rules, of_some)
    own = _whose(one.table) & of_some
    if own:
        return WHOLE if _is_about(rule, own, rules) else None
    return WHOLE if _may_be_of_anybody(rule, rules, scanned) else None


def _is_of_people(rule: RetentionPeriod) -> bool:
    """Whether a rule is about no list, and about no records of a sort that it names for nobody."""
    of_records = is_of_a_sort(rule) and not groups_of(rule)
    return not lists_of(rule) and not about_departed(rule) and not of_records


def _of_people(table: Table) -> bool:
    kind = kinds()[table.kind]
    return kind.people and kind.scope == "register"


def _by_record(
    rule: RetentionPeriod, one: Scanned, rules: Sequence[RetentionPeriod], of_some: frozenset[str]
) -> Reached | None:
    """The records of the rule's groups; of the rule for all others, those of no group with a rule."""
    own = groups_of(rule)
    but = tuple(sorted(of_some - own))
    if _is_for_the_rest(rule, rules, _whose(one.table) & of_some):
        return Reached(but=but) if but else WHOLE
    only = tuple(sorted(own.intersection(one.groups)))
    return Reached(only=only) if only else None


def _is_for_the_rest(
    rule: RetentionPeriod, rules: Sequence[RetentionPeriod], called: frozenset[str]
) -> bool:
    """Whether a rule is about people who are in no group that has a rule, or tell none."""
    whole = [each for each in rules if each.applies_to == "all"]
    own = groups_of(rule)
    if any(groups_of(each) & called for each in whole):
        return bool(own & called) or (not own and rule.applies_to != "all")
    if any(not groups_of(each) for each in whole):
        return not own
    many = [each for each in whole if _are_many(groups_of(each))]
    return not own or not many or _are_many(own)


def _is_about(rule: RetentionPeriod, own: frozenset[str], rules: Sequence[RetentionPeriod]) -> bool:
    """Whether a rule is about the people of a table whose group is known."""
    groups = groups_of(rule)
    if groups:
        return bool(groups & own)
    return not any(each.applies_to == "all" and groups_of(each) & own for each in rules)


def _may_be_of_anybody(
    rule: RetentionPeriod, rules: Sequence[RetentionPeriod], scanned: Sequence[Scanned]
) -> bool:
    """Whether a rule may be about the people of a table that does not tell whose it is."""
    groups = groups_of(rule)
    if not groups:
        return True
    if any(_of_people(o.table) and groups & (_whose(o.table) | set(o.groups)) for o in scanned):
        return False
    if rule.applies_to != "all" or _are_many(groups):
        return True
    return not any(
        each.applies_to == "all" and (not groups_of(each) or _are_many(groups_of(each)))
        for each in rules
    )


def _are_many(groups: Iterable[str]) -> bool:
    """Whether they are those whom a register is kept for."""
    known = load("groups_kept")
    return any(known[group].get("many", False) for group in groups)


def _whose(table: Table) -> frozenset[str]:
    """The groups whose list a table is: by its name, its people's numbers, its kind, or an end of members."""
    if called := _named(_as_words(table.name)):
        return called
    key = table.with_role(Role.RECORD_KEY)
    numbered = _named(_as_words(table.columns[key].header)) if key is not None else frozenset()
    if numbered:
        return numbered
    if table.kind == "mailing_list":
        return frozenset({"newsletter_subscriber"})
    ended = table.with_role(Role.MEMBERSHIP_END) is not None
    return frozenset({"member"}) if ended else frozenset()


def _as_words(name: str) -> str:
    """A name in lower case, its words apart; what is one word, such as *stamgäster*, stays one."""
    return re.sub(r"[\W_]+", " ", name.casefold())


def of_groups(records: ir.Table, scope: RetentionScope | None) -> ir.Table:
    """Those of the records whose group the rule is about."""
    if scope is None or not scope.by_group:
        return records
    if scope.only:
        return records.filter(records.subject_group.isin(scope.only))
    # Who tells no group is not one of those that have a rule: SQL's unknown would hide the record.
    return records.filter(~records.subject_group.isin(scope.but).fill_null(False))


def examined_of_groups(scanned: Scanned | None, scope: RetentionScope | None) -> ir.Table | None:
    """What a rule about some groups examines, each without a topic; None where it is all records."""
    import ibis

    if scope is None or not scope.by_group or scanned is None:
        return None
    records = ibis.table(records_schema(scanned), name="records_here")
    if "subject_group" not in records.columns:  # what is a customer's is of the customer's group
        key = "email" if by_email(scanned.table) else "customer"
        customers = ibis.table(schema("customers"), name="all_customers")
        of = customers.group_by(of=customers[key]).agg(
            subject_group=customers.subject_group.max(),
        )
        records = records.left_join(of, records.customer == of.of)
    return of_groups(records, scope).select(topic=ibis.null("string"))
