"""
A list of erased people with keyed hashes in place of their identities.

Each e-mail address, phone number and customer's number becomes a line of its own: HMAC-SHA-256 of
its one spelling, keyed with ``REGISTER_AUDIT_KEY``, and the day of the erasure. The lines stand in
the order of the hashes, so that they do not tell which belong together.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

from audit.engine.duckdb import Engine
from audit.engine.scan import create_tables, scan
from audit.engine.workspace import workspace
from audit.errors import InputMissing, InputUnreadable, KeyMissing, OutputUnusable
from audit.plan import Plan, PlannedSource, resolve
from audit.register.forms import forget
from audit.register.kinds.model import IDENTITIES
from audit.register.pseudonyms import KEY_VARIABLE, Key

__all__ = ["HEADER", "pseudonymise"]

HEADER = ("pseudonym", "erased on")
_KIND = "erasures"
_PREFIXES = {"email": "email", "phone": "phone", "customer": "id"}


def pseudonymise(path: Path, out: Path, key: Key) -> int:
    """
    Write the hashes of a list's people to ``out``, for its owner alone; the number of lines.

    Raises ``KeyMissing`` without a key of the environment: nobody could compare the hashes later.
    """
    if not key.given:
        raise KeyMissing(KEY_VARIABLE)
    if not path.is_file():
        raise InputMissing(path)
    lines = _hashes(path, key)
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise OutputUnusable(out, "it is there already") from None
    except OSError as error:
        raise OutputUnusable(out, str(error.strerror)) from None
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(lines)
    return len(lines)


def _hashes(path: Path, key: Key) -> list[tuple[str, str | None]]:
    source = PlannedSource(file=path.name, kind=_KIND)
    plan = Plan(sources=(source,), folder=path.parent)
    with workspace() as folder, Engine(folder) as engine:
        create_tables(engine)
        table, found, _ = resolve(plan, source, str(path), engine.folder)
        scan(
            engine,
            table,
            found.path,
            0,
            found.head,
            extract=found.extract,
            origin=path,
            matched=True,
        )
        forget()
        parts = [
            f"SELECT {key.sql(prefix, column)} AS hash, strftime(erased_on, '%Y-%m-%d') AS day "
            f"FROM records_0 WHERE {column} IS NOT NULL"
            for column, prefix in _PREFIXES.items()
        ]
        rows = engine.rows(f"SELECT DISTINCT hash, day FROM ({' UNION '.join(parts)}) ORDER BY ALL")
    if not rows:
        known = ", ".join(sorted({"customer_number", *IDENTITIES} - {"name", "address"}))
        raise InputUnreadable(
            path, "it has no identities that could be hashed", f"it needs a column of {known}"
        )
    return [(pseudonym, day) for pseudonym, day in rows]
