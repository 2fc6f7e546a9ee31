"""NDJSON: a JSON document on each line."""

from __future__ import annotations

from pathlib import Path

from audit.register.extract import Extract
from audit.register.json.records import tables_of

__all__ = ["tables"]


def tables(path: Path, shown: str) -> list[Extract]:
    """The lines as one table, and each array of objects within them as another."""
    return tables_of(path, shown, "ndjson")
