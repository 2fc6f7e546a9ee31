"""Transparency: browser settings in the place of consent."""

from __future__ import annotations

from collections.abc import Iterator

from audit.catalogue import check
from audit.finding import Basis, Grade
from audit.notice.model import Notice
from audit.notice.review.cookies import consent_is_asked
from audit.notice.review.phrases import find, remark
from audit.notice.review.remark import Remark


@check(
    "NOT25",
    criterion="SVPL 917/2014 205 §; GDPR Art. 4(11), 7",
    basis=Basis.LAW,
    grade=Grade.MAJOR,
    unit="notice",
)
def cookie_consent_by_browser(notice: Notice) -> Iterator[Remark]:
    """
    Notices that point to browser settings, or to the use of the site, instead of asking for consent to cookies.

    Cookies that are not strictly necessary need consent before they are set. Settings of the
    browser are none (Helsinki Administrative Court, April 2021), and an add-on that refuses
    afterwards is none either. Nor does anybody consent by going on reading. A notice that asks for consent and names the settings besides is
    right.

    | cookies.used | clauses                                                                | result        |
    | ------------ | ---------------------------------------------------------------------- | ------------- |
    | true         | Voit estää evästeet selaimesi asetuksista.                             | nonconformity |
    | true         | Pyydämme suostumuksen; voit estää evästeet myös selaimesi asetuksista. | conformity    |
    | true         | Käyttämällä sivustoa hyväksyt evästeet.                                | nonconformity |
    | true         | Käytämme vain välttämättömiä evästeitä.                                | conformity    |

    Remedy: ask for consent before anything but necessary cookies is set, and let people refuse as
    easily.
    """
    if consent_is_asked(notice):
        return
    seen: set[str] = set()
    for found in find(notice, "browser_settings"):
        if found.passage.clause not in seen:
            seen.add(found.passage.clause)
            yield remark(notice, found=found, detail="browser")
    for found in find(notice, "inferred_consent"):
        if found.passage.clause not in seen:
            seen.add(found.passage.clause)
            yield remark(notice, found=found, detail="inferred")
