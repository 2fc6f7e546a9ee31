"""The controller's own numbers and addresses, as its notice prints them, are nobody's data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from audit.notice.read import read_notice
from audit.plan.drafting import draft_plan
from audit.run import run

NOTICES = {
    "fi": (
        "Tietosuojaseloste\n\nRekisterinpitäjä\n{details}\n\nRekisterin tietosisältö\n"
        "Rekisterissä on vain: nimi ja sähköpostiosoite.\n\nSäilytysaika\n10 vuotta.\n"
    ),
    "sv": (
        "Dataskyddsbeskrivning\n\nPersonuppgiftsansvarig\n{details}\n\nRegistrets datainnehåll\n"
        "Registret innehåller endast namn och e-postadress.\n\nLagringstid\n10 år.\n"
    ),
    "en": (
        "Privacy notice\n\nController\n{details}\n\nCategories of personal data\n"
        "The register holds only: name, e-mail address.\n\nRetention period\n10 years.\n"
    ),
}
DETAILS = {
    "fi": "Koe Oy, Y-tunnus 2077474-0, toimisto@koe.example. Tilinumero FI21 1234 5600 0007 85",
    "sv": "Koe Ab, FO-nummer 2077474-0, kontor@koe.example. Bankkonto FI21 1234 5600 0007 85",
    "en": "Koe Ltd, business ID 2077474-0, office@koe.example. Bank account FI21 1234 5600 0007 85",
}
ACCOUNT = "FI21 1234 5600 0007 85"
REGISTER = """Asiakasnro;Nimi;Lisätiedot
1;Aino Koe;maksettu tilille FI21 1234 5600 0007 85, Y-tunnuksemme 2077474-0
2;Onni Koe;palautus tilille FI80 5080 2300 2531 58
"""


def _details(language: str, account: str) -> str:
    return DETAILS[language].replace(ACCOUNT, account.format(ACCOUNT))


@pytest.mark.parametrize("account", ["{}", "\nIBAN {}"], ids=["in a sentence", "on a line"])
@pytest.mark.parametrize("language", sorted(NOTICES))
def test_the_notices_own_account_is_nobodys(tmp_path: Path, language: str, account: str) -> None:
    """An account and a business id that the notice prints are the controller's; another is not."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "notice.txt").write_text(
        NOTICES[language].format(details=_details(language, account)), "utf-8"
    )
    (folder / "asiakkaat.csv").write_text(REGISTER, "utf-8")
    run(draft_plan(folder), date(2026, 11, 22), tmp_path / "evidence.parquet")
    found = duckdb.sql(
        f"SELECT \"check\", row, category, result FROM '{tmp_path}/evidence.parquet' "
        "WHERE \"check\" = 'MIN02'"
    ).fetchall()
    assert found == [("MIN02", 2, "bank_account", "nonconformity")]


def test_an_account_is_no_phone_number(tmp_path: Path) -> None:
    """The digits of an account are not read as the controller's phone."""
    path = tmp_path / "notice.txt"
    path.write_text(NOTICES["fi"].format(details="Koe Oy. Tilinumero FI21 1234 5600 0007 85"))
    assert read_notice(path).controller.phone is None
