"""The command `notice`: what it writes, what it reviews, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data_samples/asiakasrekisteri"


def test_the_review_gives_words_article_and_wording(cli):
    """Each remark has its check, its weight, the article, the quote and what to write instead."""
    done = cli("notice", SAMPLE / "notice.yaml", "--review")
    assert done.returncode == 0, done.stderr
    told = done.stdout.split("\n\n")
    found = next(part for part in told if part.startswith("NOT22"))
    assert "Art. 12(2)" in found or "12 artikla" in found or "12(2)" in found
    assert "”Pyynnössä on oltava allekirjoitus.”" in done.stdout
    assert "Ehdotettu teksti: " in found
    assert {part[:5] for part in told if part.startswith("NOT")} == {
        f"NOT{number:02}" for number in range(1, 39)
    }


def test_labels_name_the_defects(cli):
    """The short form has the defects in the closed wordings."""
    done = cli("notice", SAMPLE / "tietosuojaseloste.txt", "--format", "labels")
    assert done.returncode == 0, done.stderr
    defects = json.loads(done.stdout)["known_defects"]
    assert "outdated supervisory authority address" in defects


@pytest.mark.parametrize(("form", "key"), [("tilt", "dataDisclosed"), ("dpv", "@graph")])
def test_other_vocabularies(cli, form, key):
    """TILT and DPV are JSON on the screen."""
    done = cli("notice", SAMPLE / "notice.yaml", "--format", form)
    assert done.returncode == 0, done.stderr
    assert key in json.loads(done.stdout)


def test_tilt_is_read(cli, tmp_path):
    """A TILT document is a notice like any other; a broken one is one sentence."""
    path = tmp_path / "tilt.json"
    path.write_text(cli("notice", SAMPLE / "notice.yaml", "--format", "tilt").stdout, "utf-8")
    again = cli("notice", path, "--format", "tilt")
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout) == json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({"meta": {}, "dataDisclosed": []}), "utf-8")
    broken = cli("notice", path)
    assert broken.returncode == 2
    assert broken.stderr.count("\n") == 1
    assert "tilt.json" in broken.stderr


@pytest.mark.parametrize("name", ["no-such.txt", "empty.txt", "nothing.txt"])
def test_what_is_no_notice_is_one_sentence(cli, tmp_path, name):
    """Nothing there, nothing in it, nothing of personal data: exit 2 and a sentence."""
    if name != "no-such.txt":
        (tmp_path / name).write_text("" if name == "empty.txt" else "Leivän ohje.\n", "utf-8")
    done = cli("notice", tmp_path / name)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert name in done.stderr
