"""
Periods that a notice sets for one of its lists or logs: requests, log lines, messages sent.

"Requests from data subjects: two years from our answer" says nothing of customers, and reaches a
table that no other period does. What such lists are called is data: ``vocabulary/lists_kept.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from audit.notice.lexicon import of_any
from audit.notice.model import RetentionPeriod
from audit.register.model import Role, Table
from audit.vocabulary import load

__all__ = ["day_of_the_list", "lists_of", "speaks_of_all", "subject_of"]

# Where the subject of a sentence ends: at its verb, at a colon, or at the first number.
_BESIDE, _ANY = "beside", "any_log"


def lists_of(rule: RetentionPeriod) -> frozenset[str]:
    """
    The kinds of tables that a rule is about, where its subject is one of the notice's lists.

    >>> def kinds(text):
    ...     return sorted(lists_of(RetentionPeriod(id="S1", kind="fixed", period="P2Y", text=text)))
    >>> kinds("Requests from data subjects: two years from our answer.")
    ['requests']
    >>> kinds("Lokitiedot poistetaan vuoden kuluttua."), kinds("Asiakastiedot: 2 vuotta.")
    (['access_log', 'web_log'], [])
    >>> kinds("Webbserverns loggar sparas 30 dagar."), kinds("Login logs: one year.")
    (['web_log'], ['access_log'])
    """
    return _named(rule.said)


@cache
def _named(text: str) -> frozenset[str]:
    first = of_any("rules", "about_data").sub(" ", subject_of(text)) + " "
    known: Mapping[str, Mapping[str, list[str]]] = load("lists_kept")
    if _says(first, known[_BESIDE]["is"]):
        return frozenset()
    found = {k for k, of in known.items() if k not in (_BESIDE, _ANY) and _says(first, of["is"])}
    logs = known[_ANY]["kinds"]
    if found.isdisjoint(logs) and _says(first, known[_ANY]["is"]):
        found.update(logs)  # a log that is named is that one alone
    return frozenset(found)


def speaks_of_all(rule: RetentionPeriod) -> bool:
    """Whether a rule's subject names the customers, whatever else: "customer data and contracts"."""
    of_all = (*load("lists_kept")[_BESIDE]["is"], *load("groups_kept")["customer"]["is"])
    return _says(subject_of(rule.said) + " ", of_all)


def subject_of(text: str) -> str:
    """
    What a rule is about, in lower case: the words before its verb, its colon or its first number.

    >>> subject_of("Ticket buyers: one year"), subject_of("We keep data subject requests for two years.")
    ('ticket buyers', ' data subject requests for two years.')
    """
    # A verb may go first: "We keep data subject requests for two years."
    parts = [
        part
        for part in of_any("rules", "subject_ends").split(_in_one_spelling(text))
        if part.strip()
    ]
    return next((part for part in parts if len(part.strip()) >= _A_WORD), "")


_A_WORD = 3


def _says(text: str, beginnings: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(one)}", text) for one in beginnings)


def day_of_the_list(table: Table, rule: RetentionPeriod) -> Role | None:
    """
    The day of a list's records that a rule about this list counts from; None if it is about others.

    The first whose word the rule says, else the first of the kind's days that the table has.
    """
    if table.kind not in lists_of(rule):
        return None
    days: Mapping[str, list[str]] = load("lists_kept")[table.kind]["days"]
    there = [role for role in map(Role, days) if table.with_role(role) is not None]
    text = _behind_subject(rule.said)
    said = [role for role in there if _says(text, days[role])]
    return next(iter([*said, *there]), None)


def _behind_subject(text: str) -> str:
    """What a sentence says of its subject; all of it where no verb, colon or number follows one."""
    whole = _in_one_spelling(text)
    found = of_any("rules", "subject_ends").search(whole)
    return whole if found is None else whole[found.start() :]


def _in_one_spelling(text: str) -> str:
    return " ".join(text.casefold().split())
