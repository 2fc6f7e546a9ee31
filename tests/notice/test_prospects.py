"""Who is no customer yet is declared by other words than "prospect" as well."""

from __future__ import annotations

import pytest

import audit

SAID = {
    "en": ("Whose data", "Contact persons of companies that are considering our software."),
    "fi": ("Rekisteröidyt", "Asiakkaat sekä mahdollisten asiakkaiden yhteyshenkilöt."),
    "sv": ("Registrerade", "Kunder och presumtiva kunder."),
}
RIGHTS = {
    "en": "\n2. How long\nData are kept for two years.\n\n3. Your rights\nYou may ask for access to your data.\n",
    "fi": "",
    "sv": "",
}


@pytest.mark.parametrize("language", SAID)
def test_people_who_may_become_customers_are_declared(language, tmp_path):
    """They are a group of the notice, and no undeclared one."""
    heading, text = SAID[language]
    titles = {"en": "Privacy notice", "fi": "Tietosuojaseloste", "sv": "Dataskyddsbeskrivning"}
    file = tmp_path / "notice.txt"
    file.write_text(f"{titles[language]}\n\n1. {heading}\n{text}\n{RIGHTS[language]}", "utf-8")
    assert "prospect" in {group.key for group in audit.read_notice(file).data_subjects}
