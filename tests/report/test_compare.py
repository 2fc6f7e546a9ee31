"""What changed between audits: the findings, the waivers, the notice, and nothing else."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import date
from html import escape, unescape
from itertools import product
from pathlib import Path

import pytest

import audit
from audit.errors import NotComparable
from audit.notebook import ComparedAudits
from audit.plan import read_plan, write_plan
from audit.plan.statements import Completeness, Waiver
from audit.report.compare import Change, Comparison, compare, trend
from audit.report.custody import sign
from audit.report.texts import LANGUAGES, Texts

SAMPLE = Path(__file__).parents[2] / "data_samples" / "asiakasrekisteri"
DAY = "2026-11-22"
Rows = list[list[str]]


def audited(exports: Path, out: Path, as_of: str = DAY, **plan: object) -> Path:
    """A folder with the audit of the exports as they are now."""
    path = exports / "audit.yaml"
    drafted = read_plan(path) if path.is_file() else audit.load(exports).plan
    return audit.audit(drafted.model_copy(update=plan), as_of=as_of).write(out)


def rewrite(path: Path, encoding: str, change: Callable[[Rows], Rows]) -> None:
    """Change the rows of an export, the header among them."""
    with path.open(encoding=encoding, newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(change(rows))


def said(changes: Sequence[Change], *states: str) -> set[tuple[object, ...]]:
    return {
        (c.state, c.check, c.table, c.column, c.before, c.after)
        for c in changes
        if c.state in states
    }


# --- the sample, changed -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, audited."""
    return audited(SAMPLE, tmp_path_factory.mktemp("first") / "audit")


@pytest.fixture(scope="module")
def second(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """The sample changed in four planted ways and re-ordered, and audited again."""
    folder = tmp_path_factory.mktemp("second")
    exports = folder / "asiakasrekisteri"
    shutil.copytree(SAMPLE, exports)

    def customers(rows: Rows) -> Rows:
        gone, notes = rows[0].index("kentta7"), rows[0].index("Lisätiedot")
        note = next(row for row in rows if row[notes] == "Vakioasiakas")
        note[notes] += ", hetu 010190-999W"  # one more of what is found there already
        kept = [row[:gone] + row[gone + 1 :] for row in rows]  # a column that was put right
        return [kept[0], *reversed(kept[1:])]

    def contacts(rows: Rows) -> Rows:
        rows[2][rows[0].index("Yritys")] += " 010190-999W"  # found nowhere in this table yet
        turned = [row[::-1] for row in rows]  # the columns in another order, and the records
        return [turned[0], *reversed(turned[1:])]

    rewrite(exports / "asiakkaat.csv", "utf-8-sig", customers)
    rewrite(exports / "yhteyshenkilot.csv", "utf-8-sig", contacts)
    rewrite(exports / "laskut.csv", "utf-8", lambda rows: [rows[0], *reversed(rows[1:])])
    rewrite(exports / "luovutukset.csv", "utf-8", lambda rows: [rows[0], *reversed(rows[1:])])
    return compare(first, audited(exports, folder / "after"))


def test_a_second_audit_of_a_changed_sample_shows_exactly_the_planted_changes(second):
    assert said(second.changes, "new", "changed", "resolved", "no_longer_assessed") == {
        ("new", "MIN04", "yhteyshenkilot", "Yritys", 0, 1),
        ("changed", "MIN04", "asiakkaat", "Lisätiedot", 24, 25),
        ("resolved", "MIN01", "asiakkaat", "kentta7", 1, 0),
        ("resolved", "MIN04", "asiakkaat", "kentta7", 3, 0),
    }
    # Everything else is as it was, though four exports are in another order.
    unchanged = [c for c in second.changes if c.state == "unchanged"]
    assert len(unchanged) > 100
    assert all(c.before == c.after and c.accepted in (None, "waived") for c in unchanged)
    assert [(c.check, c.table) for c in unchanged if c.accepted] == [("SEC03", "kayttajat")]
    assert second.notice.same
    assert second.clauses == ()
    [one] = [c for c in second.changes if c.state == "changed"]
    assert (one.appeared, one.disappeared, one.by_count) == (1, 0, False)


def test_the_same_sample_twice_shows_no_change(first, tmp_path):
    found = compare(first, audited(SAMPLE, tmp_path / "again"))
    assert {c.state for c in found.changes} == {"unchanged"}
    assert found.clauses == ()


# --- what looking, and not looking, says ---------------------------------------------------------


def test_what_was_not_looked_at_is_not_resolved(exports, tmp_path):
    """An empty export resolves nothing; what is found where nobody looked before says so."""
    full = audited(exports, tmp_path / "a")
    path = exports / "asiakkaat.csv"
    path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    empty = audited(exports, tmp_path / "b")
    gone = compare(full, empty)
    assert not [c for c in gone.changes if c.state == "resolved" and c.result == "nonconformity"]
    back = compare(empty, full)
    assert {c.first_look for c in back.changes if c.state == "new" and c.table} == {True}


@pytest.fixture(scope="module")
def banned(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sample's customers, mailings, bans and invoices, and an audit of them."""
    folder = tmp_path_factory.mktemp("banned")
    exports = folder / "asiakasrekisteri"
    shutil.copytree(SAMPLE, exports)
    kept = ("asiakkaat", "lahetykset", "luettelo", "kiellot", "laskut")
    plan = read_plan(exports / "audit.yaml")
    sources = tuple(source for source in plan.sources if source.name in kept)
    less = plan.model_copy(update={"sources": sources, "completeness": (), "attestations": ()})
    (exports / "audit.yaml").write_text(write_plan(less), "utf-8")
    return exports, audited(exports, folder / "before")


def test_what_was_withheld_resolves_nothing(banned, tmp_path):
    """Without the list of bans no ban is broken, and that mends nothing."""
    exports, before = banned
    plan = read_plan(exports / "audit.yaml")
    left = tuple(source for source in plan.sources if source.file != "kiellot.csv")
    found = compare(before, audited(exports, tmp_path / "b", sources=left))
    marketing = {c.state for c in found.changes if c.check in ("MAR01", "MAR02", "MAR04")}
    assert "no_longer_assessed" in marketing
    assert "resolved" not in marketing


@pytest.mark.parametrize("whole", [True, False])
def test_a_list_that_came_empty_or_without_a_column_resolves_nothing(banned, tmp_path, whole):
    """Unless somebody states that there is nothing more."""
    exports, before = tmp_path / "asiakasrekisteri", banned[1]
    shutil.copytree(banned[0], exports)
    rewrite(exports / "kiellot.csv", "utf-8", lambda rows: rows[:1])
    place = csv_header(exports / "laskut.csv").index("Viesti")
    rewrite(
        exports / "laskut.csv", "utf-8", lambda rows: [r[:place] + r[place + 1 :] for r in rows]
    )
    sources = tuple(
        source.model_copy(
            update={"columns": {k: v for k, v in source.columns.items() if k != "Viesti"}}
        )
        for source in read_plan(exports / "audit.yaml").sources
    )
    stated = [
        Completeness.model_validate({"table": table, "stated_by": "Ossi Höyläniemi", "on": DAY})
        for table in ("kiellot", "laskut")
        if whole
    ]
    after = audited(exports, tmp_path / "b", sources=sources, completeness=tuple(stated))
    found = compare(before, after)
    gone = [c for c in found.changes if c.state in ("resolved", "no_longer_assessed")]
    bans = {c.state for c in gone if c.check in ("MAR01", "MAR02", "MAR04")}
    cells = {c.state for c in gone if c.column == "Viesti"}
    assert bans == cells == {"resolved" if whole else "no_longer_assessed"}
    assert found.columns_removed == (("laskut", "Viesti"),)
    assert found.columns_added == ()


def test_a_list_that_is_shorter_or_could_not_be_read_resolves_nothing(banned, tmp_path):
    """Bans that were left out are no bans withdrawn, and a broken line mends nothing."""
    exports, before = tmp_path / "asiakasrekisteri", banned[1]
    shutil.copytree(banned[0], exports)
    rewrite(exports / "kiellot.csv", "utf-8", lambda rows: rows[:2])
    path = exports / "laskut.csv"
    broken = path.read_text("utf-8").splitlines(keepends=True)
    coded = re.compile(r"\d{6}[-+A]9\d\d[0-9A-Z]")
    broken = [line.partition(";")[0] + "\n" if coded.search(line) else line for line in broken]
    path.write_text("".join(broken), "utf-8")
    found = compare(before, audited(exports, tmp_path / "b"))
    assert [name for name, *_ in found.shorter if name == "kiellot"] == ["kiellot"]
    assert found.unread == ("laskut",)
    gone = {
        c.check: c.state for c in found.changes if c.state in ("resolved", "no_longer_assessed")
    }
    assert {gone[code] for code in gone if code.startswith("MAR")} == {"no_longer_assessed"}
    assert "resolved" not in {c.state for c in found.changes if c.table == "laskut"}


def test_what_a_later_audit_could_not_assess_is_not_resolved(tmp_path):
    """Blank days of requests leave nothing to be late by; a cell of a shorter list is not mended."""
    exports = tmp_path / "asiakasrekisteri"
    shutil.copytree(SAMPLE, exports)
    plan = read_plan(exports / "audit.yaml")
    kept = tuple(source for source in plan.sources if source.name in ("pyynnot", "kiellot"))
    less = plan.model_copy(update={"sources": kept, "completeness": (), "attestations": ()})
    (exports / "audit.yaml").write_text(write_plan(less), "utf-8")
    rewrite(
        exports / "kiellot.csv",
        "utf-8",
        lambda rows: [*rows[:-1], [*rows[-1][:-1], "hetu 010190-999W"]],
    )
    before = audited(exports, tmp_path / "a")
    place = csv_header(exports / "pyynnot.csv").index("Saapunut")
    late = {"P-51", "P-52", "P-53", "P-54", "P-55", "P-56"}

    def blank(rows: Rows) -> Rows:
        return [[*r[:place], "", *r[place + 1 :]] if r[0] in late else r for r in rows]

    rewrite(exports / "pyynnot.csv", "utf-8", blank)
    rewrite(exports / "kiellot.csv", "utf-8", lambda rows: rows[:-1])
    found = compare(before, audited(exports, tmp_path / "b"))
    gone = {(c.check, c.state) for c in found.changes if c.after == 0}
    assert ("MIN04", "no_longer_assessed") in gone
    assert any(check.startswith("RIG") for check, _ in gone)
    assert {state for _, state in gone} == {"no_longer_assessed"}


def test_a_column_that_is_taken_for_something_else_resolves_nothing(exports, tmp_path):
    text = (exports / "asiakkaat.csv").read_text("utf-8").replace("Tila", "Syntymäaika")
    text = text.replace("päättynyt;\n", "1.2.1980;\n").replace("aktiivinen;", "3.4.1985;")
    (exports / "asiakkaat.csv").write_text(text, "utf-8")
    before = audited(exports, tmp_path / "a")
    plan = audit.load(exports).plan
    [source] = plan.sources
    column = source.columns["Syntymäaika"].model_copy(update={"category": "technical"})
    other = source.model_copy(update={"columns": source.columns | {"Syntymäaika": column}})
    found = compare(before, audited(exports, tmp_path / "b", sources=(other,)))
    gone = {(c.check, c.state) for c in found.changes if c.column == "Syntymäaika"}
    assert ("MIN01", "no_longer_assessed") in gone
    assert found.columns_recast == (("asiakkaat", "Syntymäaika"),)


def test_findings_that_are_not_those_signed_are_not_compared(exports, tmp_path):
    before, after = audited(exports, tmp_path / "a"), audited(exports, tmp_path / "b")
    sign(after, "Tuula Tarkka", date.fromisoformat(DAY), "auditor")
    compare(before, after)
    path = after / "findings.json"
    path.write_text(path.read_text("utf-8").replace('"major"', '"minor"'), "utf-8")
    with pytest.raises(NotComparable, match="not those that were signed"):
        compare(before, after)


def csv_header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file, delimiter=";"))


def test_damaged_evidence_is_said(exports, tmp_path):
    before, after = audited(exports, tmp_path / "a"), audited(exports, tmp_path / "b")
    (after / "evidence.parquet").write_bytes(b"PAR1")
    with pytest.raises(NotComparable, match="damaged"):
        compare(before, after)


def test_a_table_of_another_name_is_said(exports, tmp_path):
    before = audited(exports, tmp_path / "a")
    (exports / "asiakkaat.csv").rename(exports / "asiakkaat2026.csv")
    found = compare(before, audited(exports, tmp_path / "b"))
    assert (found.tables_removed, found.tables_added) == (("asiakkaat",), ("asiakkaat2026",))


def test_without_evidence_the_numbers_are_compared(exports, tmp_path):
    before, after = audited(exports, tmp_path / "a"), audited(exports, tmp_path / "b")
    (before / "evidence.parquet").unlink()
    found = compare(before, after)
    assert found.counted_only
    assert {c.state for c in found.changes} == {"unchanged"}


def test_a_heavier_grade_is_a_change(exports, tmp_path):
    before, after = audited(exports, tmp_path / "a"), audited(exports, tmp_path / "b")
    data = json.loads((before / "findings.json").read_text("utf-8"))
    first = next(f for f in data["findings"] if f.get("grade") == "major")
    first["grade"] = "minor"
    (before / "findings.json").write_text(json.dumps(data), "utf-8")
    [one] = [c for c in compare(before, after).changes if c.state == "changed"]
    assert (one.grade_before, one.grade_after) == ("minor", "major")


# --- waivers -------------------------------------------------------------------------------------


def waiver(on: date, expires: date) -> Waiver:
    return Waiver(check="STO01", reason="Siirto kesken", approver="Aino", on=on, expires=expires)


def test_what_became_of_a_waiver_is_shown(exports, tmp_path):
    """Accepted since, accepted still, expired since, removed since."""
    held = waiver(date(2026, 11, 1), date(2026, 11, 30))
    plain = audited(exports, tmp_path / "plain")
    first = audited(exports, tmp_path / "first", waivers=(held,))
    later = audited(exports, tmp_path / "later", as_of="2026-11-30", waivers=(held,))
    ended = audited(exports, tmp_path / "ended", as_of="2026-12-01", waivers=(held,))
    bare = audited(exports, tmp_path / "bare", as_of="2026-12-01")

    def accepted(old: Path, new: Path) -> list[object]:
        return [c.accepted for c in compare(old, new).changes if c.check == "STO01"]

    assert accepted(plain, first) == ["waived_since"]
    assert accepted(first, later) == ["waived"]
    assert accepted(later, ended) == ["expired_since"]
    assert accepted(later, bare) == ["removed_since"]
    assert accepted(ended, bare) == [None]
    states = {c.clause: (c.before, c.after) for c in compare(plain, first).clauses}
    assert states["K2"] == ("does_not_conform", "waived")


# --- the notice ----------------------------------------------------------------------------------


def renoticed(exports: Path, old: str, new: str) -> None:
    path = exports / "notice.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("promise: ten years", "promise: twelve years", {"promises": ("K2",)}),
        ("promise: ten years", "quote: x, promise: ten years", {"words": ("K2",)}),
        (
            "\ndata_categories:",
            "\n  - {id: K3, heading: Lähteet, promise: p, kinds: [informative]}\ndata_categories:",
            {"added": ("K3",)},
        ),
        ("period: P10Y", "period: P12Y", {"header": ("retention",)}),
        ("data_categories: 'yes'", "data_categories: 'no'", {"header": ("closed_list",)}),
        ("text: nimi", "text: nimet", {}),
    ],
)
def test_a_changed_notice_is_told_clause_by_clause(exports, tmp_path, old, new, told):
    """Also where nothing but what is promised changed, or nothing that an audit quotes."""
    before = audited(exports, tmp_path / "a")
    renoticed(exports, old, new)
    notice = compare(before, audited(exports, tmp_path / "b")).notice
    assert not notice.same
    assert notice.file
    for part in ("words", "promises", "added", "removed", "header"):
        assert getattr(notice, part) == told.get(part, ()), part


def test_a_clause_that_only_has_another_number_is_the_same(exports, tmp_path):
    before = audited(exports, tmp_path / "a")
    renoticed(exports, "K2", "K7")
    found = compare(before, audited(exports, tmp_path / "b"))
    assert (found.notice.added, found.notice.removed, found.notice.words) == ((), (), ())
    assert found.clauses == ()


# --- what cannot be compared ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said_of_it"),
    [
        ("name: Koe Oy", "name: Toinen Oy", "two controllers, “Koe Oy” and “Toinen Oy”"),
        ("register_name: Asiakasrekisteri", "register_name: Jäsenet", "two registers"),
    ],
)
def test_two_registers_are_not_compared(exports, tmp_path, old, new, said_of_it):
    before = audited(exports, tmp_path / "a")
    renoticed(exports, old, new)
    after = audited(exports, tmp_path / "b")
    with pytest.raises(NotComparable, match=said_of_it):
        compare(before, after)
    assert "header" in str(compare(before, after, anyway=True).notice)


def test_a_business_id_tells_a_controller_that_changed_its_name(exports, tmp_path):
    renoticed(exports, "name: Koe Oy", "name: Koe Oy, business_id: 1234567-1")
    before = audited(exports, tmp_path / "a")
    renoticed(exports, "name: Koe Oy", "name: Koe Oyj")
    assert compare(before, audited(exports, tmp_path / "b")).notice.header == ("controller",)


def test_the_earlier_audit_comes_first(exports, tmp_path):
    before, after = audited(exports, tmp_path / "a"), audited(exports, tmp_path / "b", "2026-12-01")
    with pytest.raises(NotComparable, match="name the earlier audit first"):
        compare(after, before)


# --- the command ---------------------------------------------------------------------------------


def test_the_command_says_it_in_each_language(cli, exports, tmp_path):
    """Counts, waivers, notice, clauses and the trend over three audits."""
    held = waiver(date(2026, 11, 1), date(2026, 11, 30))
    audited(exports, tmp_path / "a")
    audited(exports, tmp_path / "b", "2026-11-23", waivers=(held,))
    renoticed(exports, "promise: ten years", "promise: twelve years")
    audited(exports, tmp_path / "c", "2026-12-01", waivers=(held,), register_name="uusi")
    for texts in map(Texts, LANGUAGES):
        done = cli("compare", "a", "b", "c", "--lang", texts.lang, COLUMNS="200")
        assert done.returncode == 0, done.stderr
        for words in (
            texts.t("trend.title"),
            texts.date("2026-11-22"),
            texts.t("compare.expired_since"),
            texts.t("compare.notice"),
            texts.t("compare.notice_promises", clauses="K2"),
            texts.t("compare.registers", old="koerekisteri", new="uusi"),
            f"{texts.t('compare.resolved')} 0",
        ):
            assert words in done.stdout
    data = json.loads(cli("compare", "a", "b", "c", "--json").stdout)
    assert [point["as_of"] for point in data["trend"]] == ["2026-11-22", "2026-11-23", "2026-12-01"]
    assert [point["waived"] for point in data["trend"]] == [0, 1, 0]
    assert [p.waived for p in trend([tmp_path / name for name in "abc"])] == [0, 1, 0]


def test_the_command_cuts_no_words_at_any_width(cli, exports, tmp_path):
    """Findings by their titles, the trend's figures by whole words, piped as on a terminal."""
    days = ("2026-11-22", "2026-11-23", "2026-12-01")
    for name, day in zip("abc", days, strict=True):
        audited(exports, tmp_path / name, day)
    changes = json.loads(cli("compare", *"abc", "--json").stdout)["changes"]
    assert changes
    for texts, width in product(map(Texts, LANGUAGES), (40, 80, 200)):
        titles = [texts.t(f"checks.{code}.title") for code in {one["check"] for one in changes}]
        done = cli("compare", *"abc", "--all", "--lang", texts.lang, COLUMNS=str(width))
        assert done.returncode == 0, done.stderr
        assert "…" not in done.stdout
        words, said = " ".join(done.stdout.split()), "".join(done.stdout.split())
        for key in ("bar.major", "bar.minor", "bar.observation", "bar.waived", "verdict.clauses"):
            assert texts.t(key) in words
        for day in days:
            assert texts.date(day) in words
        for title in titles:
            assert title.split()[0] in said
            assert width == 40 or title.replace(" ", "") in said or len(title) > width - 20
        assert max(map(len, done.stdout.splitlines())) <= width


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_notebook_tells_what_changed_in_the_readers_language(exports, tmp_path, lang):
    """Counts, remarks, trend and each finding; what is unchanged is counted and left out."""
    audited(exports, tmp_path / "a")
    renoticed(exports, "promise: ten years", "promise: twelve years")
    audited(exports, tmp_path / "b", "2026-12-01")
    texts, compared = Texts(lang), ComparedAudits(tmp_path / "a", tmp_path / "b", lang=lang)
    found = compare(tmp_path / "a", tmp_path / "b")
    summary = str(compared.summary())
    assert texts.t("compare.notice") in unescape(summary)
    assert texts.t("compare.no_longer_assessed") in summary
    every = str(compared.findings(everything=True))
    for change in found.changes:
        assert escape(texts.t(f"checks.{change.check}.title"), quote=True) in every
    if same := found.count("unchanged"):
        assert texts.t("compare.left_out", n=same) in str(compared.findings())
    drawn = str(compared.trend())
    assert texts.date("2026-11-22") in drawn
    assert drawn.count("<polyline") == 2


def test_what_is_wrong_is_one_sentence(cli, exports, tmp_path):
    done = cli("compare", tmp_path / "x", tmp_path / "y")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    audited(exports, tmp_path / "a", "2026-12-01")
    audited(exports, tmp_path / "b")
    done = cli("compare", "a", "b")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_the_trend_of_the_report_is_of_one_controller(cli, exports, tmp_path):
    """An auditor's folder may hold registers of the same name of several clients."""
    for day, controller in (("2024-01-01", "Koe Oy"), ("2025-01-01", "Toinen Oy")):
        renoticed(exports, "name: Koe Oy", f"name: {controller}")
        cli("run", exports, "--as-of", day, "--out", tmp_path / "reports" / day)
        renoticed(exports, f"name: {controller}", "name: Koe Oy")
    cli("run", exports, "--as-of", DAY, "--out", tmp_path / "reports" / DAY)
    manifest = json.loads((tmp_path / "reports" / DAY / "manifest.json").read_text("utf-8"))
    assert [one["as_of"] for one in manifest["earlier"]] == ["2024-01-01"]
