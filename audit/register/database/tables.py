"""The tables of a database: their columns, their keys, a first sample of their rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from audit.errors import InputUnreadable
from audit.register.database.connection import Connection, connected
from audit.register.database.dialect import SEPARATOR
from audit.register.database.kinds import kind_of
from audit.register.extract import SAMPLE_ROWS, Extract, Row, distinct
from audit.register.query import identifier, quoted

__all__ = ["DatabaseTable", "database_table", "database_tables", "shown"]

_NAMES = {
    "postgresql": """
        SELECT CASE WHEN n.nspname = current_schema() THEN c.relname
                    ELSE n.nspname || '.' || c.relname END,
               n.nspname, c.relname, c.relkind IN ('r', 'p', 'f')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition
          AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
        ORDER BY 1""",
    "mariadb": """
        SELECT table_name, table_schema, table_name, table_type = 'BASE TABLE'
        FROM information_schema.tables WHERE table_schema = database() ORDER BY 1""",
}
_COLUMNS = {
    "postgresql": """
        SELECT a.attname, coalesce(b.typname, t.typname), t.typcategory = 'A'
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype
        WHERE a.attrelid = {oid} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""",
    "mariadb": """
        SELECT column_name, data_type, 0 FROM information_schema.columns
        WHERE table_schema = {schema} AND table_name = {name} ORDER BY ordinal_position""",
}
_KEYS = {
    "postgresql": """
        SELECT a.attname FROM pg_index i JOIN pg_attribute a
        ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
        WHERE i.indrelid = {oid} AND i.indisprimary
        ORDER BY array_position(i.indkey::int2[], a.attnum)""",
    "mariadb": """
        SELECT column_name FROM information_schema.statistics
        WHERE table_schema = {schema} AND table_name = {name} AND index_name = 'PRIMARY'
        ORDER BY seq_in_index""",
}


@dataclass(frozen=True, kw_only=True)
class DatabaseTable:
    """A table or a view, as a query needs it."""

    variable: str
    """The environment variable that holds the database's URL."""
    name: str
    """As the plan's ``sheet`` has it: with the schema where that is not the connection's own."""
    relation: str
    """SQL that names it."""
    columns: tuple[tuple[str, str], ...]
    """Name and kind of type; see ``Dialect.as_text``."""
    key: tuple[str, ...] = ()
    """The columns of its primary key."""

    @property
    def shown(self) -> str:
        """How messages name it."""
        return shown(self.variable, self.name)

    @property
    def order(self) -> str:
        """SQL that orders by the primary key, if there is one."""
        return f" ORDER BY {', '.join(map(identifier, self.key))}" if self.key else ""

    def count(self, connection: Connection) -> int:
        """The number of rows, told by the database."""
        return int(connection.rows(f"SELECT count(*) FROM {self.relation}")[0][0])

    def texts(self, connection: Connection) -> list[str]:
        """SQL of each column's text."""
        return [connection.dialect.as_text(identifier(name), kind) for name, kind in self.columns]


def shown(variable: str, table: str | None) -> str:
    """How messages name a database, or a table of it."""
    return f"database {variable}" if table is None else f"database {variable}, {table}"


def database_tables(variable: str) -> list[Extract]:
    """Each table, without header where it has no rows, with a first sample of its rows."""
    with connected(variable, shown(variable, None)) as connection:
        names = [name for name, *_, is_table in _names(connection) if is_table]
        return [
            _extract(connection, _described(connection, variable, n), sample=True) for n in names
        ]


def database_table(variable: str, name: str | None, *, mapped: frozenset[str]) -> Extract:
    """
    The one table or view that a plan names.

    Where the plan maps every column (``mapped``), no row is looked at before the audit.
    """
    with connected(variable, shown(variable, name)) as connection:
        if name is None:
            name = _only(connection, variable)
        table = _described(connection, variable, name)
        header = distinct(column for column, _ in table.columns)
        return _extract(connection, table, sample=not mapped.issuperset(header))


def described_again(connection: Connection, table: DatabaseTable) -> DatabaseTable:
    """The table as it is now; raises ``InputUnreadable`` if it is gone."""
    return _described(connection, table.variable, table.name)


def _names(connection: Connection) -> list[tuple[str, str, str, bool]]:
    rows = connection.rows(_NAMES[connection.dialect.kind])
    return [(name, schema, bare, bool(is_table)) for name, schema, bare, is_table in rows]


def _only(connection: Connection, variable: str) -> str:
    names = [name for name, *_, is_table in _names(connection) if is_table]
    if len(names) == 1:
        return names[0]
    problem = "it has several tables" if names else "it has no table"
    raise InputUnreadable(shown(variable, None), problem, _remedy(names))


def _remedy(names: list[str]) -> str:
    some = ", ".join(f"“{name}”" for name in names[:12])
    return f"name one of them with `sheet`: {some}" if names else "name another database"


def _described(connection: Connection, variable: str, name: str) -> DatabaseTable:
    known = _names(connection)
    found = [(schema, bare) for each, schema, bare, _ in known if each == name]
    found += [(s, b) for _, s, b, _ in known if f"{s}.{b}" == name]
    if not found:
        names = [each for each, *_ in known]
        raise InputUnreadable(shown(variable, None), f"it has no “{name}”", _remedy(names))
    schema, bare = found[0]
    relation = f"{identifier(schema)}.{identifier(bare)}"
    asked = {
        "oid": f"{quoted(relation)}::regclass",
        "schema": quoted(schema),
        "name": quoted(bare),
    }
    kind = connection.dialect.kind
    columns = tuple(
        (str(column), kind_of(kind, str(of), is_list=bool(is_list)))
        for column, of, is_list in connection.rows(_COLUMNS[kind].format(**asked))
    )
    key = tuple(str(column) for (column,) in connection.rows(_KEYS[kind].format(**asked)))
    return DatabaseTable(variable=variable, name=name, relation=relation, columns=columns, key=key)


def _extract(connection: Connection, table: DatabaseTable, *, sample: bool) -> Extract:
    header = distinct(name for name, _ in table.columns)
    if not header:
        raise InputUnreadable(table.shown, "it has no column", "leave it out of the plan")
    first: tuple[tuple[str, ...], ...] = ()
    if sample:
        query = _all_cells(connection, table)
        rows = connection.rows(f"{query} LIMIT {SAMPLE_ROWS}")
        first = tuple(tuple(text.split(SEPARATOR)) for (text,) in rows)
    return Extract(
        form="database_in_place",
        sheet=table.name,
        header=header,
        rows=partial(_rows, table),
        first=first,
        database=table,
    )


def _all_cells(connection: Connection, table: DatabaseTable) -> str:
    row = connection.dialect.row(table.texts(connection))
    return f"SELECT {row} FROM {table.relation}{table.order}"


def _rows(table: DatabaseTable) -> Iterator[Row]:
    """Every row whole, for people who want to look at them; audits do not come this way."""
    with connected(table.variable, table.shown) as connection:
        for (text,) in connection.stream(_all_cells(connection, table)):
            yield Row(text.split(SEPARATOR))
