"""What people are asked, in the plan and in the notebook: the promises that no data can show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from audit.notice.forms.markup import unmarked
from audit.notice.model import Clause, ClauseKind, Notice
from audit.plan.statements import ATTESTED_CHECKS, Attestation, standing

__all__ = ["Asked", "beginning", "form", "to_ask"]

_LONGEST = 60  # characters of a clause that tell it from the others


class Asked(NamedTuple):
    """The clauses, and the codes of checks, of which nobody said or saw anything that counts."""

    clauses: tuple[Clause, ...]
    checks: tuple[str, ...]


def to_ask(notice: Notice, said: Iterable[Attestation], as_of: date) -> Asked:
    """What is still to be asked on a day."""
    given = tuple(said)

    def is_open(name: str) -> bool:
        about = (one for one in given if name in (*one.clauses, *one.checks))
        return standing(about, as_of) is None

    return Asked(
        clauses=tuple(c for c in notice.clauses if _rests_on_words(c) and is_open(c.id)),
        checks=tuple(code for code in sorted(ATTESTED_CHECKS) if is_open(code)),
    )


def _rests_on_words(clause: Clause) -> bool:
    """Whether nothing but what somebody says or saw can tell that a clause is kept."""
    if ClauseKind.INFORMATIVE in clause.kinds or clause.same_as:
        return False
    return ClauseKind.ATTESTED in clause.kinds or not clause.checks


def beginning(clause: Clause) -> str:
    """The first words of a clause, by which a statement about it is tied to them."""
    words = unmarked(clause.words).split()
    begun = ""
    for word in words:
        if begun and len(begun) + len(word) >= _LONGEST:
            break
        begun = f"{begun} {word}".strip()
    return begun


def form(asked: Asked) -> str:
    """The form for a plan, each line a comment until somebody fills it in; blank for nothing to ask."""
    lines = [_LEAD, "attestations:"]
    for clause in asked.clauses:
        words = json.dumps(beginning(clause), ensure_ascii=False)  # a JSON string is YAML as well
        lines += [f"  - clauses: [{clause.id}]", f"    words: {{{clause.id}: {words}}}", _BLANK]
    for code in asked.checks:
        lines += [f"  - checks: [{code}]", _BLANK]
    if not any(asked):
        return ""
    return "".join(f"# {line}\n" for line in "\n".join(lines).splitlines())


_LEAD = """\
What no data can show. Ask, or look: take the # away from what somebody says or saw, and write who
and when. `strength: observed` needs a `place`, `holds: false` says that it is not so, and `expires`
may be sooner than a year after `on`."""
_BLANK = """\
    strength: self
    by:
    on:"""
