"""Recognisers: what they find, what they must not, and that the scan's pattern misses nothing."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from values import VALUES, surrounded

import audit.categories
from audit.categories import Category, Form, Match, categories
from audit.categories._lexicon import _found
from audit.categories._text import OBFUSCATED, normalise
from audit.categories.examine import Examiner, looks_in
from audit.engine.duckdb import quoted
from audit.engine.patterns import exact_patterns, joined, sieves
from audit.register.delimited import MARKERS
from audit.register.model import Column

FINDERS = {key: category for key, category in categories().items() if category.find}
"""The categories that can be found, each with all its forms."""
FILES = {path.stem: path for path in Path(audit.categories.__path__[0]).glob("[a-z]*.py")}
RECOGNISERS = {
    name: value
    for name in sorted(FILES)
    for constant, value in vars(import_module(f"audit.categories.{name}")).items()
    if constant.isupper() and isinstance(value, Category | Form) and value.find
}
"""What each file finds, by the file's name."""
LEXICONS = {name for name, value in RECOGNISERS.items() if value.words and not value.candidate}
HERE = Path(__file__).parent
CASES = {name: YAML(typ="safe").load(HERE / f"{name}.yaml") for name in RECOGNISERS}
HOLDS = [(key, case) for key, cases in CASES.items() for case in cases["holds"]]
DOES_NOT = [(key, case) for key, cases in CASES.items() for case in cases["does_not"]]
AT_ONCE = 60
"""Texts that are drawn at once."""


def found(key: str, text: str) -> list[str]:
    """The values of a category, in any of its forms."""
    find = FINDERS[key].find
    assert find is not None
    return [match.value for match in find(normalise(text))]


def matches(name: str, text: str) -> list[Match]:
    """What one file finds."""
    find = RECOGNISERS[name].find
    assert find is not None
    return list(find(normalise(text)))


# --- named texts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "case"), HOLDS, ids=lambda value: ascii(value))
def test_text_holds(key: str, case: dict[str, Any]) -> None:
    """A recogniser finds each value of its category in a text, and the scan keeps the text."""
    grounds = [match.ground for match in matches(key, case["text"])]
    assert len(grounds) == case.get("count", len(grounds)) > 0
    if "ground" in case:
        assert case["ground"] in grounds
        assert case["ground"] == "statement" or "statement" not in grounds
    assert case["text"] in kept_of_cases()


@pytest.mark.parametrize(("key", "case"), DOES_NOT, ids=lambda value: ascii(value))
def test_text_does_not_hold(key: str, case: dict[str, Any]) -> None:
    """A recogniser is not deceived by what merely looks like its category."""
    assert matches(key, case["text"]) == []


def test_every_file_has_cases_and_every_case_file_a_recogniser() -> None:
    """Adding a recogniser takes one file and one file of cases: neither stands alone."""
    assert {path.stem for path in HERE.glob("*.yaml")} - {"headers"} == set(RECOGNISERS)
    for name, cases in CASES.items():
        assert len(cases["holds"]) >= 3, name
        assert len(cases["does_not"]) >= 3, name


def test_every_category_has_terms_of_the_vocabularies() -> None:
    """Each category is mapped to the W3C Data Privacy Vocabulary and to fideslang."""
    for key, category in categories().items():
        assert re.fullmatch(r"(?:pd|dpv|tech):[A-Z][A-Za-z]+", category.dpv or ""), key
        assert re.fullmatch(r"(?:user|system)(?:\.[a-z_]+)*", category.fideslang or ""), key


def test_a_match_says_where() -> None:
    """A match's place is that of its characters in the text."""
    for key, case in HOLDS:
        text = normalise(case["text"])
        for match in matches(key, case["text"]):
            assert 0 <= match.start < match.end <= len(text)
            assert text[match.start].isalnum() or text[match.start] in "+(-${£€"


def test_what_has_a_finder_has_a_candidate() -> None:
    """The scan looks for every category that can be found, and for no other."""
    looked_for = {key for key, item in categories().items() if item.candidate or item.words}
    assert looked_for == set(FINDERS)


# --- the scan's pattern ---------------------------------------------------------------------------

_ANY = st.one_of(*(surrounded(values) for values in VALUES.values()))
_CODE_LIKE = st.text("0123456789-+ .,/()@AWFIfi_ä\u00a0\u2013\u200b", max_size=40)
_JUNK = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters=MARKERS + "\x00"), max_size=40
)


#: Words that stand in a head: the sieve does not cut a stem to any of them.
HEAD = [["Allergia", "hän kuuluu liittoon"], ["sairas", ""]]


@cache
def database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"autoinstall_known_extensions": False})


def matching(columns: list[Column], cells: list[str]) -> str:
    """The scan's condition: the row's texts against the sieve, and the row against the patterns."""
    row = joined(columns, cells)
    sieved = (f"regexp_matches({t}, {quoted(p)})" for t, p in sieves(columns, cells, HEAD))
    exact = (f"regexp_matches({row}, {quoted(pattern)})" for pattern in exact_patterns(columns))
    return f"({' OR '.join(sieved)}) AND ({' OR '.join(exact)})"


@cache
def of_one_column(category: str | None) -> str:
    """The scan's condition of a table of one such column."""
    return matching([Column(header="x", category=category)], ["c0"])


@cache
def as_python_reads_it() -> re.Pattern[str]:
    """The patterns of the exact step, of a column of no category."""
    return re.compile("|".join(exact_patterns([Column(header="x")])))


def passed(texts: list[str], category: str | None) -> list[bool]:
    """Whether the scan of a column of this category keeps each text for the exact step."""
    condition = of_one_column(category)
    values = ", ".join(f"({n}, {quoted(text)})" for n, text in enumerate(texts))
    rows = database().execute(f"SELECT {condition} FROM (VALUES {values}) AS t(n, c0) ORDER BY n")
    return [bool(row[0]) for row in rows.fetchall()]


@cache
def kept_of_cases() -> frozenset[str]:
    """The texts of the cases that the scan keeps, all in one query."""
    texts = [case["text"] for _, case in HOLDS]
    return frozenset(text for text, keep in zip(texts, passed(texts, None), strict=True) if keep)


def must_pass(text: str, category: str | None) -> list[str]:
    """What the exact step finds in a text of such a column; the scan must keep it."""
    return [k for k in FINDERS if looks_in(FINDERS[k], category) and found(k, text)]


def check_superset(texts: list[str], category: str | None) -> None:
    kept = passed(texts, category)
    missed = [
        (text, keys)
        for text, keep in zip(texts, kept, strict=True)
        if not keep and (keys := must_pass(text, category))
    ]
    assert not missed, [(ascii(text), keys) for text, keys in missed]
    if category is None:  # the pattern means the same to Python
        same = [bool(as_python_reads_it().search(MARKERS[-1] + text)) for text in texts]
        odd = [ascii(t) for t, k, s in zip(texts, kept, same, strict=True) if k != s]
        assert not odd, odd


def drawn_from(texts: st.SearchStrategy[str], times: int) -> list[str]:
    """
    Texts that Hypothesis draws, all of them: DuckDB compiles the patterns anew for each query.

    What fails is shown as it was drawn, not shrunk; it is short.
    """
    gathered: list[str] = []

    @settings(max_examples=times, deadline=None, phases=[Phase.generate])
    @given(st.lists(texts, min_size=AT_ONCE - 10, max_size=AT_ONCE))
    def gather(some: list[str]) -> None:
        gathered.extend(some)

    gather()
    return gathered


@pytest.mark.parametrize("name", sorted(RECOGNISERS))
def test_no_case_escapes_the_scan(name: str) -> None:
    """What a file's cases hold is kept in any surroundings and spelling too."""
    cases = st.sampled_from([case["text"] for case in CASES[name]["holds"]])
    check_superset(drawn_from(surrounded(cases), 3), None)


@pytest.mark.parametrize("key", sorted(VALUES))
def test_no_value_escapes_the_scan(key: str) -> None:
    """Whatever the exact step finds, in any surroundings and spelling, the scan has kept."""
    check_superset(drawn_from(surrounded(VALUES[key]), 10), None)


@pytest.mark.parametrize("column", sorted(FINDERS))
def test_a_column_hides_its_own_category_only(column: str) -> None:
    """In a column of one category, a value of another is still kept."""
    check_superset(drawn_from(_ANY, 3), column)


def test_nothing_in_junk_escapes_the_scan() -> None:
    """In text without sense, too, the scan keeps whatever the exact step would find."""
    check_superset(drawn_from(st.one_of(_JUNK, _CODE_LIKE), 30), None)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(_ANY, min_size=4, max_size=8))
def test_a_row_is_kept_whichever_cell_holds_it(texts: list[str]) -> None:
    """A value is kept in any column of a row, between columns of every category."""
    width = len(FINDERS) + 1
    columns = [
        Column(header=str(n), category=key) for n, key in enumerate((None, *sorted(FINDERS)))
    ]
    condition = matching(columns, [f"c{n}" for n in range(width)])
    rows = [(text, at) for text in texts for at in range(width)]
    values = ", ".join(
        f"({n}, {', '.join(quoted(text) if at == c else 'NULL' for c in range(width))})"
        for n, (text, at) in enumerate(rows)
    )
    names = ", ".join(f"c{n}" for n in range(width))
    kept = database().execute(
        f"SELECT {condition} FROM (VALUES {values}) AS t(n, {names}) ORDER BY n"
    )
    for (text, at), (keep,) in zip(rows, kept.fetchall(), strict=True):
        assert keep or not must_pass(text, columns[at].category), (ascii(text), columns[at])


def test_the_values_are_valid() -> None:
    """The invented values are what they are meant to be, or the properties would test nothing."""

    # One in twenty phrases on a language is a statement of somebody's, and what is drawn depends on
    # the modules that are loaded.
    @settings(max_examples=300, deadline=None, derandomize=True)
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
    assert matches(key, text)
    # Of the same kind, that is: a Finnish code with another first digit may be a Swedish one.
    assert not matches(key, text[:at] + other + text[at + 1 :])


# --- junk ----------------------------------------------------------------------------------------

_SIZE = 100_000
_NOISE = 0.05  # seconds; less says nothing of growth


def drawn(alphabet: str) -> Callable[[], str]:
    return lambda: "".join(random.Random(7).choices(alphabet, k=_SIZE))


def repeated(text: str) -> Callable[[], str]:
    return lambda: text * (_SIZE // len(text))


def any_characters() -> str:
    draw = random.Random(7)
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
    "illnesses": repeated("diabetes "),
    "one long word of illnesses": repeated("diabetes"),
    "allergies denied": repeated("ei allergioita "),
    "openings of phrases": repeated("kuuluu ei syö tuomittu "),
    "invisible": repeated("1\u200b"),
    "combining": repeated("a\u0308"),
}


@pytest.mark.parametrize("name", sorted(JUNK))
def test_junk_is_read_in_time(name: str) -> None:
    """A long cell without sense crashes no recogniser; twice the text takes at most thrice the time."""
    whole = normalise(JUNK[name]())
    half = whole[: len(whole) // 2]
    for key, category in FINDERS.items():
        assert category.find is not None
        list(category.find(whole[:1000]))  # what is made once is no part of the time
        took = [seconds(category.find(part)) for part in (half, whole)]
        if took[1] > max(_NOISE, 3 * took[0]):  # measured again, since machines are shared
            took = [median(anew(category, part) for _ in range(5)) for part in (half, whole)]
            assert took[1] <= 3 * took[0], (key, took)


def test_a_long_cell_of_many_values_is_examined_in_time() -> None:
    """Examining grows with the number of values, not with its square."""

    def examine(count: int) -> float:
        cell = "010190-999W 2077474-0 a@koe.example " * count
        return seconds(iter(Examiner([None]).row([cell])))

    small = min(examine(1000) for _ in range(3))
    assert examine(8000) < 40 * small


def anew(category: Category, text: str) -> float:
    """How long a search takes when nothing is remembered of the text."""
    _found.cache_clear()
    assert category.find is not None
    return seconds(category.find(text))


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
