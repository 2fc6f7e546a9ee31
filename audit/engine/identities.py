"""
What people are told by across files, each in one spelling: SQL for the pass over a source.

An e-mail address in lower case and ASCII where it only looked otherwise; a phone number in E.164,
Finland's where no country is given; the words of a name and of an address in alphabetical order.
Boxes that nobody in particular reads tell nobody from anybody, and are no identity.

What was emptied on purpose is told here as well: a name that says it was removed, and the places of
what is left beside it. Few records have that, so the pass keeps it as one text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from audit.categories._text import any_of
from audit.categories.email import MAILBOX
from audit.engine.duckdb import quoted
from audit.register.columns.concepts import is_contacts_number
from audit.register.countries import is_country_header
from audit.register.kinds.model import IDENTITIES, kinds
from audit.register.model import Column, Role, Table
from audit.vocabulary import load

__all__ = [
    "SPACE",
    "customer_number",
    "customer_place",
    "early",
    "email",
    "identities",
    "looks_removed",
    "old_values",
    "other_number",
    "phone",
    "removed",
    "words_in_order",
]

SPACE = "' \t\r\n\u00a0'"

# Characters that pass for others in an address: full-width forms, and what cannot be seen.
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
_PLAIN = "".join(map(chr, range(0x21, 0x7F)))
_HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_ADDRESS = r"[^\s<>,;:()\[\]|]+@[^\s<>,;:()\[\]|@]+[^\s<>,;:()\[\]|@.]"
_PLAIN_ADDRESS = r"[A-Za-z0-9À-ÖØ-öø-ɏ._%+-]+@[A-Za-z0-9.-]*[A-Za-z0-9-][A-Za-z0-9-]"
_PLAIN_WORDS = r"[\pL\pN]+( [\pL\pN]+)*"
_TWO_WORDS = r"[\pL\pN]+ [\pL\pN]+"
_PLAIN_NUMBER = r"0[1-9]( ?[0-9]){5,13}"
_MOBILE = "^(4[0-9]|50)[0-9]{6,8}$"  # a Finnish mobile number whose zero a spreadsheet took away

# What still identifies a person whose name was removed, in the order in which it is named.
_IDENTIFYING = (
    "personal_identity_code",
    "email",
    "phone",
    "postal_address",
    "date_of_birth",
    "bank_account",
    "car_registration",
    "name",
)
_NOTE = "free_text"


def identities(table: Table, *, matched: bool) -> Iterator[str]:
    """The SQL of what the pass keeps of the people of a table; ``matched``: with other files."""
    if matched:
        for name, category in IDENTITIES.items():
            if cells := _cells(table, [category]) or _beside(table, name):
                spelled = _SPELLING.get(name)
                yield f"{spelled(cells) if spelled else _in_order(f'words_{name}')} AS {name}"
    if matched and table.kind in _OF_FIRMS and (cells := _cells(table, ["email"])):
        yield f"{mailbox(cells)} AS mailbox"
    if matched and table.kind in _OF_FIRMS and (cells := _cells(table, ["email"])):
        yield f"{domain(cells, alone=table.kind == 'objections')} AS domain"
    if firms := _cells(table, ["organisation"]):
        if matched:
            yield f"{_in_order('words_firm')} AS firm"
        filled = " OR ".join(map(_is_filled, firms))
        yield f"({filled}) AS organisation"
    if matched and (number := _contact_place(table)) is not None:
        yield f"{customer_number(f'c{number}')} AS contact"
    if _cells(table, ["name"]):
        held = "".join(f", CASE WHEN {held} THEN '{at}' END" for held, _, at in _left(table))
        yield f"CASE WHEN emptied IS NOT NULL THEN concat_ws('+', emptied{held}) END AS emptied_at"


def _beside(table: Table, name: str) -> list[str]:
    """SQL of the numbers in a send log's one column of recipients by address, or the reverse."""
    other = {"email": "phone", "phone": "email"}.get(name)
    if table.kind != "send_log" or other is None:
        return []
    written = "" if name == "email" else "NOT "
    return [f"CASE WHEN {written}contains({c}, '@') THEN {c} END" for c in _cells(table, [other])]


_OF_FIRMS = ("objections", "send_log", "mailing_list", "customers", "contacts")


def customer_place(table: Table) -> int | None:
    """
    The place of the column that says whose record it is: a reference to the customer, if there is one.

    Beside it may stand the number of a contact person, who is none; alone, that number is all there is.
    """
    references = [
        n for n, column in enumerate(table.columns) if column.role is Role.CUSTOMER_REFERENCE
    ]
    of_customers = (n for n in references if not is_contacts_number(table.columns[n].header))
    # Beside a customer's own number, that of a guardian says whose child it is.
    numbered = table.kind == "customers" and table.with_role(Role.RECORD_KEY) is not None
    return next(of_customers, references[0] if references and not numbered else None)


def _contact_place(table: Table) -> int | None:
    """The place of the number by which contact persons go, beside that of their organisation."""
    if table.kind == "contacts":
        return table.with_role(Role.RECORD_KEY)
    references = (
        n for n, column in enumerate(table.columns) if column.role is Role.CUSTOMER_REFERENCE
    )
    return next((n for n in references if is_contacts_number(table.columns[n].header)), None)


def early(table: Table, *, matched: bool) -> Iterator[str]:
    """The SQL of what stands below that of ``identities``: ``emptied``, and words as they stand."""
    if not kinds()[table.kind].people:
        return
    if names := _cells(table, ["name"]):
        blank = " AND ".join(f"NOT {_is_filled(cell)}" for cell in names)
        # A name that is gone, beside a state that says so: "anonymised".
        states = [f"c{n}" for n, column in enumerate(table.columns) if column.role is Role.STATUS]
        said = f" WHEN {blank} AND {_is_marker(*states)} THEN 'marker'" if states else ""
        yield (
            f"CASE WHEN {_is_marker(*names)} THEN 'marker'{said} "
            f"WHEN {blank} THEN 'blank' END AS emptied"
        )
    of_words = {"name": names, "address": _cells(table, ["postal_address"])}
    of_words["firm"] = _cells(table, ["organisation"])[:1]
    for name, cells in of_words.items():
        if matched and cells:
            yield f"{_words(cells)} AS words_{name}"


def removed(table: Table) -> list[str]:
    """SQL of what checks see of a removed name, as the pass kept it: ``marker+4+14``."""
    first = "split_part(emptied_at, '+', 2)"
    told = "".join(f" WHEN '{at}' THEN {what}" for _, what, at in _left(table))
    return [
        "split_part(emptied_at, '+', 1) AS emptied",
        f"{f'CASE {first}{told} END' if told else 'CAST(NULL AS VARCHAR)'} AS remaining",
        "regexp_replace(emptied_at, '^[a-z]+[+]?', '') AS remaining_at",
    ]


def customer_number(text: str) -> str:
    """
    SQL of a customer's number: capitals, without leading zeros, a shop's apostrophe and a spreadsheet's ``.0``.

    ``text`` is SQL, too, as in the other functions of this module.
    """
    # Most are plain, and taken as they are: that takes a quarter of the time.
    return f"CASE WHEN {_is_plain_number(text)} THEN {text} ELSE {_bare_number(text)} END"


def other_number(text: str) -> str:
    """SQL of a customer's number where it is not spelled as it stands: else NULL, '' where it is none."""
    return f"CASE WHEN NOT {_is_plain_number(text)} THEN coalesce({_bare_number(text)}, '') END"


def _is_plain_number(text: str) -> str:
    return f"regexp_full_match({text}, '[1-9][0-9A-Z-]*')"


def _bare_number(text: str) -> str:
    bare = f"upper(trim({text}, ' \t\r\n\u00a0#'''))"
    return (
        f"nullif(CASE WHEN {bare} >= '1' AND NOT regexp_matches({bare}, '[.,]') THEN {bare} ELSE "
        rf"regexp_replace(regexp_replace({bare}, '^([0-9]+)[.,]0+$', '\1'), '^0+([0-9A-Z])', '\1')"
        " END, '')"
    )


def email(cells: list[str]) -> str:
    """SQL of the first address among cells; NULL for a box that nobody in particular reads."""
    text = f"coalesce({', '.join(_filled(cells))})"
    # Few addresses are not ASCII: only those are looked at character by character.
    plain = f"translate({text}, {quoted(_WIDE + _HIDDEN)}, {quoted(_PLAIN)})"
    ascii_ = (
        f"CASE WHEN strlen({text}) = length({text}) THEN {text} ELSE nfc_normalize({plain}) END"
    )
    found = f"regexp_extract(lower({ascii_}), {quoted(_ADDRESS)})"
    generic = quoted(MAILBOX)
    # DuckDB would search as often as it stands here: most addresses are taken as they are.
    return (
        f"CASE WHEN regexp_full_match({cells[0]}, {quoted(_PLAIN_ADDRESS)}) THEN "
        f"CASE WHEN NOT regexp_matches(lower({cells[0]}), {generic}) THEN lower({cells[0]}) END "
        f"WHEN contains({found}, '@') AND NOT regexp_matches({found}, {generic}) THEN {found} END"
    )


def mailbox(cells: list[str]) -> str:
    """SQL of the first address among cells, if it is a box that nobody in particular reads."""
    text = f"lower(coalesce({', '.join(_filled(cells))}))"
    return f"CASE WHEN regexp_matches({text}, {quoted(MAILBOX)}) THEN {text} END"


def domain(cells: list[str], *, alone: bool) -> str:
    """SQL of the domain of the first address; ``alone``: of *@firm.example*, all of a firm's addresses."""
    text = f"lower(trim(coalesce({', '.join(_filled(cells))})))"
    there = f"contains({text}, '@')"
    if alone:
        providers = ", ".join(map(quoted, load("generic")["mail_providers"]))
        there = (
            rf"regexp_full_match({text}, '[*]?@[^\s@]+[.][a-z]{{2,}}') "
            f"AND split_part({text}, '@', 2) NOT IN ({providers})"
        )
    return f"CASE WHEN {there} THEN split_part({text}, '@', 2) END"


def phone(cells: list[str]) -> str:
    """SQL of the first number among cells, in E.164."""
    text = f"translate(coalesce({', '.join(_filled(cells))}), {quoted(_WIDE)}, {quoted(_PLAIN)})"
    first = rf"regexp_extract(replace({text}, '(0)', ''), '[+(]?[0-9][0-9 ()\-.\x{{2010}}-\x{{2015}}\x{{a0}}]*/?[0-9 \-]*')"
    bare = f"regexp_replace({first}, '[^0-9+]', '', 'g')"
    whole = (
        f"CASE WHEN starts_with({bare}, '+3580') THEN '+358' || substr({bare}, 6) "
        f"WHEN starts_with({bare}, '003580') THEN '+358' || substr({bare}, 7) "
        f"WHEN starts_with({bare}, '00') THEN '+' || substr({bare}, 3) "
        f"WHEN starts_with({bare}, '0') THEN '+358' || substr({bare}, 2) "
        f"WHEN starts_with({bare}, '358') THEN '+' || {bare} "
        f"WHEN regexp_matches({bare}, {quoted(_MOBILE)}) THEN '+358' || {bare} ELSE {bare} END"
    )
    # As above: most numbers are Finland's, in groups of digits.
    return (
        f"CASE WHEN regexp_full_match({cells[0]}, {quoted(_PLAIN_NUMBER)}) "
        f"THEN '+358' || substr(replace({cells[0]}, ' ', ''), 2) "
        f"WHEN length({bare}) BETWEEN 7 AND 16 THEN {whole} END"
    )


# Of "Street: Old Road 5 -> New Road 3" the old value stands before the arrow, and behind its name.
_OLD_ONE = (
    r"regexp_replace(regexp_replace({}, '\s*(?:->|=>|–>|→|➜|⇒).*$', ''), '^\pL[\pL -]*:\s+', '')"
)


def old_values(text: str) -> list[str]:
    """SQL of what a corrected value was: an address, a number, or words (see ``OLD_VALUES``)."""
    text = _OLD_ONE.format(text)
    lettered = rf"regexp_matches({text}, '\pL')"
    words = f"{lettered} AND NOT contains({text}, '@')"
    return [
        f"{email([text])} AS old_email",
        f"CASE WHEN NOT {lettered} THEN {phone([text])} END AS old_phone",
        f"CASE WHEN {words} THEN {words_in_order([text])} END AS old_words",
    ]


def words_in_order(cells: list[str]) -> str:
    """SQL of the different words: first name and surname stand either way, or twice."""
    return _in_order(_words(cells))


def _words(cells: list[str]) -> str:
    return f"lower(nfc_normalize(concat_ws(' ', {', '.join(cells)})))"


def _in_order(text: str) -> str:
    """SQL of the different words of a text in small letters; ``text`` stands in it several times."""
    first, second = (f"split_part({text}, ' ', {n})" for n in (1, 2))
    # Most names and firms are two words, and need no list; most texts have nothing but words.
    bare = (
        f"CASE WHEN regexp_full_match({text}, {quoted(_PLAIN_WORDS)}) THEN {text} "
        f"ELSE trim(regexp_replace({text}, '[^\\pL\\pN]+', ' ', 'g')) END"
    )
    # DuckDB's histogram has its keys in order, in half the time of `list_sort(list_distinct(…))`.
    different = f"map_keys(list_aggregate(string_split({bare}, ' '), 'histogram'))"
    return (  # within a CASE, `nullif` would evaluate all of it twice
        f"nullif(CASE WHEN regexp_full_match({text}, {quoted(_TWO_WORDS)}) THEN "
        f"CASE WHEN {first} < {second} THEN {text} WHEN {first} = {second} THEN {first} "
        f"ELSE concat({second}, ' ', {first}) END "
        f"ELSE array_to_string({different}, ' ') END, '')"
    )


_SPELLING: dict[str, Callable[[list[str]], str]] = {
    "email": email,
    "phone": phone,
}


def _cells(table: Table, categories: Sequence[str]) -> list[str]:
    return [
        f"c{n}"
        for n, column in enumerate(table.columns)
        if (column.category or "") in categories and not _tells_the_country(column)
    ]


def _tells_the_country(column: Column) -> bool:
    return column.category == "postal_address" and is_country_header(column.header)


def _filled(cells: list[str]) -> list[str]:
    return [f"nullif(trim({cell}, {SPACE}), '')" for cell in cells]


def looks_removed() -> str:
    """
    A portable pattern that passes at least the cells that say their content was removed.

    >>> import re
    >>> [bool(re.search(looks_removed(), text)) for text in ("POISTETTU", "***", "Aino Esimerkki")]
    [True, True, False]
    """
    return f"{any_of(load('generic')['removed'])}|[Xx]{{2}}|[*#]{{2}}|[Gg][Dd][Pp][Rr]"


def _is_filled(cell: str) -> str:
    """SQL that is true of a cell with more than white space, which most tell by how they begin."""
    return (
        f"CASE WHEN {cell} >= '!' AND {cell} < '\u007f' THEN true WHEN {cell} IS NULL THEN false "
        f"ELSE trim({cell}, {SPACE}) <> '' END"
    )


def _is_marker(*cells: str) -> str:
    """SQL that is true of cells of which one says that its content was removed."""
    words = "|".join(load("generic")["removed"])
    pattern = (
        rf"(?i)(^|[^a-zåäö])({words})([^a-zåäö]|$)"
        r"|(^|\x1f)([^a-zåäö0-9\x1f]*(x{2,}|[*#]{2,})[^a-zåäö0-9\x1f]*($|\x1f)|gdpr)"
    )
    # Together: one match of two names takes half the time of two.
    joined = ", '\x1f', ".join(cells)
    return f"regexp_matches(concat({joined}), {quoted(pattern)})"


# A town or a postal code alone tells nobody; a street with its number does.
_STREET = r"\pL{3}.*[0-9]"


def _left(table: Table) -> Iterator[tuple[str, str, int]]:
    """
    What still identifies a person whose name was removed, the plainest first, and then notes.

    SQL that is true where it is there, SQL of its category, and the place of its column.
    """
    filler = ", ".join(quoted(word) for word in load("generic")["filler"])
    for category in _IDENTIFYING:
        for cell in _cells(table, [category]):
            # Not `NOT IN (…)`: DuckDB makes a join of it, and rows leave a join out of the file's
            # order.
            held = (
                f"NOT list_contains(['', {filler}], lower(trim({cell}, {SPACE}))) "
                f"AND NOT {_is_marker(cell)}"
            )
            if category == "postal_address":
                held += f" AND regexp_matches({cell}, '{_STREET}')"
            yield held, quoted(category), int(cell[1:])
    for n, column in enumerate(table.columns):
        if column.role is Role.FREE_TEXT:
            yield f"{_is_filled(f'c{n}')} AND NOT {_is_marker(f'c{n}')}", quoted(_NOTE), n
