"""What one column holds, told by its header and its own cells: of the grounds, the strongest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from audit.categories import Category, Group, categories
from audit.categories.headers import Named, words
from audit.register.columns.concepts import (
    means,
    tells_person,
)
from audit.register.columns.content import (
    ENOUGH_CELLS,
    gainsaid,
    named_people,
    proved_by_content,
    reached_by,
    told_by_content,
)
from audit.register.columns.header_category import category_named
from audit.register.columns.header_roles import (
    CLEAR,
    by_meaning,
    fitting_role,
    role_of_any,
    role_of_kind,
)
from audit.register.columns.second import is_about_a_person
from audit.register.model import Certainty, Column, Role
from audit.register.roles import ENDS
from audit.vocabulary import load

__all__ = ["UNTOLD", "column_alone"]

_WORDS_OF_PROSE = 4
_MANY_NOTES = 20  # different cells that are notes, though most records have a short one: *ok*
#: The ground of a column of which nothing is known.
UNTOLD = "neither header nor content tells"


def column_alone(name: str, cells: list[str], kind: str) -> Column:
    """What a column of a table of a ``kind`` holds, as if it stood there by itself."""
    own, named, role = role_of_kind(name, cells, kind), category_named(name), role_of_any(name)
    if own is not None and not _is_of_a_thing(own, named):
        return _with_role_of_kind(name, own, cells, kind)
    if role is None or role.score < CLEAR or fitting_role(role, None, cells) is None:
        role = by_meaning(name, cells, None, named) or role
    fitting = fitting_role(role, named, cells)
    return (
        _proved(name, named, fitting, cells)
        or _of_whom_is_reached(name, named, cells)
        or _said_to_be_notes(name, role, fitting, cells)
        or (_gainsaid(name, named, cells, kind) if named is not None else _looked_at(name, cells))
        or (_with_category(name, named, fitting, cells) if named is not None else None)
        or _with_role(name, role, fitting)
        or _prose(name, cells)
        or _of_the_entry(name, kind)
        or Column(header=name, ground=UNTOLD)
    )


def _is_of_a_thing(own: Named, named: Named | None) -> bool:
    """Whether what is loosely called an account is something else by its name: *Rek.tunnus*."""
    if own.score >= CLEAR or Role(own.key).type != "account" or named is None:
        return False
    return named.score >= CLEAR and named.key == "car_registration"


def _proved(
    name: str, named: Named | None, fitting: Role | None, cells: list[str]
) -> Column | None:
    """A column whose cells prove what they are, whatever its header says."""
    if fitting is Role.FREE_TEXT and len(set(cells)) < ENOUGH_CELLS:
        return None  # what the same few notes say is no more than what they say
    proved = proved_by_content(cells)
    if proved is None or not _outweighs(proved[0], named, cells):
        return None
    category, share = proved
    agrees = named is not None and named.key == category.key
    ground = f"header and content: “{named.phrase}”" if named and agrees else f"content: {share}"
    return Column(header=name, category=category.key, ground=ground, certainty=Certainty.CERTAIN)


def _of_whom_is_reached(name: str, named: Named | None, cells: list[str]) -> Column | None:
    """A column of recipients, some by address and some by number, which are nobody's names."""
    if named is not None and named.key != "name":
        return None
    # "Vem": some by address, and who has none by a number or a name.
    return _by_content(name, reached_by(cells, 0.5) if means(name, "who") else reached_by(cells))


def _said_to_be_notes(
    name: str, role: Named | None, fitting: Role | None, cells: list[str]
) -> Column | None:
    """A column that is headed as notes are, where its cells tell nothing else."""
    if fitting is not Role.FREE_TEXT or told_by_content(cells) is not None:
        return None
    ground = f"header: “{role.phrase if role else ''}”"
    return Column(header=name, role=fitting, ground=ground, certainty=Certainty.LIKELY)


def _gainsaid(name: str, named: Named, cells: list[str], kind: str) -> Column | None:
    """A column whose cells are something else than its header says."""
    other = gainsaid(named, cells, kind)
    if other is None:
        return None
    ground = f"header: “{named.phrase}”, but content"
    return Column(header=name, category=other, ground=ground, certainty=Certainty.LIKELY)


def _looked_at(name: str, cells: list[str]) -> Column | None:
    """The category that content tells where no header does; *Kund* may head who it is."""
    told = told_by_content(cells)
    if told is None and (tells_person(name) or words(name) in load("generic")["referees"]):
        told = named_people(cells)
    return _by_content(name, told)


def _by_content(name: str, told: tuple[str, str] | None) -> Column | None:
    """A column of the category that its content tells, and in how many cells; none where it tells none."""
    if told is None:
        return None
    key, share = told
    return Column(header=name, category=key, ground=f"content: {share}", certainty=Certainty.LIKELY)


def _with_category(name: str, named: Named, role: Role | None, cells: list[str]) -> Column:
    """A column of the category that its header names; unsure where most cells do not fit it."""
    if role in ENDS and named.key == "order_history":  # "membership cancelled at" is no order
        return _with_role(name, named, role) or Column(header=name, ground=UNTOLD)
    fits = categories()[named.key].fits
    fitting = sum(fits(cell.strip("'")) for cell in cells) if fits is not None else len(cells)
    return Column(
        header=name,
        category=named.key,
        role=role,
        ground=f"header: “{named.phrase}”",
        certainty=Certainty.UNSURE if fitting * 2 < len(cells) else _certainty(named),
    )


def _with_role(name: str, role: Named | None, fitting: Role | None) -> Column | None:
    """A column whose header names a role and no category of personal data."""
    if role is None or fitting is None:
        return None
    return Column(
        header=name,
        category="technical",
        role=fitting,
        ground=f"header: “{role.phrase}”",
        certainty=_certainty(role),
    )


def _prose(name: str, cells: list[str]) -> Column | None:
    """A column of running text, of which its header says nothing."""
    if len(cells) < ENOUGH_CELLS or not (_is_long(cells) or _is_long(set(cells), _MANY_NOTES)):
        return None
    ground = "content: prose"
    return Column(header=name, role=Role.FREE_TEXT, ground=ground, certainty=Certainty.LIKELY)


def _is_long(cells: Collection[str], least: int = 1) -> bool:
    """Whether cells, of which there are enough, have as many words as sentences do."""
    in_all = sum(len(cell.split()) for cell in cells)
    return len(cells) >= least and in_all >= _WORDS_OF_PROSE * len(cells)


def _of_the_entry(name: str, kind: str) -> Column | None:
    """What programs keep of an entry in a list of people, or of sales, whose headers say little elsewhere."""
    said, kept = words(name), _KEPT_OF.get(kind)
    if kept is None or said not in load("generic")[kept]:
        return None
    ground = f"header: “{said}”"
    return Column(header=name, category="technical", ground=ground, certainty=Certainty.LIKELY)


_KEPT_OF = {
    "customers": "of_entries",
    "contacts": "of_entries",
    "orders": "of_sales",
    "invoices": "of_sales",
}


def _with_role_of_kind(name: str, own: Named, cells: list[str], kind: str) -> Column:
    """A column of a role that its table's kind has; it may hold a person's data all the same."""
    category, named, proved = "technical", category_named(name), proved_by_content(cells)
    if own.key in _VISITED:
        category = "cookies_usage"
    if proved is not None and not proved[0].bare_number:
        category = proved[0].key
    elif named is not None and named.score >= CLEAR and is_about_a_person(Role(own.key), kind):
        category = named.key
    role = Role(own.key)
    # Nobody signs in by an identity code, though "Tunnus" heads it, nor by a bank's *tilinumero*.
    other = category == "bank_account" or categories()[category].group is Group.IDENTITY_CODE
    return Column(
        header=name,
        category=category,
        role=None if other and role.type == "account" else role,
        ground=f"header: “{own.phrase}”",
        certainty=_certainty(own),
    )


_VISITED = (Role.PATH, Role.QUERY, Role.REFERER)


def _outweighs(category: Category, named: Named | None, cells: Sequence[str]) -> bool:
    """Whether the content's word goes before the header's: a bare number proves too little."""
    if named is None or named.key == category.key:
        return True
    if named.key == "name" and not any(map(_LETTER.search, cells)):
        return True  # "Mottagare" of text messages: numbers are nobody's name
    # "Ovikoodi 4711" in a second line of the address: each such cell is found by itself.
    said = category.group is Group.CREDENTIAL and all(" " in cell for cell in cells)
    return not said and not (named.score >= CLEAR and category.bare_number)


_LETTER = re.compile(r"[^\W\d_]")


def _certainty(named: Named) -> Certainty:
    return Certainty.CERTAIN if named.score >= CLEAR else Certainty.LIKELY
