"""The invented registers that are timed: a customers' export, as wide and as long as asked."""

from __future__ import annotations

import csv
import random
from pathlib import Path

__all__ = ["HEADER", "write_register"]

ROOT = Path(__file__).resolve().parents[1]
HEADER = (
    "Asiakasnro;Etunimi;Sukunimi;Yritys;Sähköposti;Puhelin;Katuosoite;Postinro;Postitoimipaikka;"
    "Asiakassuhde alkoi;Asiakassuhde päättyi;Tila;Tilauksia;Y-tunnus;Lisätiedot"
).split(";")
WORDS = (
    "soitettu tarjous lähetetty toivoi yhteydenottoa ensi viikolla takuuhuolto sovittu toimitus "
    "myöhässä ovi ikkuna kaappi keittiö listat asennettu maksettu kuitti avain naapurilla"
).split()
FIRST = ["Aino", "Veikko", "Helmi", "Onni", "Sofia", "Eino", "Kerttu", "Urho", "Lempi", "Toivo"]
LAST = ["Virtanen", "Korhonen", "Nieminen", "Mäkelä", "Hämäläinen", "Laine", "Koskinen"]
STREETS = ["Kipinäkuja", "Neulatie", "Puistokatu", "Rantatie", "Kauppakatu", "Lastulaidantie"]
DAYS = [f"{day}.{month}." for day in range(1, 29) for month in range(1, 13)]


def write_register(folder: Path, rows: int, *, times: int = 1) -> Path:
    """
    Write ``rows`` customers with their notice; the fifteen columns stand there ``times`` times.

    One row in a thousand has an identity code in its note.
    """
    pick = random.Random(1)
    folder.mkdir(parents=True)
    sample = ROOT / "data_samples" / "asiakasrekisteri"
    for name in ("notice.yaml", "tietosuojaseloste.txt"):
        (folder / name).write_bytes((sample / name).read_bytes())
    notes = [" ".join(pick.choices(WORDS, k=pick.randint(2, 12))) for _ in range(5000)]
    notes += [""] * 2500
    file = folder / "asiakkaat.csv"
    header = [name if n == 1 else f"{name} {n}" for n in range(1, times + 1) for name in HEADER]
    with file.open("w", encoding="utf-8", newline="") as target:
        write = csv.writer(target, delimiter=";", lineterminator="\r\n")
        write.writerow(header)
        for n in range(rows):
            write.writerow([cell for _ in range(times) for cell in _customer(pick, n, notes)])
    return file


def _customer(pick: random.Random, n: int, notes: list[str]) -> list[object]:
    given, family = pick.choice(FIRST), pick.choice(LAST)
    ended = pick.random() < 0.4
    return [
        100000 + n, given, family, f"{family} Oy",
        f"{given}.{family}{n}@yritys.example".lower(),
        f"040 {pick.randint(1000000, 9999999)}",
        f"{pick.choice(STREETS)} {pick.randint(1, 99)} A {pick.randint(1, 60)}",
        f"{pick.randint(100, 99999):05d}", "Tampere",
        f"{pick.choice(DAYS)}{pick.randint(2005, 2015)}",
        f"{pick.choice(DAYS)}{pick.randint(2016, 2025)}" if ended else "",
        "päättynyt" if ended else "aktiivinen",
        pick.randint(0, 50), f"{pick.randint(1000000, 3999999)}-{n % 10}",
        pick.choice(notes) + (" hetu 010190-999W" if n % 1000 == 7 else ""),
    ]  # fmt: skip
