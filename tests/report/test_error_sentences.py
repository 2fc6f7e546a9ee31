"""Errors in the language of the reader: whole, with every name in its place, or in English."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import audit
from audit import errors
from audit.report.sentences import told

PACKAGE = Path(audit.__file__).parent
WRITTEN = tomllib.loads((PACKAGE / "report/sentences.toml").read_text("utf-8"))
MET = (
    errors.InputMissing("a.csv"),
    errors.InputMissing("a.csv", "audit.yaml"),
    errors.AuditMissing("out", exists=True),
    errors.AuditMissing("out", exists=False),
    errors.InputNotAFile("a.csv"),
    errors.InputNotAFile("a.csv", "a YAML file"),
    errors.InputEmpty("a.csv"),
    errors.InputUnreadable("a.xlsx", "the workbook is damaged", "export it again"),
    errors.InputUnreadable("a.xlsx", "it has no “Taul1”", "correct `sheet` in the plan"),
    errors.LinkLeadsOut("a.csv"),
    errors.InputChanged("a.csv"),
    errors.NoPlaceLeft("a.csv", "No space left on device"),
    errors.Shortfall("a.csv", 12, 11, "sheet_rows"),
    errors.PlanInvalid("audit.yaml", "sources[0].table", "it is empty", "correct `table`"),
    errors.PlanInvalid("exports", "the folder", "it holds no export", "put CSV files there"),
    errors.NoticeInvalid("n.yaml", "the file", "it is not UTF-8", "save it as UTF-8"),
    errors.ColumnNotMapped("Nimi", source="a.csv", plan="audit.yaml", columns=["Name", "Mail"]),
    errors.NotComparable("a is as of 1, b as of 2", "name the earlier audit first"),
    errors.NotPrinted("r.html", "no Chromium, Chrome or Edge was found"),
    errors.NotSigned("out", "nobody's name is given", "say with --name who signs"),
    errors.OutputUnusable("out", "a file of that name is there"),
    errors.FileUnwritable("a.yaml", "Permission denied"),
    errors.DiskFull("No space left on device"),
    errors.UnknownCode("XXX01", ["STO01", "STO02"]),
)


@pytest.mark.parametrize("lang", ["fi", "sv"])
@pytest.mark.parametrize("error", MET, ids=lambda error: type(error).__name__)
def test_what_people_may_meet_is_said_in_their_language(error, lang):
    """Every name, number and file of the English sentence is in the other, but for what is words."""
    said, spoken = told(str(error), lang)
    assert spoken == lang
    assert said != str(error)
    worded = ("reason", "remedy", "problem", "unit", "expected", "named_in")
    for name, value in error.place.items():
        if name not in worded and not value.startswith("the "):
            assert value in said or name in ("problem", "place"), (name, said)
    if "named_in" in error.place:
        assert error.place["named_in"].removeprefix(" in ") in said


def test_a_part_that_nobody_translated_leaves_the_sentence_in_english():
    """No sentence is half in one language and half in another."""
    english = str(errors.InputUnreadable("a.csv", "it is odd", "export it again"))
    assert told(english, "fi") == (english, "en")


def test_names_of_others_stay_as_they_are():
    """What looks like a pattern or a sentence of ours in a name is a name."""
    for name in ("{path}", "a.csv, b: c; d", "it is empty", "%s {0} {reason}", "x" * 400):
        said, spoken = told(str(errors.InputEmpty(name)), "fi")
        assert (spoken, said.startswith(f"{name}: ")) == ("fi", True)
    endless = str(errors.InputEmpty(", : ; " * 2000))
    assert told(endless, "fi") == (endless, "en")


@pytest.mark.parametrize("kind", ["sentence", "part"])
def test_every_language_has_the_same_names(kind):
    for one in WRITTEN[kind]:
        names = {lang: set(re.findall(r"\{(\w+)\}", one[lang])) for lang in ("fi", "sv", "en")}
        assert names["fi"] == names["sv"] <= names["en"], one
        assert names["en"] - names["fi"] <= {"page"}, one


def test_what_is_translated_is_still_said_somewhere():
    """A reason or remedy that was worded anew is worded anew here, too."""
    said = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value)
            if isinstance(node, ast.JoinedStr):
                said.add(
                    "".join(v.value if isinstance(v, ast.Constant) else "\0" for v in node.values)
                )
    systems = {"Permission denied", "No space left on device", "Not a directory"}
    systems |= {"Read-only file system", "sheet rows"}
    every = "\n".join(said)
    lost = [
        one["en"]
        for one in WRITTEN["part"]
        if one["en"] not in systems
        and not all(words in every for words in re.split(r"\{\w+\}", one["en"]))
    ]
    assert lost == []


def test_the_terminal_speaks_the_language_of_the_report(cli, tmp_path):
    """An owner who asked for Finnish reads what is wrong in Finnish."""
    (tmp_path / "empty").mkdir()
    done = cli("run", tmp_path / "empty", "--lang", "fi")
    assert done.returncode == 2
    assert "siinä ei ole yhtään vientitiedostoa; siirrä sinne CSV-tiedostoja." in done.stderr
    done = cli("run", tmp_path / "missing", "--lang", "sv")
    assert "finns inte. Kontrollera stavningen" in done.stderr
    done = cli("run", tmp_path / "missing")
    assert "does not exist" in done.stderr
