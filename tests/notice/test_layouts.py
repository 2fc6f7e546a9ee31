"""One notice in every layout that notices come in: what it says does not depend on how it is set."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from audit.notice.formats.labels import as_labels
from audit.notice.reading import read_published
from audit.notice.review.defects import known_defects

SECTIONS = [
    ("Rekisterinpitäjä", "Kuvitteen Kukka Oy (9999999-1), Kukkatie 1, 99999 Keksilä, info@kukka.example"),
    ("Rekisterin nimi", "Verkkokaupan asiakasrekisteri"),
    (
        "Käsittelyn tarkoitus ja oikeusperuste",
        ("Tilausten toimittaminen ja laskutus perustuvat sopimukseen. Uutiskirje lähetetään"
        " suostumuksella. Kirjanpito on lakisääteinen velvoite."),
    ),
    (
        "Rekisterin tietosisältö",
        "nimi, toimitusosoite, puhelinnumero, sähköposti, tilaushistoria, laskut ja maksutiedot",
    ),
    ("Säännönmukaiset tietolähteet", "Asiakas itse."),
    (
        "Tietojen säilytysaika",
        ("Tilaustiedot poistetaan kahden vuoden kuluttua viimeisestä tilauksesta. Laskut säilytetään"
        " 6 vuotta tilikauden päättymisestä."),
    ),
    ("Tietojen luovutukset", "Posti, maksupalvelu ja tilitoimisto."),
    (
        "Tietojen siirto EU:n tai ETA:n ulkopuolelle",
        "Tietoja ei siirretä EU:n tai ETA:n ulkopuolelle.",
    ),
    ("Rekisterin suojaus", "Järjestelmään kirjaudutaan henkilökohtaisilla tunnuksilla."),
    ("Automaattinen päätöksenteko ja profilointi", "Ei käytetä."),
    (
        "Rekisteröidyn oikeudet",
        ("Voit tarkastaa tietosi, vaatia niiden oikaisua tai poistamista, vastustaa tai rajoittaa"
        " käsittelyä, siirtää tiedot toiseen järjestelmään, perua suostumuksesi ja tehdä valituksen"
        " tietosuojavaltuutetulle."),
    ),
    ("Päivitetty", "3.2.2024"),
]  # fmt: skip
TITLE = "Tietosuojaseloste"


def lines(setting: Callable[[int, str, str], str], between: str = "\n\n") -> str:
    body = between.join(setting(n, h, text) for n, (h, text) in enumerate(SECTIONS, start=1))
    return f"{TITLE}\n\n{body}\n"


def page(setting: Callable[[int, str, str], str], around: tuple[str, str] = ("", "")) -> str:
    body = "".join(setting(n, h, text) for n, (h, text) in enumerate(SECTIONS, start=1))
    return f"<html lang='fi'><body><h1>{TITLE}</h1>{around[0]}{body}{around[1]}</body></html>"


def quoted(text: str) -> str:
    """A text as mail and Markdown quote it."""
    return "".join(f"> {line}".rstrip() + "\n" for line in text.splitlines())


def one_line(setting: Callable[[int, str, str], str]) -> str:
    """A text whose line ends were lost on copying."""
    return " ".join(lines(setting, " ").split())


def glued(heading: str) -> str:
    """A heading without the blank behind its first word, as forms lose it on copying."""
    first, _, rest = heading.partition(" ")
    return f"{first}{rest}" if first in ("Rekisterin", "Säännönmukaiset", "Tietojen") else heading


LAYOUTS = {
    "headings.txt": lines(lambda n, h, t: f"{h}\n{t}"),
    "headings_apart.txt": lines(lambda n, h, t: f"{h}\n\n{t}"),
    "headings_dense.txt": lines(lambda n, h, t: f"{h}\n{t}", "\n"),
    "numbered.txt": lines(lambda n, h, t: f"{n}. {h}\n{t}"),
    "numbered_without_dot.txt": lines(lambda n, h, t: f"{n} {h}\n{t}"),
    "numbered_before_a_point.txt": lines(lambda n, h, t: f"{n} · {h}\n{t}"),
    "numbered_in_brackets.txt": lines(lambda n, h, t: f"{n}) {h}\n{t}"),
    "numbers_lost.txt": lines(lambda n, h, t: f"1. {h}\n{t}", "\n"),
    "blanks_lost.txt": lines(lambda n, h, t: f"1.{glued(h)}\n{t}"),
    "number_above.txt": lines(lambda n, h, t: f"{n}.\n{h}\n\n{t}"),
    "wrapped.txt": lines(lambda n, h, t: f"{n}. {h}\n{textwrap.fill(t, 60)}"),
    "upper_case.txt": lines(lambda n, h, t: f"{h.upper()}\n{t}", "\n"),
    "labels.txt": lines(lambda n, h, t: f"{h}: {t}", "\n"),
    "labels_above.txt": lines(lambda n, h, t: f"{h}:\n{t}"),
    "labels_numbered.txt": lines(lambda n, h, t: f"{n}. {h}: {t}", "\n"),
    "template.txt": lines(lambda n, h, t: f"{h}\t<p>{t}</p>", "\n"),
    "bars.txt": lines(lambda n, h, t: f"{h} | {t}", "\n"),
    "underlined.txt": lines(lambda n, h, t: f"{h}\n{'-' * len(h)}\n\n{textwrap.fill(t, 60)}"),
    "roman.txt": lines(lambda n, h, t: f"I.{n} {h}\n\n{t}"),
    "contents_first.txt": TITLE
    + "\n\nSisällys\n"
    + "".join(f"  {h}\n" for h, _ in SECTIONS)
    + lines(lambda n, h, t: f"{h}\n\n{t}").removeprefix(TITLE),
    "bold_items.md": lines(lambda n, h, t: f"- **{h[:1].lower()}{h[1:]}** {t}", "\n"),
    "dash.txt": lines(lambda n, h, t: f"{h} – {t}", "\n"),
    "asked_run_in.txt": lines(lambda n, h, t: f"{h}? {t}"),
    "lettered.txt": lines(lambda n, h, t: f"{'ABCDEFGHIJKLMN'[n - 1]}. {h}\n{t}"),
    "trailing_dot.txt": lines(lambda n, h, t: f"{n}. {h}.\n{t}"),
    "indented.txt": lines(lambda n, h, t: f"{h}\n    {t}"),
    "caps_label.txt": lines(lambda n, h, t: f"{h.upper()}: {t}"),
    "section_sign.txt": lines(lambda n, h, t: f"{n} § {h}\n{t}"),
    "kohta.txt": lines(lambda n, h, t: f"Kohta {n}: {h}\n{t}"),
    "osa.txt": lines(lambda n, h, t: f"Osa {n}. {h}\n{t}"),
    "star.md": lines(lambda n, h, t: f"*{h}*\n\n{t}"),
    "hash_bold.md": lines(lambda n, h, t: f"### **{n}. {h}**\n\n{t}"),
    "bold_number.md": lines(lambda n, h, t: f"**{n}. {h}**\n{t}"),
    "number_bold.md": lines(lambda n, h, t: f"{n}. **{h}**\n\n   {t}"),
    "number_bold_label.md": lines(lambda n, h, t: f"{n}. **{h}:** {t}", "\n"),
    "underline.html": page(lambda n, h, t: f"<p><u>{h}</u></p><p>{t}</p>"),
    "em.html": page(lambda n, h, t: f"<p><em>{h}</em></p><p>{t}</p>"),
    "breaks.html": page(lambda n, h, t: f"<b>{h}</b><br>{t}<br><br>", ("<div>", "</div>")),
    "h5.html": page(lambda n, h, t: f"<div><h5>{n}. {h}</h5><div>{t}</div></div>"),
    "bold_para.html": page(lambda n, h, t: f"<p><b>{n}. {h}</b></p><p>{t}</p>"),
    "p_only.html": page(lambda n, h, t: f"<p>{n}. {h}</p><p>{t}</p>"),
    "dl_div.html": page(
        lambda n, h, t: f"<div><dt>{h}</dt><dd><p>{t}</p></dd></div>", ("<dl>", "</dl>")
    ),
    "strong_in_p.html": page(lambda n, h, t: f"<p><strong>{n}. {h}.</strong> {t}</p>"),
    "columns.txt": lines(lambda n, h, t: f"{h:<48}{t}", "\n"),
    "tick.txt": lines(lambda n, h, t: f"✅ {h}\n{t}"),
    "triangle.txt": lines(lambda n, h, t: f"▸ {h}\n{t}"),
    "square_brackets.txt": lines(lambda n, h, t: f"[{h}]\n{t}"),
    "dashes_around.txt": lines(lambda n, h, t: f"--- {h} ---\n{t}"),
    "number_and_dash.txt": lines(lambda n, h, t: f"{n} - {h}\n{t}"),
    "number_in_brackets.txt": lines(lambda n, h, t: f"({n}) {h}\n{t}"),
    "letter_and_bracket.txt": lines(lambda n, h, t: f"{'abcdefghijklmn'[n - 1]}) {h}\n{t}"),
    "letter_in_brackets.txt": lines(lambda n, h, t: f"({'ABCDEFGHIJKLMN'[n - 1]}) {h}\n{t}"),
    "capitals_run_in.txt": lines(lambda n, h, t: f"{h.upper()}. {t}"),
    "dashed_labels.txt": lines(lambda n, h, t: f"- {h}: {t}", "\n"),
    "numbered_tabs.txt": lines(lambda n, h, t: f"{n}\t{h}\t{t}", "\n"),
    "nested_items.md": lines(lambda n, h, t: f"- {h}\n  - {t}", "\n"),
    "numbered_table.md": f"# {TITLE}\n\n| Nro | Kohta | Sisältö |\n|---|---|---|\n"
    + "".join(f"| {n} | {h} | {t} |\n" for n, (h, t) in enumerate(SECTIONS, start=1)),
    "two_spans.html": page(lambda n, h, t: f"<div><span>{h}</span> <span>{t}</span></div>"),
    "numbered_cells.html": page(
        lambda n, h, t: f"<tr><td>{n}</td><td>{h}</td><td>{t}</td></tr>", ("<table>", "</table>")
    ),
    "role_button.html": page(
        lambda n, h, t: f"<div><div role='button' aria-expanded='false'>{h}</div><p>{t}</p></div>"
    ),
    "hashes.md": lines(lambda n, h, t: f"## {h}\n\n{t}"),
    "bold.md": lines(lambda n, h, t: f"**{h}:** {t}"),
    "table.md": f"# {TITLE}\n\n| Kohta | Sisältö |\n|---|---|\n"
    + "".join(f"| {h} | {t} |\n" for h, t in SECTIONS),
    "headings.html": page(lambda n, h, t: f"<h2>{h}</h2><p>{t}</p>"),
    "strong.html": page(lambda n, h, t: f"<p><strong>{h}</strong><br>{t}</p>"),
    "labels.html": page(lambda n, h, t: f"<p><b>{h}:</b> {t}</p>"),
    "accordion.html": page(lambda n, h, t: f"<details><summary>{h}</summary><p>{t}</p></details>"),
    "definitions.html": page(lambda n, h, t: f"<dt>{h}</dt><dd>{t}</dd>", ("<dl>", "</dl>")),
    "table.html": page(
        lambda n, h, t: f"<tr><th>{h}</th><td>{t}</td></tr>", ("<table>", "</table>")
    ),
    "table_of_cells.html": page(
        lambda n, h, t: f"<tr><td><p><b>{h}</b></p></td><td>{t}</td></tr>", ("<table>", "</table>")
    ),
    "divisions.html": page(lambda n, h, t: f"<div><div>{n}. {h}</div><div>{t}</div></div>"),
    "quoted.md": quoted(lines(lambda n, h, t: f"## {h}\n\n{t}")),
    "quoted.txt": quoted(lines(lambda n, h, t: f"{h}\n{textwrap.fill(t, 60)}")),
    "semicolons.txt": lines(lambda n, h, t: f"{h};\n{t}"),
    "semicolons_inline.txt": lines(lambda n, h, t: f"{h}; {t}", "\n"),
    "one_line_labels.txt": one_line(lambda n, h, t: f"{h}: {t}"),
    "one_line_numbered_labels.txt": one_line(lambda n, h, t: f"{n}. {h}: {t}"),
    "one_line_numbered.txt": one_line(lambda n, h, t: f"{n}. {h} {t[:1].upper()}{t[1:]}"),
    "one_line_capitals.txt": one_line(lambda n, h, t: f"{h.upper()} {t[:1].upper()}{t[1:]}"),
    "list.html": page(
        lambda n, h, t: f"<li><strong>{h}</strong><p>{t}</p></li>", ("<ol>", "</ol>")
    ),
}


def defects_of(path: Path) -> list[str]:
    """The defects that are found in a notice."""
    return list(known_defects(read_published(path).notices, date(2026, 11, 22)))


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_layout_changes_nothing(tmp_path: Path, name: str) -> None:
    """Categories, rules, grounds, rights, transfers, parties, date and name are the same in each."""
    path = tmp_path / name
    path.write_text(LAYOUTS[name], "utf-8")
    labels = as_labels(read_published(path))
    (register,) = labels["registers"]
    assert register["name"] == "Verkkokaupan asiakasrekisteri"
    assert set(register["categories"]) == set(
        "name postal_address phone email order_history invoicing payment".split()
    )
    assert [(rule["duration"], rule["trigger"]) for rule in register["retention"]] == [
        ("P2Y", "last_order"),
        ("P6Y", "fiscal_year_end"),
    ]
    assert set(register["legal_bases"]) == {"contract", "consent", "legal_obligation"}
    assert register["transfers_outside_eea"] == "none"
    assert (len(register["recipients"]), len(register["sources"])) == (3, 1)
    assert set(labels["rights"]) == set(
        """access rectification erasure restriction objection portability withdraw_consent
        complaint""".split()
    )
    assert labels["dated"] == "2024-02-03"
    assert labels["automated_decision_making"] == "declared_none"


@pytest.mark.parametrize(
    ("last", "closing"),
    [
        ("tilaukset ja maksutapahtumat", "Muita tietoja ei tallenneta."),
        ("orders and payments", "No other data are collected."),
        ("beställningar och betalningar", "Inga andra uppgifter samlas in."),
    ],
)
def test_a_sentence_right_below_a_list_is_none_of_its_items(
    tmp_path: Path, last: str, closing: str
) -> None:
    """The last item of a list is declared, though the next line says what is not."""
    heading = {
        "M": "Rekisterin tietosisältö",
        "N": "What data we hold",
        "I": "Vilka uppgifter vi behandlar",
    }
    path = tmp_path / "notice.txt"
    path.write_text(
        f"{TITLE}\n\nAsiakassuhteen hoitaminen. Oikeusperuste on sopimus tilaajan kanssa.\n\n"
        f"{heading[closing[0]]}\n- email\n- {last}\n{closing}\n",
        encoding="utf-8",
    )
    [register] = as_labels(read_published(path))["registers"]
    assert register["categories"] == ["email", "order_history", "payment"]


def test_definitions_stand_below_what_opens_them(tmp_path: Path) -> None:
    """The terms of a list of definitions under the summary on retention are its rules."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html lang='fi'><body><h1>Tietosuojaseloste</h1>"
        "<details><summary>Mitä tietoja keräämme?</summary><p>nimi, sähköposti, tilaukset, laskut</p></details>"
        "<details><summary>Kuinka kauan tietoja säilytetään?</summary><dl>"
        "<dt>Tilaukset</dt><dd>3 vuotta viimeisestä ostoksesta</dd>"
        "<dt>Laskut</dt><dd>tilikauden päättymisestä 6 v</dd></dl></details></body></html>",
        encoding="utf-8",
    )
    [register] = as_labels(read_published(path))["registers"]
    assert [(r["duration"], r["trigger"], r["applies_to"]) for r in register["retention"]] == [
        ("P3Y", "last_order", ["order_history"]),
        ("P6Y", "fiscal_year_end", ["invoicing"]),
    ]


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("Sinun oikeutesi", ["Tarkastus", "Oikaisu", "Poistaminen", "Siirto"]),
        ("Dina rättigheter", ["Insyn", "Rättelse", "Radering", "Dataportabilitet"]),
        ("Your rights", ["Access", "Rectification", "Erasure", "Portability"]),
    ],
)
def test_a_table_of_rights_has_a_right_in_each_row(
    tmp_path: Path, heading: str, names: list[str]
) -> None:
    """Under a heading on rights, a row on erasure is no retention, and one on moving no transfer."""
    path = tmp_path / "notice.md"
    rows = "\n".join(f"| {name} | {heading}. |" for name in names)
    texts = {"S": "Tietosuojaseloste", "D": "Dataskyddsbeskrivning", "Y": "Privacy notice"}
    data = {"S": "nimi, sähköposti", "D": "namn, e-post", "Y": "name, e-mail"}
    holds = {"S": "Tietosisältö", "D": "Innehåll", "Y": "Data content"}
    key = heading[0]
    path.write_text(
        f"# {texts[key]}\n\n## {holds[key]}\n\n{data[key]}\n\n## {heading}\n\n"
        f"| {heading} | |\n|---|---|\n{rows}\n",
        encoding="utf-8",
    )
    labels = as_labels(read_published(path))
    assert labels["rights"] == ["access", "rectification", "erasure", "portability"]
    assert labels["registers"][0]["transfers_outside_eea"] == "unstated"


def test_underlined_labels_head_what_follows(tmp_path: Path) -> None:
    """A label that is underlined heads its paragraph, and its words are no part of the rule."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html lang='en'><body><h1>Privacy notice</h1><p><em>Notice updated 3 May 2024</em></p>"
        "<p><u>Data we process:</u> name, e-mail address and invoices.</p>"
        "<p><u>Storage:</u> As long as necessary.</p></body></html>",
        encoding="utf-8",
    )
    labels = as_labels(read_published(path))
    [rule] = labels["registers"][0]["retention"]
    assert (rule["kind"], rule["trigger"], rule["quote"]) == (
        "criteria", "unspecified", "As long as necessary."
    )  # fmt: skip
    assert not any(one.startswith("section heading left empty") for one in defects_of(path))


HEADS_OF_TIMES = [
    ("Tietosuojaseloste", "Säilytysajat", "Mitä | Kuinka kauan | Mistä laskien", "Tilaukset | 2 vuotta | viimeisin tilaus", "Laskut | 6 vuotta | tilikauden loppu"),
    ("Dataskyddsbeskrivning", "Förvaringstid", "Uppgift | Hur länge | Räknat från", "Beställningar | 2 år | senaste beställningen", "Fakturor | 6 år | räkenskapsperiodens slut"),
    ("Privacy notice", "Retention", "Data | How long | Counted from", "Orders | 2 years | last order", "Invoices | 6 years | end of the financial year"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "heading", "head", "first", "second"), HEADS_OF_TIMES)
def test_a_column_of_its_own_tells_what_a_period_runs_from(
    tmp_path: Path, title: str, heading: str, head: str, first: str, second: str
) -> None:
    """The period stands in one cell, and the event in the next."""
    path = tmp_path / "n.md"
    table = f"| {head} |\n|---|---|---|\n| {first} |\n| {second} |\n"
    path.write_text(f"# {title}\n\n## 1. {heading}\n\n{table}", "utf-8")
    rules = as_labels(read_published(path))["registers"][0]["retention"]
    assert [(rule["duration"], rule["trigger"], rule["applies_to"]) for rule in rules] == [
        ("P2Y", "last_order", ["order_history"]),
        ("P6Y", "fiscal_year_end", ["invoicing"]),
    ]


def test_headings_run_in_where_no_blank_line_stands() -> None:
    """Each paragraph begins with its heading and a full stop, and the next one right below it."""
    told = (
        "Privacy notice\n1. Registers\nThis notice covers two registers.\n2. Guest register\n"
        "Purpose. Accommodation and invoicing.\nLegal basis. The contract.\nData. Name, address.\n"
        "Retention. Two years from the last stay.\nSources. Guests.\n3. Security register\n"
        "Purpose. Safety of the guests.\nLegal basis. Legitimate interests: safety.\n"
        "Data. Camera recordings.\nRetention. Thirty days from recording.\nSources. Cameras.\n"
    )
    read = {(part["name"], part["retention"][0]["duration"]) for part in labels_of(told)}
    assert read == {("Guest register", "P2Y"), ("Security register", "P30D")}


def test_a_set_of_data_beside_what_it_lists(tmp_path: Path) -> None:
    """Where examples stand beside the name of a set, they are what is held."""
    path = tmp_path / "n.html"
    path.write_text(
        "<html lang='fi'><body><h1>Tietosuojaseloste</h1><h2>Tietosisältö</h2><table>"
        "<tr><th>Tietoryhmä</th><th>Esimerkkejä</th></tr>"
        "<tr><td>Yhteystiedot</td><td>nimi, puhelin</td></tr>"
        "<tr><td>Maksaminen</td><td>maksutapa, laskut</td></tr></table></body></html>",
        "utf-8",
    )
    (register,) = as_labels(read_published(path))["registers"]
    assert set(register["categories"]) == {"name", "phone", "payment", "invoicing"}


def labels_of(told: str) -> list[dict[str, Any]]:
    """The registers of a notice in plain text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "notice.txt"
        path.write_text(told, "utf-8")
        registers: list[dict[str, Any]] = as_labels(read_published(path))["registers"]
        return registers


CARDS = [
    ("fi", "Tietosuojaseloste", "Mitä tietoja keräämme", "Nimi | Kun täytät lomakkeen.", "Puhelinnumero | Jotta voimme soittaa varauksestasi.", "Kenelle tietoja annetaan", "Tilitoimisto | Kirjanpidon hoitamista varten.", "Tulli | Jos tilaus menee ulkomaille."),
    ("sv", "Integritetspolicy", "Vilka uppgifter samlar vi in", "Namn | När du fyller i formuläret.", "Telefonnummer | För att vi ska kunna ringa om din bokning.", "Vem får uppgifterna", "Bokföringsbyrån | Som sköter bokföringen.", "Tullverket | När beställningen går utomlands."),
    ("en", "Privacy notice", "What data we collect", "Name | When you fill in the form.", "Phone number | So that we can call you about your booking.", "Who receives data", "The accountant | Who keeps our books.", "Customs | If the order goes abroad."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "title", "what", "first", "second", "to", "third", "fourth"), CARDS
)
def test_things_set_as_cards_with_their_reason(
    tmp_path: Path, language: str, title: str, what: str, first: str, second: str, to: str, third: str, fourth: str
) -> None:  # fmt: skip
    """A heading over the reason for one thing is the thing; what the reason names is not held."""
    cards = [f"<h3>{name}</h3><p>{why}</p>" for name, why in (
        one.split(" | ") for one in (first, second, third, fourth))]  # fmt: skip
    path = tmp_path / "notice.html"
    path.write_text(
        f"<html lang='{language}'><body><h1>{title}</h1><h2>1. {what}?</h2>{cards[0]}{cards[1]}"
        f"<h2>2. {to}?</h2>{cards[2]}{cards[3]}</body></html>",
        encoding="utf-8",
    )
    [register] = as_labels(read_published(path))["registers"]
    assert register["categories"] == ["name", "phone"]
    assert register["recipients"] == [third.split(" | ", 1)[0], fourth.split(" | ", 1)[0]]


def test_items_that_begin_with_a_label_in_bold_are_sections(tmp_path: Path) -> None:
    """A list whose items are a label, a line break and a text is the whole notice; a thing with its reason is none."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html lang='fi'><body><h1>Tietosuojaseloste</h1><ul>"
        "<li><strong>Rekisterin nimi</strong><br>Asiakasrekisteri</li>"
        "<li><strong>Rekisterin tietosisältö</strong><br>Nimi, puhelinnumero.</li>"
        "<li><strong>Säännönmukaiset tietolähteet</strong><br>Asiakkaalta itseltään.</li>"
        "<li><strong>Säilytysaika</strong><br>Kaksi vuotta viimeisestä ostosta.</li></ul></body></html>",
        encoding="utf-8",
    )
    [register] = as_labels(read_published(path))["registers"]
    assert (register["name"], register["categories"]) == ("Asiakasrekisteri", ["name", "phone"])
    assert [rule["duration"] for rule in register["retention"]] == ["P2Y"]


@pytest.mark.parametrize(
    ("title", "heading", "words", "last"),
    [
        ("Integritetspolicy", "Insamling av personuppgifter", "Vi samlar in följande uppgifter:", "Telefonnummer"),
        ("Tietosuojaseloste", "Henkilötietojen kerääminen", "Keräämme seuraavia tietoja:", "Puhelinnumero"),
        ("Privacy notice", "Collection of personal data", "We collect the following data:", "Phone number"),
    ],
)  # fmt: skip
def test_what_is_collected_stands_under_collecting(
    tmp_path: Path, title: str, heading: str, words: str, last: str
) -> None:
    """A heading on collecting is on what is collected, and its list names no source."""
    path = tmp_path / "notice.html"
    path.write_text(
        f"<html><body><h1>{title}</h1><h2>{heading}</h2><p>{words}</p><ul><li>E-mail</li>"
        f"<li>{last}</li></ul></body></html>".replace("E-mail", "E-post" if "Int" in title else "E-mail"),
        encoding="utf-8",
    )  # fmt: skip
    [register] = as_labels(read_published(path))["registers"]
    assert (register["categories"], register["sources"]) == (["email", "phone"], [])


def test_a_ground_that_a_section_on_data_states(tmp_path: Path) -> None:
    """Each occasion to get data has its ground under its own heading."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html lang='fi'><body><h1>Tietosuojaseloste</h1><h2>Käsittelyn tarkoitus ja peruste</h2>"
        "<h3>Tarjouspyynnöt ja yhteydenotot</h3><p>Vastaamme kyselyihin. Käsittely perustuu sopimuksen "
        "tekemistä edeltäviin toimiin ja sopimuksen täyttämiseen.</p><h3>Ilmoittautumisen yhteydessä kerätyt "
        "tiedot</h3><p>Tietojen käsittely perustuu osallistujan suostumukseen.</p></body></html>",
        encoding="utf-8",
    )
    assert as_labels(read_published(path))["registers"][0]["legal_bases"] == ["contract", "consent"]


def test_grounds_stand_in_a_list_under_another_heading(tmp_path: Path) -> None:
    """The template of the British authority has its grounds under how and why data is got."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html lang='en'><body><h1>Privacy notice</h1><h2>The type of personal information we collect</h2>"
        "<p>Names and contact details.</p><h2>How we get the personal information and why we have it</h2>"
        "<p>Most of it is provided to us by you.</p><p>Under the UK GDPR, the lawful bases we rely on for "
        "processing this information are:</p><ul><li>(a) Your consent.</li><li>(b) We have a contractual "
        "obligation.</li><li>(f) We have a legitimate interest.</li></ul><h2>How we store your personal "
        "information</h2><p>Your information is securely stored. We keep orders for six years.</p></body></html>",
        encoding="utf-8",
    )
    [register] = as_labels(read_published(path))["registers"]
    assert register["legal_bases"] == ["consent", "contract", "legitimate_interests"]
    assert [(r["duration"], r["applies_to"]) for r in register["retention"]] == [
        ("P6Y", ["order_history"])
    ]


def test_headings_below_what_is_collected_say_where(tmp_path: Path) -> None:
    """The form and the site's cookies, under a heading on what is collected, each list data."""
    path = tmp_path / "notice.html"
    path.write_text(
        "<html lang='fi'><body><h1>Tietosuojaseloste</h1><h2>2. Kerättävät tiedot</h2><h3>2.1 Yhteydenottolomake"
        "</h3><p>Keräämme seuraavat tiedot:</p><ul><li>Nimesi</li><li>Puhelinnumerosi</li></ul><h3>2.2 Evästeet"
        "</h3><p>Sivusto käyttää evästeitä.</p><ul><li>IP-osoite (anonymisoitu)</li><li>Selaintyyppi</li></ul>"
        "<h2>3. Luovutukset</h2><p>Voimme luovuttaa tietoja lain nojalla.</p></body></html>",
        encoding="utf-8",
    )
    [register] = as_labels(read_published(path))["registers"]
    assert sorted(register["categories"]) == ["cookies_usage", "device_browser", "ip_address", "name", "phone"]  # fmt: skip
    assert register["recipients"] == []


def test_a_service_in_the_address_of_a_page_is_not_used(tmp_path: Path) -> None:
    """Where a page lies says nothing of transfers; a service that is named does."""
    path = tmp_path / "notice.txt"
    notice = "Tietosuojaseloste\n\nRekisterinpitäjä\nKoe Oy, {}\n\nSiirrot\nTietoja ei siirretä EU:n ulkopuolelle.\n"
    contradicted = (
        "no-transfer statement contradicted by use of a non-EEA service (Art. 12(1), Art. 13(1)(f))"
    )
    path.write_text(notice.format("https://koe.github.io"), "utf-8")
    assert not any(d.startswith(contradicted) for d in defects_of(path))
    path.write_text(
        notice.format("Koekuja 1") + "\nEvästeet\nKäytämme Google Analytics -palvelua.\n", "utf-8"
    )
    assert any(d.startswith(contradicted) for d in defects_of(path))


def test_the_lines_of_a_cell_are_those_of_its_section(tmp_path: Path) -> None:
    """A cell beside its heading holds rules line by line, or a list, as any section does."""
    rows = {
        "Rekisterinpitäjä": "Koe Oy, Koekuja 1",
        "Tietosisältö": "<ol><li>Lapsi: nimi, allergiat</li><li>Huoltaja: puhelin, laskut</li></ol>",
        "Säilytysaika": "Allergiatiedot: poistetaan sopimuksen päättyessä<br>Laskut: 6 vuotta tilikauden "
        "päättymisestä, kuten kirjanpitolaki sitä edellyttää<br>Varahakijat: lukuvuoden loppuun",
    }
    body = "".join(f"<tr><td>{head}</td><td>{value}</td></tr>" for head, value in rows.items())
    path = tmp_path / "notice.html"
    path.write_text(f"<html><body><h1>Tietosuojaseloste</h1><table>{body}</table></body></html>")
    (register,) = as_labels(read_published(path))["registers"]
    assert [(rule["duration"], rule["trigger"], rule["applies_to"]) for rule in register["retention"]] == [
        (None, "contract_end", ["diet_allergy"]),
        ("P6Y", "fiscal_year_end", ["invoicing"]),
        (None, "unspecified", "all"),
    ]  # fmt: skip


@pytest.mark.parametrize(("mark", "item"), [("●", "- "), ("•", "")])
def test_one_mark_sets_every_heading_off(tmp_path: Path, mark: str, item: str) -> None:
    """Where no blank line does, a mark heads the sections; of another mark are the items."""
    path = tmp_path / "notice.txt"
    path.write_text(
        f"Tietosuojaseloste\n{mark} Rekisterinpitäjä\nKoe Oy\n{mark} Tietosisältö\n{item}nimi\n{item}puhelin\n"
        f"{mark} Säilytysaika\nTiedot poistetaan vuoden kuluttua viimeisestä käynnistä.\n{mark} Tietolähteet\n"
        f"Asiakas\n{mark} Luovutukset\nTilitoimisto\n",
        "utf-8",
    )
    (register,) = as_labels(read_published(path))["registers"]
    assert register["categories"] == ["name", "phone"]
    assert [rule["trigger"] for rule in register["retention"]] == ["visit"]
    assert register["recipients"] == ["Tilitoimisto"]


@pytest.mark.parametrize(
    ("heading", "kind"), [("When we delete it", "fixed"), ("Deletion", "fixed"), ("Erasure", "missing")]
)  # fmt: skip
def test_a_heading_on_erasing_may_stand_over_periods(
    tmp_path: Path, heading: str, kind: str
) -> None:
    """Sentence by sentence they are rules, but a right to erasure is none."""
    said = (
        "You have the right to have your data erased. We answer within 30 days."
        if kind == "missing"
        else "Orders: two years. Messages: ninety days."
    )
    path = tmp_path / "notice.txt"
    path.write_text(
        "Privacy notice\n\nController\nTest Ltd\n\nData content\nName, orders, messages\n\n"
        f"{heading}\n{said}\n",
        "utf-8",
    )
    (register,) = as_labels(read_published(path))["registers"]
    assert {rule["kind"] for rule in register["retention"]} == {kind}


def test_a_numbered_sentence_goes_on_where_the_last_heading_ends(tmp_path: Path) -> None:
    """*7. You have the right …* is under no *5. Retention*; the fifth item of a list under *4.* stays."""
    path = tmp_path / "notice.txt"
    path.write_text(
        "Dataskyddsbeskrivning\n\n1. Personuppgiftsansvarig: Prov Ab, prov@prov.example\n\n"
        "4. Personuppgifter:\n1. namn\n2. adress\n3. telefonnummer\n4. köp\n5. fakturor\n\n"
        "5. Lagringstid:\nUppgifterna tas bort fem år efter det senaste köpet.\n\n"
        "6. Uppgifter lämnas till bokföringsbyrån. De överförs inte utanför EU.\n\n"
        "7. Du har rätt till insyn, rättelse, radering och begränsning.\n",
        "utf-8",
    )
    read = read_published(path)
    labels = as_labels(read)
    assert {"access", "rectification", "erasure", "restriction"} <= set(labels["rights"])
    (register,) = labels["registers"]
    assert {"name", "phone", "order_history", "invoicing"} <= set(register["categories"])
    headings = {clause.heading for clause in read.notices[0].clauses if "fakturor" in clause.quote}
    assert headings == {"4. Personuppgifter"}
    assert not [
        clause
        for clause in read.notices[0].clauses
        if "rätt till" in clause.quote and "Lagringstid" in clause.heading
    ]


def test_lines_that_no_width_wraps_are_paragraphs(tmp_path: Path) -> None:
    """A line without its stop does not go on in the next one, as it would where a width wraps it."""
    long = (
        "The hall was built by the village in the year of the great flood, has a stage, a kitchen and"
        " seats for a hundred and twenty people, and has been painted twice since by its many volunteers."
    )
    path = tmp_path / "notice.txt"
    path.write_text(
        f"Data policy\n{long}\nWhat data do we hold\n{long}\nWhen you book the hall you give us your address and phone\n"
        "Data retention\nThere is a lock on every cupboard in the office behind the hall\n"
        "Bookings are kept for 7 years\nYour phone number is deleted a year after your last visit.\n",
        "utf-8",
    )
    (register,) = as_labels(read_published(path))["registers"]
    assert [(rule["duration"], rule["applies_to"]) for rule in register["retention"]] == [
        ("P7Y", ["order_history"]),
        ("P1Y", ["phone"]),
    ]
