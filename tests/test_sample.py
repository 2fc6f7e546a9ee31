"""The invented register: the same for the same seed, and audited as it was planted."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from audit.finding import Audit, Result
from audit.plan import read_plan
from audit.report.texts import Texts
from audit.run import run
from audit.sample import FEWEST, Sample, write_sample
from audit.sample.cases import load
from audit.sample.lists import lists
from audit.sample.register import AS_OF

COMMITTED = Path(__file__).parents[1] / "data_samples" / "asiakasrekisteri"
TABLES = {"asiakkaat": "utf-8-sig", "tilaukset": "cp1252", "laskut": "utf-8"}

Place = tuple[str, str, int | None, int | None, str | None, str | None, str | None, str]
OF_THE_NOTICE = "notice.yaml"


class Audited(NamedTuple):
    """A sample, the audit of it, and its evidence."""

    sample: Sample
    audit: Audit
    evidence: Counter[Place]


def audited(sample: Sample, evidence: Path) -> Audited:
    """Audit a sample by its own plan."""
    plan = read_plan(sample.folder / "audit.yaml")
    assert plan.as_of is not None
    audit = run(plan, plan.as_of, evidence)
    rows = duckdb.execute(
        'SELECT "check", source, "row", CASE WHEN "check" = \'LOAD\' THEN line END, "column", '
        "category, CASE WHEN source = 'notice.yaml' THEN record_key END, result "
        "FROM read_parquet(?)",
        [str(evidence)],
    ).fetchall()
    return Audited(sample, audit, Counter(rows))


def planted(sample: Sample) -> Counter[Place]:
    """What the sample says must be found, in the same shape."""
    return Counter(
        (e.check, e.source, e.row, e.line, e.column, e.category, e.clause, e.result)
        for e in sample.expected
    )


@pytest.fixture(scope="module", params=[20, 500, 2000])
def register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """A register with violations, audited; from the smallest to one that is no neighbour's."""
    folder = tmp_path_factory.mktemp("register")
    sample = write_sample(folder / "asiakasrekisteri", request.param, seed=request.param + 7)
    return audited(sample, folder / "evidence.parquet")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The same register without what is planted, audited."""
    folder = tmp_path_factory.mktemp("clean")
    sample = write_sample(folder / "asiakasrekisteri", 2000, seed=2007, clean=True)
    return audited(sample, folder / "evidence.parquet")


def test_all_that_is_planted_is_found_and_nothing_else(register: Audited) -> None:
    """Every planted place is in the evidence, once, and every place in the evidence is planted."""
    expected = planted(register.sample)
    assert register.evidence - expected == Counter()
    assert expected - register.evidence == Counter()


def test_clean_register_conforms(clean: Audited) -> None:
    """What merely looks like a violation is none: technical columns, and work to plan.

    The notice is the same, and so is what is wrong with it.
    """
    held = [f for f in clean.audit.findings if f.unit != "notice"]
    assert [f for f in held if f.result is Result.NONCONFORMITY] == []
    assert any(f.result is Result.CONFORMITY for f in held)
    assert clean.evidence == planted(clean.sample)
    places = [place for place in clean.evidence if place[1] != OF_THE_NOTICE]
    assert {(place[0], place[5], place[7]) for place in places} == {
        ("MIN05", "technical", "observation"),
        ("STO04", None, "observation"),
        ("STO05", None, "observation"),
    }


def test_the_notice_has_the_defects_that_were_told_of_it(register: Audited) -> None:
    """NOT01 to NOT36 are found, each with the weight it has; the last two rest on statements."""
    found = {f.check: f for f in register.audit.findings if f.unit == "notice" and f.count}
    assert set(found) == {f"NOT{number:02}" for number in range(1, 39)}
    grave = {code for code, finding in found.items() if finding.grade == "major"}
    assert grave == {"NOT07", "NOT16", "NOT18", "NOT20", "NOT21", "NOT22", "NOT25"}
    observed = {code for code, finding in found.items() if finding.result is Result.OBSERVATION}
    assert observed == {f"NOT{n:02}" for n in (2, 13, 19, 27, 28, 30, 33, 34, 35, 36)}
    unassessed = {c for c, finding in found.items() if finding.result is Result.NOT_ASSESSED}
    assert unassessed == {"NOT37", "NOT38"}


@pytest.mark.parametrize("lang", ["fi", "sv"])
def test_the_evidence_is_worded_in_the_readers_language(register: Audited, lang: str) -> None:
    """No detail of the evidence reaches a Finnish or a Swedish reader in English."""
    texts = Texts(lang)
    rows = duckdb.sql(
        f"SELECT DISTINCT detail FROM read_parquet('{register.audit.evidence}') "
        "WHERE \"check\" <> 'LOAD' AND detail IS NOT NULL"
    ).fetchall()
    parts = {part for (detail,) in rows for part in re.sub(r"^S\d+: ", "", detail).split("; ")}
    assert len(parts) > 5
    assert {part for part in parts if texts.wording(part) == part} == set()


def test_no_line_is_lost(register: Audited, clean: Audited) -> None:
    """Every physical line is a record or has its place in the ledger."""
    for one in (register, clean):
        sample = one.sample
        assert one.audit.complete
        rows = {ledger.source: ledger.rows for ledger in one.audit.ledgers}
        assert (
            rows.items()
            >= {
                "asiakkaat.csv": sample.customers,
                "tilaukset.csv": sample.orders,
                "laskut.csv": sample.invoices,
            }.items()
        )
        for each in lists().values():
            planted = 0 if one is clean else len(each.get("planted", ()))
            assert rows[each["file"]] == len(each["rows"]) + planted
        for ledger in one.audit.ledgers:
            assert ledger.accounted == ledger.lines
            if ledger.unit == "lines":
                text = (sample.folder / ledger.source).read_bytes()
                assert ledger.lines == text.count(b"\n")
    quarantined = [q.reason for ledger in register.audit.ledgers for q in ledger.quarantined]
    assert quarantined == ["too_few_cells"]
    mended = {ledger.source: dict(ledger.repaired) for ledger in register.audit.ledgers}
    assert sum(mended["tilaukset.csv"].values()) == 1


def test_evidence_names_the_line_that_an_editor_shows(register: Audited) -> None:
    """A record's line is that of its first cell, though cells before it hold line breaks."""
    lines = {}
    with (register.sample.folder / "asiakkaat.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        next(reader)
        before = reader.line_num
        for row, _ in enumerate(reader, 1):
            lines[row], before = before + 1, reader.line_num
    found = duckdb.execute(
        'SELECT DISTINCT "row", line FROM read_parquet(?) '
        "WHERE source = 'asiakkaat.csv' AND \"row\" IS NOT NULL",
        [register.audit.evidence],
    ).fetchall()
    assert found
    assert [(row, line) for row, line in found if lines[row] != line] == []


def test_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """A sample is determined by its size and its seed."""
    first, again, other = (
        write_sample(tmp_path / name, 150, seed) for name, seed in (("a", 3), ("b", 3), ("c", 4))
    )
    for name in first.files:
        text = (first.folder / name).read_bytes()
        assert text == (again.folder / name).read_bytes(), name
    text = (first.folder / "asiakkaat.csv").read_bytes()
    assert text != (other.folder / "asiakkaat.csv").read_bytes()


def test_committed_sample_is_what_the_generator_writes(tmp_path: Path) -> None:
    """The sample in the repository is that of 500 customers and seed 1, and its notice is read."""
    sample = write_sample(tmp_path, 500, seed=1)
    for name in sample.files:
        assert (tmp_path / name).read_bytes() == (COMMITTED / name).read_bytes(), name


def test_clean_register_is_the_same_register(tmp_path: Path) -> None:
    """Rows in which nothing is planted are equal in both, but for the undeclared columns."""
    dirty = write_sample(tmp_path / "dirty", 300, seed=5)
    clean = write_sample(tmp_path / "clean", 300, seed=5, clean=True)
    held = {e.row for e in dirty.expected if e.table == "asiakkaat" and e.row is not None}
    # The people of whom the lists show something planted come last, in one of them only.
    pairs = zip(rows_of(dirty, "asiakkaat"), rows_of(clean, "asiakkaat"), strict=False)
    differing = {n for n, (a, b) in enumerate(pairs) if n and a[:15] != b}
    assert differing <= held
    assert len(rows_of(clean, "asiakkaat")[0]) == 15


def test_every_case_stands_in_the_committed_sample() -> None:
    """The committed sample is large enough for each planted case to stand in it thrice."""
    rows = {table: sum(1 for _ in rows_in(COMMITTED, table)) - 1 for table in TABLES}
    for kind in ("planted", "innocent"):
        for table, cases in load(kind).items():
            assert rows[table] > 2 * 3 * len(cases), (kind, table)


def test_files_are_written_as_such_systems_write_them(tmp_path: Path) -> None:
    """Excel's mark and line ends, quoted cells with line breaks, and one file in Windows-1252."""
    sample = write_sample(tmp_path, 300, seed=9)
    customers = (tmp_path / "asiakkaat.csv").read_bytes()
    assert customers.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in customers
    assert any("\n" in row[14] for row in rows_of(sample, "asiakkaat"))
    assert b'""avaimet k' in customers
    assert "Tilauspäivä".encode("cp1252") in (tmp_path / "tilaukset.csv").read_bytes()
    invoices = (tmp_path / "laskut.csv").read_bytes()
    assert b"\r" not in invoices
    assert not invoices.startswith(b"\xef")
    assert not (tmp_path / "asiakkaat.csv").read_text("utf-8-sig").count("\t")


def test_sample_without_its_notice_says_so(tmp_path: Path) -> None:
    """Where the notice is not found, the plan names none, and the caller is told."""
    (tmp_path / "empty").mkdir()
    sample = write_sample(tmp_path / "there", 20, seed=1, notice_from=tmp_path / "empty")
    assert not sample.notice
    assert read_plan(sample.folder / "audit.yaml").notice is None
    assert not (sample.folder / "notice.yaml").exists()


def test_sample_is_not_smaller_than_its_columns_need(tmp_path: Path) -> None:
    """Too few customers are refused."""
    with pytest.raises(ValueError, match=str(FEWEST)):
        write_sample(tmp_path, FEWEST - 1, seed=1)


def test_register_is_as_of_its_notice(register: Audited) -> None:
    """The audit's day is the one on which the boundary cases turn."""
    assert register.audit.as_of == AS_OF


def rows_of(sample: Sample, table: str) -> list[list[str]]:
    """The records of a file, the header first."""
    return rows_in(sample.folder, table)


def rows_in(folder: Path, table: str) -> list[list[str]]:
    """The records of a file, the header first."""
    with (folder / f"{table}.csv").open(encoding=TABLES[table], newline="") as file:
        return list(csv.reader(file, delimiter=";"))
