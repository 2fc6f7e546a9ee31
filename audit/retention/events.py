"""Which date a retention rule counts from, as the notice says it."""

from __future__ import annotations

import re

from audit.notice.declared.departed import about_departed, of_deaths
from audit.notice.lexicon import says
from audit.notice.model import Notice, RetentionPeriod
from audit.register.model import Role, Table
from audit.register.roles import ENDS
from audit.retention.lists import day_of_the_list, lists_of
from audit.retention.sorts import has_a_subject, is_of_a_sort, same_sort, says_end

__all__ = [
    "OF_ITS_OWN",
    "RELATIONSHIP_ENDS",
    "date_of_the_record",
    "departed_have_a_rule",
    "event_role",
    "names_table",
    "reason_of_kind",
    "rule_events",
]

RELATIONSHIP_ENDS = ENDS | {Role.EMPLOYMENT_END}
"""Events that are blank while the relationship runs."""


def event_role(rule: RetentionPeriod) -> Role | None:
    """The role of the date that a rule counts from, if the rule names one."""
    roles = {role.value for role in Role if role.type == "date"}
    if about_departed(rule):
        return Role.LEFT_ON
    if lists_of(rule):
        return Role.COLLECTION  # "Requests: two years from our answer" is of each request
    vague = rule.event == "unspecified" or (
        rule.event == Role.CONSENT_WITHDRAWAL and says("rules", "of_a_request", rule.said)
    )
    itself = vague and rule.applies_to != "all" and _counts_from_itself(rule.said)
    # Support tickets are kept for a year after they were solved, whoever asked.
    if itself or (rule.event == "unspecified" and is_of_a_sort(rule)):
        return Role.COLLECTION
    if rule.event == "unspecified":
        return _unspecified(rule)
    return Role(rule.event) if rule.event in roles else None


def _unspecified(rule: RetentionPeriod) -> Role | None:
    """The role of the date of a rule that names no event that the lexicons know."""
    if rule.applies_to == _RECORDINGS:
        return Role.COLLECTION  # "Recordings are overwritten after 14 days": no other day is meant
    if says("rules", "moved_out", rule.said):
        return Role.CONTRACT_END
    if of_deaths(rule):
        return Role.CUSTOMER_RELATIONSHIP_END  # but of those alone whose list tells deaths
    # "Adopters | ten years | the adoption" is of each of them, and so is "Tyres kept: 18 months from
    # when they were collected".
    told = rule.row or says("rules", "counted_from", rule.said) or says_end(rule)
    return Role.COLLECTION if told and has_a_subject(rule) else None


def _counts_from_itself(text: str) -> bool:
    """Whether a rule counts from some day of the record itself: "from the date of the request"."""
    return says("rules", "counted_from", text) and not says("rules", "of_another", text)


_RECORDINGS = ("photo_video",)


def rule_events(notice: Notice) -> tuple[str, ...]:
    """The dates that the notice's fixed periods count from, each once."""
    named = (event_role(rule) for rule in notice.retention if rule.kind == "fixed")
    return tuple(dict.fromkeys(event.value for event in named if event is not None))


def reason_of_kind(rule: RetentionPeriod) -> str | None:
    """Why a rule without a fixed period cannot be assessed; None for a fixed one."""
    return None if rule.kind == "fixed" else f"retention_{rule.kind}"


def departed_have_a_rule(notice: Notice) -> bool:
    """Whether the notice says what becomes of contact persons who left, apart from all others."""
    return any(map(about_departed, notice.retention))


#: The events that each record of a kind has a day of its own for, and which; and the category that
#: such records are, whatever their columns hold.
OF_ITS_OWN: dict[str, tuple[frozenset[str], dict[Role, tuple[Role, ...]]]] = {
    "orders": (
        frozenset({"order_history"}),
        {
            Role.LAST_ORDER: (Role.ORDERED_ON, Role.VISIT),
            Role.VISIT: (Role.VISIT, Role.ORDERED_ON),
            Role.COLLECTION: (Role.ORDERED_ON, Role.VISIT),
            Role.LAST_CONTACT: (Role.ORDERED_ON, Role.VISIT),
        },
    ),
    "invoices": (
        frozenset({"invoicing", "payment"}),
        {Role.LAST_ORDER: (Role.INVOICED_ON,), Role.COLLECTION: (Role.INVOICED_ON,)},
    ),
    # Of whom a subscription ended, nothing is left to be kept for another reason.
    "mailing_list": (frozenset({"marketing_preferences"}), {}),
    "web_log": (frozenset({"cookies_usage", "ip_address"}), {Role.COLLECTION: (Role.EVENT_ON,)}),
}


def date_of_the_record(table: Table, rule: RetentionPeriod) -> Role | None:
    """
    The table's own date that a rule counts from, where it speaks of each record by itself.

    "Orders: five years from the order date" is about each order; "five years from the last order"
    is about the customer. Only a rule for the records of that kind says so.
    """
    categories, dates = OF_ITS_OWN.get(table.kind, (frozenset(), {}))
    event = event_role(rule)
    if event is None:
        return None
    if lists_of(rule):
        return day_of_the_list(table, rule)
    of_all = rule.applies_to == "all" or categories.isdisjoint(rule.applies_to)
    # "Photographs: 18 months from the session", in a list of sessions with their pictures.
    held = rule.applies_to != "all" and any(c.category in rule.applies_to for c in table.columns)
    if of_all and not (held and event is Role.COLLECTION) and not names_table(rule, table):
        return None
    if event is Role.LAST_ORDER and (not rule.said or says("rules", "latest", rule.said)):
        return None
    # Which offers were accepted, nobody reads: one that came to nothing is not told by its day.
    nothing = event is Role.LAST_CONTACT and says("rules", "came_to_nothing", rule.said)
    latest = says("rules", "latest", rule.said)
    if nothing or (event in (Role.VISIT, Role.LAST_CONTACT) and latest):
        return None  # "three years from the last visit" is about the person who came
    own = dates.get(event, ())
    own = own[::-1] if says("rules", "given_back", rule.said) else own
    return next((role for role in own if table.with_role(role) is not None), None)


def names_table(rule: RetentionPeriod, table: Table) -> bool:
    """Whether a rule begins with what a table is called: "Tapahtumiin ilmoittautuneiden tiedot"."""
    if same_sort(rule, table):
        return True
    subject = re.findall(r"\w+", rule.said.casefold())[:_WORDS_OF_A_SUBJECT]
    begins = tuple(word[:_SAME_BEGINNING] for word in subject if len(word) >= _LONG_ENOUGH)
    called = re.findall(r"\w{6,}", table.name.casefold())
    return any(word.startswith(begins) for word in called) if begins else False


_SAME_BEGINNING, _LONG_ENOUGH, _WORDS_OF_A_SUBJECT = 8, 6, 2
