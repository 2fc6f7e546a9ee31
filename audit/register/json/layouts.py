"""
Records of a JSON document that are not the objects of an array: told by key, by column, or as rows.

Databases of documents export each record under its key; statistics programs write a list for each
column, or names once and then rows of values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from audit.categories import holds_detail
from audit.categories.name import tells_name
from audit.register.delimited import are_headers

__all__ = [
    "LaidOut",
    "are_names",
    "hold_detail",
    "is_a_detail",
    "named_values",
    "parted",
    "records_of",
    "with_key",
]

_KEY = re.compile(r".*[0-9@].*|.{16,}")
_FEWEST = 2
_NAMES = ("columns", "fields", "headers", "header", "names")
_ROWS = ("data", "rows", "values", "records")
_FIELD = ("key", "name", "meta_key", "attribute_code", "field", "property")
_VALUE = ("value", "meta_value")
_OF_A_FIELD = frozenset({"id", "namespace", "type", "display_key", "display_value", "label"})
# A key that is no name of a field, such as somebody's address or a number, would make a column of it.
_NAME_OF_FIELD = re.compile(r"(?=.*[^\W\d_])[\w:. -]{1,60}")
_MOST_DIGITS = 3
_MOST_FIELDS = 100


class LaidOut(NamedTuple):
    """Records that members of an object make together."""

    members: frozenset[str]
    """The keys of those members."""
    records: Iterator[dict[str, Any]]


def records_of(members: Mapping[str, Any], *, by_column: bool = True) -> LaidOut | None:
    """
    The records that members of an object make together, if they do.

    ``by_column`` says whether they may be columns: the lists within a record are none.

    >>> list(records_of({"1": {"name": "Ab"}, "2": {"name": "Cd"}}).records)
    [{'key': '1', 'name': 'Ab'}, {'key': '2', 'name': 'Cd'}]
    >>> list(records_of({"name": ["Ab", "Cd"], "zip": ["1", "2"]}).records)
    [{'name': 'Ab', 'zip': '1'}, {'name': 'Cd', 'zip': '2'}]
    >>> records_of({"billing": {"zip": "1"}, "shipping": {"zip": "1"}}) is None
    True
    """
    if (below := _below_names(members)) is not None:
        return below
    every = frozenset(members)
    if _are_by_key(members):
        return LaidOut(every, ({"key": key} | value for key, value in members.items()))
    columns = _columns(members) if by_column else None
    if columns is None:
        return None
    names, values = list(columns), zip(*columns.values(), strict=True)
    return LaidOut(every, (dict(zip(names, row, strict=True)) for row in values))


def named_values(listed: Any) -> dict[str, list[Any]] | None:
    """
    The values by their keys, where an array has fields as keys and values: what shops add to a record.

    >>> named_values([{"id": 7, "key": "vat_number", "value": "x"}, {"id": 8, "key": "b", "value": ""}])
    {'vat_number': ['x'], 'b': ['']}
    >>> named_values([{"name": "Aino", "value": 3, "street": "x"}]) is None
    True
    >>> named_values([{"key": "aino@koe.example", "value": "1"}]) is None
    True
    """
    if not isinstance(listed, list) or not 0 < len(listed) <= _MOST_FIELDS:
        return None
    if not all(isinstance(item, dict) for item in listed):
        return None
    found: dict[str, list[Any]] = {}
    for item in listed:
        key = next((name for name in _FIELD if name in item), "")
        value = next((name for name in _VALUE if name in item), "")
        if not key or not value or not set(item) <= {key, value} | _OF_A_FIELD:
            return None
        if not isinstance(item[key], str) or not _names_field(item[key]):
            return None
        found.setdefault(item[key], []).append(item[value])
    return found


class Parted(NamedTuple):
    """The members of an object."""

    fields: dict[str, Any]
    keyed: list[dict[str, Any]]
    """Those whose key is somebody's detail, as records with their ``key``."""


def parted(members: dict[str, Any]) -> Parted:
    """
    The fields of an object, apart from the members whose keys are somebody's details, or people.

    As names of columns those would stand in every report, and nobody would look at them as cells.

    >>> parted({"id": 1, "aino@koe.example": {"role": "heir"}, "eero@koe.example": "guardian"}).keyed
    [{'key': 'aino@koe.example', 'role': 'heir'}, {'key': 'eero@koe.example', 'value': 'guardian'}]
    >>> parted({"1": "yes", "2026-01-01": "no"})
    Parted(fields={'1': 'yes', '2026-01-01': 'no'}, keyed=[])
    """
    theirs = [key for key in members if is_a_detail(key)]
    if not theirs and are_people(tuple(members)):
        theirs = list(members)
    if not theirs:
        return Parted(members, [])
    fields = {key: value for key, value in members.items() if key not in theirs}
    return Parted(fields, [with_key(key, members[key]) for key in theirs])


def with_key(key: str, value: Any) -> dict[str, Any]:
    """A value as a record, with the key that it stood under."""
    record = value if isinstance(value, dict) else {"value": value}
    name = "key"
    while name in record:
        name += "_"
    return {name: key, **record}


@lru_cache(maxsize=4096)  # records have the same keys over and over
def is_a_detail(key: str) -> bool:
    """Whether a key is no name of a field but an address, a number or a code of somebody."""
    named = _names_field(key) and "@" not in key
    return not named and holds_detail(key)


@lru_cache(maxsize=4096)
def are_people(keys: tuple[str, ...]) -> bool:
    """
    Whether keys are people, each by first name and surname or by a login of these.

    >>> are_people(("Väinö Mäkelä", "Åsa Salo")), are_people(("anna.koe", "liisa.virtanen"))
    (True, True)
    >>> are_people(("Max Value", "Min Value")), are_people(("anna.koe", "billing.city"))
    (False, False)
    """
    if not all(map(_FULL_NAME.fullmatch, keys)):
        return bool(keys) and all(
            _LOGIN.fullmatch(key) and tells_name(key.replace(".", " ").title()) for key in keys
        )
    return sum(map(tells_name, keys)) * 2 > len(keys)


_FULL_NAME = re.compile(r"(?:[^\W\d_a-zåäö][^\W\d_]+[- ]){1,3}[^\W\d_a-zåäö][^\W\d_]+")
_LOGIN = re.compile(r"[^\W\d_]{2,}\.[^\W\d_]{2,}")


def hold_detail(value: Any) -> bool:
    """Whether any text within a value is somebody's detail."""
    if isinstance(value, dict):
        return any(map(hold_detail, value.values())) or any(map(is_a_detail, value))
    if isinstance(value, list):
        return any(map(hold_detail, value))
    return isinstance(value, str) and holds_detail(value)


def _names_field(key: str) -> bool:
    few_digits = sum(map(str.isdigit, key)) <= _MOST_DIGITS
    return few_digits and _NAME_OF_FIELD.fullmatch(key) is not None


def are_names(values: Sequence[Any]) -> bool:
    """Whether the values of a row are names of columns."""
    texts = [value.strip() if isinstance(value, str) else "" for value in values]
    return len(texts) > 1 and are_headers(texts)


def _below_names(members: Mapping[str, Any]) -> LaidOut | None:
    """Names in one member and rows of as many values in another."""
    named = {key: members[key] for key in _NAMES if _are_texts(members.get(key))}
    rows = {key: members[key] for key in _ROWS if _are_rows(members.get(key))}
    for names_key, names in named.items():
        for key, listed in rows.items():
            if all(len(row) == len(names) for row in listed):
                found = (dict(zip(names, row, strict=True)) for row in listed)
                return LaidOut(frozenset({names_key, key, "index"}), found)
    return None


def _are_texts(listed: Any) -> bool:
    return isinstance(listed, list) and bool(listed) and all(isinstance(n, str) for n in listed)


def _are_rows(listed: Any) -> bool:
    return isinstance(listed, list) and bool(listed) and all(isinstance(r, list) for r in listed)


def _are_by_key(members: Mapping[str, Any]) -> bool:
    """Whether each member is a record, under a key that names no field, with fields as the others have."""
    values = list(members.values())
    if len(values) < _FEWEST or not all(isinstance(v, dict) and v for v in values):
        return False
    if not all(_KEY.fullmatch(key) for key in members):
        return False
    shared = set(values[0])
    for value in values:
        shared &= set(value)
    return bool(shared) and not all(key.isdecimal() for key in shared)


def _columns(members: Mapping[str, Any]) -> dict[str, list[Any]] | None:
    """The values of each column, where each member is one: a list, or an object by row number."""
    found: dict[str, list[Any]] = {}
    numbers: list[str] | None = None
    for name, values in members.items():
        if isinstance(values, dict):
            if numbers is None:
                numbers = list(values)
            if not values or list(values) != numbers or not all(n.isdecimal() for n in numbers):
                return None
            found[name] = list(values.values())
        elif isinstance(values, list) and numbers is None:
            found[name] = values
        else:
            return None
    lengths = {len(values) for values in found.values()}
    plain = not any(isinstance(v, (dict, list)) for values in found.values() for v in values)
    one = next(iter(lengths), 0)
    return found if len(found) > 1 and len(lengths) == 1 and one >= _FEWEST and plain else None
