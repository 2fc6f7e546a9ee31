"""How a notice's legal bases hang together with its purposes and interests."""

from __future__ import annotations

import re

from audit.notice.model import LegalBasis, Notice
from audit.notice.review.phrases import Passage, clause_words, passages, pattern

__all__ = ["bases_are_linked", "interest_is_described"]

_WORD = re.compile(r"[^\W\d_]{4,}")
_ABOUT_BASES = re.compile(
    r"käsitte|perust|oikeusp|henkilötie|tietoj|rekister|asetu|artikl|mukai|yleis|"
    r"behandl|grund|rättslig|personuppgift|register|förordning|artikel|enligt|"
    r"process|basis|ground|legal|personal|data|register|article|regulation|according",
    re.IGNORECASE,
)


def bases_are_linked(notice: Notice) -> bool:
    """
    Whether the notice says which basis holds for which purpose.

    It does where a purpose names its basis, or where the words of one basis say what it is for:
    "sopimus (ajanvaraus)", "laskutus perustuu kirjanpitolakiin". A mere list of bases says nothing.
    """
    if any(purpose.legal_bases for purpose in notice.purposes):
        return True
    return any(
        _says_more(notice, basis.text or "")
        or any(_says_more(notice, sentence) for sentence in _sentences(notice, basis))
        for basis in notice.legal_bases
    )


def interest_is_described(notice: Notice, basis: LegalBasis) -> bool:
    """Whether a legitimate interest is named: more than the relationship, more than its name."""
    noun = pattern("relationship_noun", notice.language)
    for words in (basis.interest, basis.text):
        if words and not noun.search(words) and _says_more(notice, words, least=1):
            return True
    said = pattern("legitimate_interest", notice.language)
    return any(
        _says_more(notice, sentence, least=2)
        for sentence in _sentences(notice, basis)
        if said.search(sentence)
    )


def _sentences(notice: Notice, basis: LegalBasis) -> list[str]:
    words = pattern("basis_words", notice.language)
    own = [p for p in passages(notice) if p.clause in basis.clauses]
    return [part for passage in own for part in _parts(passage) if words.search(part)]


def _parts(passage: Passage) -> list[str]:
    """Sentences, and items of a list."""
    parts = re.split(r"(?<=[.;])\s+|\s{3,}|\s[•●*–-]\s", passage.text)
    return [clause_words(part) for part in parts if part.strip()]


def _says_more(notice: Notice, text: str, least: int = 2) -> bool:
    """Whether a sentence names one basis, and besides it at least so many words of its own."""
    words = pattern("basis_words", notice.language)
    bases = {match[0][:5].lower() for match in words.finditer(text)}
    if len(bases) > 1:
        return False
    rest = [word for word in _WORD.findall(words.sub(" ", text)) if not _ABOUT_BASES.match(word)]
    return len(rest) >= least
