"""The types of PostgreSQL and MariaDB, by name or by the number that drivers give, as kinds of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["kind_of", "kinds_of_numbers", "kinds_of_oids"]

_KINDS = {  # of PostgreSQL's types, by name; of MariaDB's, likewise
    "date": "day",
    "timestamp": "moment",
    "datetime": "moment",
    "timestamptz": "zoned",
    "bytea": "bytes",
    "binary": "bytes",
    "varbinary": "bytes",
    "tinyblob": "bytes",
    "blob": "bytes",
    "mediumblob": "bytes",
    "longblob": "bytes",
    "bit": "bits",
    "bool": "flag",
} | dict.fromkeys(
    "geometry point linestring polygon multipoint multilinestring multipolygon "
    "geometrycollection".split(),
    "shape",
)
#: What a driver of MariaDB or MySQL tells of a column of a result: the protocol's own numbers.
_NUMBERS = {
    7: "timestamp", 10: "date", 12: "datetime", 14: "date", 16: "bit", 17: "timestamp",
    18: "datetime", 255: "geometry",
}  # fmt: skip
#: Numbers under which texts come as well as bytes: the character set tells which.
_TEXT_OR_BYTES = range(249, 255)

#: Gives the rows of a query.
Ask = Callable[[str], Sequence[Sequence[Any]]]


def kind_of(database: str, type_name: str, *, is_list: bool = False) -> str:
    """
    The kind of a type of ``database``, as ``Dialect.as_text`` takes it.

    >>> kind_of("mariadb", "bit"), kind_of("postgresql", "bit"), kind_of("postgresql", "uuid")
    ('bits', 'text', 'text')
    >>> kind_of("mariadb", "timestamp"), kind_of("postgresql", "timestamp")
    ('zoned', 'moment')
    """
    kind = "list" if is_list else _KINDS.get(type_name, "text")
    if database == "mariadb" and type_name == "timestamp":  # kept in UTC; DATETIME is as written
        return "zoned"
    # PostgreSQL writes all of them as text by itself.
    return "text" if database == "postgresql" and kind in ("shape", "bits") else kind


def kinds_of_oids(oids: Sequence[int], ask: Ask) -> list[str]:
    """The kinds of the columns of a result of PostgreSQL's; of a domain, it tells what it is made of."""
    listed = ", ".join(str(oid) for oid in sorted({*oids}))
    rows = ask(f"SELECT oid, typname, typcategory = 'A' FROM pg_type WHERE oid IN ({listed})")
    types = {int(oid): kind_of("postgresql", str(n), is_list=bool(of)) for oid, n, of in rows}
    return [types.get(oid, "text") for oid in oids]


def kinds_of_numbers(
    numbers: Sequence[int], are_bytes: Callable[[Sequence[int]], Sequence[Any]]
) -> list[str]:
    """
    The kinds of the columns of a result of MariaDB's or MySQL's, by the protocol's numbers of types.

    ``are_bytes`` is given the places of columns, and tells of each whether its character set is none.
    """
    doubtful = [at for at, number in enumerate(numbers) if number in _TEXT_OR_BYTES]
    told = are_bytes(doubtful) if doubtful else ()
    of_bytes = {at for at, is_binary in zip(doubtful, told, strict=False) if is_binary}
    return [
        "bytes" if at in of_bytes else kind_of("mariadb", _NUMBERS.get(number, "text"))
        for at, number in enumerate(numbers)
    ]
