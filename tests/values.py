"""Invented values of each category that has a form, their surroundings and their disguises."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache

import phonenumbers
from hypothesis import strategies as st
from stdnum import luhn

from audit.categories._phrases import FOLDER, phrases_of

__all__ = ["VALUES", "surrounded"]

_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_IBANS = {"FI": 14, "SE": 20, "DE": 18, "DK": 14, "NL": 14, "LT": 16, "EE": 16}


@st.composite
def identity_codes(draw: st.DrawFn) -> str:
    """Codes with temporary individual numbers: they belong to nobody."""
    day = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)))
    sign = draw(st.sampled_from("-YXWVU" if day.year < 2000 else "ABCDEF"))
    number = draw(st.integers(900, 999))
    digits = f"{day:%d%m%y}"
    return f"{digits}{sign}{number}{_SIGNS[int(f'{digits}{number}') % 31]}"


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
    head = draw(
        st.sampled_from(["040", "050", "0400", "09", "(09)", "010", "019", "020", "+358 40"])
    )
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


@st.composite
def statements(draw: st.DrawFn, key: str) -> str:
    """Phrases of a lexicon, inflected and compounded somehow, between other words."""
    phrase = draw(st.sampled_from([p for p in phrases_of(key) if p.ground]))
    beginning, ending = (
        st.sampled_from(["", "x", "pähkinä"]),
        st.sampled_from(["", "n", "tä", "hoito"]),
    )
    words = []
    for word in phrase.text.split():
        if word == "..":
            words += draw(st.lists(st.sampled_from(["jo", "vuonna", "2019"]), max_size=3))
        elif word == "_":
            words.append(draw(st.sampled_from(["jotain", "någon", "1"])))
        else:
            before = draw(beginning) if word.startswith("*") else ""
            after = draw(ending) if word.endswith("*") else ""
            words.append(before + word.strip("*~") + after)
    text = draw(st.sampled_from([" ", " ", "-", "  "])).join(words)
    return draw(st.sampled_from([text, text.upper(), text.capitalize()]))


VALUES: dict[str, st.SearchStrategy[str]] = {
    "bank_account": accounts(),
    "date_of_birth": births(),
    "email": addresses(),
    "organisation": business_ids(),
    "payment_card": cards(),
    "personal_identity_code": identity_codes(),
    "phone": phones(),
    **{path.stem: statements(path.stem) for path in sorted(FOLDER.glob("[a-z]*.txt"))},
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
