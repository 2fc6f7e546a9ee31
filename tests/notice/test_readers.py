"""Files into text with headings: every form, and what is no notice."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import pytest

from audit.errors import AuditError, InputEmpty, InputUnreadable, NoticeInvalid
from audit.notice.forms.html import read_html
from audit.notice.forms.reader import read_document
from audit.notice.forms.text import read_text
from audit.notice.lexicon import LANGUAGES, language_of, load, patterns
from audit.notice.outline import outline
from audit.notice.read import read_notice
from audit.notice.reading import read_published
from audit.notice.sentences import sentences

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data_samples" / "asiakasrekisteri" / "tietosuojaseloste.txt"
CORPUS = Path(__file__).parent / "corpus"
FORMS = (".txt", ".md", ".html", ".docx", ".pdf")
RUNNING_PROSE = {
    "charity_lantern",
    "choir_riverbend",
    "kuoro_soiva",
    "language_school_gerund",
    "metsastysseura_hauli",
    "mokkivuokraus_laituri",
    "naturforening_morkulla",
    "verkkokauppa_mehilais",
}
NOTICES = sorted(path for path in CORPUS.iterdir() if path.suffix in FORMS)


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.name)
def test_every_notice_of_the_corpus_is_read(path):
    """Each has clauses with headings, in order, whose quotes are the words of the text."""
    document = read_document(path)
    notice = read_notice(path)
    assert len(notice.clauses) > 10
    if path.stem not in RUNNING_PROSE:
        assert sum(bool(section.topics) for section in notice.sections) > 5
    for clause in notice.clauses:
        if clause.spans:
            start, end = clause.spans[0]
            assert clause.quote == document.text[start:end]
            assert 0 <= start < end <= len(document.text)
    assert len(document.plain) == len(document.text)


def test_spans_of_a_text_are_those_of_the_file():
    """Markup is blanked in place: a span counts the file's own characters."""
    text = SAMPLE.read_bytes().decode("utf-8")
    document = read_document(SAMPLE)
    assert document.text == text
    assert "<p>" in text
    assert "<p>" not in document.plain
    heading = next(
        b for b in document.blocks if b.kind == "heading" and "Evästeet" in text[b.start : b.end]
    )
    assert text[heading.start : heading.end] == "Evästeet"


def test_a_sentence_that_a_row_cuts_is_whole():
    """A line that begins with a tab goes on with the row above, in the middle of a sentence."""
    notice = read_notice(SAMPLE)
    clause = next(c for c in notice.clauses if "nimi- ja yhteystietoja" in c.quote)
    assert clause.promise.endswith("ja yrityksiltä, jotka tarjoavat päivityspalveluja.")


def test_a_blank_row_is_a_blank_section():
    """Nothing stands under the heading on profiling: the section is there, and blank."""
    notice = read_notice(SAMPLE)
    blank = [
        section.heading
        for section in notice.sections
        if section.blank and section.topics != ("title",)
    ]
    assert blank == ["Automaattinen käsittely ja profilointi"]


def test_the_page_around_a_notice_is_dropped():
    """Menus, banners, newsletter boxes and footers are no part of the notice."""
    page = """<body><div class="cookie-banner">Säilytämme evästeitä 13 kk.</div><nav>Etusivu</nav>
    <h1>Tietosuojaseloste</h1><h2>Säilytysaika</h2><p>2 vuotta</p>
    <aside class="newsletter">Tilaa uutiskirje</aside><footer>Poistamme 30 päivässä</footer></body>"""
    text = read_html(page).text
    assert "2 vuotta" in text
    for noise in ("13 kk", "Etusivu", "uutiskirje", "30 päivässä"):
        assert noise not in text


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>Säilytysaika</h2><p>2 vuotta</p>",
        "<details><summary>Säilytysaika</summary>2 vuotta</details>",
        "<h3><button aria-expanded='false'>Säilytysaika</button></h3><div hidden>2 vuotta</div>",
        "<dl><dt>Säilytysaika</dt><dd>2 vuotta</dd></dl>",
        "<p><strong>Säilytysaika:</strong> 2 vuotta</p>",
        "<p><b>Säilytysaika</b></p><p>2 vuotta</p>",
        "<table><tr><th>Rekisterin nimi</th><td>Asiakkaat</td></tr><tr><th>Säilytysaika</th><td>2 vuotta</td></tr></table>",
    ],
)
def test_headings_of_pages(markup):
    """Headings, accordions, definition lists, bold labels and two-column tables."""
    parts = outline(read_html(f"<body><h1>Seloste</h1>{markup}</body>"), "fi")
    assert parts[-1].topics == ("retention",)
    assert len(parts[-1].blocks) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Seloste\n\n1. Säilytysaika\n2 vuotta\n",
        "Seloste\n\n1. Rekisterinpitäjä\nOy\n\n1. Säilytysaika\n2 vuotta\n",
        "SELOSTE\n\nSÄILYTYSAIKA\n2 vuotta\n",
        "Seloste\n\nKuinka kauan tietoja säilytetään?\n\n2 vuotta\n",
        "Seloste\n\nSäilytysaika: 2 vuotta\n",
        "Seloste\n\nSäilytysaika\n\n2 vuotta\n\nx\n\ny\n",
        "Rekisterinpitäjä | Oy\nSäilytysaika | 2 vuotta\n",
    ],
)
def test_headings_of_texts(text):
    """Numbered, all numbered one, upper case, questions, labels, bars."""
    document = read_text(text)
    parts = outline(document, "fi")
    part = next(part for part in parts if "retention" in part.topics)
    assert document.words(part.start, part.end).startswith("2 vuotta")


LETTERS = (
    "Privacy notice\n\nController\nFirm Oy, Street 1, 99999 Town\n\nData content\n"
    "name, proﬁle photo, driving licence\n\nRetention\n"
    "Data is deleted ﬁve years after the end of the ﬁnancial year, in the oﬃce as well.\n"
)


def test_what_the_writer_of_a_page_wraps_is_one_line():
    """A line of the source ends nothing; one that the page breaks, or that is set as it stands, does."""
    page = read_html(
        "<p>Molnhem\n(drift) och Postis\n(utskick).</p><p>Namn<br>Adress</p><pre>Nimi\nOsoite</pre>"
    )
    lines = [line for line in page.text.split("\n") if line]
    assert lines == ["Molnhem (drift) och Postis (utskick).", "Namn", "Adress", "Nimi", "Osoite"]


def test_numbers_head_sections_though_hashes_head_others():
    """Of a page that was copied, a numbered line alone is a heading; one of a list is none."""
    text = """# Seloste

1. REKISTERINPITÄJÄ

Koepaja Oy

2. TIETOJEN SÄILYTYSAIKA

Kaksi vuotta.

## Oikeudet

Voit:

1. Tarkastaa tietosi

2. Pyytää tietojen poistamista
"""
    document = read_text(text, markdown=True)
    heads = [text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    assert heads == ["Seloste", "1. REKISTERINPITÄJÄ", "2. TIETOJEN SÄILYTYSAIKA", "Oikeudet"]


def test_what_leads_in_a_list_below_hashes_heads_nothing():
    """Where hashes mark the headings, neither a sentence right below one nor an item of a list is one."""
    text = """# Notice

## What personal data we collect

We collect and process the following data about users:

* Full name
* Data sharing with others
* Retention settings

## Retention

* Deletion of data after a year
"""
    document = read_text(text, markdown=True)
    heads = [text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    assert heads == ["Notice", "What personal data we collect", "Retention"]


def test_letters_that_print_joins_are_read_apart(tmp_path):
    """Ligatures and accents that stand apart say the same as plain letters, in every form."""
    for name, words in (
        ("notice.txt", LETTERS),
        ("notice.html", f"<html><body><pre>{LETTERS}</pre></body></html>"),
    ):
        path = tmp_path / name
        path.write_text(words, "utf-8")
        reading = read_published(path)
        (rule,) = reading.notice.retention
        assert (rule.period, rule.event) == ("P5Y", "fiscal_year_end")
        assert "office" in reading.document.text
        assert reading.notice.text_file is None  # spans would not be those of the file
    path = tmp_path / "seloste.txt"
    text = "Tietosuojaseloste\n\nRekisterinpitäjä\nFirma Oy\n\nTietojen säilytysaika\nKäyntitiedot säilytetään vuoden.\n"
    path.write_text(unicodedata.normalize("NFD", text), "utf-8")
    (rule,) = read_published(path).notice.retention
    assert rule.period == "P1Y"


def test_a_line_on_its_own_date_is_nothing_else(tmp_path):
    """Under whatever heading, "version 3, in force from ..." names no source and no recipient."""
    path = tmp_path / "seloste.txt"
    path.write_text(
        "Tietosuojaseloste\n\nRekisterinpitäjä\nFirma Oy, Katu 1\n\nTietosisältö\nNimi, osoite\n\n"
        "Mistä tiedot tulevat?\nAsiakkaalta.\nVersio 3, voimassa 1.9.2024 alkaen\n",
        "utf-8",
    )
    notice = read_published(path).notice
    assert (len(notice.sources), notice.dated) == (1, "2024-09-01")


def test_a_date_of_something_else_is_not_that_of_the_notice(tmp_path):
    """What a label says happened on a day is no change of the notice."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "Privacy notice\n\nController\nFirm Oy, Street 1\n\nData content\nname, address\n\n"
        "Retention\nThe data is kept for two years.\n\nLast cleaned hull: 3.5.2025\n",
        "utf-8",
    )
    assert read_published(path).notice.dated is None


def test_sentences_end_where_they_end():
    """Abbreviations and dates end none; a unit before a capital does."""
    text = "Esim. puh. 040 000 0000. Poistetaan, kun on kulunut 24 kk. Kuitit 6 v. Muutettu 2.9.2021 viimeksi."
    assert len(sentences(text, 0, len(text))) == 4


def test_lexicons_are_sound():
    """Each list compiles, and the languages know the same fields."""
    for name in ("headings", "categories", "noise", "registers", "identity", "signs"):
        keys = [set(load(language, name)) for language in LANGUAGES]
        assert keys[0] == keys[1] == keys[2], name
        for language in LANGUAGES:
            assert patterns(language, name)


def test_language():
    """The three languages are told apart; another is not taken for one of them."""
    assert language_of("Rekisterin tiedot ovat asiakkaan ja ne poistetaan") == "fi"
    assert language_of("Uppgifterna är för den som inte har rätt till det") == "sv"
    assert language_of("The data are of the customer and we have the right to it") == "en"
    assert language_of("Die Daten werden gelöscht, sobald der Zweck entfällt") is None


# Bad input


def refused(path: Path) -> AuditError:
    with pytest.raises(AuditError) as caught:
        read_notice(path)
    assert caught.value.__cause__ is None
    return caught.value


def test_an_empty_file(tmp_path):
    """Nothing in it: said so."""
    path = tmp_path / "seloste.txt"
    path.write_text("")
    assert isinstance(refused(path), InputEmpty)


def test_no_notice(tmp_path):
    """A recipe is refused in one sentence that names the file."""
    path = tmp_path / "resepti.txt"
    path.write_text("Sekoita jauhot ja vesi, ja anna taikinan nousta tunnin. Paista uunissa.")
    error = refused(path)
    assert isinstance(error, NoticeInvalid)
    assert "resepti.txt" in str(error)


def test_a_scanned_pdf_is_said_to_be_one(tmp_path):
    """Pages without text: the remedy is to recognise it."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    path = tmp_path / "skannattu.pdf"
    writer.write(path)
    assert "OCR" in str(refused(path))


def test_an_encrypted_pdf_is_said_to_be_one(tmp_path):
    """A password: said so, not a traceback."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("salainen", algorithm="RC4-128")
    path = tmp_path / "salattu.pdf"
    writer.write(path)
    assert "encrypted" in str(refused(path))


def test_a_broken_pdf(tmp_path):
    """Half a file."""
    path = tmp_path / "puolikas.pdf"
    path.write_bytes(b"%PDF-1.7\nrubbish")
    assert isinstance(refused(path), InputUnreadable)


def test_what_leads_in_the_next_list_is_no_item_of_the_last():
    """Copied from a page, lists stand right below one another, and a question heads them in a line."""
    text = """Privacy notice

Contact details
Please write to us at the club house.
What information we collect, use, and why
We collect or use the following information to provide services:
- Names and contact details of members, and of their guardians
- Dates of birth
We collect or use the following information for recruitment purposes:
- National Insurance number
"""
    document = read_text(text)
    kinds = [(each.kind, document.words(each.start, each.end)) for each in document.blocks]
    assert ("item", "Dates of birth") in kinds
    assert ("heading", "What information we collect, use, and why") in kinds
    assert [words for kind, words in kinds if kind == "item"][-1] == "National Insurance number"


def _word(tmp_path, *parts):
    """A Word document of paragraphs, and of parts given as XML."""
    import docx
    from docx.oxml import parse_xml

    opened = docx.Document()
    for part in parts:
        if part.startswith("<"):
            names = " ".join(
                f'xmlns:{key}="http://schemas.{value}"'
                for key, value in {
                    "w": "openxmlformats.org/wordprocessingml/2006/main",
                    "mc": "openxmlformats.org/markup-compatibility/2006",
                }.items()
            )
            body = opened.element.body
            body.insert(len(body) - 1, parse_xml(part.replace(">", f" {names}>", 1)))
        else:
            opened.add_paragraph(part)
    opened.sections[0].header.paragraphs[0].text = "Koebåten Ab – version 5.6.2023"
    opened.sections[0].footer.paragraphs[0].text = "Sida 1"
    path = tmp_path / "seloste.docx"
    opened.save(path)
    return [line for line in read_document(path).text.split("\n") if line]


def _run(words, kind="t"):
    return f'<w:r><w:{kind} xml:space="preserve">{words}</w:{kind}></w:r>'


def test_a_docx_shows_what_stands_in_controls_boxes_and_insertions(tmp_path):
    """A form is filled in controls, an address stands in a box, and changes may still be tracked."""
    control = (
        f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{_run('Koebåten Ab')}</w:p></w:sdtContent></w:sdt>"
    )
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"<w:p>{_run('Skriv här')}</w:p></w:sdtContent></w:sdt>"
    )
    box = f"<w:txbxContent><w:p>{_run('Koekajen 1')}</w:p><w:p>{_run('99999 Koela')}</w:p></w:txbxContent>"
    boxed = (
        f"<w:p>{_run('Adress:')}<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    tracked = (
        f"<w:p>{_run('Sparas i ')}<w:ins>{_run('tre')}</w:ins><w:del>{_run('tio', 'delText')}</w:del>"
        f"{_run(' år.')}</w:p>"
    )
    lines = ["Registerförare", control, prompt, boxed, tracked, "Namn"]
    told = ["Registerförare", "Koebåten Ab", "Adress:", "Koekajen 1", "99999 Koela"]
    told += ["Sparas i tre år.", "Namn", "Koebåten Ab – version 5.6.2023"]
    assert _word(tmp_path, *lines) == told


def test_a_docx_that_inflates(tmp_path):
    """A bomb is refused before it is opened."""
    path = tmp_path / "pommi.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 150_000_000)
    assert "MB" in str(refused(path))


def test_a_docx_that_draws_from_outside(tmp_path):
    """A template or picture elsewhere is never fetched; a plain link to a page is harmless."""
    source = CORPUS / "remontti_malli.docx"
    path = tmp_path / "linkki.docx"
    rel = (
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/{}" Target="https://elsewhere.example/x" TargetMode="External"/></Relationships>'
    )
    for kind, fits in (("attachedTemplate", False), ("hyperlink", True)):
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
            for info in old.infolist():
                data = old.read(info)
                if info.filename == "word/_rels/document.xml.rels":
                    data = data.replace(b"</Relationships>", rel.format(kind).encode())
                new.writestr(info, data)
        if fits:
            assert read_notice(path).clauses
        else:
            assert "outside" in str(refused(path))


def test_a_page_of_fifty_megabytes(tmp_path):
    """Far more than a notice has: refused at once."""
    path = tmp_path / "suuri.html"
    with path.open("wb") as opened:
        opened.truncate(50_000_000)
    assert "50 MB" in str(refused(path))


def test_junk(tmp_path):
    """Bytes of no form."""
    path = tmp_path / "roska.txt"
    path.write_bytes(bytes(range(256)) * 20)
    assert isinstance(refused(path), InputUnreadable)


def test_a_page_of_one_heading_keeps_its_paragraphs_apart() -> None:
    """Lines that look like one paragraph are two where a heading stands between them."""
    page = read_html(
        "<body><h1>Seloste</h1><p>Tämä seloste kertoo, miten tietojasi käsitellään.</p>"
        "<h2>Säilytysaika</h2><ul><li>Viestit: vuosi</li><li>Laskut: kuusi vuotta</li></ul>"
        "<p>Viestit poistetaan vuoden kuluttua.</p></body>"
    )
    assert [(block.kind, page.words(block.start, block.end)) for block in page.blocks] == [
        ("heading", "Seloste"),
        ("text", "Tämä seloste kertoo, miten tietojasi käsitellään."),
        ("heading", "Säilytysaika"),
        ("item", "Viestit: vuosi"),
        ("item", "Laskut: kuusi vuotta"),
        ("text", "Viestit poistetaan vuoden kuluttua."),
    ]


def test_a_page_in_markdown_may_stand_in_a_division_of_its_site(tmp_path: Path) -> None:
    """Its headings are those that hashes mark, with or without a blank, and what fills in the site is no text."""
    path = tmp_path / "seloste.md"
    path.write_text(
        '<div class="sivu" markdown="1">\n{% include otsikko.html title=page.title %}\n'
        "## Tietosuojaseloste\n\n##Tietosisältö\n1. Etunimi\n2. Jäsennumero\n#seurahenki\n</div>\n",
        "utf-8",
    )
    page = read_document(path)
    assert [(block.kind, page.words(block.start, block.end).strip()) for block in page.blocks] == [
        ("heading", "Tietosuojaseloste"),
        ("heading", "Tietosisältö"),
        ("item", "Etunimi"),
        ("item", "Jäsennumero #seurahenki"),
    ]
