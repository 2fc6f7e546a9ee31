"""Where the records of a table get the date that a retention rule counts from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from audit.catalogue import RetentionScope
from audit.categories.headers import words
from audit.engine.roles import by_email
from audit.engine.scan import Scanned
from audit.notice.departed import about_departed
from audit.notice.model import Notice, RetentionPeriod
from audit.plan import Plan
from audit.register.concepts import may_mean, says_only_when
from audit.register.kinds import kinds, schema
from audit.register.model import Role, Table
from audit.register.roles import SIGNS_OF_LIFE
from audit.retention.groups import WHOLE, Reached, groups_reached
from audit.retention.lists import day_of_the_list, lists_of

__all__ = [
    "RELATIONSHIP_ENDS",
    "Start",
    "confirmed_stand_in",
    "date_of_the_record",
    "departed_have_a_rule",
    "event_role",
    "events_known",
    "reason_of_kind",
    "records_schema",
    "rule_events",
    "scope_of",
    "start_of",
    "with_asked_dates",
]

RELATIONSHIP_ENDS = frozenset(
    {Role.CUSTOMER_RELATIONSHIP_END, Role.CONTRACT_END, Role.MEMBERSHIP_END, Role.EMPLOYMENT_END}
)
"""Events that are blank while the relationship runs."""

#: Ends that one and the same relationship goes by.
_ONE_END = (Role.CUSTOMER_RELATIONSHIP_END, Role.CONTRACT_END, Role.MEMBERSHIP_END)

#: Where a sign of life may stand: a later one than the plan's rule looks at.
_LIFE = ("orders.ordered_on", "invoices.invoiced_on", "contract_end")
_VOUCHERS = "invoices"


@dataclass(frozen=True, kw_only=True)
class Start:
    """Where the date comes from."""

    how: Literal["own", "left", "derived", "financial_year", "customer"]
    """A column of the table; the day a contact person left; the plan's rule; the plan's financial
    years; the customer whose record it is."""
    latest_of: tuple[str, ...] = ()
    """The dates that a derived one is the latest of."""
    at: Role | None = None
    """The table's own date that the rule speaks of by another name: the day of each order."""
    firm: bool = True
    """Whether it supports a nonconformity."""


def event_role(rule: RetentionPeriod) -> Role | None:
    """The role of the date that a rule counts from, if the rule names one."""
    roles = {role.value for role in Role if role.type == "date"}
    if about_departed(rule):
        return Role.LEFT_ON
    if lists_of(rule):
        return Role.COLLECTION  # "Requests: two years from our answer" is of each request
    vague = rule.event == "unspecified" or (
        rule.event == Role.CONSENT_WITHDRAWAL and _OF_A_REQUEST.search(rule.text) is not None
    )
    if vague and rule.applies_to != "all" and _counts_from_itself(rule.text):
        return Role.COLLECTION
    if rule.event == "unspecified" and rule.applies_to == _RECORDINGS:
        return Role.COLLECTION  # "Recordings are overwritten after 14 days": no other day is meant
    if rule.event == "unspecified" and _MOVED_OUT.search(rule.text):
        return Role.CONTRACT_END
    return Role(rule.event) if rule.event in roles else None


def _counts_from_itself(text: str) -> bool:
    """Whether a rule counts from some day of the record itself: "from the date of the request"."""
    return _FROM.search(text) is not None and _OF_ANOTHER.search(text) is None


_RECORDINGS = ("photo_video",)
_MOVED_OUT = re.compile(
    r"poismuu|pois muutt|move(?:d|s)? out|moving out|move-out|utflytt|avflytt|flyttat ut",
    re.IGNORECASE,
)
# "Two years from the date of the request" is about each request, not about a consent.
_OF_A_REQUEST = re.compile(
    r"date of (?:the|each) (?:repair |service )?(?:request|order|report)|(?:pyynnön|ilmoituksen) päiv|"
    r"från (?:anmälan|begäran)s? (?:dag|datum)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"\b(?:from|after|since|från|efter|sedan|kuluttua|jälkeen)\b|\w{4,}(?:sta|stä)\b", re.IGNORECASE
)
_OF_ANOTHER = re.compile(
    r"päätty|loppu|\bend|expir|upphör|slut|viime|\blast\b|latest|senast|\bsista\b|clos|ceas|withdr|peru|återkal",
    re.IGNORECASE,
)


def rule_events(notice: Notice) -> tuple[str, ...]:
    """The dates that the notice's fixed periods count from, each once."""
    named = (event_role(rule) for rule in notice.retention if rule.kind == "fixed")
    return tuple(dict.fromkeys(event.value for event in named if event is not None))


def with_asked_dates(table: Table, notice: Notice) -> tuple[Table, str | None]:
    """
    The table with the dates that the rules of this notice count from, and what was taken for one.

    Dates that nobody asks for have no role. Where the notice counts from the end of a membership or
    of a contract, and the table has another end alone, that is it: its header is returned. The end
    of a contract is not taken for that of the customer relationship, which may outlive it.
    """
    events = {event_role(rule) for rule in notice.retention if rule.kind == "fixed"}
    table = _with_named_end(table, notice)
    ends = [c for c in table.columns if c.role in _ONE_END]
    asked_ends = sorted(event for event in events if event in _ONE_END)
    taken: str | None = None
    columns = table.columns
    if kinds()[table.kind].scope == "register" and len(ends) == 1 and len(asked_ends) == 1:
        [end], [asked] = ends, asked_ends
        later = end.role is Role.CONTRACT_END and asked is Role.CUSTOMER_RELATIONSHIP_END
        if end.role is not asked and not later:
            taken = end.header
            columns = tuple(
                c.model_copy(update={"role": asked}) if c is end else c for c in columns
            )
    wanted = {Role.RELATIONSHIP_START, *kinds()[table.kind].roles, *events}
    if table.kind == "contacts":
        # Their state is the customer's, where the customer's end stands by.
        wanted |= set(_ONE_END)
    columns = tuple(
        c.model_copy(update={"role": None})
        if c.role and c.role.type == "date" and c.role not in wanted
        else c
        for c in columns
    )
    return table.model_copy(update={"columns": columns}), taken


def _with_named_end(table: Table, notice: Notice) -> Table:
    """
    The customers, where no end is known, with the end of what the notice's own rule counts from.

    "Two years from the end of the mandate" names what a column headed *Mandate ended* is of.
    """
    if table.kind != "customers" or any(column.role in _ONE_END for column in table.columns):
        return table
    for rule in notice.retention:
        event = event_role(rule) if rule.kind == "fixed" else None
        if event not in _ONE_END:
            continue
        for n, column in enumerate(table.columns):
            unknown = column.role is None and column.category is None
            if unknown and _is_end_of(column.header, rule.text):
                columns = list(table.columns)
                columns[n] = column.model_copy(update={"role": event, "category": "technical"})
                return table.model_copy(update={"columns": tuple(columns)})
    return table


def _is_end_of(header: str, text: str) -> bool:
    """
    Whether a header says that something ended that a rule names.

    >>> _is_end_of("Mandaatti päättyi", "Kaksi vuotta mandaatin päättymisestä")
    True
    >>> _is_end_of("Takuu päättyi", "Kaksi vuotta mandaatin päättymisestä")
    False
    """
    tokens = words(header).split()
    ended = [token for token in tokens if may_mean(token, "end")]
    begins = tuple(
        token[: max(_SHORTEST, len(token) - _ENDING)]
        for token in tokens
        if token not in ended and len(token) >= _SHORTEST and not says_only_when(token)
    )
    if not ended or not begins:
        return False
    return any(word.startswith(begins) for word in re.findall(r"\w+", text.casefold()))


_SHORTEST, _ENDING = 4, 3


def reason_of_kind(rule: RetentionPeriod) -> str | None:
    """Why a rule without a fixed period cannot be assessed; None for a fixed one."""
    return None if rule.kind == "fixed" else f"retention_{rule.kind}"


def start_of(
    one: Scanned,
    rule: RetentionPeriod,
    scanned: Sequence[Scanned],
    plan: Plan,
    *,
    departed: bool = False,
) -> Start | str:
    """
    Where the table's records get the date of the rule's event, or why they have none.

    ``departed``: the notice has a rule of its own for contact persons who left (see
    ``departed_have_a_rule``), so that this one does not count from that day.
    """
    event = event_role(rule)
    if event is None:
        return "event_unspecified"
    table = one.table
    at = table.with_role(event)
    if at is not None:
        return _unknown(one, table.columns[at].header) or Start(how="own")
    itself = date_of_the_record(table, rule)
    if itself is not None:
        header = table.columns[table.with_role(itself) or 0].header
        return _unknown(one, header) or Start(how="own", at=itself)
    if event is Role.FISCAL_YEAR_END and _is_voucher(table, rule):
        return Start(how="financial_year") if plan.financial_years else "financial_years_missing"
    if table.kind == "contacts" and table.with_role(Role.LEFT_ON) is not None and not departed:
        return Start(how="left")
    return _elsewhere(table, event, rule, scanned, plan) or "event_column_missing"


def _unknown(one: Scanned, header: str) -> str | None:
    """Why nobody knows the dates of a column; None where they are known."""
    if header in one.ambiguous_dates:
        return "event_dates_ambiguous"
    return "event_dates_unreadable" if header in one.unreadable_dates else None


def departed_have_a_rule(notice: Notice) -> bool:
    """Whether the notice says what becomes of contact persons who left, apart from all others."""
    return any(map(about_departed, notice.retention))


def _is_voucher(table: Table, rule: RetentionPeriod) -> bool:
    """Whether a table's records are vouchers: invoices, and orders that the rule speaks of too."""
    of_orders = rule.applies_to != "all" and "order_history" in rule.applies_to
    dated = table.with_role(Role.ORDERED_ON) is not None
    return table.kind == _VOUCHERS or (table.kind == "orders" and of_orders and dated)


#: The events that each record of a kind has a day of its own for, and which; and the category that
#: such records are, whatever their columns hold.
_OF_ITS_OWN: dict[str, tuple[frozenset[str], dict[Role, tuple[Role, ...]]]] = {
    "orders": (
        frozenset({"order_history"}),
        {
            Role.LAST_ORDER: (Role.ORDERED_ON, Role.VISIT),
            Role.VISIT: (Role.VISIT, Role.ORDERED_ON),
            Role.COLLECTION: (Role.ORDERED_ON, Role.VISIT),
        },
    ),
    "invoices": (
        frozenset({"invoicing", "payment"}),
        {Role.LAST_ORDER: (Role.INVOICED_ON,), Role.COLLECTION: (Role.INVOICED_ON,)},
    ),
    "web_log": (frozenset({"cookies_usage", "ip_address"}), {Role.COLLECTION: (Role.EVENT_ON,)}),
}
_LATEST = re.compile(r"\b(?:viime|senast|sista\b|last\b|latest|most recent)", re.IGNORECASE)


def date_of_the_record(table: Table, rule: RetentionPeriod) -> Role | None:
    """
    The table's own date that a rule counts from, where it speaks of each record by itself.

    "Orders: five years from the order date" is about each order; "five years from the last order"
    is about the customer. Only a rule for the records of that kind says so.
    """
    categories, dates = _OF_ITS_OWN.get(table.kind, (frozenset(), {}))
    event = event_role(rule)
    if event is None:
        return None
    if lists_of(rule):
        return day_of_the_list(table, rule)
    of_all = rule.applies_to == "all" or categories.isdisjoint(rule.applies_to)
    # "Photographs: 18 months from the session", in a list of sessions with their pictures.
    held = event is Role.COLLECTION and any(c.category in rule.applies_to for c in table.columns)
    if of_all and not (held and rule.applies_to != "all") and not _names_table(rule, table):
        return None
    if event is Role.LAST_ORDER and (not rule.text or _LATEST.search(rule.text)):
        return None
    if event is Role.VISIT and _LATEST.search(rule.text or ""):
        return None  # "three years from the last visit" is about the person who came
    return next((role for role in dates.get(event, ()) if table.with_role(role) is not None), None)


def _is_meant(
    table: Table,
    rule: RetentionPeriod,
    others: Sequence[RetentionPeriod],
    scanned: Sequence[Scanned],
) -> bool:
    """
    Whether a rule is about a list of people: one that begins with what a list is called is of that.

    "Kausikortin haltijan tiedot" are those of the list of season tickets, and of no other.
    """
    lists = [one.table for one in scanned if one.table.kind == "customers"]
    named = [each for each in lists if _of_this_list(rule, each)]
    if named:
        return table in named
    return not any(_of_this_list(other, table) for other in others if other.kind == "fixed")


def _of_this_list(rule: RetentionPeriod, table: Table) -> bool:
    return _names_table(rule, table) and not _OF_PEOPLE.match(rule.text.strip())


_OF_PEOPLE = re.compile(
    r"(?:\w+ )?(?:asiak|henkil|jäsen|kund|person|medlem|customer|client|member|user|käyttäj|användar)",
    re.IGNORECASE,
)


def _puts_off(rule: RetentionPeriod) -> bool:
    """Whether a criterion only says when another period does not end: "unless the law requires"."""
    return rule.kind == "criteria" and _UNLESS.match(rule.text.strip()) is not None


_UNLESS = re.compile(
    r"(?:om inte|såvida inte|ifall inte|förutom|ellei|jollei|mikäli \w+ ei|paitsi|lukuun ottamatta|unless|"
    r"except|save where|other than)\b",
    re.IGNORECASE,
)


def _names_table(rule: RetentionPeriod, table: Table) -> bool:
    """Whether a rule begins with what a table is called: "Tapahtumiin ilmoittautuneiden tiedot"."""
    subject = re.findall(r"\w+", rule.text.casefold())[:_WORDS_OF_A_SUBJECT]
    begins = tuple(word[:_SAME_BEGINNING] for word in subject if len(word) >= _LONG_ENOUGH)
    called = re.findall(r"\w{6,}", table.name.casefold())
    return any(word.startswith(begins) for word in called) if begins else False


_SAME_BEGINNING, _LONG_ENOUGH, _WORDS_OF_A_SUBJECT = 8, 6, 2


def _elsewhere(
    table: Table, event: Role, rule: RetentionPeriod, scanned: Sequence[Scanned], plan: Plan
) -> Start | str | None:
    """The date as the plan derives it for customers, and for what is theirs the customer's."""
    if table.kind == "customers":
        return _derived(table, event, scanned, plan) or _last_visit(table, event, rule, scanned)
    if not _follows_a_customer(table):
        return None
    of = [_of_customers(other, rule, scanned, plan) for other in scanned]
    found = next((start for start in of if isinstance(start, Start)), None)
    if found is not None:
        return Start(how="customer", firm=found.firm)
    return next((reason for reason in of if reason), None)


def _of_customers(
    other: Scanned, rule: RetentionPeriod, scanned: Sequence[Scanned], plan: Plan
) -> Start | str | None:
    return start_of(other, rule, scanned, plan) if other.table.kind == "customers" else None


def _follows_a_customer(table: Table) -> bool:
    """Whether its records are some customer's, and their time that of the customer."""
    register = kinds()[table.kind].scope == "register"
    linked = table.with_role(Role.CUSTOMER_REFERENCE) is not None or bool(by_email(table))
    return register and linked


def _derived(table: Table, event: Role, scanned: Sequence[Scanned], plan: Plan) -> Start | None:
    """The date derived by the plan's rule, or the last order found among the orders."""
    rule = plan.event_from.get(event.value)
    if rule is None:
        of = ("orders.ordered_on",)
        last_order = event is Role.LAST_ORDER and list(_there(of, table, scanned))
        return Start(how="derived", latest_of=of) if last_order else None
    there = tuple(_there(rule.latest_of, table, scanned))
    if not there:
        return None
    firm = rule.confirmed_by is not None or set(_LIFE) <= set(there)
    return Start(how="derived", latest_of=there, firm=firm)


def _last_visit(
    table: Table, event: Role, rule: RetentionPeriod, scanned: Sequence[Scanned]
) -> Start | None:
    """The last hire, stay or visit as the orders tell it; of visits, orders alone say too little."""
    if event is not Role.VISIT or not _LATEST.search(rule.text or ""):
        return None
    of = ("orders.ordered_on",)
    if not list(_there(of, table, scanned)):
        return None
    orders = [one.table for one in scanned if one.table.kind == "orders"]
    visits = any(each.with_role(Role.VISIT) is not None for each in orders)
    return Start(how="derived", latest_of=of, firm=visits or not _VISITS.search(rule.text))


_VISITS = re.compile(r"visit|käyn|besök|asioin", re.IGNORECASE)


def _there(names: Iterable[str], own: Table, scanned: Sequence[Scanned]) -> Iterator[str]:
    """Those of the dates that the register has."""
    for name in names:
        kind, _, role = name.rpartition(".")
        tables = [one.table for one in scanned if one.table.kind == kind] if kind else [own]
        if any(table.with_role(Role(role)) is not None for table in tables):
            yield name


def confirmed_stand_in(
    one: Scanned, event: Role, scanned: Sequence[Scanned], plan: Plan
) -> tuple[str, ...]:
    """The dates that stand in for a blank end of an ended relationship, by a confirmed rule."""
    rule = plan.event_from.get(event.value)
    if rule is None or rule.confirmed_by is None or one.table.kind != "customers":
        return ()
    return tuple(_there(rule.latest_of, one.table, scanned))


def records_schema(scanned: Scanned) -> dict[str, str]:
    """The columns of ``records_<place>`` and their types."""
    dates = {c.role for c in scanned.table.columns if c.role and c.role.type == "date"}
    return schema(scanned.table.kind, dates)


def events_known(one: Scanned, scanned: Sequence[Scanned]) -> bool:
    """Whether the register tells of any sign of life of the customers in a table."""
    own = (*SIGNS_OF_LIFE, Role.CONTRACT_END)
    if any(one.table.with_role(role) is not None for role in own):
        return True
    return any(_there(_LIFE[:2], one.table, scanned))


def _whose(
    one: Scanned,
    rule: RetentionPeriod,
    start: Start,
    notice: Notice,
    scanned: Sequence[Scanned],
) -> Reached | None:
    """The records of the table that the rule is about, by whose they are; None if it is about others."""
    if (lists := lists_of(rule)) and one.table.kind not in lists:
        return None  # the period of a list is no other table's
    if about_departed(rule) and one.table.kind != "contacts":
        return None
    others = [other for other in notice.retention if other.id != rule.id]
    if one.table.kind == "customers" and not _is_meant(one.table, rule, others, scanned):
        return None
    if one.table.kind == "customers" and _of_this_list(rule, one.table):
        return WHOLE
    return groups_reached(rule, one, notice, scanned, follows=start.how == "customer")


def scope_of(
    one: Scanned,
    rule: RetentionPeriod,
    start: Start,
    notice: Notice,
    plan: Plan,
    scanned: Sequence[Scanned],
) -> RetentionScope | None:
    """What of the table the rule reaches; None if nothing."""
    of_groups = _whose(one, rule, start, notice, scanned)
    if of_groups is None:
        return None
    elsewhere = {
        category
        for other in notice.retention
        if other.applies_to != "all"
        and other.id != rule.id
        and not _puts_off(other)
        and groups_reached(other, one, notice, scanned) is not None
        for category in other.applies_to
    }
    reached, left_out = [], False
    categories, _ = _OF_ITS_OWN.get(one.table.kind, (frozenset(), {}))
    others = [other for other in notice.retention if other.id != rule.id]
    named = not lists_of(rule) and any(
        date_of_the_record(one.table, other) is not None for other in others
    )
    if rule.applies_to == "all" and (categories & elsewhere or named):
        return None  # the rule for orders goes before the one for all the rest
    event = event_role(rule)
    whole = start.at is not None or (
        start.how == "financial_year"
        and rule.applies_to != "all"
        and not categories.isdisjoint(rule.applies_to)
    )
    whole = whole or (
        event is not None
        and one.table.with_role(event) is not None
        and rule.applies_to != "all"
        and all(key.startswith("other:") for key in rule.applies_to)
    )
    for column in one.table.columns:
        note = column.role is Role.FREE_TEXT or (column.category is None and column.role is None)
        if column.category == "technical" or (column.category is None and not note):
            continue
        if rule.applies_to == "all":
            reaches = column.category not in elsewhere
        else:
            reaches = whole or column.category in rule.applies_to
        left_out |= not reaches
        if reaches:
            reached.append((column.header, column.category))
    if not reached and not whole and (rule.applies_to != "all" or left_out):
        return None
    shown = {
        column.category
        for other in scanned
        if other.table.kind == _VOUCHERS
        for column in other.table.columns
        if column.category is not None
    }
    return RetentionScope(
        columns=tuple(reached),
        partial=left_out,
        vouchers=one.table.kind == _VOUCHERS,
        vouchers_show=tuple(sorted(shown)),
        own_dates=start.how == "own",
        firm=start.firm,
        dormant_after=plan.dormant_after_months,
        cycle=plan.deletion_cycle,
        only=of_groups.only,
        but=of_groups.but,
    )
