"""The catalogue: every check has a place, a name, a ground and a page."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

import audit.checks
from audit.catalogue import Check
from audit.checks import catalogue
from audit.register.kinds.model import kinds
from audit.testing import MATERIALS

ROOT = Path(audit.checks.__file__).parent
CASES = Path(__file__).with_name("checks")
CHECKS = list(catalogue().values())
FILES = sorted(path for path in ROOT.glob("*/*.py") if not path.name.startswith("_"))
PRINCIPLES = {
    "lawfulness_fairness_and_transparency": "5(1)(a)",
    "purpose_limitation": "5(1)(b)",
    "data_minimisation": "5(1)(c)",
    "accuracy": "5(1)(d)",
    "storage_limitation": "5(1)(e)",
    "integrity_and_confidentiality": "5(1)(f)",
    "accountability": "5(2)",
    "rights_of_the_data_subject": "12",
}
"""The folders that there may be: the GDPR's principles, and the rights of Chapter III."""

each_check = pytest.mark.parametrize("found", CHECKS, ids=lambda found: found.code)


def source(found: Check) -> Path:
    module = import_module(found.function.__module__)
    assert module.__file__ is not None
    return Path(module.__file__)


def test_codes_are_unique_and_well_formed() -> None:
    """A code is three capitals and two digits, and belongs to one check."""
    assert [found.code for found in CHECKS] == list(catalogue()) == sorted(catalogue())
    assert all(re.fullmatch(r"[A-Z]{3}[0-9]{2}", code) for code in catalogue())


def test_a_code_that_stands_twice_is_refused() -> None:
    """In the sources a code is declared once: the catalogue would not say which is meant."""
    codes = [
        code
        for path in FILES
        for code in re.findall(r'^    "([A-Z]{3}\d\d)",$', path.read_text(), re.MULTILINE)
    ]
    assert sorted(codes) == sorted(set(codes)) == list(catalogue())


def test_one_check_a_file() -> None:
    """Each file declares one check, and each check has a file."""
    assert sorted(map(source, CHECKS)) == FILES
    for path in FILES:
        assert path.read_text().count("\n@check(") == 1, path.name


@each_check
def test_file_is_named_by_what_is_found(found: Check) -> None:
    """File, function and slug have one name; it says what is found, not that something is checked."""
    name = source(found).stem
    assert found.function.__name__ == name
    assert found.criterion.name == name.replace("_", "-")
    assert not name.startswith(("check_", "test_", "validate_"))


@each_check
def test_folder_is_a_principle(found: Check) -> None:
    """A check stands in the folder of a GDPR principle, and the folder cites it."""
    folder = source(found).parent
    assert folder.name == found.criterion.family
    assert f"Art. {PRINCIPLES[folder.name]}" in (folder / "__init__.py").read_text()


@each_check
def test_criterion_is_cited(found: Check) -> None:
    """A criterion cites articles; one that measures against the notice says so."""
    references, basis = found.criterion.references, found.criterion.basis
    assert re.search(r"GDPR Art\. \d+", references)
    assert ("the notice" in references) == (basis in ("notice", "both"))


@each_check
def test_page(found: Check) -> None:
    """A page has a one-line title, an example as a table, and a remedy that ends it."""
    title, blank, *rest = found.page.splitlines()
    assert title.endswith(".")
    assert title == found.criterion.title
    assert not blank
    text = "\n".join(rest)
    assert "\n| " in text
    assert re.search(r"\| result +\|", text)
    assert found.page.split("\n\n")[-1].startswith("Remedy: ")


@each_check
def test_it_asks_for_what_there_is(found: Check) -> None:
    """A check asks for materials only, and for the one that it counts."""
    shared = {"people", "due_days", "given", "declared", "retention_period", "scope", "as_of"}
    assert set(found.asks) <= {*MATERIALS, *shared, "notice", "plan"}
    counted = {"cells" if ask == "columns" and "cells" in found.asks else ask for ask in found.asks}
    assert found.unit in counted or (found.unit == "records" and found.subject in kinds())


@each_check
def test_it_has_cases(found: Check) -> None:
    """Each check has a file of cases in the folder that mirrors its own."""
    assert (CASES / found.criterion.family / f"{source(found).stem}.yaml").is_file()


def test_every_file_of_cases_has_its_check() -> None:
    """No file of cases is left over."""
    cases = {(path.parent.name, path.stem) for path in CASES.glob("*/*.yaml")}
    assert cases == {(path.parent.name, path.stem) for path in FILES}
