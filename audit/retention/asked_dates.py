"""The dates of a table that the rules of a notice count from, by whichever name it has them."""

from __future__ import annotations

import re

from audit.categories.headers import words
from audit.notice.model import Notice
from audit.register.columns.concepts import may_mean, says_only_when
from audit.register.kinds.model import kinds
from audit.register.model import Column, Role, Table
from audit.register.roles import ENDS, SIGNS_OF_LIFE
from audit.retention.events import event_role
from audit.retention.sorts import day_of_its_sort, names_whose, same_sort

__all__ = ["with_asked_dates"]


def with_asked_dates(table: Table, notice: Notice) -> tuple[Table, str | None]:
    """
    The table with the dates that the rules of this notice count from, and what was taken for one.

    Dates that nobody asks for have no role. Where the notice counts from the end of a membership or
    of a contract, and the table has another end alone, that is it: its header is returned. The end
    of a contract is not taken for that of the customer relationship, which may outlive it.
    """
    events = {event_role(rule) for rule in notice.retention if rule.kind == "fixed"}
    table = _with_named_arrival(_with_named_end(table, notice), notice)
    table = _with_named_day(_with_day_of_its_sort(table, notice), notice)
    ends = [c for c in table.columns if c.role in ENDS]
    asked_ends = sorted(event for event in events if event in ENDS)
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
    wanted |= {Role.BIRTH_DATE} if table.kind == "other" else set()
    if table.kind == "contacts":
        # Their state is the customer's, where the customer's end stands by.
        wanted |= set(ENDS)
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
    if table.kind != "customers" or any(column.role in ENDS for column in table.columns):
        return table
    for rule in notice.retention:
        event = event_role(rule) if rule.kind == "fixed" else None
        if event not in ENDS:
            continue
        for n, column in enumerate(table.columns):
            unknown = column.role is None and column.category is None
            # "Senaste kurs slutade" is the last that was heard of somebody, and that end.
            if (unknown or column.role in SIGNS_OF_LIFE) and _is_end_of(column.header, rule.said):
                columns = list(table.columns)
                columns[n] = column.model_copy(update={"role": event, "category": "technical"})
                return table.model_copy(update={"columns": tuple(columns)})
    return table


def _with_day_of_its_sort(table: Table, notice: Notice) -> Table:
    """The table, where a rule is about records of its sort alone, with the day that it counts from."""
    for rule in notice.retention:
        event = event_role(rule) if rule.kind == "fixed" else None
        if event is None or not same_sort(rule, table):
            continue
        # "Seven years after their last gift" is of people, whose list has the day of the last.
        last = event in SIGNS_OF_LIFE and table.kind == "customers"
        if last and table.with_role(event) is not None:
            continue
        at = day_of_its_sort(rule, table)
        if at is None or table.columns[at].role is event:
            continue
        # A berth is called by a word of "platsavtalet", and the contract has its own end.
        ended = event in ENDS and any(column.role in ENDS for column in table.columns)
        if table.columns[at].role is None and (ended or table.with_role(event) is not None):
            continue
        columns = [
            column.model_copy(update={"role": None}) if column.role is event else column
            for column in table.columns
        ]
        columns[at] = columns[at].model_copy(update={"role": event, "category": "technical"})
        return table.model_copy(update={"columns": tuple(_with_arrival(columns, at))})
    return table


def _with_named_day(table: Table, notice: Notice) -> Table:
    """The table, where a rule says the very words that head a day: "kolme vuotta muuttopäivästä"."""
    if kinds()[table.kind].scope != "register":
        return table
    for rule in notice.retention:
        event = event_role(rule) if rule.kind == "fixed" else None
        if event not in _DAYS_OF_RECORDS or table.with_role(event) is not None:
            continue
        for n, column in enumerate(table.columns):
            dated = column.role is not None and column.role.type == "date"
            free = column.role is None and column.category in (None, "technical")
            free &= not names_whose(column.header)
            if (dated or free) and _is_said(column.header, rule.said):
                columns = list(table.columns)
                columns[n] = column.model_copy(update={"role": event, "category": "technical"})
                return table.model_copy(update={"columns": tuple(columns)})
    return table


_DAYS_OF_RECORDS = (Role.VISIT, Role.LAST_CONTACT, Role.COLLECTION)


def _is_said(header: str, text: str) -> bool:
    """
    Whether a text has a header word for word, but for the ending of one long word.

    >>> _is_said("Muuttopäivä", "kolme vuotta muuttopäivästä"), _is_said("Last shift", "after the last shift")
    (True, True)
    >>> _is_said("Päivä", "viisi vuotta kauppapäivästä"), _is_said("Shift", "after the last shift")
    (False, False)
    """
    tokens, said = words(header).split(), re.findall(r"\w+", text.casefold())
    if len(tokens) == 1:
        [token] = tokens
        return len(token) >= _LONG_WORD and any(w.startswith(token[:-1]) for w in said)
    return len(tokens) > 1 and f" {' '.join(tokens)} " in f" {' '.join(said)} "


_LONG_WORD = 8


def _with_arrival(columns: list[Column], end: int) -> list[Column]:
    """The columns, where the one that says before an end that something came in is the start of it."""
    if any(column.role is Role.RELATIONSHIP_START for column in columns):
        return columns
    for n, column in enumerate(columns[:end]):
        free = column.role is None and column.category in (None, "technical")
        if free and any(may_mean(column.header, concept) for concept in ("receive", "start")):
            told = {"role": Role.RELATIONSHIP_START, "category": "technical"}
            return [*columns[:n], column.model_copy(update=told), *columns[n + 1 :]]
    return columns


def _with_named_arrival(table: Table, notice: Notice) -> Table:
    """
    The people, with the day on which came in what a rule counts from the arrival of.

    "12 months from the arrival of the application" names a column headed *Application received*.
    """
    if not kinds()[table.kind].people or table.with_role(Role.COLLECTION) is not None:
        return table
    rules = [r.said for r in notice.retention if event_role(r) is Role.COLLECTION]
    for n, column in enumerate(table.columns):
        free = column.role is None or column.role in _ARRIVED
        if free and any(_is_arrival_of(column.header, text) for text in rules):
            columns = list(table.columns)
            told = {"role": Role.COLLECTION, "category": "technical"}
            columns[n] = column.model_copy(update=told)
            return table.model_copy(update={"columns": tuple(columns)})
    return table


#: What a day of arrival may be taken for, where nobody asks for the arrival.
_ARRIVED = (Role.RELATIONSHIP_START, Role.OBTAINED_ON)


def _is_arrival_of(header: str, text: str) -> bool:
    """
    Whether a header says that something came in whose arrival a rule names.

    >>> _is_arrival_of("Hakemus saapunut", "12 kuukauden kuluttua hakemuksen saapumisesta")
    True
    >>> _is_arrival_of("Application received", "One year after we receive the application")
    True
    >>> _is_arrival_of("Lasku saapunut", "12 kuukauden kuluttua hakemuksen saapumisesta")
    False
    """
    tokens = [token for token in words(header).split() if not says_only_when(token)]
    came = [token for token in tokens if may_mean(token, "receive")]
    said = re.findall(r"\w+", text.casefold())
    if not came or not any(may_mean(word, "receive") for word in said):
        return False
    begins = tuple(
        token[: max(_SHORTEST, len(token) - _ENDING)]
        for token in tokens
        if token not in came and len(token) >= _SHORTEST
    )
    return bool(begins) and any(word.startswith(begins) for word in said)


def _is_end_of(header: str, text: str) -> bool:
    """
    Whether a header says that something ended that a rule names.

    >>> _is_end_of("Mandaatti päättyi", "Kaksi vuotta mandaatin päättymisestä")
    True
    >>> _is_end_of("Läger slut", "Sex månader efter lägrets slut")
    True
    >>> _is_end_of("Takuu päättyi", "Kaksi vuotta mandaatin päättymisestä")
    False
    """
    tokens = words(header).split()
    ended = [token for token in tokens if may_mean(token, "end")]
    named = [
        token
        for token in tokens
        if token not in ended and len(token) >= _SHORTEST and not says_only_when(token)
    ]
    begins = tuple(token[: max(_SHORTEST, len(token) - _ENDING)] for token in named)
    # Swedish drops a vowel in other forms: *läger*, *lägrets*.
    begins += tuple(t[:-2] + t[-1] for t in named if t.endswith(("er", "el")))
    if not ended or not begins:
        return False
    return any(word.startswith(begins) for word in re.findall(r"\w+", text.casefold()))


_SHORTEST, _ENDING = 4, 3
