"""Who the controller is, what the register is called, and the authority's details as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from audit.notice.lexicon import Language, pattern
from audit.notice.model import Authority, Certainty, Controller, Found
from audit.notice.outline import Part
from audit.notice.passages import Passage
from audit.notice.topics import names_register, topics_of

__all__ = ["authority_of", "controller_of", "register_name_of"]

_EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(ät\)|\[ät\]|&#64;)\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
#: Words in brackets behind a name that say something of it, and do not belong to it.
_REMARK = re.compile(r"\s*\((?:[^()\s]+\s+){3,}[^()]*\)[\s.]*$")
_PHONE = re.compile(r"(?<![\w-])(?:\+\d{1,3}[\s-]?)?\(?\d{2,4}\)?(?:[\s-]?\d{2,4}){2,4}(?![\w-])")
_BUSINESS = re.compile(r"(?<!\d)\d{7}-\d(?!\d)")
_ACCOUNT = re.compile(
    r"(?<![\w-])[A-Z]{2}\d{2}(?:[\s-]?[0-9A-Z]{4}){2,7}(?:[\s-]?[0-9A-Z]{1,3})?(?!\w)"
)
_POSTAL = re.compile(r"(?<!\d)(?:FI-)?(\d{5})\s+([A-ZÅÄÖ][\w-]+)")
_STREET = re.compile(
    r"([A-ZÅÄÖ][\w.-]+(?:\s[A-ZÅÄÖa-zåäö][\w.-]+){0,3}\s\d{1,4}(?:\s?[A-Za-z](?=[\s,]|$))?(?:\s\d{1,3}(?=,|$))?)"
)
_STREET_NAME = re.compile(
    r"(?:katu|tie|kuja|polku|raitti|kaari|ranta|tori|piha|rinne|aukio|väylä|bulevardi|vägen|gatan|gränd|stigen|torget|"
    r"street|road|lane|avenue|way|square|drive|slipway|place|row|close)\b",
    re.IGNORECASE,
)
_BOX = re.compile(r"(?:PL|PB|P\.?\s?O\.?\s?Box)\s*\d+", re.IGNORECASE)
_WEB = re.compile(
    r"(?<![@\w])(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:fi|com|org|net|se|eu|ax|example)\b(?:/\S*)?"
)
_QUOTES = "\"'”“»«’‘"
_MOST_NAME = 90
_MOST_OF_NAME = 6  # words of a register
_FIRST_LINES = 2  # below the title, where a register can be named
_ASKS = frozenset(("purpose", "contents", "sources", "retention", "legal_basis", "protection"))
"""Topics of a heading that asks something of the register."""


def controller_of(
    passages: Sequence[Passage], language: Language
) -> tuple[Controller, list[tuple[int, int]]]:
    """The controller and the places that say who it is; a blank name where none is given."""
    own = [p for p in passages if p.about("controller")] or [
        p for p in passages if pattern(language, "identity", "controller").search(p.lower)
    ][:1]
    contact = [p for p in passages if p.about("contact")]
    officer = [p for p in passages if p.about("dpo")]
    places = [(p.start, p.end) for p in (*own, *contact, *officer)]
    words = " ".join(p.words for p in own)
    if not words:
        return Controller(name=""), []
    inline = pattern(language, "identity", "controller").search(words.lower())
    if inline and not any(p.about("controller") for p in own):
        before = words[: inline.start()].strip(" ,(")
        # "Baker Ltd, 1 Street, is the controller": the name stands before, its details around.
        block = " ".join(p.words for p in passages if p.block == own[0].block)
        words = block if before[:1].isupper() else words[inline.end() :].lstrip(" :,")
    both = words + " " + " ".join(p.words for p in contact)
    email = _EMAIL.search(both)
    business = _BUSINESS.search(words)
    return (
        Controller(
            name=_leading_name(words),
            business_id=business[0] if business else None,
            address=_address(words),
            phone=_phone(both),
            email=_plain_email(email[0]) if email else None,
            contact_person=_leading_name(" ".join(p.words for p in contact)) or None,
            dpo=_leading_name(" ".join(p.words for p in officer)) or None,
            found=Found(
                how="heading", certainty=Certainty.LIKELY, span=(own[0].start, own[-1].end)
            ),
        ),
        places,
    )


def _leading_name(words: str) -> str:
    """What stands before the address, the number or the mailbox."""
    words = " ".join(words.split())
    cut = len(words)
    street = _street(words)
    for found in (
        _EMAIL.search(words),
        _BUSINESS.search(words),
        _BOX.search(words),
        _POSTAL.search(words),
        _PHONE.search(words),
    ):
        if found:
            cut = min(cut, found.start())
    if street:
        cut = min(cut, words.find(street))
    name = re.split(r"[,;(|]|\s[–-]\s|\. (?=[A-ZÅÄÖ])|:\s", words[:cut])[0]
    name = re.sub(
        r"\b(?:y-?tunnus|fo-?nummer|business id|puh(?:elin)?|tel|tfn|sähköposti|e-?post|e-?mail|osoite|adress)\b.*$",
        "",
        name,
        flags=re.IGNORECASE,
    )
    return name.strip(" ,.;:–-(")[:_MOST_NAME]


def _street(words: str) -> str | None:
    """A street and its number."""
    found = [m for m in _STREET.finditer(words) if _STREET_NAME.search(m[1])]
    if not found:
        return None
    words = found[0][1]
    # The name of the firm may run into the street: the street is its last words.
    tokens = words.split()
    at = next(n for n, token in enumerate(tokens) if _STREET_NAME.search(token))
    two = at > 0 and len(_STREET_NAME.sub("", tokens[at])) <= 1
    return " ".join(tokens[at - 1 if two else at :])


def _address(words: str) -> str | None:
    words = " ".join(words.split())
    street, postal = _street(words), _POSTAL.search(words)
    parts = [street, f"{postal[1]} {postal[2]}" if postal else None]
    return ", ".join(part for part in parts if part) or None


def _phone(words: str) -> str | None:
    words = _BUSINESS.sub(" ", _ACCOUNT.sub(" ", _EMAIL.sub(" ", words)))
    words = re.sub(r"(?<!\d)(?:FI-)?\d{5}(?=\s+[A-ZÅÄÖ])", " ", words)
    street = _street(" ".join(words.split()))
    if street:
        words = " ".join(words.split()).replace(street, " ", 1)
    found = [m[0] for m in _PHONE.finditer(words) if sum(c.isdigit() for c in m[0]) >= 7]  # noqa: PLR2004 - digits of a number
    return found[0].strip() if found else None


def _plain_email(words: str) -> str:
    return re.sub(r"\s?(?:\(at\)|\[at\]|\(ät\)|\[ät\]|&#64;)\s?", "@", words, flags=re.IGNORECASE)


def register_name_of(
    parts: Sequence[Part], passages: Sequence[Passage], language: Language
) -> tuple[str, list[tuple[int, int]]]:
    """The register's name and where it stands; blank where the notice gives none."""
    own = [p for p in passages if p.about("register_name")] or [
        p for p in passages if "registers" in parts[p.part].topics and names_register(p.words)
    ]
    if own:
        words = " ".join(own[0].words.split())
        label, colon, rest = words.partition(": ")
        if colon and "register_name" in topics_of(label):
            words = rest  # the label stands in the line itself
        called = pattern(language, "identity", "called").search(words.lower())
        if called and called.end() < len(words):
            words = words[called.end() :]
        words = _REMARK.sub("", words)
        return words.strip(f" .:,{_QUOTES}"), [(own[0].start, own[0].end)]
    if told := _told_in_text(passages, language):
        return told
    for part in parts:
        if part.heading is None or (
            part.topics and set(part.topics) - {"title", "registers", "purpose"}
        ):
            continue
        if found := _in_title(part.title, language):
            return found, [(part.heading.start, part.heading.end)]
    return _under_title(parts, passages)


def _told_in_text(
    passages: Sequence[Passage], language: Language
) -> tuple[str, list[tuple[int, int]]] | None:
    """The name that a sentence tells, or that stands behind its label in text without headings."""
    for passage in passages:
        called = pattern(language, "identity", "register_called").search(passage.lower)
        if called:
            words = passage.words[called.end() :]
            name = re.split(r"[.,;(]|\s(?:ja|och|and|jossa|joka|som|which)\s", words)[0]
            name = name.strip(f" :{_QUOTES}")
            if name:
                return name, [(passage.start, passage.end)]
        if name := _run_in(passage, language):
            return name, [(passage.start, passage.end)]
    return None


def _run_in(passage: Passage, language: Language) -> str:
    """The name behind its label where headings have run into the text: "Register name Members' register Purpose ..."."""
    label = pattern(language, "identity", "register_label").search(passage.lower)
    words = passage.words[label.end() :].split()[: _MOST_OF_NAME + 1] if label else []
    for number, (word, following) in enumerate(pairwise([*words, ""]), start=1):
        kind = pattern(language, "registers", "word").search(word.lower())
        if kind and not word.endswith((".", ",")) and following[:1].isupper():
            return " ".join(words[:number])
    return ""


def _under_title(
    parts: Sequence[Part], passages: Sequence[Passage]
) -> tuple[str, list[tuple[int, int]]]:
    """The register that a line right below the title names: "Member register, Firm Oy"."""
    for passage in passages[:_FIRST_LINES]:
        if set(parts[passage.part].topics) - {"title"} or passage.words.endswith("."):
            break
        name = re.split(r"[,|]|\s[–—-]\s", passage.words)[0].strip(" :")
        if names_register(name):
            return name, [(passage.start, passage.end)]
    return "", []


def _in_title(title: str, language: Language) -> str:
    """The register that a title names, beside calling itself a notice."""
    pieces = re.split(r"\s[–—-]\s|:\s|[|,]\s?|\s?[–—]\s?", title)
    for piece in pieces:
        words = piece.strip()
        match = pattern(language, "registers", "word").search(words.lower())
        if match is None or (_is_bare(words, match) and set(topics_of(words)) & _ASKS):
            continue  # "The purpose of the register" names none
        if pattern(language, "headings", "title").search(words.lower()):
            whose = pattern(language, "identity", "notice_of").search(words.lower())
            if whose is None:
                continue
            named = words[slice(*whose.span(1))]
            return named[:1].upper() + named[1:]
        return words.capitalize() if words.isupper() else words
    return ""


def _is_bare(words: str, match: re.Match[str]) -> bool:
    """Whether a word for a register stands alone, and in no compound that says which it is."""
    at = next((n for n in range(match.start(), match.end()) if words[n].isalpha()), match.start())
    return at == 0 or not words[at - 1].isalpha()


def authority_of(
    passages: Sequence[Passage], language: Language
) -> tuple[Authority | None, list[tuple[int, int]]]:
    """The supervisory authority's details, as printed; None where it is not named."""
    named = [p for p in passages if pattern(language, "identity", "authority").search(p.lower)]
    if not named:
        return None, []
    best = max(named, key=lambda p: _details(p.words))
    words = " ".join(best.words.split())
    name = pattern(language, "identity", "authority").search(words.lower())
    assert name is not None
    rest = words[name.start() :]
    postal, email, web = (
        _POSTAL.search(rest),
        _EMAIL.search(rest),
        _WEB.search(_EMAIL.sub(" ", rest)),
    )
    box = _BOX.search(rest)
    without = _BOX.sub(" ", _EMAIL.sub(" ", rest))
    street = _street(without[name.end() - name.start() :])
    printed = Authority(
        name=rest[: name.end() - name.start()],
        street=street,
        po_box=box[0] if box else None,
        postal_code=postal[1] if postal else None,
        town=postal[2] if postal else None,
        phone=_phone(without),
        email=_plain_email(email[0]) if email else None,
        website=web[0].rstrip(".,)") if web else None,
        found=Found(how="lexicon", certainty=Certainty.CERTAIN, span=(best.start, best.end)),
    )
    return printed, [(p.start, p.end) for p in named]


def _details(words: str) -> int:
    return sum(bool(each.search(words)) for each in (_BOX, _POSTAL, _EMAIL, _WEB, _STREET_NAME))
