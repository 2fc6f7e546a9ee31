"""Recognisers: what they find, what they must not, and that the scan's pattern misses nothing."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from stdnum import luhn

from audit.categories import categories
from audit.categories._text import OBFUSCATED, normalise
from audit.categories.examine import Examiner
from audit.engine.duckdb import quoted
from audit.engine.projection import _row_and_pattern
from audit.register.delimited import MARKERS
from audit.register.model import Column

FINDERS = {key: category for key, category in categories().items() if category.find}
HERE = Path(__file__).parent
CASES = {key: YAML(typ="safe").load(HERE / f"{key}.yaml") for key in FINDERS}
HOLDS = [(key, case) for key, cases in CASES.items() for case in cases["holds"]]
DOES_NOT = [(key, case) for key, cases in CASES.items() for case in cases["does_not"]]
AT_ONCE = 100
"""Texts that one query matches."""


def found(key: str, text: str) -> list[str]:
    find = FINDERS[key].find
    assert find is not None
    return [match.value for match in find(normalise(text))]


# --- named texts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "case"), HOLDS, ids=lambda value: ascii(value))
def test_text_holds(key: str, case: dict[str, Any]) -> None:
    """A recogniser finds each value of its category in a text, and the scan keeps the text."""
    assert len(found(key, case["text"])) == case["count"]
    assert passed([case["text"]], None) == [True]


@pytest.mark.parametrize(("key", "case"), DOES_NOT, ids=lambda value: ascii(value))
def test_text_does_not_hold(key: str, case: dict[str, Any]) -> None:
    """A recogniser is not deceived by what merely looks like its category."""
    assert found(key, case["text"]) == []


def test_a_match_says_where() -> None:
    """A match's place is that of its characters in the text."""
    for key, case in HOLDS:
        text = normalise(case["text"])
        for match in FINDERS[key].find(text):  # type: ignore[misc]
            assert 0 <= match.start < match.end <= len(text)
            assert text[match.start].isalnum() or text[match.start] in "+("


def test_what_has_a_finder_has_a_candidate() -> None:
    """The scan looks for every category that can be found, and for no other."""
    assert {key for key, item in categories().items() if item.candidate} == set(FINDERS)


# --- invented values -----------------------------------------------------------------------------

_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_IBANS = {"FI": 14, "SE": 20, "DE": 18, "DK": 14, "NL": 14, "LT": 16, "EE": 16}


@st.composite
def identity_codes(draw: st.DrawFn) -> str:
    """Codes with temporary individual numbers: they belong to nobody."""
    day = draw(st.dates(min_value=_day(1900), max_value=_day(2026)))
    sign = draw(st.sampled_from("-YXWVU" if day.year < 2000 else "ABCDEF"))
    number = draw(st.integers(900, 999))
    digits = f"{day:%d%m%y}"
    return f"{digits}{sign}{number}{_SIGNS[int(f'{digits}{number}') % 31]}"


def _day(year: int) -> Any:
    from datetime import date

    return date(year, 1, 1)


@st.composite
def accounts(draw: st.DrawFn) -> str:
    """Account numbers with right check digits, in groups or not."""
    country = draw(st.sampled_from(sorted(_IBANS)))
    size = _IBANS[country]
    digits = draw(st.text("0123456789", min_size=size, max_size=size))
    if country == "NL":
        digits = "ABNA" + digits[4:]
    turned = "".join(str(int(sign, 36)) for sign in f"{digits}{country}00")
    whole = f"{country}{98 - int(turned) % 97:02d}{digits}"
    return draw(st.sampled_from(["", " ", "-"])).join(re.findall(".{1,4}", whole))


@st.composite
def cards(draw: st.DrawFn) -> str:
    """Card numbers with right check digits, in groups or not."""
    head = draw(st.sampled_from(["4", "51", "2221", "37", "3528", "6011", "62"]))
    size = 15 if head == "37" else 16
    body = head + draw(st.text("0123456789", min_size=size, max_size=size))[: size - 1 - len(head)]
    whole = body + luhn.calc_check_digit(body)
    gap = draw(st.sampled_from(["", " ", "-"]))
    parts = [whole[:4], whole[4:10], whole[10:]] if size == 15 else re.findall("....", whole)
    return gap.join(parts)


@cache
def example_numbers() -> list[str]:
    """Numbers that the numbering plans themselves print as examples, in their forms."""
    forms = phonenumbers.PhoneNumberFormat
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
    texts = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in kinds:
            if number := phonenumbers.example_number_for_type(region, kind):
                texts += [
                    phonenumbers.format_number(number, form)
                    for form in (forms.E164, forms.INTERNATIONAL)
                ]
    texts += ["00" + text[1:] for text in texts]
    return texts


@st.composite
def phones(draw: st.DrawFn) -> str:
    """Numbers of the world, and Finnish ones written as people write them."""
    if draw(st.booleans()):
        return draw(st.sampled_from(example_numbers()))
    head = draw(st.sampled_from(["040", "050", "0400", "09", "(09)", "010", "019", "020", "+358 40"]))
    head = draw(st.sampled_from([head, "+358 (0)9", "+(358)40", "00358 9", "0600"]))
    digits = draw(st.text("0123456789", min_size=4, max_size=8))
    gaps = draw(st.lists(st.sampled_from(["", "", " ", "-", "/", " - "]), min_size=9, max_size=9))
    return head + "".join(gap + digit for gap, digit in zip(gaps, digits, strict=False))


_word = st.text("abcåäöéAÖ09_-+'", min_size=1, max_size=8)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """E-mail addresses, internationalised too."""
    labels = draw(st.lists(st.text("abcäö09-", min_size=1, max_size=6), min_size=1, max_size=3))
    local = ".".join(draw(st.lists(_word, min_size=1, max_size=3)))
    return f"{local}@{'.'.join(labels)}.{draw(st.sampled_from(['fi', 'example', 'ÖÖ']))}"


@st.composite
def births(draw: st.DrawFn) -> str:
    """Dates of birth with the word before them."""
    word = draw(st.sampled_from(_BORN))
    gap = draw(st.sampled_from([" ", ": ", ".", ". ", " = ", "\n", ""]))
    filler = draw(st.sampled_from(["", "", "on ", "den "]))
    day, month = draw(st.integers(1, 39)), draw(st.integers(1, 19))
    year = draw(st.sampled_from(["1971", "71", "2004"]))
    mark = draw(st.sampled_from([".", ". ", "-", "/", " ", "- "]))
    if draw(st.booleans()):
        return f"{word}{gap}{filler}1971-{month:02d}-{day:02d}"
    return f"{word}{gap}{filler}{day}{mark}{month}{mark}{year}"


_BORN = (
    *("synt", "synt.", "Syntynyt", "synt.aika", "synt aika", "SYNTYMÄAIKA", "syntymäaika"),
    *("född", "FÖDD", "födelsedatum", "Födelsetid", "born", "Born", "date of birth"),
    *("DATE OF BIRTH", "birthday", "Birth date", "dob", "D.O.B.", "d.o.b"),
)


@st.composite
def business_ids(draw: st.DrawFn) -> str:
    """Business ids with the right check digit."""
    digits = draw(st.text("0123456789", min_size=7, max_size=7))
    rest = sum(w * int(d) for w, d in zip((7, 9, 10, 5, 8, 4, 2), digits, strict=True)) % 11
    return f"{digits}-{0 if rest == 0 else 11 - rest if rest > 1 else 0}"


VALUES: dict[str, st.SearchStrategy[str]] = {
    "bank_account": accounts(),
    "date_of_birth": births(),
    "email": addresses(),
    "organisation": business_ids(),
    "payment_card": cards(),
    "personal_identity_code": identity_codes(),
    "phone": phones(),
}

# --- their surroundings and disguises ------------------------------------------------------------

_BESIDE = (
    *("", "", " ", ",", ".", ";", ":", "_", "(", ")", "/", "-", "#", "'", '"', "<", ">", "=", "+"),
    *("ä", "Ö", "å", "é", "x", "7", "\n", "\t", "\u00a0", "\u2013", "…", "²", "½", "€", "🙂"),
    *("tel:", "hetu ", "IBAN ", "A\u0304", "n\u0303", "№", "\u200b", "\u00ad", "äiti ", " ja "),
)
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u202a\u2060\ufeff\u180e\u061c"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u2000\u2003\u2007\u2009\u200a\u202f\u205f\u3000"
_MATHEMATICAL = {str(n): chr(0x1D7CE + n) for n in range(10)}


def disguised(sign: str, way: int) -> str:
    """One character spelled another way."""
    if sign == "-":
        return _DASHES[way % len(_DASHES)]
    if sign == " ":
        return _SPACES[way % len(_SPACES)]
    ways = [
        sign.swapcase(),
        sign + _INVISIBLE[way % len(_INVISIBLE)],
        chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign,
        _MATHEMATICAL.get(sign, sign),
        unicodedata.normalize("NFD", sign),
    ]
    return ways[way % len(ways)]


@st.composite
def surrounded(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    """A value, some of its characters disguised, with anything before and after it."""
    text = draw(values)
    places = draw(st.lists(st.integers(0, 99), max_size=3))
    for place in places:
        at = place % len(text)
        text = text[:at] + disguised(text[at], draw(st.integers(0, 49))) + text[at + 1 :]
    if draw(st.integers(0, 4)) == 0:  # every dash and space at once, as a word processor does
        dash, space = draw(st.sampled_from(_DASHES)), draw(st.sampled_from(_SPACES))
        text = text.replace("-", dash).replace(" ", space)
    return "".join(
        (
            draw(st.sampled_from(_BESIDE)),
            draw(st.sampled_from(_BESIDE)),
            text,
            draw(st.sampled_from(_BESIDE)),
            draw(st.sampled_from(_BESIDE)),
        )
    )


_ANY = st.one_of(*(surrounded(values) for values in VALUES.values()))
_CODE_LIKE = st.text("0123456789-+ .,/()@AWFIfi_ä\u00a0\u2013\u200b", max_size=40)
_JUNK = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters=MARKERS + "\x00"), max_size=40
)


@cache
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"autoinstall_known_extensions": False})


def passed(texts: list[str], category: str | None) -> list[bool]:
    """Whether the scan of a column of this category keeps each text for the exact step."""
    joined, pattern = _row_and_pattern([Column(header="x", category=category)], ["c0"])
    values = ", ".join(f"({n}, {quoted(text)})" for n, text in enumerate(texts))
    rows = database().execute(
        f"SELECT regexp_matches({joined}, {quoted(pattern)}) "
        f"FROM (VALUES {values}) AS t(n, c0) ORDER BY n"
    )
    return [bool(row[0]) for row in rows.fetchall()]


def must_pass(text: str, category: str | None) -> list[str]:
    """What the exact step finds in a text of such a column; the scan must keep it."""
    return [key for key in FINDERS if key != category and found(key, text)]


def check_superset(texts: list[str], category: str | None) -> None:
    kept = passed(texts, category)
    _, pattern = _row_and_pattern([Column(header="x", category=category)], ["c0"])
    missed = [
        (text, keys)
        for text, keep in zip(texts, kept, strict=True)
        if not keep and (keys := must_pass(text, category))
    ]
    assert not missed, [(ascii(text), keys) for text, keys in missed]
    if category is None:  # the pattern means the same to Python
        compiled = re.compile(pattern)
        same = [bool(compiled.search(MARKERS[-1] + text)) for text in texts]
        odd = [ascii(t) for t, k, s in zip(texts, kept, same, strict=True) if k != s]
        assert not odd, odd


@pytest.mark.parametrize("key", sorted(VALUES))
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_no_value_escapes_the_scan(key: str, data: st.DataObject) -> None:
    """Whatever the exact step finds, in any surroundings and spelling, the scan has kept."""
    texts = data.draw(st.lists(surrounded(VALUES[key]), min_size=AT_ONCE // 2, max_size=AT_ONCE))
    check_superset(texts, None)


@pytest.mark.parametrize("column", sorted(FINDERS))
@settings(max_examples=5, deadline=None)
@given(texts=st.lists(_ANY, min_size=AT_ONCE // 2, max_size=AT_ONCE))
def test_a_column_hides_its_own_category_only(column: str, texts: list[str]) -> None:
    """In a column of one category, a value of another is still kept."""
    check_superset(texts, column)


@settings(max_examples=30, deadline=None)
@given(texts=st.lists(st.one_of(_JUNK, _CODE_LIKE), min_size=AT_ONCE // 2, max_size=AT_ONCE))
def test_nothing_in_junk_escapes_the_scan(texts: list[str]) -> None:
    """In text without sense, too, the scan keeps whatever the exact step would find."""
    check_superset(texts, None)


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(_ANY, min_size=4, max_size=8))
def test_a_row_is_kept_whichever_cell_holds_it(texts: list[str]) -> None:
    """A value is kept in any column of a row, between columns of every category."""
    width = len(FINDERS) + 1
    columns = [Column(header=str(n), category=key) for n, key in enumerate((None, *sorted(FINDERS)))]
    joined, pattern = _row_and_pattern(columns, [f"c{n}" for n in range(width)])
    rows = [(text, at) for text in texts for at in range(width)]
    values = ", ".join(
        f"({n}, {', '.join(quoted(text) if at == c else 'NULL' for c in range(width))})"
        for n, (text, at) in enumerate(rows)
    )
    names = ", ".join(f"c{n}" for n in range(width))
    kept = database().execute(
        f"SELECT regexp_matches({joined}, {quoted(pattern)}) "
        f"FROM (VALUES {values}) AS t(n, {names}) ORDER BY n"
    )
    for (text, at), (keep,) in zip(rows, kept.fetchall(), strict=True):
        assert keep or not must_pass(text, columns[at].category), (ascii(text), columns[at])


def test_the_values_are_valid() -> None:
    """The invented values are what they are meant to be, or the properties would test nothing."""

    @settings(max_examples=50, deadline=None)
    @given(st.tuples(*(VALUES[key] for key in sorted(VALUES))))
    def collect(drawn: tuple[str, ...]) -> None:
        for key, text in zip(sorted(VALUES), drawn, strict=True):
            seen[key].append(bool(found(key, text)))

    seen: dict[str, list[bool]] = {key: [] for key in VALUES}
    collect()
    for key in ("bank_account", "payment_card", "personal_identity_code"):
        assert all(seen[key]), key
    assert all(any(values) for values in seen.values()), seen


def test_normalising_shows_itself() -> None:
    """A character that is respelled as ASCII is either in the scan's class or in candidates."""
    looked_at = re.compile(OBFUSCATED)
    named = set("\u00a0\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
    harmless = set("\u037e\u1fef")  # a Greek question mark, a Greek accent: `;` and a backtick
    for code in (*range(0x80, 0xD800), *range(0xE000, 0x20000)):
        sign = chr(code)
        if any(c.isascii() for c in normalise(sign)) and sign not in named | harmless:
            assert looked_at.match(sign), hex(code)


@settings(max_examples=200, deadline=None)
@given(_JUNK | _ANY)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """A normalised text is normal."""
    assert normalise(normalise(text)) == normalise(text)


# --- check digits --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["bank_account", "payment_card", "personal_identity_code"])
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_one_changed_digit_is_noticed(key: str, data: st.DataObject) -> None:
    """With one digit changed, a code with check digits is none."""
    text = data.draw(VALUES[key])
    places = [n for n, sign in enumerate(text) if sign.isdigit()]
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[at]]))
    assert found(key, text)
    assert not found(key, text[:at] + other + text[at + 1 :])


# --- junk ----------------------------------------------------------------------------------------

_SIZE = 1_000_000


def drawn(alphabet: str) -> Callable[[], str]:
    return lambda: "".join(random.Random(7).choices(alphabet, k=_SIZE))  # noqa: S311 - junk


def repeated(text: str) -> Callable[[], str]:
    return lambda: text * (_SIZE // len(text))


def any_characters() -> str:
    draw = random.Random(7)  # noqa: S311 - junk
    signs = (chr(draw.randrange(0x20, 0x1FFFF)) for _ in range(_SIZE))
    return "".join(sign for sign in signs if not "\ud800" <= sign <= "\udfff")


JUNK: dict[str, Callable[[], str]] = {
    "digits": drawn("0123456789"),
    "digits and spaces": drawn("0123456789 "),
    "digits and dashes": drawn("0123456789-"),
    "letters": drawn("abcdefghijklmnopqrstuvwxyzåäö"),
    "letters, digits and signs": drawn("0123456789abcABFI@. -+()/_'"),
    "any characters": any_characters,
    "one digit": repeated("0"),
    "one letter": repeated("a"),
    "at signs": repeated("@"),
    "spaces": repeated(" "),
    "half addresses": repeated("a@a."),
    "apostrophes": repeated("a'"),
    "brackets": repeated("(0"),
    "plus signs": repeated("+1"),
    "heads of accounts": repeated("XX21 "),
    "birth words": repeated("synt. "),
    "invisible": repeated("1\u200b"),
    "combining": repeated("a\u0308"),
}


@pytest.mark.parametrize("name", sorted(JUNK))
def test_junk_is_read_in_time(name: str) -> None:
    """A cell of a million characters neither crashes a recogniser nor keeps it busy."""
    text = normalise(JUNK[name]())
    for key, category in FINDERS.items():
        assert category.find is not None
        took = seconds(category.find(text))
        assert took < 2, (key, took)


def test_a_long_cell_of_many_values_is_examined_in_time() -> None:
    """Examining grows with the number of values, not with its square."""

    def examine(count: int) -> float:
        cell = "010190-999W 2077474-0 a@koe.example " * count
        return seconds(iter(Examiner([None]).row([cell])))

    small = min(examine(1000) for _ in range(3))
    assert examine(8000) < 40 * small


def seconds(matches: Iterator[Any]) -> float:
    """How long it takes; measured in the process's own time, since machines are shared."""
    start = time.process_time()
    for _ in matches:
        pass
    return time.process_time() - start


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=3, max_size=3))
def test_the_exact_step_never_fails(cells: list[str]) -> None:
    """Any text at all can be examined, control characters and half pairs included."""
    for cell in Examiner(["email", None, "phone"]).row(cells):
        assert cell.category in FINDERS
