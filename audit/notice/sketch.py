"""
A notice from a few words, for trying checks on it.

What is left out is as a complete notice has it where the model needs it (a name, a controller) and
silent elsewhere. Clauses are plain texts, or mappings with ``text``, ``heading`` and ``id``; they
are numbered C1, C2 and so on and stand one after the other in the notice's text. A declared value
is linked to the clauses that contain its ``text``, or, where it gives none, to every clause; the
controller and the authority to those that they name.

>>> sketch({"clauses": ["Tiedot poistetaan."], "rights": "access, erasure"}).rights[1].key
'erasure'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from audit.notice.model import Notice

__all__ = ["sketch"]

Facts = Mapping[str, Any]

_LISTS = {
    "purposes": "key",
    "legal_bases": "key",
    "data_subjects": "key",
    "data_categories": "key",
    "retention": "kind",
    "recipients": "key",
    "sources": "key",
    "disclosure_purposes": "key",
    "holds": "key",
    "objections": "key",
    "rights": "key",
    "access_rules": "key",
    "third_party_services": "name",
}
_SINGLE = {"transfers": "statement", "automated_decisions": "statement", "authority": "name"}
_NO_TEXT = frozenset({"controller", "automated_decisions", "authority", "cookies"})
_CONTROLLER = {
    "name": "Koeyritys Oy",
    "business_id": "9999999-1",
    "address": "Koekuja 1, 99999 Keksilä",
    "email": "tietosuoja@koeyritys.example",
}


def sketch(facts: Facts) -> Notice:
    """The notice that ``facts`` describe; see the module for what may be left out."""
    given = dict(facts)
    clauses = _clauses(given)
    if not isinstance(controller := given.get("controller", _CONTROLLER), Mapping):
        controller = _CONTROLLER | {"name": controller}
    data: dict[str, Any] = {
        "register_name": "Asiakasrekisteri",
        "language": "fi",
        **given,
        "controller": _linked(dict(controller), clauses, "controller"),
        "clauses": clauses,
    }
    for name, key in _LISTS.items():
        if name in given:
            data[name] = [
                _linked(_item(name, key, item, number), clauses, name)
                for number, item in enumerate(_listed(given[name]), 1)
            ]
    for name in (*_SINGLE, "cookies"):
        if name in given:
            value = given[name]
            value = {_SINGLE[name]: value} if isinstance(value, str) else dict(value)
            data[name] = _linked(value, clauses, name)
    return Notice.model_validate(data)


def _listed(value: object) -> list[Any]:
    if isinstance(value, str):
        return [word.strip() for word in value.split(",") if word.strip()]
    return list(value) if isinstance(value, list | tuple) else [value]


def _clauses(given: dict[str, Any]) -> list[dict[str, Any]]:
    """The clauses, their spans one after the other, each on a line of its own."""
    texts = given.pop("clauses", None)
    if texts is None and ("text" in given or "heading" in given):
        texts = [{"text": given.pop("text", ""), "heading": given.pop("heading", "")}]
    found, at = [], 0
    for number, one in enumerate(texts or (), 1):
        said = {"text": one} if isinstance(one, str) else dict(one)
        text = said.pop("text", "")
        clause = {"id": f"C{number}", "heading": "", "promise": "", "kinds": ["notice"]} | said
        clause |= {"quote": text, "spans": [[at, at + len(text)]] if text else []}
        at += len(text) + 1
        found.append(clause)
    return found


def _item(name: str, key: str, item: Any, number: int) -> dict[str, Any]:
    if isinstance(item, Mapping):
        value = dict(item)
    elif name == "retention" and str(item).startswith("P"):
        period, _, event = str(item).partition(" ")
        value = {"kind": "fixed", "period": period, "event": event or None}
    else:
        value = {key: item}
    return ({"id": f"S{number}"} | value) if name == "retention" else value


def _linked(value: dict[str, Any], clauses: list[dict[str, Any]], name: str) -> dict[str, Any]:
    if "clauses" not in value:
        said = value.get("text")
        every = name not in ("controller", "authority")
        value["clauses"] = [
            c["id"] for c in clauses if (said and said in c["quote"]) or (every and not said)
        ]
    if name not in _NO_TEXT:
        value.setdefault("text", "")
    return value
