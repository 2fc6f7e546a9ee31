"""What a notice says of cookies: whether there are any, which, how long they stay, what they collect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audit.notice.extract.periods import Period, periods
from audit.notice.extract.terms import keys_of
from audit.notice.lexicon import Language, of_any, pattern, patterns
from audit.notice.model import Certainty, CookieLifetime, CookieStatement, Exhaustive, Found
from audit.notice.passages import Passage

__all__ = ["cookies"]


def cookies(passages: Sequence[Passage], language: Language) -> CookieStatement:
    """What the notice says of cookies."""
    own = [p for p in passages if p.about("cookies")] or _in_prose(passages, language)
    # A line that a colon ends may have been taken for a heading: "We use only these cookies:".
    leads = {p.title.lower() for p in own if len(p.title.split()) >= _A_SENTENCE}
    words = " ".join([*leads, *(p.lower for p in own)])
    if not own:
        return CookieStatement()

    def says(key: str) -> bool:
        return bool(pattern(language, "cookies", key).search(words))

    collected = [
        key
        for p in own
        if p.kind == "item" and pattern(language, "holding", "collected").search(p.lead)
        for key in _collected(p.lower, language)
    ]
    consent = "asked" if says("asked") else "browser_settings" if says("browser") else "unstated"
    named = [p for p in own if pattern(language, "cookies", "used").search(p.lower)]
    wanted = [
        key
        for p in named
        for key, expression in patterns(language, "purposes").items()
        if expression.search(p.lower)
    ]
    stay = {name: days for p in own for name, days in _lifetimes(p, language)}
    names = [name for p in own for name in _names(p.words, language)]
    rows = (_in_a_row(p, language) for p in passages if p.about("cookies"))
    names += [told[0] for told in rows if told is not None]
    needed = of_any("cookies", "necessary").search(words)
    return CookieStatement.model_validate(
        {
            "used": False if says("not_used") else True if says("used") else None,
            "purposes": tuple(dict.fromkeys(wanted)),
            "collected": tuple(dict.fromkeys(collected)),
            "names": tuple(dict.fromkeys([*names, *(n for n in stay if n not in _NO_NAMES)])),
            "lifetimes": tuple(
                CookieLifetime(name=name, days=days) for name, days in stay.items() if days
            ),
            "exhaustive": _exhaustive(
                words, language, named=bool(names or stay or wanted or needed)
            ),
            "consent": consent,
            "anonymity_claimed": says("anonymous"),
            "joined_with_other_data": says("joined"),
            "found": Found(
                how="heading", certainty=Certainty.LIKELY, span=(own[0].start, own[-1].end)
            ),
        }
    )


_A_SENTENCE = 4
# All cookies, or those for one purpose, where the notice says how long they stay.
_NO_NAMES = frozenset({"*", "statistics", "marketing"})


def _in_prose(passages: Sequence[Passage], language: Language) -> list[Passage]:
    """The sentences that name cookies, in a notice that has no section for them."""
    used = pattern(language, "cookies", "used")
    named = (p for p in passages if used.search(p.lower))
    # "We set no cookies at all" names none, and says all that there is to say.
    whole = [pattern(language, "cookies", key) for key in ("no_others", "not_used")]
    return [
        p
        for p in named
        if any(_names(p.words, language))
        or any(_lifetimes(p, language))
        or any(one.search(p.lower) for one in whole)
    ]


def _exhaustive(words: str, language: Language, *, named: bool) -> Exhaustive:
    """Whether the list of cookies is closed: nothing but what is named, or no others."""
    if named and pattern(language, "cookies", "no_others").search(words):
        return Exhaustive.YES
    opened = pattern(language, "holding", "open").search(words)
    return Exhaustive.NO if opened else Exhaustive.UNCLEAR


# What no other word looks like: `_ga`, nf_session, PHPSESSID.
_LOOKS = re.compile(r"(?<![\w.@/-])(_[a-z]\w*|[A-Za-z]+_\w+|[A-Z]{6,})(?![\w@/])")
_WORD = r"[A-Za-z_][\w.*-]{1,39}"
_LISTED = re.compile(r"[A-Za-z_][\w.-]{1,39}\*?")
# A name with what is said of it in brackets, and one within brackets with its lifetime.
_WITH_BRACKET = re.compile(rf"(?<![\w.@/-])(?P<name>{_WORD})\s*\((?P<said>[^()]*)\)")
_WITHIN = re.compile(
    rf"(?:\(|[;,:]|\b(?:ja|sekä|och|samt|and)\b)\s*(?:(?:eväst|kak|cookie)\w*\s+)?(?P<name>{_WORD})\s*[,:–]\s*(?P<said>[^,;()]+)"
)


def _names(words: str, language: Language) -> Iterator[str]:
    """The names of cookies in some words of a notice, by their looks or what stands beside them."""
    for match in _LOOKS.finditer(words):
        yield match[1]
    yield from _listed(words, language)
    yield from _behind_the_word(words, language)
    for match in _WITH_BRACKET.finditer(words):
        said = match["said"].lower()
        told = pattern(language, "cookies", "beside_name").search(said)
        if (told or _days(said, language)) and _is_name(match["name"], said, language):
            yield match["name"]


def _listed(words: str, language: Language) -> Iterator[str]:
    """The names of a list that is said to be one: "The list is: session, cookieyes-consent"."""
    for lead in pattern(language, "cookies", "list_of").finditer(words.lower()):
        rest = re.split(r"\.(?:\s|$)|;", words[lead.end() :], maxsplit=1)[0]
        items = _APART.split(re.sub(r"\([^()]*\)|<[^<>]*>", "", rest))
        yield from (one.strip() for one in items if _LISTED.fullmatch(one.strip()))


def _behind_the_word(words: str, language: Language) -> Iterator[str]:
    """The names right behind the word for cookies: "necessary cookies (session, OptanonConsent)"."""
    for match in pattern(language, "cookies", "used").finditer(words.lower()):
        behind = _BEHIND.match(words, match.end())
        items = _APART.split(behind["names"].rstrip(". ")) if behind else []
        names = [re.sub(r"\s*\([^()]*\)", "", one).strip() for one in items]
        # Words alone may describe them: "evästeitä (istunto, kielivalinta)".
        if all(map(_LISTED.fullmatch, names)) and any(map(_CODED.search, names)):
            yield from names


_BEHIND = re.compile(r"\s*(?:\(|[^.:;()]{0,30}: )(?P<names>(?:[^.:;()]|\.\S|\([^()]*\))+)")
_APART = re.compile(r",\s*(?:ja|sekä|och|samt|and)\s|,|\s(?:ja|sekä|och|samt|and)\s")
_CODED = re.compile(r"[a-z][A-Z]|[_\d]|[A-Z]{4}|[a-z]-[a-z]+-[a-z]")


def _is_name(name: str, said: str, language: Language) -> bool:
    """Whether a word before a bracket is a name: no word for cookies, no list of names behind it."""
    common = pattern(language, "cookies", "no_name").search(name.lower())
    if _JOINED.search(name) and not _OF_COOKIES.search(name.lower()):
        common = None  # "cookieyes-consent", though not "istunto-eväste"
    listed = _LOOKS.search(said) is not None or any(_within(f"({said}", language))
    return common is None and not listed


_JOINED = re.compile(r"\w[-_]\w")
_OF_COOKIES = re.compile(r"(?:eväst\w*|kak(?:a|an|or|orna)|cookies?)$")


def _in_a_row(passage: Passage, language: Language) -> tuple[str, int] | None:
    """The cookie with which a row of a table, or an item, begins, and the days behind it; 0 for none."""
    if passage.kind == "row" and len(passage.cells) > 1:
        name, (_, end) = passage.cell(0)
        said = passage.lower[end - passage.start :]
    elif passage.kind == "item" and (begun := _BEGINS.match(passage.words)) is not None:
        name, said = begun["name"], passage.lower[begun.end() :]
    else:
        return None
    if not _LISTED.fullmatch(name.strip()):
        return None
    days = _days(said, language)
    coded = _LOOKS.search(name) or _JOINED.search(name)
    return (name.strip(), days) if days or coded else None


_BEGINS = re.compile(rf"\W*(?P<name>{_WORD}\*?)\s*(?:[:|,–—(]|-\s)")


def _lifetimes(passage: Passage, language: Language) -> Iterator[tuple[str, int]]:
    """The cookies of which a passage says how long they stay, in days."""
    if passage.about("cookies") and (told := _in_a_row(passage, language)) is not None:
        if told[1]:
            yield told
        return
    for match in _WITH_BRACKET.finditer(passage.words):
        days = _days(match["said"].lower(), language)
        if days and _is_name(match["name"], match["said"], language):
            yield match["name"], days
            # "_ga, _gid (13 months)": what stands in a row before the bracket stays as long.
            for name in _IN_A_ROW.findall(passage.words, 0, match.start()):
                yield from ((one, days) for one in _LOOKS.findall(name))
    yield from _within(passage.words, language)
    yield from _of_all(passage, language)


_IN_A_ROW = re.compile(r"((?:[\w.*-]+,? (?:(?:ja|sekä|och|samt|and) )?)+)$")


def _of_all(passage: Passage, language: Language) -> Iterator[tuple[str, int]]:
    """
    How long all cookies stay, those for one purpose, or those that a sentence names: "_ga lasts a year".

    The name is ``*``, or the key of the purpose.
    """
    words = passage.lower
    used = pattern(language, "cookies", "used").search(words)
    if not used:
        return
    stays = pattern(language, "cookies", "stay").search(words)
    days = _days(words, language) if stays else 0
    if names := list(_names(passage.words, language)):
        # "The cookie _pk_id stays for 13 months"; a name with a bracket has been read.
        bare = "(" not in words and len(periods(words, language)) == 1
        yield from ((name, days) for name in names if bare and days > 1)
    elif days > 1:
        of = (key for key in ("statistics", "marketing") if of_any("cookies", key).search(words))
        yield next(of, "*"), days


def _within(words: str, language: Language) -> Iterator[tuple[str, int]]:
    """The names in brackets that have a lifetime right behind them: "(csrftoken, 12 months)"."""
    for match in _WITHIN.finditer(words):
        name, said = match["name"].lower(), match["said"].lower()
        common = any(
            pattern(language, "cookies", key).search(name) for key in ("no_name", "beside_name")
        ) and not _LOOKS.search(match["name"])
        when = pattern(language, "cookies", "when").match(said)
        days = _days(said, language)
        if days and not when and (not common or name.endswith("id")):
            yield match["name"], days


_DAYS = {"D": 1, "W": 7, "M": 31, "Y": 366}


def _days(said: str, language: Language) -> int:
    """The days that some words let a cookie stay, at most; 0 where they say nothing of it."""
    named: Sequence[Period] = periods(said, language)
    if named:
        return max(period.number * _DAYS[period.unit] for period in named)
    if pattern(language, "cookies", "a_year").search(said):
        return _DAYS["Y"]
    return 1 if pattern(language, "cookies", "of_the_visit").search(said) else 0


def _collected(words: str, language: Language) -> list[str]:
    """What one item says that cookies collect, in its order."""
    found = [
        (hit.start, hit.key)
        for hit in keys_of(words, language)
        if hit.key in {"ip_address", "device_browser", "cookies_usage", "location"}
    ]
    for key, expression in patterns(language, "visiting").items():
        found += [(match.start(), key) for match in expression.finditer(words)]
    return [key for _, key in sorted(found)]
