"""How a notice's legal bases hang together with its purposes and interests."""

from __future__ import annotations

import re
from itertools import pairwise

from audit.notice.model import LegalBasis, Notice
from audit.notice.review.phrases import Passage, clause_words, passages, pattern
from audit.notice.topics import topics_of

__all__ = ["bases_are_linked", "interest_is_described"]

_WORD = re.compile(r"[^\W\d_]{4,}")
_ABOUT_BASES = re.compile(
    r"käsitte|perust|oikeusp|henkilötie|tietoj|rekister|asetu|artikl|mukai|yleis|"
    r"yhdisty|yrity|yhtiö|seura|säätiö|osuuskun|"
    r"förening|bolag|företag|"
    r"compan|associat|club|"
    r"behandl|grund|rättslig|personuppgift|register|förordning|artikel|enligt|"
    r"process|basis|ground|legal|personal|data|register|article|regulation|according|"
    r"manager|keeper|holder|controller|"
    r"gdpr|explicit|nimenomai|uttryckl",
    re.IGNORECASE,
)


def bases_are_linked(notice: Notice) -> bool:
    """
    Whether the notice says which basis holds for which purpose.

    It does where a purpose names its basis, or where the words around a basis say what it is for:
    "sopimus (ajanvaraus)", "laskutus perustuu kirjanpitolakiin". A mere list of bases says nothing.
    """
    if any(purpose.legal_bases for purpose in notice.purposes):
        return True
    said = [basis.text for basis in notice.legal_bases]
    said += [part for basis in notice.legal_bases for part in _sentences(notice, basis)]
    return any(_says_more(notice, text) for text in said if text)


def interest_is_described(notice: Notice, basis: LegalBasis) -> bool:
    """Whether a legitimate interest is named: more than the relationship, more than its name."""
    noun = pattern("relationship_noun", notice.language)
    said = pattern("legitimate_interest", notice.language)
    words = basis.interest
    if words and not noun.search(words) and _says_more(notice, words, least=1):
        return True
    around = _around(notice, said, basis.text)
    if any(_content(notice, near) and not noun.search(near) for near in around):
        return True
    if _is_told_by_purpose(notice, basis):
        return True
    rights = pattern("heading_rights", notice.language)
    for passage in passages(notice):
        # "Object to processing that rests on a legitimate interest" describes none.
        if passage.clause not in basis.clauses and rights.search(passage.heading):
            continue
        if passage.clause in basis.clauses and not said.search(passage.text):
            # Under the heading of the template's own row the interest stands alone.
            own = said.search(passage.heading) and not noun.search(passage.text)
            if own and _says_more(notice, passage.text, least=1):
                return True
            continue
        for part in _parts(passage):
            if any(
                _content(notice, near) >= _DESCRIBED and not noun.search(near)
                for near in _around(notice, said, part)
            ):
                return True
    return False


def _is_told_by_purpose(notice: Notice, basis: LegalBasis) -> bool:
    """Whether a register rests on that interest alone, and its purpose stands right beside it."""
    if len(notice.legal_bases) > 1:
        return False
    own = [n for n, clause in enumerate(notice.clauses) if clause.id in basis.clauses]
    near = [notice.clauses[n - 1] for n in own if n]
    return any(
        topics_of(clause.heading)[:1] == ("purpose",)
        and _content(notice, clause.quote) >= _DESCRIBED
        for clause in near
    )


_DESCRIBED = 2  # words of its own


def _around(notice: Notice, said: re.Pattern[str], part: str) -> list[str]:
    """The words on either side of a legitimate interest, up to the next basis."""
    words = pattern("basis_words", notice.language)
    law = pattern("statute_words", notice.language)
    found = []
    for match in said.finditer(part):
        before, after = part[: match.start()], part[match.end() :]
        others = [other.end() for other in (*words.finditer(before), *law.finditer(before))]
        # In a list the next item is about another basis.
        found.append(before[max(others, default=0) :].rpartition(";")[2])
        nearest = words.search(after) or law.search(after)
        found.append((after[: nearest.start()] if nearest else after).partition(";")[0])
    return found


def _sentences(notice: Notice, basis: LegalBasis) -> list[str]:
    words = pattern("basis_words", notice.language)
    own = [p for p in passages(notice) if p.clause in basis.clauses]
    found = [part for passage in own for part in _parts(passage) if words.search(part)]
    # "Answering enquiries. Legal basis: consent": the purpose stands before the label of its basis.
    beside = pairwise(notice.clauses)
    return found + [
        f"{before.quote} {clause.quote}"
        for before, clause in beside
        if clause.id in basis.clauses
        and before.heading == clause.heading
        and _LABEL.match(clause.quote)
    ]


_LABEL = re.compile(
    r"\W*(?:(?:käsittelyn )?(?:oikeus)?peruste|rättslig grund|(?:legal|lawful) basis)\s*[:–]",
    re.IGNORECASE,
)


def _parts(passage: Passage) -> list[str]:
    """Sentences, and items of a list."""
    parts = re.split(r"(?<=[.;])\s+|\s{3,}|\s[•●*–-]\s", passage.text)
    return [clause_words(part) for part in parts if part.strip()]


def _says_more(notice: Notice, text: str, least: int = 2) -> bool:
    """Whether a sentence has at least so many words of its own for each basis that it names."""
    words = pattern("basis_words", notice.language)
    bases = {match[0][:5].lower() for match in words.finditer(text)}
    return _content(notice, text) >= least * max(1, len(bases))


def _content(notice: Notice, text: str) -> int:
    """How many words are neither a basis nor about bases in general."""
    rest = pattern("basis_words", notice.language).sub(" ", text)
    return sum(1 for word in _WORD.findall(rest) if not _ABOUT_BASES.match(word))
