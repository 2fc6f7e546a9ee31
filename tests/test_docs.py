"""What the documentation says is so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from audit.checks import catalogue
from audit.notice.model import notice_schema
from audit.plan import plan_schema
from audit.report.findings import findings_schema

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "schema"),
    [("notice", notice_schema), ("audit", plan_schema), ("findings", findings_schema)],
)
def test_published_schemas_are_those_of_the_code(name, schema):
    """`docs/schemas/` is what the models say; `python docs/schemas/write.py` writes it again."""
    published = json.loads((ROOT / f"docs/schemas/{name}.schema.json").read_text("utf-8"))
    assert published == json.loads(json.dumps(schema())), "run docs/schemas/write.py"


def test_every_command_is_in_the_readme(cli):
    """Each command of the command line stands in the README's table, and no other does."""
    listed = set(re.findall(r"^[│|] (\w+) +", cli("--help", NO_COLOR="1").stdout, re.MULTILINE))
    told = set(re.findall(r"`register-audit (\w+)", README))
    assert listed == told, listed ^ told


def test_every_option_has_a_sentence(cli):
    """`run --help` explains each option."""
    page = cli("run", "--help", NO_COLOR="1").stdout
    for option in (
        "--notice",
        "--register",
        "--as-of",
        "--out",
        "--lang",
        "--engine",
        "--fail-on",
        "--only",
        "--skip",
    ):
        assert option in page


def test_every_check_is_in_the_changelog():
    """A new check is announced."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert [code for code in catalogue() if code not in changelog] == []


def test_links_of_the_readme_lead_somewhere():
    """Relative links point to files that are in the repository."""
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_lock_files_name_no_index():
    """Hashes pin the packages; where they come from is the user's choice."""
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?://|--index|--find-links|--extra-index", text)
