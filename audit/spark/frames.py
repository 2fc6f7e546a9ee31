"""A DataFrame of Spark, or a table of its catalogue, as a source of the scan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from audit.errors import InputEmpty, InputUnreadable
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
#: Those that Spark itself writes as text, where they are columns.
_AS_TEXT = {
    "void": "CAST(NULL AS STRING)",
    "time": "CAST({0} AS STRING)",
    "timestamp_ntz": "regexp_replace(CAST({0} AS STRING), ' 00:00:00$', '')",
    # A moment, whatever the session's zone: its day is told as of any other source.
    "timestamp": "regexp_replace(CAST(timestampadd(MICROSECOND, unix_micros({0}), "
    "TIMESTAMP_NTZ '1970-01-01 00:00:00') AS STRING) || '+00', ' 00:00:00[+]00$', '')",
}


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
    text, and ``InputEmpty`` if there is no column.
    """
    from pyspark.sql import functions as f

    with finished(shown):
        header = distinct(frame.columns)
        if not header:
            raise InputEmpty(shown)
        for name, one in zip(header, frame.schema.fields, strict=True):
            inner = {_word(kind) for kind in _inside(one.dataType)}
            known = _word(one.dataType) in (*_WRITTEN, *_AS_TEXT) and inner <= {*_WRITTEN}
            if "timestamp" in inner or not known:
                raise InputUnreadable(
                    shown, f"its column {name!r} has a type that has no text", "cast it to text"
                )
        named = frame.toDF(*(f"v{n}" for n in range(len(header))))
        columns = [
            f.expr(_AS_TEXT.get(_word(one.dataType), "{0}").format(one.name)).alias(one.name)
            for one in named.schema.fields
        ]
        folder = scratch / f"frame_{uuid4().hex}"
        named.select(*columns).write.parquet(place_of(folder))
    files = sorted(folder.glob("*.parquet"))
    found = table_of(files, shown, header, empty=True)
    return replace(found, form="frame", fileless=True, unordered=True)
