"""Parquet files: read by DuckDB where they lie, every value as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from audit.errors import InputEmpty
from audit.register.delimited import MARKERS
from audit.register.extract import SAMPLE_ROWS, Extract, distinct
from audit.register.query import first_rows, identifier, quoted

__all__ = ["as_text", "table_of", "tables"]

_FLOATS = ("FLOAT", "DOUBLE")
_ROWS_TOGETHER = 200_000
_TEXTUAL = ("VARCHAR", "BLOB", "ENUM", "JSON")


def tables(path: Path, shown: str) -> list[Extract]:
    """The file as one table; objects inside a record are flattened, lists stay as JSON text."""
    return [table_of([path], shown)]


def table_of(
    files: Sequence[Path], shown: str, names: Sequence[str] = (), *, empty: bool = False
) -> Extract:
    """
    Files of one table, in their order; ``names`` are its columns' where they are not the files' own.

    Raises ``InputEmpty`` if there is no record, unless it may be ``empty``.
    """
    listed = f"[{', '.join(quoted(str(path)) for path in files)}]"
    source = f"read_parquet({listed}, hive_partitioning = false)"
    described = first_rows(f"DESCRIBE SELECT * FROM {source}", shown)
    [(rows,)] = first_rows(f"SELECT sum(num_rows) FROM parquet_file_metadata({listed})", shown)
    if not rows and not empty:
        raise InputEmpty(shown)
    told = names or [name for name, *_ in described]
    leaves = _leaves(
        source,
        shown,
        [
            (identifier(name), (said,), kind)
            for said, (name, kind, *_) in zip(told, described, strict=True)
        ],
    )
    texts = ", ".join(f"{as_text(sql, kind)} AS c{n}" for n, (sql, _, kind) in enumerate(leaves))
    relation = f"(SELECT {texts} FROM {source})"
    shown_cells = ", ".join(f"coalesce(c{n}, '')" for n in range(len(leaves)))
    first = f"SELECT {shown_cells} FROM {relation} LIMIT {SAMPLE_ROWS}"
    return Extract(
        form="parquet",
        header=distinct(".".join(name) for _, name, _ in leaves),
        count=lambda: int(rows),
        relation=lambda _: relation,
        parts=lambda: [
            f"(SELECT {texts} FROM read_parquet({quoted(file)}, hive_partitioning = false, "
            f"file_row_number = true) WHERE file_row_number >= {start} AND file_row_number < {end})"
            for file, start, end in _groups(files, shown)
        ],
        first=tuple(first_rows(first, shown)),
    )


def _groups(files: Sequence[Path], shown: str) -> Iterator[tuple[str, int, int]]:
    """File by file its row groups, small ones together: the first row of each, and the next one's."""
    for file in map(str, files):
        start = end = 0
        for (rows,) in first_rows(
            "SELECT any_value(row_group_num_rows) FROM parquet_metadata("
            f"{quoted(file)}) GROUP BY row_group_id ORDER BY row_group_id",
            shown,
        ):
            end += rows
            if end - start >= _ROWS_TOGETHER:
                yield file, start, end
                start = end
        if end > start:
            yield file, start, end


Leaf = tuple[str, tuple[str, ...], str]


def _leaves(source: str, shown: str, columns: list[Leaf]) -> list[Leaf]:
    """The columns, with those that are objects replaced by their fields: SQL, names and type."""
    found: list[Leaf] = []
    for sql, name, kind in columns:
        if not kind.startswith("STRUCT(") or kind.endswith("[]"):
            found.append((sql, name, kind))
            continue
        # An object's fields, as columns: DESCRIBE knows their names and types.
        fields = first_rows(f"DESCRIBE SELECT unnest({sql}) FROM {source}", shown)
        inner = [(f"struct_extract({sql}, {quoted(f)})", (*name, f), k) for f, k, *_ in fields]
        found += _leaves(source, shown, inner)
    return found


def as_text(sql: str, kind: str) -> str:
    """A value as the text that a CSV export of it would have, without the scan's own markers."""
    text = f"CAST({sql} AS VARCHAR)"
    if kind in _FLOATS:
        return f"regexp_replace({text}, '[.]0$', '')"
    if kind.startswith("TIMESTAMP"):
        return f"regexp_replace({text}, ' 00:00:00([+]00)?$', '')"
    if not kind.startswith(_TEXTUAL) and not kind.endswith(("]", ")")):
        return text
    if kind.endswith("[]") and "(" not in kind:
        text = f"array_to_string({sql}, '; ')"
    elif kind.endswith(("]", ")")) and not kind.startswith(("DECIMAL", "ENUM")):
        text = f"CAST(to_json({sql}) AS VARCHAR)"
    elif kind == "BLOB":
        # Hive and its like write texts as bytes; what is none is told by its length.
        text = f"coalesce(try(decode({sql})), '(' || octet_length({sql}) || ' bytes)')"
    marked = quoted("".join(MARKERS))
    return f"translate({text}, {marked} || chr(0), repeat(chr(65533), {len(MARKERS) + 1}))"
