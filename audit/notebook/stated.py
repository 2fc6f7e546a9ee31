"""What people say, asked in a notebook: that a promise is kept, that a table is whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from audit.coverage.stated import reject_wrong_statements
from audit.errors import AuditError, PlanInvalid
from audit.notebook.draft import PlanDraft
from audit.notebook.form import PlanForm
from audit.notebook.tables import listed
from audit.notice.model import Clause, Notice
from audit.notice.validation import first_problem
from audit.plan import Plan
from audit.plan.asked import beginning, to_ask
from audit.plan.statements import (
    Attestation,
    Completeness,
    says_something,
)
from audit.report.texts import Texts, clean
from audit.report.view import quoted_words

if TYPE_CHECKING:
    from ipywidgets import DatePicker, Widget

__all__ = ["AttestationForm", "CompletenessForm", "Line"]

Said = TypeVar("Said", bound=BaseModel)
_WIDE = {"width": "15em"}


class Line:
    """One line of a form: who says it and when, further words, and a button for each answer."""

    def __init__(
        self,
        texts: Texts,
        head: str,
        answers: dict[str, bool],
        say: Callable[[Line, bool], object],
        more: tuple[str, ...] = (),
        *,
        ends: bool = False,
    ) -> None:
        import ipywidgets as widgets

        self.texts, self._say = texts, say
        self.by = widgets.Text(placeholder=texts.t("notebook.who"), layout=_WIDE)
        self.on = self._day("day")
        self.until = self._day("until") if ends else None
        self.more = {
            key: widgets.Text(placeholder=texts.t(f"notebook.{key}"), layout=_WIDE) for key in more
        }
        self.answers = {
            key: widgets.Button(description=texts.t(f"notebook.{key}"), layout={"width": "auto"})
            for key in answers
        }
        self.said = widgets.Label()
        for key, holds in answers.items():
            self.answers[key].on_click(lambda _, holds=holds: self._answered(holds=holds))
        wrapped = widgets.HBox(self.boxes, layout={"flex_flow": "row wrap"})
        self.row = widgets.VBox([widgets.HTML(head), wrapped, self.said])

    def _day(self, key: str) -> DatePicker:
        import ipywidgets as widgets

        return widgets.DatePicker(
            description=self.texts.t(f"notebook.{key}"),
            style={"description_width": "auto"},
            layout={"width": "auto"},
        )

    @property
    def boxes(self) -> list[Widget]:
        """What can be filled in and pressed."""
        days = [self.on] if self.until is None else [self.on, self.until]
        return [self.by, *days, *self.more.values(), *self.answers.values()]

    def _answered(self, *, holds: bool) -> None:
        """Take the answer, or say what is wrong with it: nothing is dropped in silence."""
        t = self.texts.t
        if not says_something(self.by.value):
            self.said.value = t("notebook.who_is_missing")
            return
        if self.on.value is None:
            self.said.value = t("notebook.day_is_missing")
            return
        try:
            self._say(self, holds)
        except AuditError as error:
            self.said.value = str(error)
            return
        for box in self.boxes:
            box.disabled = True
        self.said.value = t("notebook.attested")


class AttestationForm(PlanForm):
    """
    What no data can show, to be attested: a locked room, a firewall, that people got the notice.

    ``open`` are the clauses, and ``open_checks`` the checks that rest on a statement, of which nobody
    said or saw anything that still counts on the plan's day. ``plan`` is the plan, or better the
    draft that other forms share; ``save`` writes it.
    """

    def __init__(self, plan: Plan | PlanDraft, notice: Notice, *, lang: str = "en") -> None:
        super().__init__(plan, lang)
        self.notice = notice
        self.open, self.open_checks = to_ask(notice, self.plan.attestations, _day(self.plan))
        self.lines: dict[str, Line] = {}
        """Once shown, the line of each clause and check."""

    def __repr__(self) -> str:
        return f"{len(self.open) + len(self.open_checks)} promises to attest, in a browser"

    def attest(
        self, clauses: tuple[str, ...], *, by: str, on: date, place: str = "", **said: Any
    ) -> Plan:
        """
        Add an attestation; with a place it was observed there, else the controller says so.

        ``said`` may hold ``checks``, ``holds``, ``expires`` and ``statement``. Raises
        ``PlanInvalid`` for one that an audit would refuse.
        """
        place = place.strip()
        strength = "observed" if place else "self"
        begun = {c.id: beginning(c) for c in self.notice.clauses if c.id in clauses}
        given = {"clauses": clauses, "strength": strength, "by": by, "on": on} | said
        given |= {"words": begun}
        new = _valid(Attestation, given | {"place": place or None})
        alone = Plan(attestations=(new,))
        reject_wrong_statements(alone, self.notice, _day(self.plan), "the form")
        self.draft.change(
            self.plan.model_copy(update={"attestations": (*self.plan.attestations, new)})
        )
        self.open = tuple(clause for clause in self.open if clause.id not in clauses)
        self.open_checks = tuple(code for code in self.open_checks if code not in new.checks)
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: the notice's words, who says or saw it, when and where, and whether it is so."""
        texts = self.texts
        words = {clause.id: _words(clause) for clause in self.open}
        questions = {code: texts.t(f"checks.{code}.question") for code in self.open_checks}
        self.lines = {
            name: self._line(name, said, self.notice.language) for name, said in words.items()
        }
        self.lines |= {code: self._line(code, said, texts.lang) for code, said in questions.items()}
        asked = list((words | questions).items())
        counted = texts.t("notebook.to_attest", n=len(asked))
        still = f"<p>{escape(counted)}</p>"
        if asked:
            heads = [texts.t("clauses.id"), texts.t("clauses.quote")]
            still += listed(texts, heads, asked, caption=counted)
        return self._shown([line.row for line in self.lines.values()], still, save_to)

    def _line(self, name: str, words: str, language: str) -> Line:
        is_check = name in self.open_checks

        def say(line: Line, holds: bool) -> None:  # noqa: FBT001 - the answers differ in nothing else
            self.attest(
                () if is_check else (name,),
                checks=(name,) if is_check else (),
                by=line.by.value,
                on=line.on.value,
                holds=holds,
                expires=line.until.value if line.until else None,
                **{key: box.value for key, box in line.more.items()},
            )

        quote = (
            f'<p style="line-height:1.4;margin:.8em 0 .2em"><b>{escape(name)}</b> '
            f'<span lang="{language}">{escape(words)}</span></p>'
        )
        answers = {"it_is_so": True, "it_is_not_so": False}
        return Line(self.texts, quote, answers, say, ("place", "statement"), ends=True)


class CompletenessForm(PlanForm):
    """
    Tables of which somebody may state that they hold all there is.

    ``open`` are those of which nobody did so of the export at hand; ``save`` writes the plan.
    """

    def __init__(self, plan: Plan | PlanDraft, *, lang: str = "en") -> None:
        super().__init__(plan, lang)
        taken = {source.name: source.extracted_on for source in self.plan.sources}
        counts = {
            said.table
            for said in self.plan.completeness
            if said.counts(taken.get(said.table), _day(self.plan))
        }
        self.open = tuple(name for name in taken if name not in counts)
        self.lines: dict[str, Line] = {}
        """Once shown, the line of each table."""

    def __repr__(self) -> str:
        return f"{len(self.open)} tables to state whole, in a browser"

    def state(self, table: str, *, by: str, on: date) -> Plan:
        """Say who states that a table is whole; raises ``PlanInvalid`` for one that is not there."""
        new = _valid(Completeness, {"table": table, "stated_by": by, "on": on})
        if table not in {source.name for source in self.plan.sources}:
            raise PlanInvalid("the form", table, "the plan has no such table", "correct its name")
        if on > _day(self.plan):
            raise PlanInvalid("the form", table, "it is of a day after the audit", "correct `on`")
        self.draft.change(
            self.plan.model_copy(update={"completeness": (*self.plan.completeness, new)})
        )
        self.open = tuple(name for name in self.open if name != table)
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: a line a table with who states it, and when."""
        counted = self.texts.t("notebook.to_state", n=len(self.open))
        self.lines = {name: self._line(name) for name in self.open}
        names = ", ".join(clean(name) for name in self.open)
        still = f"<p>{escape(counted)}</p>" + (
            f"<p><bdi>{escape(names)}</bdi></p>" if names else ""
        )
        return self._shown([line.row for line in self.lines.values()], still, save_to)

    def _line(self, table: str) -> Line:
        def say(line: Line, _: bool) -> None:  # noqa: FBT001 - there is one answer only
            self.state(table, by=line.by.value, on=line.on.value)

        head = f"<p><b><bdi>{escape(clean(table))}</bdi></b></p>"
        return Line(self.texts, head, {"it_is_whole": True}, say)


def _words(clause: Clause) -> str:
    """The notice's own words; where the section is blank, the promise in the auditor's."""
    return quoted_words(clause.quote) or clause.promise


def _valid(kind: type[Said], given: dict[str, Any]) -> Said:
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        place, problem = first_problem(error, kind)
        raise PlanInvalid("the form", place, problem, "correct it there") from None


def _day(plan: Plan) -> date:
    """The day that the plan audits as of."""
    return plan.as_of or date.today()
