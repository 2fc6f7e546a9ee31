"""The review of a notice as text: the weight, the article, the words, and what could be written instead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit.report.texts import Texts, clean

if TYPE_CHECKING:
    from audit.notice.model import Notice

__all__ = ["as_text"]

_LONGEST = 600


def as_text(notice: Notice, as_of: date) -> str:
    """Each remark on a notice, in the notice's own language."""
    from audit.checks import catalogue
    from audit.plan import Plan
    from audit.review import review

    texts = Texts(notice.language)
    references = {code: check.criterion.references for code, check in catalogue().items()}
    lines = [notice.register_name, ""] if notice.register_name else []
    for one in review(catalogue().values(), notice, Plan(), as_of).remarks:
        said = one.remark
        weight = f"grades.{one.grade}" if one.grade else f"results.{one.result}"
        title = texts.t(f"checks.{one.check}.title")
        if said.reason:
            title = texts.reason(said.reason)
        sort = f" ({texts.t(f'detail.notice_{said.detail}')})" if said.detail else ""
        lines.append(f"{one.check}  {texts.t(weight)}: {title}{sort}")
        lines.append(f"    {texts.citation(references[one.check])}")
        where = ", ".join(said.clauses)
        if said.quote:
            lines.append(f"    {where}: ”{clean(said.quote, _LONGEST)}”")
        elif where:
            lines.append(f"    {where}")
        if one.wording:
            lines.append(f"    {texts.t('remarks.wording')}: {clean(one.wording, _LONGEST)}")
        lines.append("")
    return "\n".join(lines)
