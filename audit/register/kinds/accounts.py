"""Whether a table is a list of accounts, though its name says that it has people, staff or events."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audit.categories.headers import words
from audit.register.columns.concepts import may_mean
from audit.register.columns.header_category import category_named
from audit.register.columns.recognised import recognise_columns
from audit.register.model import Column, Role
from audit.vocabulary import load

__all__ = ["OF_CUSTOMERS", "are_accounts", "category_key", "has_accounts_given", "signs_in"]

OF_CUSTOMERS = frozenset(
    {
        *("phone", "postal_address", "organisation", "job_title", "order_history", "invoicing"),
        *("date_of_birth", "marketing_preferences", "payment", "customer_number", "membership"),
        *("social_media", "interests", "family", "gender", "nationality"),
    }
)


def has_accounts_given(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether a list called after the staff says of each id when it was given, and not when they came.

    >>> row = ["SF1", "Aino Koe", "2024-03-01", "2023-01-01"]
    >>> has_accounts_given(["User ID", "Holder", "ID issued", "Employed since"], [row] * 3)
    True
    >>> has_accounts_given(["Nimi", "Tunnus", "Oikeudet alkaen", "Sitoumus", "Työsuhde päättyi"], [])
    True
    >>> has_accounts_given(["Nimi", "Tunnus", "Sitoumus", "Työsuhde päättyi"], [])
    False
    >>> has_accounts_given(["Login", "Employee", "Hired", "Left"], [row] * 3)
    False
    """
    found = recognise_columns(header, rows, "access_list")
    roles = {column.role: column.header for column in found}
    days = [roles[role] for role in (Role.ACCESS_FROM, Role.ACCESS_UNTIL) if role in roles]
    given = any(may_mean(name, "access") or _GIVEN.search(words(name)) for name in days)
    return Role.USER_ID in roles and given


_GIVEN = re.compile(
    r"issu|grant|creat|access|luot|avat|myönn|oikeu|tunnu|skapa|upplag|öpp|beviljad"
)


def signs_in(header: Sequence[str], rows: Sequence[Sequence[str]], folded: set[str]) -> bool:
    """
    Whether people, as a directory of logins calls them, have ids and rights, and nothing of customers.

    >>> head = ["First name", "Login", "Status", "Last login", "Groups"]
    >>> signs_in(head, [], {name.lower() for name in head})
    True
    >>> head = ["Name", "Login", "Last login", "Groups", "Phone", "Postal address"]
    >>> signs_in(head, [], {name.lower() for name in head})
    False
    """
    found = recognise_columns(header, rows, "access_list")
    if _are_bare_accounts(found, rows):
        return True
    used = {Role.USER_ID, Role.LAST_LOGIN_ON} <= {column.role for column in found}
    rights = folded & set(load("tables")["numbers"]["rights"])
    return used and bool(rights) and not {category_key(name) for name in header} & OF_CUSTOMERS


def _are_bare_accounts(found: Sequence[Column], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether each row has an id of one word and a holder, and nothing by which people are reached.

    ``found`` are the columns of a list of accounts.

    >>> head = ["konto", "namn", "grupp", "skapat"]
    >>> rows = [["aiko", "Aino Koe", "kontor", "2024/05/06"], ["onko", "Onni Koe", "kontor", "2024/05/07"]] * 2
    >>> found = recognise_columns(head, rows, "access_list")
    >>> reached = recognise_columns([*head, "e-post"], [[*row, "a@koe.example"] for row in rows], "access_list")
    >>> _are_bare_accounts(found, rows), _are_bare_accounts(found, []), _are_bare_accounts(reached, rows)
    (True, False, False)
    """
    roles = {column.role: n for n, column in enumerate(found)}
    if not {Role.USER_ID, Role.USER_NAME, Role.ACCESS_FROM} <= set(roles) or not rows:
        return False
    held = {category_key(one.header) for one in found} & (OF_CUSTOMERS | {"email"})
    ids = [row[roles[Role.USER_ID]].strip() for row in rows]
    reached = any("@" in one for one in ids)
    return not (held or reached) and any(ids) and all(_is_a_word(one) for one in ids)


def _is_a_word(text: str) -> bool:
    return " " not in text and not text.isdigit()


def are_accounts(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether what is called logins says of each account who signed, left or still has it.

    >>> are_accounts(["user", "name", "since", "undertaking signed", "left", "last seen"], [])
    True
    >>> are_accounts(["login", "team", "granted", "last used"], [])
    True
    >>> are_accounts(["user", "time", "action"], [])
    False
    """
    roles = {column.role for column in recognise_columns(header, rows, "access_list")}
    lasts = {Role.LAST_LOGIN_ON, Role.ACCESS_FROM} <= roles
    return lasts or len(roles & _OF_AN_ACCOUNT) > 1 or _are_once_each(header, rows)


def _are_once_each(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """
    Whether many accounts stand once each, with no event: a log has them over and over.

    >>> rows = [[f"user{n}", "Office", "Active"] for n in range(12)]
    >>> _are_once_each(["Log-in", "Type", "Status"], rows), _are_once_each(["Log-in", "Type"], rows[:3])
    (True, False)
    >>> _are_once_each(["Log-in", "Action"], [[f"user{n}", "read"] for n in range(12)])
    False
    """
    found = recognise_columns(header, rows, "access_log")
    if any(column.role is Role.EVENT_KIND for column in found):
        return False
    accounts = next((n for n, column in enumerate(found) if column.role is Role.USER_ID), None)
    if accounts is None:
        return False
    ids = [row[accounts].strip().casefold() for row in rows if row[accounts].strip()]
    return len(ids) >= _MANY_ACCOUNTS and len(set(ids)) == len(ids)


_MANY_ACCOUNTS = 8


_OF_AN_ACCOUNT = frozenset(
    {Role.UNDERTAKING_ON, Role.EMPLOYED_UNTIL, Role.ACCESS_UNTIL, Role.LAST_LOGIN_ON}
)


def category_key(name: str) -> str | None:
    """The key of the category that a header names, if any."""
    named = category_named(name)
    return named.key if named else None
