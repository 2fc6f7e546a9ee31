"""A batch that lies in a database is streamed into the same scan, and nothing is written there."""

from __future__ import annotations

import json
import sqlite3

import audit
from audit.expectations import FAMILIES, findings_of
from audit.expectations.batch import as_kwarg, data_checks
from audit.expectations.suite import ephemeral
from audit.finding import Result

AS_OF = "2026-11-22"


def test_a_table_of_a_database_has_the_findings_of_its_export(exports, tmp_path):
    """Numbers and blanks come as the text of an export; rows are named by their key alone."""
    register = audit.load(exports)
    frame = register.table("asiakkaat")
    path = tmp_path / "kanta.db"
    with sqlite3.connect(path) as connection:
        columns = ", ".join(f'"{name}"' for name in frame.columns)
        connection.execute(f"CREATE TABLE asiakkaat ({columns})")
        marks = ", ".join("?" * len(frame.columns))
        for number, *cells in frame.itertuples(index=False, name=None):
            connection.execute(
                f"INSERT INTO asiakkaat VALUES ({marks})",
                [int(number), *(cell or None for cell in cells)],
            )
    connection.close()
    before = path.read_bytes()
    with ephemeral() as context:
        source = context.data_sources.add_sqlite("s", connection_string=f"sqlite:///{path}")
        asset = source.add_table_asset("asiakkaat", table_name="asiakkaat")
        batch = asset.add_batch_definition_whole_table("w").get_batch()
        done = [
            batch.validate(each(plan=as_kwarg(register.plan), table="asiakkaat", as_of=AS_OF))
            for each in FAMILIES.values()
        ]
    told = audit.audit(exports, as_of=AS_OF).findings
    assert findings_of(done) == tuple(f for f in told if f.check in data_checks())
    keys = [k for d in done for k in d.result["partial_unexpected_index_list"]]
    assert {"check": "MIN04", "record_key": "1002", "column": "Lisätiedot"} in keys
    assert not any("row" in key for key in keys)
    assert "010190" not in json.dumps([d.to_json_dict() for d in done])
    assert path.read_bytes() == before


def test_a_table_that_goes_is_not_assessed(exports, tmp_path):
    """A database that does not answer gives one sentence, without its statement."""
    register = audit.load(exports)
    path = tmp_path / "kanta.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE asiakkaat (Asiakasnro)")
    connection.close()
    with ephemeral() as context:
        source = context.data_sources.add_sqlite("s", connection_string=f"sqlite:///{path}")
        asset = source.add_table_asset("asiakkaat", table_name="asiakkaat")
        batch = asset.add_batch_definition_whole_table("w").get_batch()
        with sqlite3.connect(path) as connection:
            connection.execute("DROP TABLE asiakkaat")
        connection.close()
        expectation = FAMILIES["accuracy"](plan=as_kwarg(register.plan), table="asiakkaat")
        done = batch.validate(expectation)
    assert "was not scanned" in done.exception_info["exception_message"]
    assert "SELECT" not in json.dumps(done.exception_info["exception_message"])
    assert {f.result for f in findings_of(done)} == {Result.NOT_ASSESSED}
