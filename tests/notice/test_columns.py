"""Forms that hide their order: pages in two columns, tables in cells, parts that buttons open."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from audit.api import read_notice
from audit.notice.forms.columns import Columns, in_columns

LEFT = """Tietosuojaseloste||Rekisterinpitäjä|Sukkula Oy, Kutojankatu 1|99902 Keksilä|Tietosisältö
nimi, osoite, puhelin,|sähköposti, tilaukset||Säilytysaika|Ne poistetaan kaksi|vuotta viimeisestä
tilauksesta.""".replace("\n", "|").split("|")
RIGHT = """Oikeusperuste|Käsittely perustuu|sopimukseen.||Luovutukset|Tilitoimisto ja
kuljetusyhtiö.|Siirto EU:n ulkopuolelle|Ei siirretä.|Oikeudet|Oikeus tarkastaa ja|oikaista tiedot.|
""".replace("\n", "|").split("|")
TABLE = [
    ("Rekisterinpitäjä", "Sukkula Oy, Kutojankatu 1, 99902 Keksilä"),
    ("Rekisterin nimi", "Asiakasrekisteri"),
    ("Rekisterin tietosisältö", "nimi, osoite, puhelin"),
    ("Henkilötietojen", "2 vuotta viimeisestä tilauksesta,"),
    ("säilyttämisaika", "laskut 6 vuotta tilikauden päättymisestä"),
    ("Tietojen luovutukset", "Tilitoimisto"),
    ("Siirto EU:n ulkopuolelle", "Ei siirretä"),
    ("Tarkastusoikeus", "Asiakas voi tarkastaa tietonsa"),
    ("Evästeet", ""),
]


def page(rows: list[tuple[str, str]]) -> str:
    """Rows of two columns, as a page looks."""
    return "\n".join(f"{left:<40}{right}".rstrip() for left, right in rows)


def test_columns_are_read_one_after_the_other() -> None:
    """Sentences that go on below, and headings on either side, make two columns of text."""
    text = in_columns(page(list(zip(LEFT, RIGHT, strict=False))))
    assert text is not None
    lines = text.split("\n")
    assert lines.index("tilauksesta.") < lines.index("Oikeusperuste")
    assert lines[lines.index("Ne poistetaan kaksi") + 1] == "vuotta viimeisestä"


def test_a_table_of_labels_is_read_row_by_row() -> None:
    """Labels on the left, answers on the right: each label over its answer, wrapped ones whole."""
    text = in_columns(page(TABLE))
    assert text is not None
    rows = text.split("\n\n")
    assert "Rekisterin nimi\nAsiakasrekisteri" in rows
    assert (
        "Henkilötietojen säilyttämisaika\n2 vuotta viimeisestä tilauksesta, "
        "laskut 6 vuotta tilikauden päättymisestä" in rows
    )
    assert rows[-1] == "Evästeet"


def test_a_page_of_one_column_is_left_as_it_is() -> None:
    """A gap in a line or two makes no column."""
    words = ["Tiedot poistetaan kahden vuoden kuluttua viimeisestä tilauksesta."] * 9
    assert in_columns("\n".join([*words, "Laadittu                 1.1.2025"])) is None


def test_a_table_inside_a_cell_is_read(tmp_path: Path) -> None:
    """What stands in a table inside a cell belongs to the cell."""
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for label, answer in TABLE[:4]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, answer
    inner = table.rows[2].cells[1].add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "sähköposti", "tilaukset"
    document.save(str(tmp_path / "seloste.docx"))
    held = {item.key for item in read_notice(tmp_path / "seloste.docx").data_categories}
    assert {"name", "email", "order_history"} <= held


def test_buttons_that_open_a_part_head_it(tmp_path: Path) -> None:
    """An accordion's buttons are headings where they say what they open; others are noise."""
    parts = "".join(
        f"<button>{label}</button><div hidden><p>{answer}</p></div>" for label, answer in TABLE[:3]
    )
    html = f"<html><body>{parts}<p>Päivitetty 1.1.2025</p><button>Hyväksy kaikki</button></body></html>"
    (tmp_path / "seloste.html").write_text(html, "utf-8")
    notice = read_notice(tmp_path / "seloste.html")
    assert notice.register_name == "Asiakasrekisteri"
    assert {item.key for item in notice.data_categories} == {"name", "postal_address", "phone"}
    assert "Hyväksy" not in " ".join(section.text for section in notice.sections)


def test_a_table_of_labels_goes_on_over_the_page() -> None:
    """A few rows on the next page are rows as well, and the first of it ends the answer before."""
    columns = Columns()
    columns.read(page(TABLE))
    rest = [
        ("", "kuuden kuukauden kuluessa."),
        ("Säännönmukaiset", "Asiakas itse"),
        ("tietolähteet", ""),
        ("Rekisterin suojaus", "Lukitussa kaapissa"),
    ]
    told = columns.read(page(rest))
    assert told is not None
    assert told.split("\n\n")[1:] == [
        "Säännönmukaiset tietolähteet\nAsiakas itse",
        "Rekisterin suojaus\nLukitussa kaapissa",
    ]


def test_a_page_of_text_behind_a_table_is_text() -> None:
    """What crosses to where the answers stood is no row of the table."""
    columns = Columns()
    columns.read(page(TABLE))
    text = "Asiakkaalla on oikeus tarkastaa omat tietonsa ja oikaista ne.\nRekisterin suojaus    on ovi"
    assert columns.read(text) is None
