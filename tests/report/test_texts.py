"""The catalogues: the same keys and placeholders in every language, and no hole in any."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from audit.checks import catalogue
from audit.errors import ArgumentUnusable
from audit.finding import Basis, Grade, Result
from audit.register.forms import Unread
from audit.register.kinds.model import kinds
from audit.report.texts import LANGUAGES, Texts, clean, load_texts

ROOT = Path(__file__).parents[2] / "audit"
OF_A_CHECK = ("title", "question", "why", "remedy", "not_enough", "conforms", "observed")
DATES = {"day", "month", "month_name", "year"}
REASONS = {
    "notice_silent_on_categories",
    "notice_silent_on_retention",
    "event_unspecified",
    "event_column_missing",
    "event_dates_ambiguous",
    "event_dates_unreadable",
    "no_records",
    "column_unclassified",
    "table_missing",
    "not_attested",
    "attestation_expired",
    "retention_criteria",
    "retention_indefinite",
    "retention_missing",
    "financial_years_missing",
    "no_events",
    "article_37_unstated",
    "check_left_out",
    "no_check",
    "waived",
    "column_missing",
    "notice_silent",
    "identities_not_kept",
    "holds_missing",
    "no_such_column",
    "nothing_of_the_kind",
    "kind_untold",
    "key_missing",
    "notice_silent_on_subjects",
    "not_assessed",
    "not_validated",
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "fi"])
def test_the_catalogues_have_the_same_keys_and_placeholders(lang):
    finnish, other = load_texts("fi"), load_texts(lang)
    assert list(other) == list(finnish)
    for key, text in finnish.items():
        if isinstance(text, list):
            assert len(other[key]) == len(text), key
        elif key in ("format.date", "format.month"):
            assert placeholders(other[key]) <= DATES
        else:
            assert placeholders(other[key]) == placeholders(text), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_or_padded_or_holds_a_straight_quotation_mark(lang):
    for key, text in load_texts(lang).items():
        for one in text if isinstance(text, list) else [text]:
            assert one.strip("\n ") == one != "", key
            assert '"' not in one, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_has_all_its_texts(lang):
    texts = load_texts(lang)
    for code, check in catalogue().items():
        for part in OF_A_CHECK:
            assert f"checks.{code}.{part}" in texts, (code, part)
        assert placeholders(texts[f"checks.{code}.conforms"]) == {"ok", "n"}
        assert f"families.{check.criterion.family}" in texts
        assert f"units.{check.unit}.other" in texts


def test_there_are_no_texts_of_checks_that_do_not_exist():
    assert {key.split(".")[1] for key in load_texts("fi") if key.startswith("checks.")} == set(
        catalogue()
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_data_has_a_name(lang):
    texts = load_texts(lang)
    for group, words in {"results": Result, "grades": Grade, "bases": Basis}.items():
        assert {f"{group}.{word}" for word in words} <= texts.keys()
    for group in ("reasons", "to_do"):
        assert {key.partition(".")[2] for key in texts if key.startswith(f"{group}.")} == REASONS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_table_has_a_name(lang):
    assert {f"kinds.{kind}" for kind in kinds()} <= load_texts(lang).keys()


def test_every_reason_that_the_source_gives_has_a_name():
    texts = load_texts("fi")
    run, materials = ((ROOT / name).read_text("utf-8") for name in ("run.py", "materials.py"))
    package = (ROOT / "register" / "delimited").glob("*.py")
    reading = "".join(path.read_text("utf-8") for path in package)
    said = {
        f"reasons.{plain or named}"
        for plain, named in re.findall(r'reason=f?"(\w+)"|f"(\w+_missing):', materials)
    }
    said |= {f"assumptions.{key}" for key in re.findall(r'f"(\w+):\{', run)}
    said |= {
        f"quarantine_reasons.{key}"
        for key in re.findall(r'"(too_\w+_cells|unclosed_\w+)"', reading)
    }
    mended = r'(?:mended\[|repair=|cost, |_ADDED, )"(\w+)"'
    said |= {f"repairs.{key}" for key in re.findall(mended, reading)}
    said |= {f"left_out.{why.value}" for why in Unread}
    assert len(said) > 16
    assert said <= texts.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "code", [c for c in catalogue() if c.startswith(("RIG", "MAR", "SEC"))] + ["MIN04"]
)
def test_amending_the_notice_is_no_remedy_for_rights_marketing_and_credentials(lang, code):
    remedy = load_texts(lang)[f"checks.{code}.remedy"].lower()
    assert not re.search(r"selostee|beskrivning|notice", remedy)


def test_a_missing_key_and_an_unknown_language_raise():
    with pytest.raises(KeyError):
        Texts("fi").t("report.no_such_key")
    with pytest.raises(KeyError):
        Texts("fi").t("format.months")
    with pytest.raises(KeyError):
        Texts("fi").t("checks.MIN01.conforms", ok=1)
    with pytest.raises(ArgumentUnusable, match=r"^lang cannot be '../fi': give fi, sv or en\.$"):
        Texts("../fi")


@pytest.mark.parametrize(
    ("lang", "number", "day", "moment", "share"),
    [
        ("fi", "1\xa0234\xa0567", "22.11.2026", "22.11.2026 klo 18.05 UTC", "5\xa0%"),
        ("sv", "1\xa0234\xa0567", "22.11.2026", "22.11.2026 kl. 18.05 UTC", "5\xa0%"),
        ("en", "1,234,567", "22 November 2026", "22 November 2026, 18:05 UTC", "5%"),
    ],
)
def test_numbers_days_and_shares_are_written_as_the_language_does(lang, number, day, moment, share):
    texts = Texts(lang)
    assert texts.number(1234567) == number
    assert texts.date("2026-11-22") == texts.date(date(2026, 11, 22)) == day
    assert texts.moment("2026-11-22T18:05:00+00:00") == moment
    assert texts.share(4, 85) == share


def test_a_share_is_never_all_or_nothing_unless_it_is():
    texts = Texts("en")
    assert [texts.share(*of) for of in ((0, 9), (1, 900), (899, 900), (9, 9), (0, 0))] == [
        "0%",
        "less than 1%",
        "99%",
        "100%",
        "0%",
    ]


def test_a_day_that_somebody_wrote_otherwise_stands_as_it_is():
    texts = Texts("fi")
    assert (texts.day("8.1.2020"), texts.day("2020-01-08"), texts.day(None)) == (
        "8.1.2020",
        "8.1.2020",
        "",
    )
    assert texts.moment("yesterday") == "yesterday"


def test_singular_and_plural():
    assert Texts("en").plural("count.major", 1) == "1\xa0major nonconformity"
    assert Texts("fi").plural("count.minor", 2) == "2\xa0lievää poikkeamaa"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("check digits", "tarkistusnumerot täsmäävät"),
        ("S1: unreadable", "päivää ei voi lukea"),
        ("S2: allowed until 2024-09-21 00:00:00", "sai säilyttää 21.9.2024 asti"),
        ("S1: ", ""),
        (
            "S1: allowed until 2024-09-21; clear: Puhelin, Sähköposti",
            "sai säilyttää 21.9.2024 asti; tyhjennettävä: Puhelin, Sähköposti",
        ),
        ("S1: held: open_invoice; until 2027-01-31", "este: avoin lasku; 31.1.2027 asti"),
        (
            "S1: allowed until 2027-03-04; due in 2027-03",
            "sai säilyttää 4.3.2027 asti; poistettava 3/2027",
        ),
        ("S1: held: unstated", "este: syytä ei ole merkitty"),
        (None, ""),
        ("header and content: “puhelin”", "otsikko ja sisältö ”puhelin”"),
        ("header: “{n}”", "otsikko ”{n}”"),
        ("content: 9 of the first 10 cells", "sisältö: 9 täytetystä 10 solusta"),
        ("content: prose", "sisältö on tekstiä"),
        ("something new", "something new"),
        ("content", "content"),
    ],
)
def test_details_of_the_evidence_are_put_into_the_language(given, shown):
    assert Texts("fi").wording(given) == shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_column_that_a_check_cannot_do_without_has_a_name(lang):
    """A role's code is no word: what is missing is named as people name it."""
    needs = {need for check in catalogue().values() for need in check.needs}
    roles = {need.split("|")[0].rpartition(".")[2] for need in needs} - set(kinds())
    roles -= {"identities", "data_subjects"}  # said in other words
    assert {role for role in roles if f"roles.{role}" not in Texts(lang)} == set()


def test_references_name_the_acts_in_the_language():
    references = "the notice; Tietosuojalaki 1050/2018 29 §; GDPR Art. 87"
    assert Texts("sv").citation(references) == (
        "dataskyddsbeskrivningen; dataskyddslagen 1050/2018 29 §; GDPR art. 87"
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("  a \r\n\t b\u2028c\xa0d ", "a b c d"),
        ("\ud800a\ufeff", "a"),
        ("ä" * 201, "ä" * 199 + "…"),
        ("ä" * 200, "ä" * 200),
        (None, "None"),
    ],
)
def test_somebody_elses_text_is_one_short_line_without_marks(given, shown):
    assert clean(given) == shown
