"""
A notice as TILT, the Transparency Information Language, and back.

TILT says everything for each category of data, where a notice says most things once: what the
notice says of all its data stands at each category. What TILT has no word for (restriction,
objection, a denial of transfers) stands under ``registerAudit``, which its schema lets pass, so that
a notice survives the way there and back. TILT demands some details that a notice may lack: a blank
stands for what was not said, and ``0001-01-01`` for a day that nobody gave.

Source: the schema of github.com/Transparency-Information-Language/schema (``tilt-schema.json``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from audit.errors import NoticeInvalid
from audit.notice.model import (
    Authority,
    AutomatedDecisions,
    Controller,
    DataCategory,
    LegalBasis,
    Notice,
    Purpose,
    Recipient,
    RetentionPeriod,
    Right,
    Source,
    Transfers,
)
from audit.notice.validation import first_problem

__all__ = ["as_tilt", "from_tilt", "is_tilt", "read_tilt"]

Tilt = dict[str, Any]

_UNDATED = "0001-01-01"
_ARTICLES = {
    "consent": "GDPR-6-1-a",
    "contract": "GDPR-6-1-b",
    "legal_obligation": "GDPR-6-1-c",
    "vital_interests": "GDPR-6-1-d",
    "public_task": "GDPR-6-1-e",
    "legitimate_interests": "GDPR-6-1-f",
}
_BASES: dict[str, Any] = {article: key for key, article in _ARTICLES.items()}
_RIGHTS: dict[str, tuple[str, ...]] = {
    "rightToInformation": ("access",),
    "rightToRectificationOrDeletion": ("rectification", "erasure"),
    "rightToDataPortability": ("portability",),
    "rightToWithdrawConsent": ("withdraw_consent",),
    "rightToComplain": ("complaint",),
}
_OURS = "registerAudit"


# --- there ----------------------------------------------------------------------------------------


def as_tilt(notice: Notice) -> Tilt:
    """The notice as a TILT document, with every field that the schema requires."""
    data: Tilt = {
        "controller": _controller(notice),
        "dataProtectionOfficer": {
            "name": notice.controller.dpo or "",
            "address": "",
            "country": "FI",
            "email": "",
        },
        "dataDisclosed": [_disclosed(notice, item) for item in notice.data_categories],
        "thirdCountryTransfers": _transfers(notice.transfers),
        "accessAndDataPortability": _available(notice, ("access", "portability")),
        "sources": [
            {
                "_id": source.key,
                "dataCategory": ", ".join(source.limited_to),
                "sources": [{"description": source.text, "url": "", "publiclyAvailable": False}],
            }
            for source in notice.sources
        ],
        **{name: _available(notice, keys) for name, keys in _RIGHTS.items()},
        "automatedDecisionMaking": {
            "inUse": notice.automated_decisions.statement == "declared",
            "logicInvolved": "",
            "scopeAndIntendedEffects": "",
        },
        "changesOfPurpose": [],
        _OURS: _without_word(notice),
    }
    if notice.authority is not None:
        data["rightToComplain"]["supervisoryAuthority"] = _authority(notice.authority)
    return {"meta": _meta(notice, data)} | data


def _meta(notice: Notice, data: Tilt) -> Tilt:
    told = json.dumps(data, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(told.encode()).hexdigest()
    dated = notice.dated or _UNDATED
    return {
        "_id": digest[:32],
        "name": notice.controller.name,
        "created": dated,
        "modified": dated,
        "version": 1,
        "language": notice.language,
        "status": "active",
        "url": "",
        "_hash": digest,
    }


def _controller(notice: Notice) -> Tilt:
    said = notice.controller
    person = {"name": said.contact_person or "", "email": said.email or ""}
    if said.phone:
        person["phone"] = said.phone
    controller: Tilt = {
        "name": said.name,
        "address": said.address or "",
        "country": "FI",
        "representative": person,
    }
    return controller | ({"businessId": said.business_id} if said.business_id else {})


def _disclosed(notice: Notice, item: DataCategory) -> Tilt:
    interests = [b for b in notice.legal_bases if b.key == "legitimate_interests"]
    rules = [r for r in notice.retention if r.applies_to == "all" or item.key in r.applies_to]
    return {
        "_id": item.key,
        "category": item.text or item.key,
        "scope": item.scope,
        "purposes": _once({"purpose": p.key, "description": p.text} for p in notice.purposes),
        "legalBases": [
            {"reference": _ARTICLES[basis.key], "description": basis.text}
            for basis in notice.legal_bases
        ],
        "legitimateInterests": [
            {"exists": True, "reasoning": basis.interest or ""} for basis in interests
        ],
        "recipients": _once(
            {"category": r.key, "name": r.text, "role": r.role, "row": r.row}
            for r in notice.recipients
        ),
        "storage": [_storage(rule) for rule in rules],
        # TILT knows no "not said": false, and the reason why.
        "nonDisclosure": {
            "legalRequirement": False,
            "contractualRegulation": False,
            "obligationToProvide": False,
            "consequences": "",
        },
    }


def _storage(rule: RetentionPeriod) -> Tilt:
    """A rule: a period stands as such, a criterion as its words."""
    told: Tilt = {
        "aggregationFunction": "max",
        "_id": rule.id,
        "kind": rule.kind,
        "event": rule.event or "",
        "appliesTo": rule.applies_to if rule.applies_to == "all" else list(rule.applies_to),
        "text": rule.text,
    }
    if rule.period is not None:
        told["temporal"] = [{"description": rule.text, "ttl": rule.period}]
    else:
        told["purposeConditional"] = [rule.text]
    return told


def _transfers(said: Transfers) -> list[Tilt]:
    if said.statement not in ("yes", "conditional"):
        return []
    named = " ".join(said.safeguards).lower()
    return [
        {
            "appropriateGuarantees": {
                "available": bool(said.safeguards),
                "description": said.text,
            },
            "standardDataProtectionClause": {
                "available": "clause" in named or "scc" in named,
                "description": ", ".join(said.safeguards),
            },
        }
    ]


def _available(notice: Notice, keys: Iterable[str]) -> Tilt:
    granted = [right for right in notice.rights if right.key in keys]
    told: Tilt = {
        "available": bool(granted),
        "description": " ".join(dict.fromkeys(right.text for right in granted)),
    }
    if notice.controller.email:
        told["email"] = notice.controller.email
    if demanded := sorted({form for right in granted for form in right.formalities}):
        told["identificationEvidences"] = demanded
    return told


def _authority(authority: Authority) -> Tilt:
    told = {
        "name": authority.name,
        "address": ", ".join(
            filter(None, (authority.street, authority.postal_code, authority.town))
        ),
        "country": "FI",
    }
    return told | ({"email": authority.email} if authority.email else {})


def _without_word(notice: Notice) -> Tilt:
    """What TILT has no place for."""
    return {
        "register": notice.register_name,
        "dated": notice.dated,
        "rights": [_plain(right) for right in notice.rights],
        "legalBases": [_plain(basis) for basis in notice.legal_bases],
        "retention": [_plain(rule) for rule in notice.retention],
        "transfers": _plain(notice.transfers),
        "automatedDecisions": notice.automated_decisions.statement,
        "authority": _plain(notice.authority) if notice.authority else None,
    }


def _plain(value: Any) -> Tilt:
    """A declared value without the clauses of a text that TILT does not hold."""
    told: Tilt = value.model_dump(mode="json", exclude={"clauses", "found"}, exclude_defaults=True)
    return told


# --- and back -------------------------------------------------------------------------------------


def from_tilt(data: Mapping[str, Any]) -> Notice:
    """
    The notice that a TILT document describes; it has no clauses, for TILT quotes no text.

    Raises ``KeyError`` where the document lacks a field that the schema requires, and
    ``ValidationError`` where what stands there is no value of the model.
    """
    ours = data.get(_OURS, {})
    meta, said, disclosed = data["meta"], data["controller"], data["dataDisclosed"]
    person = said.get("representative", {})
    dated = ours.get("dated") or meta["modified"][:10]
    return Notice(
        register_name=ours["register"] if "register" in ours else meta["name"],
        language=meta["language"] if meta["language"] in ("fi", "sv", "en") else "en",
        dated=None if dated == _UNDATED else dated,
        controller=Controller(
            name=said["name"],
            business_id=said.get("businessId"),
            address=said["address"] or None,
            phone=person.get("phone") or None,
            email=person.get("email") or None,
            contact_person=person.get("name") or None,
            dpo=data["dataProtectionOfficer"]["name"] or None,
        ),
        purposes=tuple(
            Purpose(key=one["purpose"], text=one["description"])
            for one in _each(disclosed, "purposes")
        ),
        legal_bases=_bases(ours, disclosed),
        data_categories=tuple(
            DataCategory(key=_key(one), text=one["category"], scope=one.get("scope", "register"))
            for one in disclosed
        ),
        retention=_retention(ours, disclosed),
        recipients=tuple(
            Recipient(
                key=one["category"],
                text=one.get("name", one["category"]),
                role=one.get("role", "unstated"),
                row=one.get("row", "recipients"),
            )
            for one in _each(disclosed, "recipients")
        ),
        sources=tuple(
            Source(
                key=one["_id"],
                text=one["sources"][0]["description"] if one["sources"] else one["_id"],
                limited_to=tuple(filter(None, one["dataCategory"].split(", "))),
            )
            for one in data["sources"]
        ),
        transfers=Transfers.model_validate(ours["transfers"])
        if "transfers" in ours
        else Transfers(statement="yes" if data["thirdCountryTransfers"] else "unstated"),
        rights=_rights(ours, data),
        automated_decisions=AutomatedDecisions(
            statement=ours.get("automatedDecisions")
            or ("declared" if data["automatedDecisionMaking"]["inUse"] else "declared_none")
        ),
        authority=_authority_of(ours, data),
    )


def _key(one: Mapping[str, Any]) -> str:
    """The key of a category: as we wrote it, or by its name in one of our languages."""
    from audit.categories import categories

    if one["_id"] in categories() or str(one["_id"]).startswith("other:"):
        return str(one["_id"])
    named = str(one["category"]).casefold()
    for key, category in categories().items():
        if named in {key, *(name.casefold() for name in category.names.values())}:
            return key
    return f"other:{one['category']}"


def _each(disclosed: Iterable[Mapping[str, Any]], field: str) -> list[Mapping[str, Any]]:
    """The values of a field over all categories, each once."""
    return _once(value for one in disclosed for value in one.get(field, ()))


def _once(values: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return list({json.dumps(value, sort_keys=True): value for value in values}.values())


def _bases(ours: Mapping[str, Any], disclosed: Any) -> tuple[LegalBasis, ...]:
    if "legalBases" in ours:
        return tuple(LegalBasis.model_validate(one) for one in ours["legalBases"])
    return tuple(
        LegalBasis(key=_BASES[one["reference"]], text=one.get("description", ""))
        for one in _each(disclosed, "legalBases")
        if one["reference"] in _BASES
    )


def _retention(ours: Mapping[str, Any], disclosed: Any) -> tuple[RetentionPeriod, ...]:
    if "retention" in ours:
        return tuple(RetentionPeriod.model_validate(one) for one in ours["retention"])
    found: dict[tuple[Any, ...], list[str]] = {}
    for one in disclosed:
        for storage in one["storage"]:
            for limit in storage.get("temporal", ()):
                period = re.search(r"P\d{1,4}[YMWD]$", limit["ttl"])
                # A period of several units is none that the model counts: its words are kept.
                rule = ("fixed", period[0]) if period else ("criteria", None)
                found.setdefault((*rule, limit["description"]), []).append(_key(one))
            for words in storage.get("purposeConditional", ()):
                found.setdefault(("criteria", None, words), []).append(_key(one))
    return tuple(
        RetentionPeriod(
            id=f"S{number}", kind=kind, period=period, applies_to=tuple(keys), text=text
        )
        for number, ((kind, period, text), keys) in enumerate(found.items(), 1)
    )


def _rights(ours: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[Right, ...]:
    if "rights" in ours:
        return tuple(Right.model_validate(one) for one in ours["rights"])
    granted = []
    for name, keys in _RIGHTS.items():
        said = data[name]
        if said.get("available"):
            granted += [{"key": key, "text": said.get("description", "")} for key in keys]
    return tuple(Right.model_validate(one) for one in granted)


def _authority_of(ours: Mapping[str, Any], data: Mapping[str, Any]) -> Authority | None:
    if ours.get("authority"):
        return Authority.model_validate(ours["authority"])
    said = data["rightToComplain"].get("supervisoryAuthority")
    return Authority(name=said["name"], email=said.get("email")) if said else None


def is_tilt(data: object) -> bool:
    """Whether a JSON document claims to be TILT."""
    return isinstance(data, dict) and "dataDisclosed" in data and "meta" in data


def read_tilt(path: Path) -> Notice | None:
    """The notice of a TILT file, or None where the file is none; raises ``NoticeInvalid``."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not is_tilt(data):
        return None
    try:
        return from_tilt(data)
    except ValidationError as error:
        place, problem = first_problem(error, Notice)
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        place, problem = "the document", f"it is no whole TILT document ({type(error).__name__})"
    raise NoticeInvalid(path, place, problem, "correct it there")
