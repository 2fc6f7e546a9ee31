"""Shared fixtures, and the rule that nothing skips in CI."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from warm import Warm

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "data_samples" / "asiakasrekisteri"

NOTICE = """\
schema: register-audit/notice/1
register_name: Asiakasrekisteri
language: fi
controller: {name: Koe Oy, clauses: [K1]}
exhaustive: {data_categories: 'yes'}
clauses:
  - {id: K1, heading: Tietosisältö, promise: holds nothing else, kinds: [testable],
     checks: [MIN01, MIN02, MIN04]}
  - {id: K2, heading: Säilytysaika, promise: ten years, kinds: [testable],
     checks: [STO01, STO02, STO03]}
data_categories:
  - {key: name, text: nimi, clauses: [K1]}
  - {key: email, text: sähköposti, clauses: [K1]}
  - {key: phone, text: puhelin, clauses: [K1]}
  - {key: postal_address, text: osoite, clauses: [K1]}
retention:
  - {id: S1, kind: fixed, period: P10Y, event: customer_relationship_end, clauses: [K2],
     text: 10 vuotta asiakkuuden päättymisestä}
"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With REGISTER_AUDIT_NO_SKIPS set, a skipped test has failed."""
    report = yield
    if (
        report.skipped
        and os.environ.get("REGISTER_AUDIT_NO_SKIPS")
        and not hasattr(report, "wasxfail")
    ):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may skip: {report.longrepr}"
    return report


SLOWEST = ("test_parity.py", "test_notebooks.py", "test_recognisers.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    Begin with the slowest files: each file runs in one process, so that none is left for the end.

    A file's tests share their servers, browser and audits only so (``--dist loadscope``).
    """
    place = {name: n for n, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(SLOWEST)))


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """A folder with a notice and one small export of two customers."""
    return write_exports(tmp_path / "koerekisteri")


def write_exports(folder: Path) -> Path:
    """The folder of ``exports``, written there."""
    folder.mkdir()
    (folder / "notice.yaml").write_text(NOTICE, "utf-8")
    (folder / "asiakkaat.csv").write_text(
        "Asiakasnro;Nimi;Sähköposti;Asiakassuhde päättyi;Tila;Lisätiedot\n"
        "1001;Aino Esimerkki;aino@koe.example;21.11.2016;päättynyt;\n"
        "1002;Onni Esimerkki;onni@koe.example;;aktiivinen;hetu 010190-999W\n",
        "utf-8",
    )
    return folder


Called = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """A process whose forks are the calls of ``cli``."""
    folder = tmp_path_factory.mktemp("warm")
    with Warm(write_exports(folder / "register"), folder) as process:
        yield process


@pytest.fixture
def cli(tmp_path: Path, warm: Warm) -> Called:
    """Run the command line in an empty folder, in a process that has imported everything."""

    def call(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        asked = {**os.environ, "COLUMNS": "120", **environment}
        return warm.call([str(each) for each in arguments], tmp_path, asked)

    return call


@pytest.fixture
def command(tmp_path: Path) -> Called:
    """Run the command line in an empty folder, in a new process, as a user does."""

    def call(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "audit.cli", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**os.environ, "COLUMNS": "120", **environment},
            check=False,
            timeout=300,
        )

    return call
