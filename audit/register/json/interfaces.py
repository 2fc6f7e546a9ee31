"""How interfaces and databases of documents write what they send: pages of records, links, typed values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from audit.categories.headers import words

__all__ = ["Page", "links", "meant", "named_tables", "tells_more"]

_ROWS = ("data", "rows", "records", "items", "values")
_TABLE = ("table", "table_name", "tableName", "entity", "collection", "name")
_OF_A_CONNECTION = frozenset({"edges", "nodes", "pageInfo", "totalCount", "__typename"})
_OF_A_LIST = frozenset({"object", "data", "has_more", "url", "total_count"})
_OF_AN_EDGE = frozenset({"node", "cursor", "__typename"})
_OF_A_LINK = frozenset(
    {"href", "rel", "type", "title", "name", "method", "hreflang", "templated", "embeddable"}
    | {"targetHints"}
)
_MORE = frozenset(
    """
    hasnextpage hasmore hasnext next nextpage nextpageurl nexturl nextlink nextpagelink nextpagetoken
    nexttoken nextcursor odatanextlink nextrecordsurl continuationtoken nextstartingafter
    """.split()
)
_PAGE = frozenset({"page", "currentpage", "pagenumber", "pageno", "pageindex"})
_PAGES = frozenset({"pages", "totalpages", "pagecount", "lastpage", "numpages", "numberofpages"})
_NO_MORE = frozenset({"", "false", "0", "none", "null"})
_MOST_WAITING = 20  # elements that may stand before the first table of a dump
_LONGEST_NAME = 64


class Page(list[Any]):
    """The records of a page, with what the page says of itself."""

    def __init__(self, records: list[Any], beside: dict[str, Any]) -> None:
        super().__init__(records)
        self.beside = beside


def meant(found: dict[str, Any]) -> Any:
    """
    What an object stands for: a typed value for itself, a page for its records, else the object.

    >>> meant({"$oid": "65a1"}), meant({"edges": [{"cursor": "x", "node": {"id": "1"}}]})
    ('65a1', [{'id': '1'}])
    >>> meant({"nodes": [{"id": "1"}], "edges": [{"from": "1", "to": "1"}]}).keys()
    dict_keys(['nodes', 'edges'])
    """
    if len(found) == 1:
        [(key, value)] = found.items()
        if key[:1] == "$" and not isinstance(value, (dict, list)):
            return value  # how MongoDB writes what JSON has no type for
    records = _records_of_page(found) if len(found) <= len(_OF_A_CONNECTION) else None
    if records is None:
        return found
    return Page(
        records, {k: v for k, v in found.items() if k not in ("edges", "nodes", "data", "object")}
    )


def _records_of_page(found: dict[str, Any]) -> list[Any] | None:
    """The records of a connection of GraphQL, or of a list as payment services send one."""
    keys = found.keys()
    if found.get("object") == "list" and keys <= _OF_A_LIST:
        return found["data"] if _are_objects(found.get("data")) else None
    if not ("edges" in keys or "nodes" in keys) or not keys <= _OF_A_CONNECTION:
        return None
    edges = found.get("edges", [])
    if not _are_objects(edges) or not all(isinstance(edge.get("node"), dict) for edge in edges):
        return None
    nodes = found.get("nodes", []) if "edges" not in keys else [_node(edge) for edge in edges]
    return nodes if _are_objects(nodes) else None


def _node(edge: dict[str, Any]) -> dict[str, Any]:
    """A record, with what else is said of its place on the page: a member's role in a group."""
    own = {f"edge.{key}": v for key, v in edge.items() if key not in _OF_AN_EDGE}
    node: dict[str, Any] = edge["node"]
    return node | own


def _are_objects(listed: Any) -> bool:
    return isinstance(listed, list) and all(isinstance(item, dict) for item in listed)


def links(listed: Any) -> dict[str, list[Any]] | None:
    """
    The values by attribute, where an array has links alone: of an interface, which are of nobody.

    >>> links([{"href": "/customers/1"}]), links([{"href": "/x", "email": "a@koe.example"}])
    ({'href': ['/customers/1']}, None)
    """
    if not _are_objects(listed) or not listed:
        return None
    if not all("href" in item and item.keys() <= _OF_A_LINK for item in listed):
        return None
    found: dict[str, list[Any]] = {}
    for item in listed:
        for key, value in item.items():
            found.setdefault(key, []).append(value)
    return found


def tells_more(beside: Any) -> bool:
    """
    Whether what stands beside records says that there are further ones, on pages that follow.

    >>> tells_more({"paging": {"next": {"after": "7"}}}), tells_more({"pageInfo": {"hasNextPage": "true"}})
    (True, True)
    >>> tells_more({"page": "1", "total_pages": "5"}), tells_more({"page": "5", "total_pages": "5"})
    (True, False)
    >>> tells_more({"meta": {"total": "2", "next": ""}}), tells_more({"has_more": False})
    (False, False)
    """
    if isinstance(beside, list):  # of links, by their relation
        rels = [item for item in beside if isinstance(item, dict)]
        return any(item.get("rel") == "next" or tells_more(item) for item in rels)
    if not isinstance(beside, dict):
        return False
    said = {words(key).replace(" ", ""): value for key, value in beside.items()}
    page, pages = (_number(said, keys) for keys in (_PAGE, _PAGES))
    if page is not None and pages is not None and page < pages:
        return True
    return any(_is_some(said[key]) for key in _MORE & said.keys()) or any(
        map(tells_more, beside.values())
    )


def _number(said: Mapping[str, Any], keys: Iterable[str]) -> int | None:
    found = next((str(said[key]) for key in keys if key in said), "")
    return int(found) if found.isdecimal() else None


def _is_some(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_is_some, value.values()))
    return value is not None and str(value).strip().lower() not in _NO_MORE


def named_tables(key: str, elements: Iterator[Any]) -> Iterator[tuple[str | None, Any]]:
    """
    The records of an array whose elements are whole tables, by the name of each; else its elements.

    Dumps of databases have before them what they say of themselves; that stands beside the tables.

    >>> dump = [{"type": "header"}, {"type": "table", "name": "users", "data": [{"id": "1"}]}]
    >>> list(named_tables("", iter(dump)))
    [(None, {'type': 'header'}), ('users', {'id': '1'})]
    >>> list(named_tables("", iter([{"name": "Aino Koe", "data": [{"id": "1"}]}])))
    [('', {'name': 'Aino Koe', 'data': [{'id': '1'}]})]
    """
    waiting: list[Any] = []
    for element in elements:
        if (table := _table(element)) is not None:
            yield from ((None, one) for one in waiting)
            yield from _of_tables(table, elements, key)
            return
        waiting.append(element)
        if len(waiting) == _MOST_WAITING or not _is_plain(element):
            break
    yield from ((key, element) for element in chain(waiting, elements))


def _of_tables(
    table: tuple[str, list[Any]], elements: Iterator[Any], key: str
) -> Iterator[tuple[str | None, Any]]:
    yield from ((table[0], record) for record in table[1])
    for element in elements:
        if (further := _table(element)) is not None:
            yield from ((further[0], record) for record in further[1])
        else:
            yield (None if _is_plain(element) else key), element


def _is_plain(element: Any) -> bool:
    return isinstance(element, dict) and not any(
        isinstance(value, (dict, list)) for value in element.values()
    )


def _table(element: Any) -> tuple[str, list[Any]] | None:
    """The name and the records of an element that is a table: a name, its records, and no more than words."""
    if not isinstance(element, Mapping) or "id" in element:
        return None
    name = next((element[key] for key in _TABLE if isinstance(element.get(key), str)), "")
    lists = [(key, value) for key, value in element.items() if isinstance(value, (dict, list))]
    if not _is_name(name) or len(lists) != 1:
        return None
    key, records = lists[0]
    rows = key in _ROWS and isinstance(records, list) and _are_objects(records)
    return (name, list(records)) if rows else None


def _is_name(name: str) -> bool:
    """Whether a text can be the name of a table in a database, which has no spaces."""
    return name.replace("_", "").replace(".", "").isalnum() and len(name) <= _LONGEST_NAME
