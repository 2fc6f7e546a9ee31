"""The corpus: invented notices, each with the labels a careful reader would give it."""

from __future__ import annotations

import html
import importlib.util
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

CORPUS = Path(__file__).parent / "corpus"
FORMS = {".txt", ".md", ".html", ".docx", ".pdf"}
NOTICES = sorted(path for path in CORPUS.iterdir() if path.suffix in FORMS)
LABELS = sorted(CORPUS.glob("*.labels.json"))

LEAST_NOTICES = 40
LEAST_ON_THE_TEMPLATE = 10

CATEGORIES = set(
    """name date_of_birth personal_identity_code gender nationality marital_status email phone
    postal_address organisation job_title customer_number order_history invoicing payment
    bank_account payment_card marketing_preferences communication ip_address device_browser
    cookies_usage location login_credentials photo_video health diet_allergy religion
    union_membership political_opinion ethnic_origin sexual_life biometrics criminal credit family
    employment language membership passport driving_licence car_registration social_media interests
    technical""".split()
)
KINDS = {"fixed", "criteria", "indefinite", "missing"}
TRIGGERS = set(
    """customer_relationship_end last_order last_contact collection fiscal_year_end membership_end
    employment_end contract_end consent_withdrawal visit unspecified""".split()
)
LEGAL_BASES = set(
    """consent contract legal_obligation vital_interests public_task legitimate_interests""".split()
)
RIGHTS = set(
    """access rectification erasure restriction portability objection withdraw_consent complaint
    not_subject_to_automated_decision""".split()
)
TRANSFERS = {"none", "conditional", "yes", "unstated"}
AUTOMATED = {"declared_none", "declared", "unstated"}
DEFECTS = set(
    """\
not stated whether providing data is a statutory or contractual requirement (Art. 13(2)(e))
right of access not mentioned (Art. 13(2)(b))
right of rectification not mentioned (Art. 13(2)(b))
right of erasure not mentioned (Art. 13(2)(b))
right of restriction not mentioned (Art. 13(2)(b))
right of portability not mentioned (Art. 13(2)(b))
right of objection not mentioned (Art. 13(2)(b))
right to withdraw consent not mentioned (Art. 13(2)(c))
right to lodge a complaint not mentioned (Art. 13(2)(d))
right not to be subject to automated decision-making not mentioned (Art. 13(2)(f), Art. 22)
transfer safeguards not described (Art. 13(1)(f))
transfers outside the EEA not addressed although a non-EEA service is used (Art. 13(1)(f))
no-transfer statement contradicted by use of a non-EEA service (Art. 12(1), Art. 13(1)(f))
relies on the invalidated Privacy Shield (Art. 13(1)(f), Art. 46)
special-category data without an Art. 9(2) condition (Art. 9, Art. 13(1)(c))
criminal-offence data without stating the ground (Art. 10, Data Protection Act 1050/2018 s. 7)
refers to the repealed Personal Data Act 523/1999 (outdated legal reference)
signed paper request or personal visit demanded for exercising rights (Art. 12(2), Art. 12(6))
data-subject right wrongly restricted (Art. 12(2), Art. 17, Art. 21)
retention period missing (Art. 13(2)(a))
retention criterion too vague to determine the period (Art. 13(2)(a), Art. 5(1)(e))
indefinite retention (Art. 5(1)(e), Art. 13(2)(a))
retention ends only when the customer acts, no maximum period (Art. 5(1)(e), Art. 25(2))
retention period looks excessive for the stated purpose (Art. 5(1)(e))
contradictory retention statements (Art. 12(1), Art. 13(2)(a))
retention by reference to a statute without the period (Art. 13(2)(a))
no-disclosure statement contradicted by recipients named elsewhere (Art. 12(1), Art. 13(1)(e))
recipients or categories of recipients not stated (Art. 13(1)(e))
outdated supervisory authority address
notice undated (accountability, Art. 5(2), Art. 12(1))
notice predates application of the GDPR (25.5.2018) and was never updated (Art. 12(1), Art. 13)
profiling or automated decisions declared without logic and consequences (Art. 13(2)(f))
no-profiling statement contradicted elsewhere (Art. 12(1), Art. 13(2)(f))
heading on automated decision-making left empty (Art. 13(2)(f))
section heading left empty
non-essential cookies without reference to consent (Act 917/2014 s. 205)
consent inferred from use of the site is not valid (Art. 4(11), Art. 7)
legal basis not stated (Art. 13(1)(c))
contradictory legal bases (Art. 12(1), Art. 13(1)(c))
legal bases listed but not linked to purposes (Art. 13(1)(c))
legitimate interest not described (Art. 13(1)(d))
customer/member relationship or 'pertinent connection' given as basis instead of an Art. 6(1) ground (Art. 13(1)(c))
controller identity or contact details incomplete (Art. 13(1)(a))
categories of personal data vague or given in the wrong section (Art. 12(1), Art. 14(1)(d))
source of data not stated (Art. 14(2)(f) where applicable)
children's data processed without child-appropriate information (Art. 12(1), recital 58)
joint controllers' arrangement not explained (Art. 26(2))""".splitlines()
)

REGISTER_KEYS = {
    "name",
    "categories",
    "retention",
    "legal_bases",
    "transfers_outside_eea",
    "recipients",
    "sources",
}
NOTICE_KEYS = {
    "language",
    "registers",
    "rights",
    "dated",
    "automated_decision_making",
    "known_defects",
}


def words(text: str) -> str:
    """The text without markup and line breaks, its blanks made single."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def text_of(notice: Path) -> str:
    """All the words of a notice, whatever its form."""
    if notice.suffix == ".docx":
        document = Document(str(notice))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return words("\n".join([*(p.text for p in document.paragraphs), *cells]))
    if notice.suffix == ".pdf":
        return words("\n".join(page.extract_text() for page in PdfReader(notice).pages))
    return words(notice.read_text("utf-8"))


def labels_of(notice: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        notice.with_name(f"{notice.stem}.labels.json").read_text("utf-8")
    )
    return loaded


def retention_rules(labels: dict[str, Any]) -> list[dict[str, Any]]:
    return [rule for register in labels["registers"] for rule in register["retention"]]


def binary_builder() -> Any:
    spec = importlib.util.spec_from_file_location("make_binary", CORPUS / "make_binary.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


each_notice = pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.name)


def test_each_notice_has_labels_and_the_reverse() -> None:
    """A stem is used once: one notice, one file of labels."""
    stems = [path.stem for path in NOTICES]
    assert len(stems) == len(set(stems))
    assert stems == [path.name.removesuffix(".labels.json") for path in LABELS]


def test_the_corpus_is_large_and_mixed() -> None:
    """Forty notices or more, in all forms and languages, ten of them on the first one's template."""
    assert len(NOTICES) >= LEAST_NOTICES
    assert {path.suffix for path in NOTICES} == FORMS
    assert {labels_of(path)["language"] for path in NOTICES} == {"fi", "sv", "en"}
    template = [path for path in NOTICES if path.stem.endswith("_malli")]
    assert len(template) >= LEAST_ON_THE_TEMPLATE


@each_notice
def test_labels_use_the_closed_lists(notice: Path) -> None:
    """Every key, kind, trigger and wording is one that the conventions list."""
    labels = labels_of(notice)
    assert set(labels) == NOTICE_KEYS
    assert labels["language"] in {"fi", "sv", "en"}
    assert labels["automated_decision_making"] in AUTOMATED
    assert labels["dated"] is None or re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", labels["dated"])
    assert set(labels["rights"]) <= RIGHTS
    heads = [defect.split(" -- ")[0] for defect in labels["known_defects"]]
    assert set(heads) <= DEFECTS
    for repeated in (heads, labels["rights"]):
        assert len(repeated) == len(set(repeated))
    assert labels["registers"]


@each_notice
def test_registers_use_the_closed_lists(notice: Path) -> None:
    """Categories are keys or `other:` with words; no key is there twice."""
    for register in labels_of(notice)["registers"]:
        assert set(register) == REGISTER_KEYS
        keys = register["categories"]
        assert keys
        assert len(keys) == len(set(keys))
        assert {key for key in keys if not re.fullmatch(r"other:\S.*", key)} <= CATEGORIES
        assert set(register["legal_bases"]) <= LEGAL_BASES
        assert register["transfers_outside_eea"] in TRANSFERS
        assert register["retention"]


@each_notice
def test_retention_is_well_formed(notice: Path) -> None:
    """A fixed rule has a duration, no other has; a rule is about declared categories."""
    for register in labels_of(notice)["registers"]:
        for rule in register["retention"]:
            kind = rule["kind"]
            assert kind in KINDS
            assert (kind == "fixed") == bool(re.fullmatch(r"P\d+[YMWD]", rule["duration"] or ""))
            assert (rule["duration"] is None) == (kind != "fixed")
            if kind in {"missing", "indefinite"}:
                assert rule["trigger"] is None
            else:
                assert rule["trigger"] in TRIGGERS
            assert (kind == "missing") == (not rule["quote"])
            scope = rule["applies_to"]
            assert scope == "all" or (scope and set(scope) <= set(register["categories"]))
        if "missing" in {rule["kind"] for rule in register["retention"]}:
            assert len(register["retention"]) == 1


@each_notice
def test_quotes_stand_in_the_notice(notice: Path) -> None:
    """Each rule on retention quotes the notice to the letter, line breaks aside."""
    text = text_of(notice)
    quotes = [words(rule["quote"]) for rule in retention_rules(labels_of(notice))]
    assert [quote for quote in quotes if quote not in text] == []


@each_notice
def test_defects_follow_from_the_labels(notice: Path) -> None:
    """A right not granted, a period not given and a date not stated are labelled as defects."""
    labels = labels_of(notice)
    heads = {defect.split(" -- ")[0] for defect in labels["known_defects"]}
    for right in ("access", "rectification", "erasure", "restriction"):
        missing = f"right of {right} not mentioned (Art. 13(2)(b))" in heads
        assert missing == (right not in labels["rights"]), right
    complaint = "right to lodge a complaint not mentioned (Art. 13(2)(d))" in heads
    assert complaint == ("complaint" not in labels["rights"])
    bases = {basis for register in labels["registers"] for basis in register["legal_bases"]}
    withdrawal = "right to withdraw consent not mentioned (Art. 13(2)(c))" in heads
    assert withdrawal == ("consent" in bases and "withdraw_consent" not in labels["rights"])
    kinds = {rule["kind"] for rule in retention_rules(labels)}
    assert ("retention period missing (Art. 13(2)(a))" in heads) == ("missing" in kinds)
    assert ("indefinite retention (Art. 5(1)(e), Art. 13(2)(a))" in heads) == (
        "indefinite" in kinds
    )
    undated = "notice undated (accountability, Art. 5(2), Art. 12(1))" in heads
    assert undated == (labels["dated"] is None)


@each_notice
def test_addresses_are_invented(notice: Path) -> None:
    """Mailboxes lead to reserved names; only the authority's is real."""
    found = re.findall(r"[\w.+-]+@([\w.-]*\w)", text_of(notice))
    assert [name for name in found if name != "om.fi" and not name.endswith(".example")] == []


@pytest.mark.parametrize("source", sorted((CORPUS / "sources").iterdir()), ids=lambda p: p.stem)
def test_binary_notices_are_built_from_their_sources(source: Path) -> None:
    """A DOCX or PDF notice says what its source says, word for word."""
    build = binary_builder()
    made = CORPUS / source.stem
    make = {".docx": build.docx_bytes, ".pdf": build.pdf_bytes}[made.suffix]
    once = make(source.read_text("utf-8"))
    assert once == make(source.read_text("utf-8"))
    if made.suffix == ".pdf":
        read, kept = (
            [page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages]
            for raw in (once, made.read_bytes())
        )
        assert read == kept
    else:
        read, kept = (
            [part.text for part in Document(io.BytesIO(raw)).element.body.iter() if part.text]
            for raw in (once, made.read_bytes())
        )
        assert read == kept
