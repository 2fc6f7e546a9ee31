"""A DataFrame of Spark, or a table of its catalogue, as a source of the scan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from audit.errors import InputUnreadable
from audit.register.extract import Extract, distinct
from audit.register.parquet import table_of
from audit.spark.session import finished, place_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType

__all__ = ["extract_of_spark"]

#: Types that Parquet keeps and whose values are written alike everywhere. An interval or a variant
#: is not, nor is a moment inside of something else, whose day depends on the session's zone.
_WRITTEN = (
    "string", "varchar", "char", "boolean", "tinyint", "smallint", "int", "bigint", "float", "double",
    "decimal", "date", "timestamp", "timestamp_ntz", "binary", "array", "map", "struct",
)  # fmt: skip


def _word(kind: DataType) -> str:
    return re.split(r"\W", kind.simpleString())[0]


def _inside(kind: DataType) -> Iterator[DataType]:
    """The types inside of an array, a map or a structure, however deep."""
    inner = [field.dataType for field in getattr(kind, "fields", ())]
    inner += [
        getattr(kind, name)
        for name in ("elementType", "keyType", "valueType")
        if hasattr(kind, name)
    ]
    for one in inner:
        yield one
        yield from _inside(one)


def extract_of_spark(frame: DataFrame, scratch: Path, shown: str) -> Extract:
    """
    A DataFrame of Spark: the executors write it as Parquet into ``scratch``, which they share.

    Nothing but its first rows comes to the driver. Its rows have no order: they are numbered as they
    were written, and told by their key. Raises ``InputUnreadable`` if a column has a type that has no
    text, and ``InputEmpty`` if there is no row.
    """
    from pyspark.sql import functions as f

    with finished(shown):
        header = distinct(frame.columns)
        for name, one in zip(header, frame.schema.fields, strict=True):
            inner = {_word(kind) for kind in _inside(one.dataType)}
            if "timestamp" in inner or not {_word(one.dataType), *inner} <= {*_WRITTEN}:
                raise InputUnreadable(
                    shown, f"its column {name!r} has a type that has no text", "cast it to text"
                )
        named = frame.toDF(*(f"v{n}" for n in range(len(header))))
        # A moment is written as the session tells it, since the day depends on where that is.
        columns = [
            f.regexp_replace(f.col(name).cast("string"), " 00:00:00$", "").alias(name)
            if kind.startswith("timestamp")
            else f.col(name)
            for name, kind in named.dtypes
        ]
        folder = scratch / f"frame_{uuid4().hex}"
        named.select(*columns).write.parquet(place_of(folder))
    files = sorted(folder.glob("*.parquet"))
    return replace(table_of(files, shown, header), form="frame", fileless=True, unordered=True)
