"""Pieces of evidence in two audits, matched by record key, never by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from audit.register.query import fetched, quoted

__all__ = ["Pieces", "key_of", "pieces_of"]

Key = tuple[Any, ...]


class Pieces(NamedTuple):
    """How the pieces of one finding differ."""

    appeared: int
    disappeared: int
    by_count: bool
    """Whether some have no record key, so that only their number was compared."""


def key_of(finding: dict[str, Any]) -> Key:
    """What the pieces of a finding have in common in the evidence."""
    observed = finding["result"] == "observation"
    named = (finding.get("column"), finding.get("category"), finding.get("rule"))
    return (finding["check"], finding["table"], *named, observed)


def pieces_of(*audits: tuple[Path, dict[str, Any]]) -> dict[Key, Pieces]:
    """
    What appeared and disappeared, by ``key_of`` the finding.

    Of each of the two audits its evidence and its findings, the earlier first.
    """
    before, after = (_counted(evidence, data) for evidence, data in audits)
    shown = '"check", table_name, "column", category, rule, observed'
    rows = fetched(
        f"WITH o AS ({before}), n AS ({after}), both_of AS ("
        f"SELECT {shown}, piece, by_count, n, 0 AS m FROM o UNION ALL "
        f"SELECT {shown}, piece, by_count, 0, n FROM n), of_piece AS ("
        f"SELECT {shown}, piece, bool_or(by_count) AS by_count, sum(n) AS n, sum(m) AS m "
        "FROM both_of GROUP BY ALL) "
        f"SELECT {shown}, sum(greatest(m - n, 0)), sum(greatest(n - m, 0)), bool_or(by_count) "
        "FROM of_piece GROUP BY ALL"
    )
    return {tuple(key): Pieces(int(more), int(fewer), bool(by)) for *key, more, fewer, by in rows}


def _counted(evidence: Path, data: dict[str, Any]) -> str:
    """A query: how many pieces each finding has under each record key."""
    rules = sorted({f["rule"] for f in data["findings"] if f.get("rule")})
    of_rule = "".join(
        f" WHEN starts_with(detail, {quoted(f'{name}:')}) THEN {quoted(name)}" for name in rules
    )
    of_table = "".join(
        f' WHEN source = {quoted(table["source"])} AND "table" IS NOT DISTINCT FROM '
        f"{quoted(table['sheet']) if table.get('sheet') else 'NULL'} THEN {quoted(table['name'])}"
        for table in data["tables"]
    )
    return (
        f"SELECT \"check\", CASE WHEN false THEN ''{of_table} ELSE '' END AS table_name, "
        f'"column", category, CASE WHEN false THEN NULL{of_rule} END AS rule, '
        "result = 'observation' AS observed, coalesce(record_key, '') AS piece, "
        "record_key IS NULL AS by_count, count(*) AS n "
        f"FROM read_parquet({quoted(str(evidence))}) "
        "WHERE result IN ('nonconformity', 'waived', 'observation') GROUP BY ALL"
    )
