"""What PostgreSQL and MariaDB write differently: names, types, texts and patterns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from audit.register.query import quoted

__all__ = ["SEPARATOR", "Dialect"]

#: What stands between the cells of a row that is sent as one string.
SEPARATOR = "\x1f"

_BLANK = " \t\r\n\u00a0"
_OFFICE = "Europe/Helsinki"


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """
    The SQL of one kind of database.

    Both are set so that a quoted name stands in double quotes and a backslash is a backslash.
    """

    kind: Literal["postgresql", "mariadb"]
    filters: bool
    """Whether the candidates are looked for in the database. Where it cannot be relied on to find
    them all (MySQL, a database that does not know every character), each row is sent whole."""

    def as_text(self, column: str, kind: str) -> str:
        """
        SQL of a value as the text that a CSV export of it would have; ``column`` is SQL that names it.

        ``kind`` is one of ``day``, ``moment``, ``zoned``, ``float``, ``list``, ``bytes``, ``bits``,
        ``shape``; any other is text as the database writes it.
        """
        if self.kind == "postgresql":
            return f'{self._postgresql(column, kind)} COLLATE "C"'
        return f"{self._mariadb(column, kind)} COLLATE utf8mb4_bin"

    @staticmethod
    def _postgresql(column: str, kind: str) -> str:
        if kind == "zoned":  # a day is a day in Helsinki
            column, kind = f"({column} AT TIME ZONE '{_OFFICE}')", "moment"
        if kind == "moment":
            return f"regexp_replace({column}::text, ' 00:00:00$', '')"
        if kind == "list":
            return f"array_to_string({column}, '; ')"
        if kind == "bytes":
            return f"('(' || octet_length({column}) || ' bytes)')"
        return f"{column}::text"

    @staticmethod
    def _mariadb(column: str, kind: str) -> str:
        if kind == "bits":
            column = f"({column} + 0)"
        if kind == "zoned":
            column, kind = _mariadb_in_helsinki(column), "moment"
        if kind == "shape":
            return f"CONVERT(ST_AsText({column}) USING utf8mb4)"
        if kind == "bytes":  # old programs keep texts in binary columns
            text = f"CONVERT({column} USING utf8mb4)"
            return (
                f"IF(CAST({text} AS BINARY) = {column}, {text}, "
                f"CONVERT(CONCAT('(', LENGTH({column}), ' bytes)') USING utf8mb4))"
            )
        # Never by way of the connection's own character set, which may lack some characters.
        text = f"CAST({column} AS CHAR CHARACTER SET utf8mb4)"
        return f"TRIM(TRAILING ' 00:00:00' FROM {text})" if kind == "moment" else text

    def matches(self, text: str, pattern: str) -> str:
        """SQL that is true where a text holds what a pattern of the portable subset says."""
        return f"{text} {'~' if self.kind == 'postgresql' else 'REGEXP'} {quoted(pattern)}"

    def filled(self, text: str) -> str:
        """SQL that is true of a cell that is not NULL, empty or white space."""
        if self.kind == "postgresql":
            return f"coalesce(btrim({text}, {quoted(_BLANK)}) <> '', false)"
        return f"coalesce({text} REGEXP {quoted(f'[^{_BLANK}]')}, 0)"

    def joined(self, texts: list[str]) -> str:
        """SQL of the cells as one string; one that is NULL is left out."""
        return f"concat_ws({self._separator}, {', '.join(texts)})"

    def row(self, texts: list[str]) -> str:
        """SQL of all cells as one string, each in its place."""
        free = [
            f"coalesce(replace({text}, {self._separator}, {quoted(chr(0xFFFD))}), '')"
            for text in texts
        ]
        return f"concat_ws({self._separator}, {', '.join(free)})"

    @property
    def _separator(self) -> str:
        return quoted(SEPARATOR)


def _mariadb_in_helsinki(column: str) -> str:
    """
    SQL of a TIMESTAMP, which a session of UTC gives, as the clock of Helsinki showed it.

    The server may lack the tables of time zones: then the rule of summer time says it, by which clocks
    go forward on the last Sunday of March and back on that of October (of September before 1996).
    What is no moment stays as it is.
    """
    march, autumn = (
        f"TIMESTAMP(CONCAT(YEAR({column}), {day}))"
        for day in ("'-03-31 01:00:00'", f"IF(YEAR({column}) < 1996, {_SEPTEMBER}, {_OCTOBER})")
    )
    from_, until = (
        f"{last} - INTERVAL MOD(WEEKDAY({last}) + 1, 7) DAY" for last in (march, autumn)
    )
    summer = f"YEAR({column}) > 1980 AND {column} >= {from_} AND {column} < {until}"
    by_rule = f"{column} + INTERVAL IF({summer}, 3, 2) HOUR"
    return f"coalesce(CONVERT_TZ({column}, '+00:00', '{_OFFICE}'), {by_rule}, {column})"


_SEPTEMBER, _OCTOBER = "'-09-30 01:00:00'", "'-10-31 01:00:00'"
