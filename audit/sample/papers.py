"""What lies beside the register: the plan, the notice, and what an audit must find."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import audit
from audit.plan import Mapping, Plan, PlannedSource, write_plan
from audit.plan.financial_years import FinancialYear
from audit.plan.statements import Attestation, Completeness, Waiver
from audit.register.model import Role
from audit.sample.cases import Expected, load
from audit.sample.invented import CONTROLLERS_IBAN, CONTROLLERS_PHONE
from audit.sample.lists import list_sources
from audit.sample.register import AS_OF, CUSTOMERS, INVOICES, ORDERS

__all__ = ["column_findings", "copy_notice", "expected_findings", "notice_findings", "plan"]

_NOTICE = ("notice.yaml", "tietosuojaseloste.txt")
_KEY = Mapping(category="technical", role=Role.RECORD_KEY)
_CUSTOMER = Mapping(category="technical", role=Role.CUSTOMER_REFERENCE)
_FREE_TEXT = Mapping(role=Role.FREE_TEXT)

_CUSTOMERS = {
    "Asiakasnro": _KEY,
    "Etunimi": Mapping(category="name"),
    "Sukunimi": Mapping(category="name"),
    "Yritys": Mapping(category="organisation"),
    "Y-tunnus": Mapping(category="organisation"),
    "Sähköposti": Mapping(category="email"),
    "Puhelin": Mapping(category="phone"),
    "Katuosoite": Mapping(category="postal_address"),
    "Postinro": Mapping(category="postal_address"),
    "Postitoimipaikka": Mapping(category="postal_address"),
    "Asiakassuhde alkoi": Mapping(category="technical", role=Role.RELATIONSHIP_START),
    "Asiakassuhde päättyi": Mapping(category="technical", role=Role.CUSTOMER_RELATIONSHIP_END),
    "Tila": Mapping(category="technical", role=Role.STATUS),
    "Poistoesto": Mapping(category="technical", role=Role.HOLD),
    "Lisätiedot": _FREE_TEXT,
    # Not here: kentta7 and kentta9, of which nobody has yet said what they are.
    "Syntymäaika": Mapping(category="date_of_birth"),
}
_ORDER_HISTORY = Mapping(category="order_history")
_ORDERS = dict.fromkeys(ORDERS, _ORDER_HISTORY) | {
    "Tilausnro": Mapping(category="order_history", role=Role.RECORD_KEY),
    "Asiakasnro": _CUSTOMER,
    "Tilauspäivä": Mapping(category="order_history", role=Role.ORDERED_ON),
    "Toimitusohje": _FREE_TEXT,
}
# The account in "Saajan IBAN" is the controller's own: it says how to pay, and is nobody's data.
_INVOICES = dict.fromkeys(INVOICES, Mapping(category="invoicing")) | {
    "Laskunumero": Mapping(category="invoicing", role=Role.RECORD_KEY),
    "Asiakasnro": _CUSTOMER,
    "Laskupäivä": Mapping(category="invoicing", role=Role.INVOICED_ON),
    "Eräpäivä": Mapping(category="invoicing", role=Role.DUE_ON),
    "Summa": Mapping(category="invoicing", role=Role.AMOUNT),
    "Maksettu": Mapping(category="invoicing", role=Role.PAID_ON),
    "Viesti": _FREE_TEXT,
}


_OWNER = "Ossi Höyläniemi"
_AUDITOR = "Tuula Tarkka"
#: What no export shows: what the auditor saw in the workshop, and what the owner says.
_ATTESTATIONS = (
    Attestation(
        clauses=("C47", "C48"),
        words={"C47": "Paperit, joihin asiakastapahtumissa", "C48": "jotka on suojattu palolta"},
        strength="observed",
        by=_AUDITOR,
        on=date(2026, 11, 20),
        place="verstaan toimisto, Höylänperä",
        statement="Paperit ovat lukitussa ja paloluokitellussa kaapissa.",
    ),
    Attestation(
        clauses=("C56",),
        words={"C56": "Palomuuri suojaa järjestelmää"},
        strength="self",
        by=_OWNER,
        on=date(2026, 11, 20),
        statement="Palvelimen tarjoaja ylläpitää palomuuria.",
    ),
    Attestation(
        clauses=("C80",),
        words={"C80": "Jos pyyntöön ei suostuta"},
        strength="observed",
        by=_AUDITOR,
        on=date(2026, 11, 20),
        place="verstaan toimisto, Höylänperä",
        statement="Kieltäytymisestä annettu todistus oli kansiossa kirjallisena.",
    ),
    Attestation(
        clauses=("C04", "C58", "C68"),
        words={
            "C04": "Asiakasrekisteri",
            "C58": "Ennen kaikkea evästeillä",
            "C68": "Keruun asetuksiin pääset",
        },
        strength="self",
        by=_OWNER,
        on=date(2026, 11, 20),
        expires=date(2027, 5, 20),
        statement="Seloste koskee asiakasrekisteriä; evästeiden tarkoitus ja asetukset ovat ennallaan.",
    ),
)
_WAIVER = Waiver(
    check="SEC03",
    table="kayttajat",
    reason="Sitoumus allekirjoitettiin kahden viikon kuluttua; menettely on korjattu.",
    approver=_OWNER,
    on=date(2026, 11, 20),
    expires=date(2027, 11, 19),
)


def plan(*, notice: bool, clean: bool) -> str:
    """The plan as its auditor left it after the review."""
    customers = {
        name: mapping for name, mapping in _CUSTOMERS.items() if not clean or name in CUSTOMERS
    }
    return write_plan(
        Plan(
            register_name="asiakasrekisteri",
            notice=_NOTICE[0] if notice else None,
            as_of=AS_OF,
            controllers_own=(CONTROLLERS_IBAN, CONTROLLERS_PHONE),
            financial_years=(
                FinancialYear(start=date(2004, 1, 1), end=date(2026, 12, 31), yearly=True),
            ),
            completeness=tuple(
                Completeness(table=table, stated_by=_OWNER, on=AS_OF)
                for table in ("asiakkaat", "tilaukset", "laskut", "kayttajat", "kasittelijat")
            ),
            attestations=_ATTESTATIONS if notice else (),
            waivers=() if clean else (_WAIVER,),
            left_out={"expected_findings.yaml": "form"} | ({_NOTICE[1]: "prose"} if notice else {}),
            sources=(
                _source("asiakkaat", "customers", AS_OF, "utf-8-sig", customers),
                _source("laskut", "invoices", date(2026, 11, 21), "utf-8", _INVOICES),
                _source("tilaukset", "orders", date(2026, 11, 21), "cp1252", _ORDERS),
                *list_sources(),
            ),
        )
    )


def _source(
    table: str, kind: str, extracted_on: date, encoding: str, columns: dict[str, Mapping]
) -> PlannedSource:
    return PlannedSource(
        file=f"{table}.csv",
        table=table,
        kind=kind,
        extracted_on=extracted_on,
        encoding=encoding,
        delimiter=";",
        header_lines=1,
        columns=columns,
    )


def copy_notice(folder: Path, notice_from: Path | None) -> bool:
    """Copy the notice beside the register; whether there is one now."""
    # The notice is no part of the package: it is found where the project was cloned.
    source = notice_from or Path(audit.__file__).parents[1] / "data_samples" / "asiakasrekisteri"
    if not all((source / name).is_file() for name in _NOTICE):
        return False
    if source.resolve() != folder.resolve():
        for name in _NOTICE:
            shutil.copyfile(source / name, folder / name)
    return True


def column_findings(*, clean: bool) -> list[Expected]:
    """What is found in whole columns: what nobody declared, and what was set aside as technical."""
    found = [
        Expected("MIN05", table, None, column, "technical", "observation")
        for table, columns in (
            ("asiakkaat", _CUSTOMERS),
            ("laskut", _INVOICES),
            ("tilaukset", _ORDERS),
        )
        for column, mapping in columns.items()
        if mapping.category == "technical"
    ]
    if not clean:
        found += [
            Expected("MIN01", "asiakkaat", None, "Syntymäaika", "date_of_birth"),
            Expected("MIN01", "asiakkaat", None, "kentta7", "bank_account"),
            Expected("MIN05", "asiakkaat", None, "kentta9", None, "not_assessed"),
        ]
    return found


def notice_findings() -> list[Expected]:
    """What is wrong with the sample's notice itself, by the clause that shows it."""
    return [
        Expected(check, _NOTICE[0], None, None, None, result, clause=clause)
        for check, remarks in load("notice").items()
        for clauses, result in remarks
        for clause in clauses or [None]
    ]


def expected_findings(expected: Sequence[Expected], *, rows: int, seed: int, clean: bool) -> str:
    """What an audit must find, as YAML: counts, and the rows of each check and table."""
    totals = Counter(found.result for found in expected)
    counts = Counter((e.check, e.table, e.column, e.category, e.result) for e in expected)
    places: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    lines: dict[str, list[int]] = defaultdict(list)
    for found in expected:
        if found.row is not None:
            places[found.check][found.table].append(found.row)
        elif found.line is not None:
            lines[found.table].append(found.line)
    text = [
        "# What an audit of this sample must find, written down when it was planted: no audit was",
        "# run for it. `places` are data rows, counted from 1; `quarantined_lines` physical lines.",
        "schema: register-audit/expected-findings/1",
        f"customers: {rows}",
        f"seed: {seed}",
        f"clean: {str(clean).lower()}",
        f"as_of: {AS_OF.isoformat()}",
        "totals:",
        *(f"  {result}: {count}" for result, count in sorted(totals.items())),
        "findings:",
    ]
    for (check, table, column, category, result), count in sorted(
        counts.items(), key=lambda item: [part or "" for part in item[0]]
    ):
        text.append(
            f"  - {{check: {check}, table: {table}, column: {column or 'null'}, "
            f"category: {category or 'null'}, result: {result}, count: {count}}}"
        )
    text.append("places:" if places else "places: {}")
    for check, by_table in sorted(places.items()):
        text.append(f"  {check}:")
        text += [f"    {table}: {sorted(rows)}" for table, rows in sorted(by_table.items())]
    text.append("quarantined_lines:" if lines else "quarantined_lines: {}")
    text += [f"  {table}: {numbers}" for table, numbers in sorted(lines.items())]
    return "\n".join(text) + "\n"
