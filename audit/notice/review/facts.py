"""What was read of a notice, over all the registers that it describes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from audit.notice.model import Clause, Notice, RetentionPeriod
from audit.notice.review.phrases import mentions

__all__ = ["Facts", "Rule", "Said"]


@dataclass(frozen=True)
class Facts:
    """One or more registers of one notice, and the day on which it is looked at."""

    notices: tuple[Notice, ...]
    as_of: date

    @cached_property
    def whole(self) -> Notice:
        """All clauses of the registers, each once, as one notice."""
        seen: dict[tuple[object, ...], Clause] = {}
        for notice in self.notices:
            for clause in notice.clauses:
                seen.setdefault((clause.spans, clause.heading, clause.quote), clause)
        clauses = tuple(
            clause.model_copy(update={"id": f"C{number}", "same_as": ()})
            for number, clause in enumerate(seen.values(), 1)
        )
        return self.notices[0].model_copy(update={"clauses": clauses})

    @cached_property
    def bases(self) -> frozenset[str]:
        """The grounds that any register claims."""
        return frozenset(basis.key for notice in self.notices for basis in notice.legal_bases)

    @cached_property
    def rights(self) -> frozenset[str]:
        """The rights that are granted."""
        return frozenset(right.key for notice in self.notices for right in notice.rights)

    @cached_property
    def categories(self) -> frozenset[str]:
        """The categories of data of any register."""
        return frozenset(item.key for notice in self.notices for item in notice.data_categories)

    @cached_property
    def rules(self) -> tuple[tuple[Notice, RetentionPeriod], ...]:
        """The rules on retention, with the notice that has them."""
        return tuple((notice, rule) for notice in self.notices for rule in notice.retention)

    @property
    def automated(self) -> str:
        """What is said of automated decisions and profiling."""
        return self.notices[0].automated_decisions.statement

    def says(self, *names: str) -> bool:
        """Whether such a phrase stands anywhere in the notice."""
        return mentions(self.whole, *names)


#: What a rule says: whether the defect is there, or the words that tell more of it.
Said = bool | str
Rule = Callable[[Facts], Said]
