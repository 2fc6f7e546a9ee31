"""
What each step of the pass takes: ``python benchmarks/steps.py FOLDER``.

``FOLDER`` is one that ``invented.write_register`` wrote. Processor seconds, the least of three, one
after the other in one process: what is computed of each row is counted on rows that are in memory.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audit.categories.examine import Examiner
from audit.engine.duckdb import Engine
from audit.engine.examined import examine
from audit.engine.patterns import used_markers
from audit.engine.projection import pass_sql, usual_cells
from audit.engine.scan import create_tables
from audit.engine.source import as_utf8
from audit.engine.workspace import workspace
from audit.notice.read import read_notice
from audit.plan import resolve
from audit.plan.drafting import draft_plan
from audit.register.delimited import count_lines
from audit.retention.asked_dates import with_asked_dates


def main() -> None:
    """Say what each step took, in the order of the pass."""
    folder = Path(sys.argv[1])
    notice = read_notice(folder / "notice.yaml")
    said("recognisers and columns", draft_plan, folder)
    with workspace() as scratch, Engine(scratch) as engine:
        drafted = draft_plan(folder)
        found = resolve(drafted, drafted.sources[0], "the plan", scratch)
        table, _ = with_asked_dates(found.table, notice)
        head, path = found.found.head, found.found.path
        create_tables(engine)
        source = as_utf8(engine, table, path, 0).sql(len(table.columns))
        examiner = Examiner(
            [c.category for c in table.columns], frozenset(), [c.header for c in table.columns]
        )
        usual = usual_cells(table, head, examiner)

        def sql(rows: str) -> str:
            return pass_sql(table, head, usual, rows, breaks=False, matched=False)

        said("bytes: hash and lines", count_lines, path, used_markers(table.columns), times=3)
        said("parsing", engine.rows, f"SELECT count(COLUMNS(*)) FROM {source}", times=3)
        engine.run("SET memory_limit = '4GB'")
        engine.run(f"CREATE TABLE raw AS SELECT * FROM {source}")
        for name, *_ in engine.rows(f"DESCRIBE {sql('raw')}"):
            said(f"  {name}", engine.rows, f"SELECT count({name}) FROM ({sql('raw')})", times=3)
        engine.run("DROP TABLE raw")
        create = f"CREATE OR REPLACE TABLE scanned_0 AS {sql(source)}"
        said("parsing, all of these, and keeping them", engine.run, create, times=3)
        said("candidates, one by one", examine, engine, table, 0, examiner)


def said(what: str, work: Callable[..., object], *asked: object, times: int = 1) -> None:
    """Work, and say what it took."""
    took = []
    for _ in range(times):
        start = time.process_time()
        work(*asked)
        took.append(time.process_time() - start)
    print(f"{min(took):6.2f}  {what}", flush=True)


if __name__ == "__main__":
    main()
