"""
A notice as JSON-LD in the Data Privacy Vocabulary.

The register is a ``dpv:Process``, the notice a ``dpv:PrivacyNotice`` about it. Categories, bases and
rights have the vocabulary's own terms (``vocabulary/dpv.toml``); what it has no term for, purposes
and recipients above all, stands in the notice's words under an identifier within the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from audit.notice.model import Declared, Notice, RetentionPeriod
from audit.vocabulary import load

__all__ = ["as_dpv"]

Node = dict[str, Any]

CONTEXT = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def as_dpv(notice: Notice) -> Node:
    """The notice as a JSON-LD document: a context and a graph."""
    told = {
        "dpv:hasPersonalData": _terms(notice, "data_categories", "dpv:PersonalData"),
        "dpv:hasPurpose": _terms(notice, "purposes", "dpv:Purpose"),
        "dpv:hasLegalBasis": _terms(notice, "legal_bases", "dpv:LegalBasis"),
        "dpv:hasRecipient": _terms(notice, "recipients", "dpv:Recipient"),
        "dpv:hasDataSource": _terms(notice, "sources", "dpv:DataSource"),
        "dpv:hasDataSubject": _terms(notice, "data_subjects", "dpv:DataSubject"),
        "dpv:hasRight": _terms(notice, "rights", "dpv:DataSubjectRight"),
        "dpv:hasStorageCondition": [
            _storage(notice, rule) for rule in notice.retention if rule.kind != "missing"
        ],
    }
    process: Node = {
        "@id": "#process",
        "@type": "dpv:Process",
        "dcterms:title": _words(notice, notice.register_name),
        "dpv:hasDataController": {"@id": "#controller"},
        "dpv:hasNotice": {"@id": "#notice"},
    }
    document: Node = {
        "@id": "#notice",
        "@type": "dpv:PrivacyNotice",
        "dcterms:language": notice.language,
        "dcterms:subject": {"@id": "#process"},
    }
    if notice.dated:
        exact = "xsd:date" if len(notice.dated) > len("2020-01") else "xsd:gYearMonth"
        document["dcterms:modified"] = {"@value": notice.dated, "@type": exact}
    process |= {name: nodes for name, nodes in told.items() if nodes}
    return {"@context": CONTEXT, "@graph": [document, _controller(notice), process]}


def _controller(notice: Notice) -> Node:
    said = notice.controller
    node: Node = {
        "@id": "#controller",
        "@type": "dpv:DataController",
        "dpv:hasName": said.name,
    }
    contact = ", ".join(filter(None, (said.email, said.phone)))
    optional = {
        "dpv:hasAddress": said.address,
        "dpv:hasContact": contact,
        "dcterms:identifier": said.business_id,
    }
    node |= {name: value for name, value in optional.items() if value}
    if said.dpo:
        node["dpv:hasDataProtectionOfficer"] = {
            "@type": "dpv:DataProtectionOfficer",
            "dpv:hasName": said.dpo,
        }
    return node


def _terms(notice: Notice, field: str, general: str) -> list[Node]:
    """The values of a field: by their term, else as something of the general kind; each once."""
    known = load("dpv").get(field, {})
    found: dict[str, Node] = {}
    values: Iterable[Declared] = getattr(notice, field)
    for value in values:
        key = str(getattr(value, "key", ""))
        term = known.get(key)
        node: Node = {"@id": f"#{field}-{key.replace(':', '-').replace(' ', '-')}"}
        node["@type"] = [general, term] if term else general
        if text := getattr(value, "text", ""):
            node["rdfs:label"] = _words(notice, text)
        found.setdefault(node["@id"], node)
    return list(found.values())


def _storage(notice: Notice, rule: RetentionPeriod) -> Node:
    """A rule on retention, with its duration where it has one."""
    node: Node = {
        "@id": f"#storage-{rule.id}",
        "@type": "dpv:StorageCondition",
        "rdfs:label": _words(notice, rule.text),
    }
    if rule.period is not None:
        node["dpv:hasDuration"] = {
            "@type": "dpv:StorageDuration",
            "rdf:value": {"@value": rule.period, "@type": "xsd:duration"},
        }
    if rule.event:
        node["rdfs:comment"] = f"from {rule.event.replace('_', ' ')}"
    return node


def _words(notice: Notice, text: str) -> Node:
    return {"@value": text, "@language": notice.language}
