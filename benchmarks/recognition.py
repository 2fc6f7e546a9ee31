"""
Recall and precision of recognition, by kind of export: ``python benchmarks/recognition.py``.

Invents exports as fourteen systems write them, plants violations and what merely looks like one in
single cells, scans each as an audit does, and compares every cell. ``--write`` puts the table into
``docs/recognition.md``. The words planted in notes are those of a list here, not the lexicons' own
cases; how the lexicons do on sentences written by others than their author is not measured by this.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from stdnum import luhn

from audit.engine.duckdb import Engine
from audit.engine.scan import create_tables, scan
from audit.engine.workspace import workspace
from audit.register.columns.recognised import recognise_columns
from audit.register.delimited import read_head
from audit.register.model import Table

DOC = Path(__file__).parents[1] / "docs" / "recognition.md"
BEGIN, END = "<!-- table -->", "<!-- end of table -->"
ROWS, PLANTED, INNOCENT = 400, 80, 80
SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
FIRST = "Aino Onni Eeva Väinö Helmi Eino Saara Matti Linnea Karl".split()
LAST = "Esimerkki Koenen Testinen Malliström Esimerkkilä Koeberg".split()
TOWNS = "Helsinki Turku Mikkeli Oulu Vaasa Porvoo".split()

Draw = Callable[[random.Random], str]


def day(r: random.Random) -> date:
    return date(1940, 1, 1) + timedelta(r.randrange(24000))


def hetu(r: random.Random) -> str:
    born = day(r)
    digits, number = f"{born:%d%m%y}", r.randrange(900, 1000)
    sign = r.choice("-YXWVU" if born.year < 2000 else "ABCDEF")
    code = f"{digits}{sign}{number}{SIGNS[int(f'{digits}{number}') % 31]}"
    way = r.randrange(8)
    if way == 0:
        code = code[:4] + "\u200b" + code[4:]
    elif way == 1:
        code = code.replace("-", "\u2013")
    elif way == 2:
        code = "".join(chr(ord(c) + 0xFEE0) for c in code)
    return code


def bad_hetu(r: random.Random) -> str:
    """An order number shaped as a code: another check character."""
    digits, number = f"{day(r):%d%m%y}", r.randrange(900, 1000)
    right = int(f"{digits}{number}") % 31
    return f"{digits}-{number}{r.choice(SIGNS[:right] + SIGNS[right + 1 :])}"


def iban(r: random.Random) -> str:
    digits = f"999{r.randrange(10**11):011d}"
    check = 98 - int(f"{digits}151800") % 97
    whole = f"FI{check:02d}{digits}"
    return " ".join(re.findall(".{1,4}", whole)) if r.random() < 0.5 else whole


def card(r: random.Random) -> str:
    body = "4" + f"{r.randrange(10**14):014d}"
    whole = body + luhn.calc_check_digit(body)
    return " ".join(re.findall("....", whole)) if r.random() < 0.5 else whole


def personnummer(r: random.Random) -> str:
    body = (
        f"{r.randrange(40, 99)}{r.randrange(1, 13):02d}{r.randrange(1, 29):02d}98{r.randrange(10)}"
    )
    return f"personnummer {body[:6]}-{body[6:]}{luhn.calc_check_digit(body)}"


def y_tunnus(r: random.Random) -> str:
    while True:
        digits = f"{r.randrange(10**7):07d}"
        rest = sum(w * int(d) for w, d in zip((7, 9, 10, 5, 8, 4, 2), digits, strict=True)) % 11
        if rest != 1:
            return f"{digits}-{(11 - rest) % 11}"


def said(*texts: str) -> Draw:
    return lambda r: r.choice(texts)


def within(draw: Draw, *forms: str) -> Draw:
    return lambda r: r.choice(forms).format(draw(r))


VIOLATIONS: dict[str, list[Draw]] = {
    "personal_identity_code": [
        within(hetu, "{}", "hetu {}", "Asiakas ({}) soitti", "laskulle {}, kiitos"),
        personnummer,
        said("isikukood 39001019006", "pesel: 90010199906", "codice fiscale XXXYYY90A01H501F"),
    ],
    "bank_account": [within(iban, "{}", "palautus tilille {}", "IBAN: {}.")],
    "payment_card": [within(card, "{}", "kortti {}", "maksoi kortilla {}")],
    "ip_address": [said("kirjautui 192.0.2.17", "IP 2001:db8::17", "198.51.100.9")],
    "password": [said("salasana: Kissa123", "ovikoodi 4711", "lösenord: sommar24")],
    "date_of_birth": [said("synt. 24.12.1971", "född 1971-12-24", "born 24.12.1971")],
    "health": [
        said("Asiakkaalla diabetes", "rouvalla todettu rintasyöpä", "pyörätuolissa, soita ovelta"),
        said("kunden är gravid", "opererad i höften", "customer is diabetic", "had a stroke"),
        said("lapsella ADHD", "masennuksen takia sairauslomalla", "sairastaa epilepsiaa"),
    ],
    "diet_allergy": [
        said("pähkinäallergia", "allerginen kissoille", "keliakia", "ei siedä laktoosia"),
        said("har nötallergi", "tål inte mjölk", "peanut allergy", "lactose intolerant"),
    ],
    "religion": [said("kuuluu helluntaiseurakuntaan", "är muslim", "Jehovan todistaja")],
    "union_membership": [said("rakennusliiton jäsen", "medlem i facket", "shop steward")],
    "criminal": [said("tuomittu petoksesta", "istui vankilassa", "dömd för stöld")],
    "credit": [said("maksuhäiriömerkintä", "ulosotossa", "betalningsanmärkning", "bad credit")],
}
INNOCENTS: list[Draw] = [
    bad_hetu,
    lambda r: f"tilaus {r.randrange(10**6):06d}-{r.randrange(10**4):04d}A",
    lambda r: f"EAN 64{r.randrange(10**11):011d}",
    lambda r: f"seuranta JJFI{r.randrange(10**17):017d}",
    lambda r: f"viite RF{r.randrange(10, 99)} {r.randrange(10**4):04d} {r.randrange(10**4):04d}",
    lambda r: f"tilattu {r.randrange(1, 29)}.{r.randrange(1, 13)}.2024",
    lambda r: f"SKU ABC-{r.randrange(100, 999)}",
    lambda r: f"{r.randrange(10**6, 10**7)}-{r.randrange(10)}-{r.randrange(10)}",
    lambda r: f"versio 10.0.{r.randrange(40)}.1",
    said("ei allergioita", "inga allergier", "no known allergies", "allergiat: ei"),
    said("Aino 60 cm, valkoinen", "Onni-sarjan hylly", "Helmi pöytä"),
    said("Mikkelin seurakunta tilasi tuolit", "Diabetesliitto ry", "Cancer Research Ltd"),
    said(
        "allergiasuodatin 2 kpl", "allergy-free filter", "gluteeniton leipä", "four-stroke engine"
    ),
    said("Rakennusliitto ry", "church roof repair", "European Union funding", "credit note 12"),
    said("soitettu, sovittu uusi aika", "ring efter lunch", "deliver to back door", "kiitos!"),
]

CELLS: dict[str, Draw] = {
    "name": lambda r: f"{r.choice(FIRST)} {r.choice(LAST)}",
    "first": lambda r: r.choice(FIRST),
    "last": lambda r: r.choice(LAST),
    "email": lambda r: f"{r.choice('abcdef')}{r.randrange(10**4)}@koe.example",
    "phone": lambda r: f"040 {r.randrange(100, 999)} {r.randrange(1000, 9999)}",
    "street": lambda r: f"Höyläntie {r.randrange(1, 99)}",
    "code": lambda r: f"{r.randrange(100):02d}{r.randrange(10)}00",
    "town": lambda r: r.choice(TOWNS),
    "firm": lambda r: f"{r.choice(LAST)} Oy",
    "id": lambda r: str(r.randrange(10**4, 10**5)),
    "day": lambda r: f"{r.randrange(1, 29)}.{r.randrange(1, 13)}.20{r.randrange(10, 26)}",
    "sum": lambda r: f"{r.randrange(10**5) / 100:.2f}",
    "flag": lambda r: r.choice("01"),
    "business": y_tunnus,
    "note": lambda r: r.choice(("", "", "soitettu", "ok", "sovittu kevääksi", "ring igen")),
}
KINDS: dict[str, tuple[str, str, str]] = {
    # delimiter, headers with what they hold, the columns that things are written into
    "Shopify": (",", "Customer ID=id|First Name=first|Last Name=last|Email=email|Phone=phone|Default Address Address1=street|Default Address City=town|Total Spent=sum|Note=note|Tags=note", "Note|Tags"),
    "WooCommerce": (",", "Name=name|Username=id|Email=email|Sign Up=day|Orders=id|Total Spend=sum|City=town|Postal Code=code|customer_note=note", "customer_note"),
    "Magento": (",", "email=email|_website=flag|created_at=day|firstname=first|lastname=last|group_id=flag|taxvat=business|comment=note", "comment"),
    "Mailchimp": (",", "Email Address=email|First Name=first|Last Name=last|OPTIN_TIME=day|MEMBER_RATING=flag|NOTES=note|TAGS=note", "NOTES"),
    "HubSpot": (",", "Record ID=id|First Name=first|Last Name=last|Email=email|Phone Number=phone|Company=firm|Muistiinpanot=note|custom_2=note", "Muistiinpanot|custom_2"),
    "Google Contacts": (",", "First Name=first|Last Name=last|E-mail 1 - Value=email|Phone 1 - Value=phone|Organization Name=firm|Notes=note", "Notes"),
    "Outlook": (",", "First Name=first|Last Name=last|Company=firm|Business Street=street|E-mail Address=email|Mobile Phone=phone|Notes=note", "Notes"),
    "Netvisor": (";", "Asiakaskoodi=id|Nimi=name|Osoite=street|Postinumero=code|Postitoimipaikka=town|Y-tunnus=business|Aktiivinen=flag|Lisätietoja=note", "Lisätietoja"),
    "Procountor": (";", "Kumppanikoodi=id|Nimi=firm|Katuosoite=street|Postinumero=code|Laskunumero=id|Summa=sum|Selite=note", "Selite"),
    "Fivaldi": (";", "ASIAKASTUNNUS=id|NIMI1=name|LÄHIOSOITE=street|POSTINRO=code|PUHELIN=phone|LISATIEDOT=note|VAPAA1=note", "LISATIEDOT|VAPAA1"),
    "Severa": (";", "Asiakkaan nimi=firm|Yhteyshenkilöt=name|Matkapuhelin=phone|Luotu=day|Muistio=note", "Muistio"),
    "MyCashflow": (";", "CustomerID=id|CustomerFirstName=first|CustomerLastName=last|CustomerEmail=email|CustomerCity=town|OrderDate=day|OrderComment=note", "OrderComment"),
    "SAP": ("|", "KUNNR=id|NAME1=firm|ORT01=town|PSTLZ=code|STRAS=street|ERDAT=day|Bemerkung=note|Kommentti=note", "Kommentti"),
    "Finnish Excel": (";", "Asnro=id|Nimi=name|Puh=phone|S-posti=email|Os.=street|Pno=code|Ptp=town|Lisät.=note|kentta7=note", "Lisät.|kentta7"),
}  # fmt: skip


class Score(NamedTuple):
    """How many cells were planted, found there, and found elsewhere."""

    planted: int
    found: int
    false: int
    missed: Counter[str]


def measure(kind: str, seed: int, folder: Path) -> Score:
    delimiter, listed, into = KINDS[kind]
    r = random.Random(f"{kind}/{seed}")
    columns = [pair.split("=") for pair in listed.split("|")]
    header = [name for name, _ in columns]
    rows = [[CELLS[what](r) for _, what in columns] for _ in range(ROWS)]
    places = r.sample(range(ROWS), PLANTED + INNOCENT)
    expected: dict[tuple[int, str], str] = {}
    for n, row in enumerate(places):
        column = r.choice(into.split("|"))
        if n < PLANTED:
            category = r.choice(sorted(VIOLATIONS))
            text = r.choice(VIOLATIONS[category])(r)
            expected[row + 1, column] = category
        else:
            text = r.choice(INNOCENTS)(r)
        rows[row][header.index(column)] = text
    path = folder / f"asiakkaat_{seed}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows([header, *rows])
    found = {(row, column): category for row, column, category in scanned(path)}
    right = {place for place, category in expected.items() if found.get(place) == category}
    missed = Counter(category for place, category in expected.items() if place not in right)
    return Score(len(expected), len(right), len(set(found) - right), missed)


def scanned(path: Path) -> list[tuple[int, str, str]]:
    head = read_head(path, path.name)
    columns = recognise_columns(head.header, head.rows, "customers")
    table = Table(name="t", file=path.name, dialect=head.dialect, columns=columns)
    with workspace() as folder, Engine(folder) as engine:
        create_tables(engine)
        scan(engine, table, path, 0, head)
        return engine.rows('SELECT "row", "column", category FROM cells WHERE relation <> \'own\'')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    lines = ["| kind | planted | found | false | recall | precision |", "|---|--:|--:|--:|--:|--:|"]
    total, missed = Counter[str](), Counter[str]()
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            scores = [measure(kind, seed, Path(folder)) for seed in range(given.seeds)]
        planted, found, false = (sum(score[n] for score in scores) for n in range(3))
        total.update(planted=planted, found=found, false=false)
        missed += sum((score.missed for score in scores), Counter[str]())
        lines.append(_line(kind, planted, found, false))
    lines.append(_line("all", total["planted"], total["found"], total["false"]))
    print("\n".join(lines))
    print("missed:", dict(missed))
    if given.write:
        before, rest = DOC.read_text("utf-8").split(BEGIN)
        table = "\n".join(lines)
        DOC.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{rest.split(END)[1]}", "utf-8")


def _line(kind: str, planted: int, found: int, false: int) -> str:
    precision = found / (found + false) if found else 0.0
    return f"| {kind} | {planted} | {found} | {false} | {found / planted:.4f} | {precision:.4f} |"


if __name__ == "__main__":
    main()
