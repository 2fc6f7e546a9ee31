"""The reading on disk: `notice.yaml` reads back, keeps comments, and is never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.errors import NoticeInvalid
from audit.notebook.reading import notice_page, understood
from audit.notice.formats.by_name import FORMATS, open_notice
from audit.notice.formats.written import as_json, correct, differences, save_notice
from audit.notice.model import Notice
from audit.notice.read import read_notice
from audit.notice.reading import read_published

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data_samples" / "asiakasrekisteri" / "tietosuojaseloste.txt"
CORPUS = Path(__file__).parent / "corpus"
SOURCES = [
    SAMPLE,
    *(CORPUS / name for name in ("remontti_malli.docx", "ravintola_kauha.html", "museo_kirnu.pdf")),
]


def bare(notice: Notice) -> dict:
    """The notice without what the place of its file decides."""
    return notice.model_dump(exclude={"text_file", "text_sha256"})


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_a_reading_reads_back(tmp_path, source):
    """Every form: the file says what was read, and its spans count the text beside it."""
    out = tmp_path / "notice.yaml"
    assert save_notice(source, out) == []
    back = read_notice(out)
    assert bare(back) == bare(read_published(source).notice)
    text = (tmp_path / back.text_file).read_bytes().decode("utf-8")
    for clause in back.clauses:
        if clause.spans:
            start, end = clause.spans[0]
            assert text[start:end] == clause.quote


def test_reading_again_shows_what_differs(tmp_path):
    """The file is left alone, byte for byte; a corrected value is shown as a person's."""
    out = tmp_path / "notice.yaml"
    save_notice(SAMPLE, out)
    assert save_notice(SAMPLE, out) == []
    correct(out, "retention[0]", period="P5Y")
    before = out.read_bytes()
    lines = save_notice(SAMPLE, out)
    assert out.read_bytes() == before
    assert lines == [
        "- retention: kind fixed, period P5Y, event customer_relationship_end (written by a person)",
        "+ retention: kind fixed, period P10Y, event customer_relationship_end",
    ]


def test_a_correction_keeps_the_comments(tmp_path):
    """What the auditor wrote beside the values stays there."""
    out = tmp_path / "notice.yaml"
    save_notice(SAMPLE, out)
    text = out.read_text("utf-8").replace("retention:\n", "retention:\n  # asked on the phone\n")
    out.write_text(text, "utf-8")
    corrected = correct(out, "retention[0]", period="P5Y")
    assert corrected.retention[0].period == "P5Y"
    assert corrected.retention[0].found is None
    assert "# asked on the phone" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("place", "value"),
    [("retention[9]", {"period": "P5Y"}), ("retention[0]", {"period": "five years"})],
)
def test_a_wrong_correction_changes_nothing(tmp_path, place, value):
    """No such place, or a value that does not hold: said so, and nothing is written."""
    out = tmp_path / "notice.yaml"
    save_notice(SAMPLE, out)
    before = out.read_bytes()
    with pytest.raises(NoticeInvalid):
        correct(out, place, **value)
    assert out.read_bytes() == before


def test_json_is_the_same_notice():
    """The JSON form validates as the model."""
    notice = read_published(SAMPLE).notice
    again = Notice.model_validate(json.loads(as_json(notice)))
    assert differences(notice, again) == []
    assert bare(again) == bare(notice.model_copy(update={"sections": ()}))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["taksi_koukkaus.txt", "ravintola_kauha.html"])
def test_every_form_writes_every_register(form, name):
    """Two registers stand in each form; none is lost."""
    reading = open_notice(CORPUS / name)
    text = FORMATS[form](reading)
    assert text.endswith("\n")
    for notice in reading.notices:
        assert notice.register_name in text


def test_a_written_notice_has_labels_too():
    """`notice.yaml` itself can be shown in any form."""
    reading = open_notice(SAMPLE.with_name("notice.yaml"))
    labels = json.loads(FORMATS["labels"](reading))
    assert labels["registers"][0]["retention"][0]["duration"] == "P10Y"


def test_the_register_asked_for_is_read():
    """Of a notice that describes several, the name chooses; without one, the first."""
    path = CORPUS / "taksi_koukkaus.txt"
    assert read_notice(path).register_name == "Tilausasiakkaat"
    assert read_notice(path, "kameravalvonta").register_name == "Kameravalvonta autossa"
    assert read_notice(path).other_registers == ("Kameravalvonta autossa",)


def test_the_annotated_notice_shows_everything():
    """Each clause stands there with its values in words; what was not understood is marked."""
    notice = read_notice(SAMPLE)
    page = notice_page(notice, "en")
    assert page.count('class="notice-clause"') == len(notice.clauses)
    assert page.count('class="notice-unread"') == len(notice.unread) > 0
    assert "retention[0]" in page
    assert "The notice leaves this blank." in page
    assert "10 years, counted from: end of the customer relationship" in page
    assert "P10Y" not in page
    assert "Purpose of use 1" in page
    shown = understood(notice)
    assert all(
        place in {p for found in shown.values() for p, _ in found}
        for place, _ in notice.declared()
        if _.clauses
    )


# The command line


def test_the_command_shows_labels(cli):
    """`register-audit notice FILE --format labels` prints JSON and nothing else."""
    done = cli("notice", SAMPLE, "--format", "labels")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["registers"][0]["name"] == "Asiakasrekisteri"


def test_the_command_writes_once(cli, tmp_path):
    """The first time it writes and says how surely; the second it shows what differs."""
    out = tmp_path / "notice.yaml"
    first = cli("notice", SAMPLE, "-o", out)
    assert first.returncode == 0, first.stderr
    assert "clauses" in first.stdout
    assert "not understood" in first.stdout
    assert "to confirm (likely), " in first.stdout
    second = cli("notice", SAMPLE, "-o", out)
    assert second.returncode == 0
    assert "left as it is" in second.stdout


def test_a_file_that_is_no_notice_is_one_sentence(cli, tmp_path):
    """Exit 2, one line, the file named."""
    path = tmp_path / "ostokset.txt"
    path.write_text("maitoa, leipää ja juustoa", "utf-8")
    done = cli("notice", path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "ostokset.txt" in done.stderr
    assert not done.stdout


def test_a_register_is_audited_against_a_page(cli, exports, tmp_path):
    """`run --notice tietosuojaseloste.html` audits against what was read, and says so."""
    page = tmp_path / "tietosuojaseloste.html"
    rows = [line.split("\t", 1) for line in SAMPLE.read_text("utf-8").split("\n") if "\t" in line]
    page.write_text(
        "<html lang='fi'><body><h1>Asiakasrekisteri - tietosuojaseloste</h1>"
        + "".join(
            f"<h2>{h}</h2><div>{text}</div>" if h else f"<div>{text}</div>" for h, text in rows
        )
        + "</body></html>",
        "utf-8",
    )
    done = cli("run", exports, "--notice", page, "--as-of", "2026-11-22", "--out", tmp_path / "o")
    assert done.returncode in (0, 1), done.stderr
    assert "tietosuojaseloste.html" in done.stdout
    data = json.loads((tmp_path / "o/findings.json").read_text("utf-8"))
    assert any(a.startswith("notice_read:") for a in data["assumptions"])
    assert any(f["check"] == "STO01" and f["result"] == "nonconformity" for f in data["findings"])


def test_a_folder_with_a_published_notice_needs_no_plan(cli, exports, tmp_path):
    """Without notice.yaml, the published notice in the folder is found by its name."""
    for path in (exports / "notice.yaml", exports / "audit.yaml"):
        path.unlink(missing_ok=True)
    (exports / "tietosuojaseloste.txt").write_bytes(SAMPLE.read_bytes())
    done = cli("run", exports, "--as-of", "2026-11-22", "--out", tmp_path / "o")
    assert done.returncode in (0, 1), done.stderr
    assert "tietosuojaseloste.txt: the notice" in done.stdout
