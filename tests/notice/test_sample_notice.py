"""The sample notice: an invented controller's, with every promise tied to its words."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from audit.notice.model import Clause, ClauseKind, Exhaustive, Notice

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data_samples" / "asiakasrekisteri"
SHARED = ROOT.parent / "shared" / "notices"

BLANK = "C70"
SECOND_COPY = "C46"
COPIED = ("C35", "C36", "C37", "C40", "C41", "C42", "C43")
"""The promises that the row on disclosures prints again."""
MOVED = ("C38", "C39")
"""The promises that the row on transfers prints again."""


def read(path: Path) -> str:
    """The text with its line ends kept, as spans count it."""
    return path.read_bytes().decode("utf-8")


def rows(text: str) -> dict[str, str]:
    """The rows of a notice: a heading, a tab and a value; a line without a heading goes on."""
    found: dict[str, str] = {}
    heading = ""
    for line in text.split("\n"):
        name, tab, value = line.partition("\t")
        if tab and name:
            heading = name
            found[heading] = value
        elif tab:
            found[heading] += "\n" + value
    return found


def words(text: str) -> str:
    """The text without markup, in lower case, its blanks made single."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).lower().split())


@pytest.fixture(scope="module")
def notice() -> Notice:
    loaded = YAML(typ="safe").load((SAMPLE / "notice.yaml").read_text(encoding="utf-8"))
    return Notice.model_validate(loaded)


@pytest.fixture(scope="module")
def text(notice: Notice) -> str:
    assert notice.text_file is not None
    return read(SAMPLE / notice.text_file)


@pytest.fixture(scope="module")
def clauses(notice: Notice) -> dict[str, Clause]:
    return {clause.id: clause for clause in notice.clauses}


@pytest.fixture(scope="module")
def real() -> str:
    """The notice whose template the sample follows; it is not part of the project."""
    found = sorted(SHARED.glob("000_*.txt"))
    if not found:
        pytest.skip("shared notices are not here")
    return read(found[0])


# The words and their places


def test_the_clauses_are_numbered_without_a_gap(notice: Notice) -> None:
    """The notice has 89 clauses, C01 to C89, in order."""
    assert [clause.id for clause in notice.clauses] == [f"C{n:02d}" for n in range(1, 90)]


def test_the_text_is_the_one_that_was_read(notice: Notice) -> None:
    """The hash is that of the text's bytes, and the text is UTF-8 with line feeds only."""
    raw = (SAMPLE / "tietosuojaseloste.txt").read_bytes()
    assert notice.text_file == "tietosuojaseloste.txt"
    assert hashlib.sha256(raw).hexdigest() == notice.text_sha256
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")


def test_spans_lie_inside_the_text(notice: Notice, text: str) -> None:
    """Every span starts and ends inside the text, on words and not on blanks."""
    for clause in notice.clauses:
        for start, end in clause.spans:
            assert 0 <= start < end <= len(text), clause.id
            assert text[start:end] == text[start:end].strip(), clause.id


def test_a_quote_is_the_text_of_its_first_span(notice: Notice, text: str) -> None:
    """A quote is the very words of the notice, to the letter."""
    for clause in notice.clauses:
        if clause.spans:
            start, end = clause.spans[0]
            assert clause.quote == text[start:end], clause.id


def test_only_the_blank_section_has_no_words(notice: Notice, text: str) -> None:
    """Every clause points at words, but for the section under which nothing stands."""
    assert [clause.id for clause in notice.clauses if not clause.spans] == [BLANK]
    assert [clause.id for clause in notice.clauses if not clause.quote] == [BLANK]
    assert [heading for heading, value in rows(text).items() if not value.strip()] == [
        clause.heading for clause in notice.clauses if clause.id == BLANK
    ]


def test_a_further_span_repeats_the_first(notice: Notice, text: str) -> None:
    """Where a clause has two spans, the same words stand in both."""
    twice = [clause for clause in notice.clauses if len(clause.spans) > 1]
    assert {clause.id for clause in twice} == {*COPIED, *MOVED}
    for clause in twice:
        assert {words(text[start:end]) for start, end in clause.spans} == {words(clause.quote)}


def test_the_second_copy_holds_the_promises_it_repeats(clauses: dict[str, Clause]) -> None:
    """C46 is the second copy: it covers the second spans of its originals, and no first."""
    copy = clauses[SECOND_COPY]
    ((start, end),) = copy.spans
    assert copy.same_as == COPIED
    for original in COPIED:
        first, second = clauses[original].spans
        assert first[1] < start, original
        assert start <= second[0] < second[1] <= end, original


def test_no_other_clause_repeats_a_whole_clause(notice: Notice) -> None:
    """Only C46 shares the state of others; what merely resembles another is counted."""
    assert [clause.id for clause in notice.clauses if clause.same_as] == [SECOND_COPY]


def test_clauses_do_not_overlap(notice: Notice) -> None:
    """A word of the notice belongs to one clause, but for the second copy."""
    spans = sorted(
        (start, end, clause.id)
        for clause in notice.clauses
        if clause.id != SECOND_COPY
        for start, end in clause.spans
    )
    for before, after in pairwise(spans):
        assert before[1] <= after[0], (before, after)


def test_a_clause_stands_under_its_heading(notice: Notice, text: str) -> None:
    """The heading is a row of the notice, and the first span lies in that row or names it."""
    headings = list(rows(text))
    starts = [text.index(f"\n{heading}\t") + 1 for heading in headings]
    ends = [*starts[1:], len(text)]
    places = dict(zip(headings, zip(starts, ends, strict=True), strict=True))
    for clause in notice.clauses:
        row_start, row_end = places[clause.heading]
        for start, end in clause.spans[:1]:
            assert row_start <= start < end <= row_end, clause.id


def test_declared_texts_are_words_of_the_notice(notice: Notice, text: str) -> None:
    """What a declared value quotes stands in the notice."""
    whole = words(text)
    for place, item in notice.declared():
        quoted = getattr(item, "text", "")
        assert words(quoted) in whole, place


# What it declares


def test_kinds(notice: Notice) -> None:
    """A clause with a check of data is testable; one with notice checks alone is not."""
    for clause in notice.clauses:
        of_data = [code for code in clause.checks if not code.startswith("NOT")]
        assert (ClauseKind.TESTABLE in clause.kinds) == bool(of_data), clause.id
        assert ClauseKind.TESTABLE not in clause.kinds[1:], clause.id
        if clause.checks and not of_data:
            assert ClauseKind.NOTICE in clause.kinds, clause.id
        assert clause.kinds, clause.id


def test_informative_clauses(notice: Notice) -> None:
    """Three clauses promise nothing that could be false, and no check assesses them."""
    informative = [c for c in notice.clauses if ClauseKind.INFORMATIVE in c.kinds]
    assert [clause.id for clause in informative] == ["C09", "C57", "C64"]
    assert all(clause.kinds == (ClauseKind.INFORMATIVE,) for clause in informative)
    assert not any(clause.checks for clause in informative)


def test_attested_clauses(notice: Notice) -> None:
    """Locks, fire safety, the firewall, written refusals and a few more need a person who looked."""
    attested = {clause.id for clause in notice.clauses if ClauseKind.ATTESTED in clause.kinds}
    assert attested == {"C03", "C07", "C47", "C48", "C49", "C54", "C56", "C58", "C68", "C80"}
    alone = [c.id for c in notice.clauses if c.kinds == (ClauseKind.ATTESTED,)]
    assert alone == ["C47", "C48", "C56"]


def test_checks_are_codes(notice: Notice) -> None:
    """Checks are named by their codes, each once."""
    for clause in notice.clauses:
        assert len(clause.checks) == len(set(clause.checks)), clause.id
        assert all(re.fullmatch(r"[A-Z]{3}\d{2}", code) for code in clause.checks), clause.id


def test_date_and_name(notice: Notice) -> None:
    """The notice is of 8 January 2020; earlier events fall under an earlier one."""
    assert notice.register_name == "Asiakasrekisteri"
    assert notice.language == "fi"
    assert notice.dated == "2020-01-08"
    assert notice.effective_from == date(2020, 1, 8)


def test_categories_of_the_register(notice: Notice) -> None:
    """The list of contents is closed and has six categories; invoicing is mentioned elsewhere."""
    listed = {c.key for c in notice.data_categories if c.scope == "register" and c.listed}
    assert listed == {"name", "organisation", "email", "postal_address", "phone", "order_history"}
    assert notice.declared_categories() == frozenset(listed | {"invoicing"})
    assert notice.exhaustive.data_categories is Exhaustive.YES


def test_categories_of_the_website(notice: Notice) -> None:
    """What cookies collect is declared for the website only, in lists left open."""
    website = [item for item in notice.data_categories if item.scope == "website"]
    assert {item.key for item in website} == {
        "ip_address",
        "cookies_usage",
        "device_browser",
        "date_of_birth",
        "gender",
        "interests",
    }
    assert {item.exhaustive for item in website} == {Exhaustive.NO}
    assert notice.cookies.exhaustive is Exhaustive.NO


def test_other_lists(notice: Notice) -> None:
    """Only disclosure is closed; recipients are "as applicable", and sources end in others."""
    assert notice.exhaustive.disclosure_purposes is Exhaustive.YES
    assert notice.exhaustive.recipients is Exhaustive.UNCLEAR
    assert notice.exhaustive.sources is Exhaustive.NO


def test_retention(notice: Notice) -> None:
    """Everything is kept for ten years from the end of the customer relationship."""
    (rule,) = notice.retention
    assert (rule.id, rule.kind, rule.period) == ("S1", "fixed", "P10Y")
    assert (rule.event, rule.applies_to) == ("customer_relationship_end", "all")
    assert rule.parts() == (10, "Y")


def test_legal_bases(notice: Notice) -> None:
    """Contract and legitimate interests are both claimed, and neither is tied to a purpose."""
    interests = {basis.key: basis.interest for basis in notice.legal_bases}
    assert interests == {"contract": None, "legitimate_interests": "Asiakassuhde"}
    assert not any(purpose.legal_bases for purpose in notice.purposes)


def test_data_subjects(notice: Notice) -> None:
    """The customers are organisations; private persons are not declared."""
    assert [subject.key for subject in notice.data_subjects] == [
        "company",
        "public_body",
        "organisation",
    ]


def test_recipients(notice: Notice) -> None:
    """The row names staff and the accountant; the rest, Google too, stand elsewhere."""
    by_row = {
        row: {item.key for item in notice.recipients if item.row == row}
        for row in ("recipients", "elsewhere")
    }
    assert by_row["recipients"] == {"staff", "financial_administration"}
    assert {"hosting", "credit", "debt_collection", "update_service", "google_analytics"} <= (
        by_row["elsewhere"]
    )


def test_disclosure_purposes(notice: Notice) -> None:
    """The closed list of disclosures is declared whole."""
    keys = {item.key for item in notice.disclosure_purposes}
    assert {
        "value_added_service",
        "credit_decision",
        "credit_application",
        "debt_collection",
        "invoicing",
        "legal_obligation",
    } <= keys


def test_updaters_bring_names_and_contact_details_only(notice: Notice) -> None:
    """A source that updates contact details may bring nothing else."""
    limited = {source.key: set(source.limited_to) for source in notice.sources if source.limited_to}
    contact = {"name", "email", "postal_address", "phone"}
    assert limited == {"authority": contact, "update_service": contact}


def test_transfers(notice: Notice) -> None:
    """Nothing leaves the Union unless technology needs it; the heading speaks of the EEA."""
    assert notice.transfers.statement == "conditional"
    assert (notice.transfers.area, notice.transfers.heading_area) == ("EU", "EEA")
    assert notice.transfers.exception
    assert not notice.transfers.safeguards


def test_holds(notice: Notice) -> None:
    """Of the four holds, that on contact persons is declared without a lawful ground."""
    assert {hold.key: hold.lawful for hold in notice.holds} == {
        "law": True,
        "open_invoice": True,
        "debt_collection": True,
        "organisation_contact": False,
    }


def test_objections(notice: Notice) -> None:
    """Publication and five kinds of marketing use may be forbidden."""
    assert {objection.key for objection in notice.objections} == {
        "publication",
        "direct_marketing",
        "distance_selling",
        "market_research",
        "disclosure",
        "other_marketing",
    }


def test_rights(notice: Notice) -> None:
    """Seven rights are granted; two with formalities, one denied to contact persons."""
    rights = {right.key: right for right in notice.rights}
    assert set(rights) == {
        "access",
        "rectification",
        "erasure",
        "restriction",
        "portability",
        "objection",
        "complaint",
    }
    formalities = {key: right.formalities for key, right in rights.items() if right.formalities}
    assert formalities == {
        "access": ("written", "signed", "language"),
        "rectification": ("written", "signed"),
    }
    denied = {key: right.denied_to for key, right in rights.items() if right.denied_to}
    assert denied == {"erasure": ("organisation_contact",)}


def test_access_rules(notice: Notice) -> None:
    """Paper and systems have designated users and undertakings of their own."""
    assert {(rule.key, rule.covers) for rule in notice.access_rules} == {
        ("locked_storage", "paper"),
        ("fire_safe_storage", "paper"),
        ("designated_users", "paper"),
        ("signed_confidentiality", "paper"),
        ("designated_users", "systems"),
        ("personal_user_id", "systems"),
        ("personal_password", "systems"),
        ("signed_confidentiality", "systems"),
        ("firewall", "systems"),
    }


def test_a_blank_section_denies_nothing(notice: Notice) -> None:
    """The heading on profiling stands over nothing: unstated, and so marked."""
    assert notice.automated_decisions.statement == "unstated"
    assert notice.automated_decisions.section_blank


# Its weaknesses


def test_the_weaknesses_of_the_template_are_kept(notice: Notice, text: str) -> None:
    """What an auditor finds in such a notice is there to be found."""
    assert "(s-postiosoite)" in text
    assert "Puhelinumero" in text
    assert "Asiakasomistaja- ja asiakasrekisterin" in text
    assert "PL 800, Ratapihantie 9, 00521 Helsinki" in text
    assert "Google Analytics" in text
    assert notice.controller.business_id is None
    assert not re.search(r"\b\d{5}\b", rows(text)["Rekisterinpitäjä"])
    assert notice.authority is not None
    assert (notice.authority.street, notice.authority.postal_code) == ("Ratapihantie 9", "00521")
    assert {service.name for service in notice.third_party_services} == {
        "Google Analytics",
        "Google Analytics Demographics",
    }


# Its controller


def test_the_controller_is_invented(notice: Notice, text: str) -> None:
    """Addresses lead to reserved names, to the authority and to Google, and nowhere else."""
    domains = set(re.findall(r"[\w.+-]+@([\w.-]*\w)", text))
    assert "om.fi" in domains
    assert all(name.endswith(".example") for name in domains - {"om.fi"})
    assert set(re.findall(r"(?:https?://)?(www\.[\w.-]*\w)", text)) == {
        "www.google.com",
        "www.tietosuoja.fi",
    }
    assert notice.controller.email is not None
    assert notice.controller.email.endswith(".example")


def test_headings_are_the_templates_own(text: str, real: str) -> None:
    """The sample has the rows of the template, with its headings and in its order."""
    assert list(rows(text)) == list(rows(real))


def test_nothing_of_the_real_controller_is_here(text: str, real: str) -> None:
    """Neither the name, the street, the phone nor the e-mail of the real controller is kept."""
    readings = text + (SAMPLE / "notice.yaml").read_text(encoding="utf-8")
    for row in ("Rekisterinpitäjä", "Yhteyshenkilö rekisteriä koskevissa asioissa"):
        value = rows(real)[row]
        names = re.findall(r"[^\W\d_]{4,}", value.lower())
        assert names
        assert not [name for name in names if name in readings.lower()]
        assert not set(re.findall(r"\d{3,}", value)) & set(re.findall(r"\d{3,}", readings))


def test_no_sentence_is_copied(text: str, real: str) -> None:
    """Facts, headings and addresses carry over; of the prose, no six words in a row do."""

    def runs(value: str) -> set[tuple[str, ...]]:
        found = re.findall(r"\w+", words(value))
        return {tuple(found[at : at + 6]) for at in range(len(found) - 5)}

    theirs = rows(real)
    for heading, value in rows(text).items():
        # The authority's details are facts, and so is the address of a page.
        prose = re.sub(r"Tietosuojavaltuutetun toimisto.*|https?://\S+", "", value)
        assert not runs(prose) & runs(theirs[heading]) or value == theirs[heading], heading
