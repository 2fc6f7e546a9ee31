"""A notice in other vocabularies: whole where they demand it, and the same when it comes back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from test_corpus import NOTICES

from audit.notice.formats.dpv import CONTEXT, as_dpv
from audit.notice.formats.tilt import as_tilt, from_tilt, is_tilt
from audit.notice.model import Notice
from audit.notice.read import read_notice
from audit.notice.reading import read_published
from audit.notice.sketch import sketch

SAMPLE = Path(__file__).parents[2] / "data_samples/asiakasrekisteri/notice.yaml"

# What the schema of TILT requires, by place; a star stands for each item of a list.
REQUIRED = {
    "": """meta controller dataProtectionOfficer dataDisclosed thirdCountryTransfers
    accessAndDataPortability sources rightToInformation rightToRectificationOrDeletion
    rightToDataPortability rightToWithdrawConsent rightToComplain automatedDecisionMaking
    changesOfPurpose""",
    "meta": "_id name created modified version language status url _hash",
    "controller": "name address country representative",
    "controller.representative": "name email",
    "dataProtectionOfficer": "name address country email",
    "dataDisclosed.*": """_id category purposes legalBases legitimateInterests recipients storage
    nonDisclosure""",
    "dataDisclosed.*.purposes.*": "purpose description",
    "dataDisclosed.*.legalBases.*": "reference",
    "dataDisclosed.*.recipients.*": "category",
    "dataDisclosed.*.storage.*": "aggregationFunction",
    "dataDisclosed.*.storage.*.temporal.*": "description ttl",
    "dataDisclosed.*.nonDisclosure": """legalRequirement contractualRegulation obligationToProvide
    consequences""",
    "accessAndDataPortability": "available",
    "sources.*": "_id dataCategory sources",
    "sources.*.sources.*": "description url publiclyAvailable",
    "rightToComplain.supervisoryAuthority": "name",
}
FULL = {
    "dated": "2024-11",
    "controller": {"name": "Koe Oy", "email": "koe@koe.example", "dpo": "Vendela Register"},
    "purposes": "laskutus, toimitus",
    "legal_bases": "contract, consent",
    "data_categories": ["name", "email", "other:väriresepti"],
    "retention": [
        {"kind": "fixed", "period": "P2Y", "event": "visit", "text": "Kaksi vuotta."},
        {"kind": "criteria", "applies_to": ["email"], "text": "Kunnes peruutat."},
    ],
    "recipients": [{"key": "carrier", "text": "Posti"}],
    "sources": [{"key": "customer", "text": "asiakas", "limited_to": ["name"]}],
    "rights": "access, restriction, objection, complaint",
    "transfers": {"statement": "conditional", "safeguards": ["standard contractual clauses"]},
    "automated_decisions": "declared_none",
    "authority": {"name": "Tietosuojavaltuutettu", "street": "Lintulahdenkuja 4"},
}


@pytest.fixture(params=["sample", "full", "silent"])
def notice(request: pytest.FixtureRequest) -> Notice:
    """The sample's notice, one that says everything, and one that says nothing."""
    if request.param == "sample":
        return read_notice(SAMPLE)
    return sketch(FULL if request.param == "full" else {})


def at(data: Any, place: str) -> list[Any]:
    """What stands at a place, and in each item of a list."""
    found = [data]
    for step in filter(None, place.split(".")):
        if step == "*":
            found = [item for one in found for item in one]
        else:
            found = [one[step] for one in found if step in one]
    return found


@pytest.mark.parametrize(("place", "names"), REQUIRED.items())
def test_tilt_has_what_its_schema_requires(notice: Notice, place: str, names: str) -> None:
    """No field is missing, whatever the notice leaves unsaid."""
    for one in at(as_tilt(notice), place):
        assert set(names.split()) <= set(one)


def test_tilt_values_have_the_shapes_of_its_schema(notice: Notice) -> None:
    """Days, countries, articles, periods and the hash are as the schema's patterns want them."""
    data = as_tilt(notice)
    assert re.fullmatch(r"[0-9a-f]{64}", data["meta"]["_hash"])
    assert re.fullmatch(r"\d{4}-\d\d(-\d\d)?", data["meta"]["created"])
    assert re.fullmatch(r"[A-Z]{2}", data["controller"]["country"])
    for base in at(data, "dataDisclosed.*.legalBases.*.reference"):
        assert re.fullmatch(r"GDPR-6-1-[a-f]", base)
    for period in at(data, "dataDisclosed.*.storage.*.temporal.*.ttl"):
        assert re.fullmatch(r"P\d+[YMWD]", period)


def test_tilt_there_and_back(notice: Notice) -> None:
    """What the model holds of a TILT document is the same when it is written again."""
    data = as_tilt(notice)
    assert is_tilt(data)
    assert as_tilt(from_tilt(json.loads(json.dumps(data)))) == data


def test_tilt_of_somebody_else() -> None:
    """A document that we did not write is read by the words of its schema alone."""
    data = as_tilt(sketch(FULL))
    del data["registerAudit"]
    data["dataDisclosed"][0] |= {"_id": "7f3a", "category": "E-mail"}
    data["dataDisclosed"][1] |= {"_id": "7f3b", "category": "Shoe size"}
    read = from_tilt(data)
    assert [item.key for item in read.data_categories][1] == "other:Shoe size"
    assert {basis.key for basis in read.legal_bases} == {"contract", "consent"}
    assert ("fixed", "P2Y") in {(rule.kind, rule.period) for rule in read.retention}
    assert {right.key for right in read.rights} == {"access", "complaint"}
    assert read.transfers.statement == "yes"
    with pytest.raises(KeyError):
        from_tilt({"meta": {}, "dataDisclosed": []})


def test_dpv_uses_terms_of_its_context_only(notice: Notice) -> None:
    """Every name has a prefix that the context explains, every link leads into the graph."""
    document = as_dpv(notice)
    nodes: list[dict[str, Any]] = []

    def walk(value: Any) -> None:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                nodes.append(one)
                for inner in one.values():
                    walk(inner)

    walk(document["@graph"])
    kinds = [k for node in nodes for k in _listed(node.get("@type", []))]
    names = {name for node in nodes for name in node if not name.startswith("@")} | set(kinds)
    assert {name.split(":")[0] for name in names} <= set(CONTEXT)
    defined = {node["@id"] for node in document["@graph"]}
    assert defined == {"#notice", "#controller", "#process"}
    json.dumps(document)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_dpv_says_what_the_notice_says() -> None:
    """Categories, bases, rights and periods have the vocabulary's own terms."""
    process = as_dpv(sketch(FULL))["@graph"][2]
    types = [_listed(one["@type"]) for one in process["dpv:hasPersonalData"]]
    assert ["dpv:PersonalData", "pd:Name"] in types
    assert ["dpv:PersonalData"] in types  # a colour recipe has no term
    assert "eu-gdpr:A6-1-b" in _listed(process["dpv:hasLegalBasis"][0]["@type"])
    assert {_listed(one["@type"])[1] for one in process["dpv:hasRight"]} == {
        "eu-gdpr:A15",
        "eu-gdpr:A18",
        "eu-gdpr:A21",
        "eu-gdpr:A77",
    }
    assert process["dpv:hasStorageCondition"][0]["dpv:hasDuration"]["rdf:value"]["@value"] == "P2Y"


@pytest.mark.parametrize("path", NOTICES[::6], ids=lambda path: path.name)
def test_read_notices_can_be_exported(path: Path) -> None:
    """What is read by rule is exported like what a person wrote."""
    for read in read_published(path).notices:
        data = as_tilt(read)
        assert as_tilt(from_tilt(data)) == data
        assert as_dpv(read)["@graph"]
