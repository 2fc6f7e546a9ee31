"""
What a browser did on a website, from HAR or the ``inspection.json`` of an inspection.

HAR is the HTTP Archive that browsers save; ``inspection.json`` is written by the Website Evidence
Collector of the European Data Protection Supervisor. Each gives two tables: the cookies, kind ``cookie_inventory``, and the requests, kind
``web_requests``. The **values** of cookies and of local storage are dropped while loading, and so
are request bodies: they identify whoever browsed, and no clause is assessed by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain, repeat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from audit.errors import InputEmpty
from audit.register.extract import Extract, Row
from audit.register.json.stream import decoded

__all__ = ["is_har", "is_inspection", "tables"]

_COOKIE = ("name", "domain", "path", "lifetime_days", "expires", "session", "http_only", "secure",
           "same_site", "first_party", "kind", "set_on", "set_by")  # fmt: skip
_REQUEST = ("time", "method", "host", "path", "query", "status", "content_type", "server_ip_address",
            "referer", "first_party", "kind", "page")  # fmt: skip
_KNOWN = dict.fromkeys((*_COOKIE, *_REQUEST), "technical") | {
    "query": "cookies_usage",
    "server_ip_address": "technical",
    "referer": "cookies_usage",
}

Record = Mapping[str, Any]


def is_har(document: object) -> bool:
    """Whether a JSON document is an HTTP Archive."""
    log = document.get("log") if isinstance(document, dict) else None
    return isinstance(log, dict) and isinstance(log.get("entries"), list)


def is_inspection(document: object) -> bool:
    """Whether a JSON document was written by the Website Evidence Collector."""
    return (
        isinstance(document, dict)
        and "cookies" in document
        and ("uri_ins" in document or "hosts" in document)
    )


def tables(path: Path, shown: str) -> list[Extract]:
    """The cookies and the requests, each if there are any."""
    document = decoded(path, shown)
    if is_har(document):
        form, cookies, requests = "har", _har_cookies(document), _har_requests(document)
        bodies = sum("postData" in _of(entry, "request") for entry in _entries(document))
    else:
        form, cookies, requests, bodies = "inspection", _cookies(document), _requests(document), 0
    inventory, seen = list(cookies), list(requests)
    odd = _no_records(document)
    dropped = sum(bool(record.get("value_dropped")) for record in inventory)
    found = []
    if inventory:
        notes = (("values_dropped", dropped),) if dropped else ()
        found.append(_table(form, "cookies", "cookie_inventory", _COOKIE, inventory, notes, odd[0]))
    if seen:
        notes = (("bodies_dropped", bodies),) if bodies else ()
        found.append(_table(form, "requests", "web_requests", _REQUEST, seen, notes, odd[1]))
    if not found:
        raise InputEmpty(shown)
    return found


def _table(
    form: str,
    sheet: str,
    kind: str,
    header: tuple[str, ...],
    records: list[dict[str, Any]],
    notes: tuple[tuple[str, int], ...],
    odd: int,
) -> Extract:
    # The document is small and its values are gone: the rows are kept, not read again.
    rows = [[_text(record.get(column)) for column in header] for record in records]
    return Extract(
        form=form,
        sheet=sheet,
        header=header,
        count=lambda: len(records) + odd,
        rows=lambda: chain(map(Row, rows), repeat(Row([], "no_record"), odd)),
        notes=notes,
        kind=kind,
        known={name: _KNOWN[name] for name in header},
    )


def _no_records(document: Any) -> tuple[int, int]:
    """How many values stand where cookies should, and how many where requests should."""
    if is_har(document):
        return 0, len(document["log"]["entries"]) - len(_entries(document))
    lists = (document.get(key) for key in ("cookies", "beacons"))
    cookies, beacons = (one if isinstance(one, list) else [] for one in lists)
    return len(cookies) - len(_dicts(cookies)), len(beacons) - len(_dicts(beacons))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or value in (-1, "-1") else str(value)


# --- HAR -----------------------------------------------------------------------------------------


def _entries(document: Any) -> list[Record]:
    return [entry for entry in document["log"]["entries"] if isinstance(entry, dict)]


def _har_cookies(document: Any) -> Iterator[dict[str, Any]]:
    """Each cookie once for each host that it was sent to or set by."""
    first = _first_host(document)
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for entry in _entries(document):
        host, page = _host(_of(entry, "request").get("url")), entry.get("pageref")
        for direction in ("response", "request"):
            listed = _dicts(_of(entry, direction).get("cookies"))
            for cookie in listed or _set_by_header(entry, direction):
                name = str(cookie.get("name", ""))
                domain = str(cookie.get("domain") or host)
                record = {
                    "name": name,
                    "domain": domain,
                    "path": cookie.get("path"),
                    "expires": cookie.get("expires"),
                    "lifetime_days": _days(entry.get("startedDateTime"), cookie.get("expires")),
                    "session": (direction == "response" and not cookie.get("expires")) or None,
                    "http_only": cookie.get("httpOnly"),
                    "secure": cookie.get("secure"),
                    "same_site": cookie.get("sameSite"),
                    "first_party": _same_site(domain, first),
                    "kind": "cookie",
                    "set_on": page,
                    "set_by": host if direction == "response" else None,
                    "value_dropped": bool(cookie.get("value")),
                }
                found.setdefault((name, domain, str(cookie.get("path") or "")), record)
    yield from found.values()


def _set_by_header(entry: Record, direction: str) -> Iterator[Record]:
    """The cookies that an answer's headers set, where the recording does not list them: no values."""
    for header in _dicts(_of(entry, direction).get("headers")):
        if direction != "response" or str(header.get("name", "")).lower() != "set-cookie":
            continue
        for line in str(header.get("value", "")).splitlines():  # browsers join several
            pair, *said = (part.strip() for part in line.split(";"))
            parts = (part.partition("=") for part in said)
            about = {name.lower(): value for name, _, value in parts}
            yield {
                "name": pair.partition("=")[0],
                "value": pair.partition("=")[2] != "",
                "domain": about.get("domain", "").lstrip(".") or None,
                "path": about.get("path"),
                "expires": _expires(entry, about),
                "httpOnly": "httponly" in about,
                "secure": "secure" in about,
                "sameSite": about.get("samesite"),
            }


def _expires(entry: Record, about: dict[str, str]) -> str | None:
    """When a cookie ends, by ``Max-Age`` or ``Expires`` (RFC 6265); None for one of the session."""
    try:
        if age := about.get("max-age"):
            began = datetime.fromisoformat(str(entry.get("startedDateTime")))
            return (began + timedelta(seconds=int(age))).isoformat()
        return parsedate_to_datetime(about["expires"]).isoformat()
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _days(since: object, until: object) -> int | None:
    """The whole days between two moments of a recording; None where one of them is none."""
    try:
        first, last = (datetime.fromisoformat(str(one)) for one in (since, until))
        return (last.date() - first.date()).days
    except (ValueError, TypeError):
        return None


def _har_requests(document: Any) -> Iterator[dict[str, Any]]:
    first = _first_host(document)
    for entry in _entries(document):
        request, response = _of(entry, "request"), _of(entry, "response")
        url = str(request.get("url", ""))
        yield _request(url, first) | {
            "time": entry.get("startedDateTime"),
            "method": request.get("method"),
            "status": response.get("status"),
            "content_type": _of(response, "content").get("mimeType"),
            "server_ip_address": entry.get("serverIPAddress"),
            "referer": next(
                (h.get("value") for h in _dicts(request.get("headers"))
                 if str(h.get("name", "")).lower() == "referer"), None,
            ),
            "kind": entry.get("_resourceType"),
            "page": entry.get("pageref"),
        }  # fmt: skip


def _first_host(document: Any) -> str:
    entries = _entries(document)
    return _host(_of(entries[0], "request").get("url")) if entries else ""


# --- Website Evidence Collector ------------------------------------------------------------------


def _cookies(document: Record) -> Iterator[dict[str, Any]]:
    for cookie in _dicts(document.get("cookies")):
        log = _of(cookie, "log")
        yield {
            "name": cookie.get("name"),
            "domain": cookie.get("domain"),
            "path": cookie.get("path"),
            "expires": cookie.get("expiresUTC") or cookie.get("expires"),
            "lifetime_days": cookie.get("expiresDays"),
            "session": cookie.get("session"),
            "http_only": cookie.get("httpOnly"),
            "secure": cookie.get("secure"),
            "same_site": cookie.get("sameSite"),
            "first_party": cookie.get("firstPartyStorage"),
            "kind": "cookie",
            "set_on": _bare(log.get("location")),
            "set_by": log.get("type"),
            "value_dropped": bool(cookie.get("value")),
        }
    for host, stored in _of(document, "localStorage").items():
        for name, item in (stored if isinstance(stored, dict) else {}).items():
            item = item if isinstance(item, dict) else {"value": item}  # noqa: PLW2901
            yield {
                "name": name,
                "domain": _host(host) or host,
                "session": False,
                "first_party": item.get("firstPartyStorage"),
                "kind": "localStorage",
                "set_on": _bare(_of(item, "log").get("location")),
                "value_dropped": bool(item.get("value")),
            }


def _requests(document: Record) -> Iterator[dict[str, Any]]:
    """Each beacon, and each further host that was asked for anything."""
    first = _host(document.get("uri_dest") or document.get("uri_ins")) or str(
        document.get("host", "")
    )
    told = set()
    for beacon in _dicts(document.get("beacons")):
        request = _request(str(beacon.get("url", "")), first)
        told.add(request["host"])
        log = _of(beacon, "log")
        yield request | {
            "kind": "beacon",
            "time": log.get("timestamp"),
            "page": _bare(log.get("location")),
        }
    for party, hosts in _of(_of(document, "hosts"), "requests").items():
        for host in hosts if isinstance(hosts, list) else ():
            if host not in told:
                yield {"host": host, "first_party": party == "firstParty", "kind": "host"}


# --- both ----------------------------------------------------------------------------------------


def _request(url: str, first: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return {"path": url}
    return {
        "host": host,
        "path": parts.path,
        "query": parts.query.replace("%40", "@"),
        "first_party": _same_site(host, first),
    }


def _host(url: object) -> str:
    try:
        return urlsplit(str(url or "")).hostname or ""
    except ValueError:
        return ""


def _bare(url: object) -> str | None:
    """A page's address without its query: that may hold what the visitor typed."""
    return str(url).partition("?")[0].partition("#")[0] if url else None


def _same_site(host: str, first: str) -> bool | None:
    if not host or not first:
        return None
    return host.lstrip(".").split(".")[-2:] == first.split(".")[-2:]


def _of(record: Any, key: str) -> Record:
    found = record.get(key) if isinstance(record, dict) else None
    return found if isinstance(found, dict) else {}


def _dicts(value: object) -> list[Record]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
