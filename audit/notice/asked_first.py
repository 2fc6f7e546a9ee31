"""
What a notice promises to do only with consent: marketing, or publishing.

"Suoramarkkinointia lähetetään vain suostumuksella" promises more than the law asks. A sentence that
names another ground besides promises nothing of the kind.
"""

from __future__ import annotations

import re
from typing import Literal

from audit.notice.model import Notice
from audit.notice.sentences import at_stops

__all__ = ["OTHER_GROUND", "only_with_consent"]

OTHER_GROUND = re.compile(
    r"oikeutettu|oikeutetu|berättigat intresse|legitimate interest|asiakassuh|kundförhåll|"
    r"customer relation|köpt|bought|ostan|purchas",
    re.IGNORECASE,
)
"""Words by which a sentence names another ground than consent."""

_MATTERS = {
    "marketing": re.compile(
        r"markkinoi|mainon|mainoks|mainosv|uutiskirj|marknadsför|reklam|nyhetsbrev|marketing|advertis|newsletter",
        re.IGNORECASE,
    ),
    "publication": re.compile(
        r"julkais|julkise|verkkosivuil|publicer|offentliggör|publish|made public|make public",
        re.IGNORECASE,
    ),
}
# "Only with consent", "not without consent", in whichever order.
_ONLY = re.compile(
    r"(?:\b(?:vain|ainoastaan|pelkästään|vasta|endast|bara|enbart|only|solely|exclusively)\b"
    r".{0,80}(?:suostumu|samtyck|consent))"
    r"|(?:(?:suostumu|samtyck|consent).{0,60}\b(?:vain|ainoastaan|endast|bara|enbart|only|solely)\b)"
    r"|(?:\b(?:ei|emme|eikä|inte|aldrig|ej|not|never|no)\b.{0,80}"
    r"\b(?:ilman|utan|without|unless)\b.{0,40}(?:suostumu|samtyck|consent))",
    re.IGNORECASE,
)
_COOKIES = re.compile(r"eväste|kakor|\bkaka|cookie|piksel|pixel", re.IGNORECASE)


def only_with_consent(notice: Notice | None, matter: Literal["marketing", "publication"]) -> bool:
    """
    Whether the notice says that it does something only where people have consented.

    >>> from audit.notice.sketch import sketch
    >>> only_with_consent(sketch({"clauses": ["Uutiskirjeen saa vain suostumuksella."]}), "marketing")
    True
    >>> only_with_consent(sketch({"clauses": ["Markkinointia voi vastustaa."]}), "marketing")
    False
    """
    if notice is None:
        return False
    said = [sentence for clause in notice.clauses for sentence in at_stops(clause.words)]
    return any(
        _MATTERS[matter].search(sentence)
        and _ONLY.search(sentence)
        and not OTHER_GROUND.search(sentence)
        and not _COOKIES.search(sentence)
        for sentence in said
    )
