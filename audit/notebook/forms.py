"""The forms on the plan: what each column is, and what somebody says or saw that no data can show."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.categories import categories
from audit.errors import PlanInvalid
from audit.notebook.draft import PlanDraft
from audit.notebook.tables import column_list, fragment, listed, resolved
from audit.notice.model import Clause, ClauseKind, Notice
from audit.plan import Mapping, Plan
from audit.register.model import Role
from audit.report.texts import Texts, clean
from audit.report.view import quoted_words
from audit.statements import Attestation, says_something

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["AttestationForm", "MappingEditor"]

_NOTHING = ""


class _PlanForm:
    """A form on a draft of the plan, which it may share with others."""

    def __init__(self, plan: Plan | PlanDraft | _PlanForm, lang: str) -> None:
        self.draft: PlanDraft = (
            plan.draft
            if isinstance(plan, _PlanForm)
            else plan
            if isinstance(plan, PlanDraft)
            else PlanDraft(plan)
        )
        self.texts = Texts(lang)

    @property
    def plan(self) -> Plan:
        """The plan with everything that was said, in this form and in those that share its draft."""
        return self.draft.plan

    def save(self, path: Path | None = None) -> Path:
        """Write the plan as it is now."""
        return self.draft.save(path)

    def _shown(self, lines: list[Any], still: str, save_to: Path | None) -> Widget:
        from audit.notebook.widgets import Shown

        if save_to is not None:
            self.draft.path = Path(save_to)
            lines = [*lines, self.draft.show(self.texts.lang)]
        return Shown(lines, fragment(still, self.texts.lang))


class MappingEditor(_PlanForm):
    """
    What each column is taken for, to be corrected column by column.

    ``unsure_only`` shows the columns that nobody and nothing is certain of. ``plan`` is the plan, or
    better the draft that other forms share; ``save`` writes it.
    """

    def __init__(
        self,
        plan: Plan | PlanDraft | _PlanForm,
        *,
        unsure_only: bool = False,
        lang: str = "en",
    ) -> None:
        super().__init__(plan, lang)
        found = {
            table.name: [
                column
                for column in table.columns
                if not unsure_only or column.certainty != "certain"
            ]
            for table in resolved(self.plan)
        }
        self._tables = {name: columns for name, columns in found.items() if columns}
        self.columns = [(name, c.header) for name, shown in self._tables.items() for c in shown]
        self.boxes: dict[tuple[str, str], tuple[Any, Any]] = {}
        """Once shown, the two lists of each column: what it holds, and what it is for."""

    def __repr__(self) -> str:
        return f"{len(self.columns)} columns to look at, in a browser"

    def correct(
        self, table: str, column: str, *, category: str | None = None, role: str | None = None
    ) -> Plan:
        """Say what a column is; the other columns stay as they are."""
        if table not in {source.name for source in self.plan.sources}:
            raise PlanInvalid(
                "the mapping", table, "the plan has no such table", "correct its name"
            )
        said = Mapping(category=category, role=Role(role) if role else None)
        sources = tuple(
            source.model_copy(update={"columns": {**source.columns, column: said}})
            if source.name == table
            else source
            for source in self.plan.sources
        )
        self.draft.change(self.plan.model_copy(update={"sources": sources}))
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: a fold for each table, two lists a column; a page shows the columns instead."""
        import ipywidgets as widgets

        texts = self.texts
        keys = [(texts.category(key), key) for key in categories()]
        roles = [(texts.known("roles", role.value), role.value) for role in Role]
        choices = [
            [(texts.t("notebook.nothing"), _NOTHING), *sorted(pairs)] for pairs in (keys, roles)
        ]
        folds = widgets.Accordion(
            [
                widgets.VBox([self._line(widgets, name, column, choices) for column in columns])
                for name, columns in self._tables.items()
            ],
            titles=[f"{clean(name)} ({len(c)})" for name, c in self._tables.items()],
        )
        counted = texts.t("notebook.to_look_at", n=len(self.columns))
        still = f"<p>{escape(counted)}</p>" + "".join(
            f"<h3><bdi>{escape(clean(name))}</bdi></h3>{column_list(texts, name, columns)}"
            for name, columns in self._tables.items()
        )
        return self._shown([widgets.Label(counted), folds], still, save_to)

    def _line(self, widgets: Any, table: str, column: Any, choices: list[list[Any]]) -> Widget:
        label = widgets.Label(clean(column.header, 60), layout={"width": "18em"})
        known, used = (
            widgets.Dropdown(
                options=pairs
                if any(value == key for _, key in pairs)
                else [*pairs, (value, value)],
                value=value,
                layout={"width": "17em"},
            )
            for pairs, value in zip(
                choices,
                (column.category or _NOTHING, str(column.role) if column.role else _NOTHING),
                strict=True,
            )
        )

        def corrected(_: object) -> None:
            self.correct(
                table, column.header, category=known.value or None, role=used.value or None
            )

        for box in (known, used):
            box.observe(corrected, names="value")
        self.boxes[table, column.header] = (known, used)
        why = widgets.Label(self.texts.wording(column.ground))
        return widgets.HBox([label, known, used, why])


class AttestationForm(_PlanForm):
    """
    Clauses that no data can show, to be attested: a locked room, a firewall.

    ``plan`` is the plan, or better the draft that other forms share; ``save`` writes it.
    """

    def __init__(
        self, plan: Plan | PlanDraft | _PlanForm, notice: Notice, *, lang: str = "en"
    ) -> None:
        super().__init__(plan, lang)
        self.language = notice.language
        said = {clause for attested in self.plan.attestations for clause in attested.clauses}
        self.open = tuple(
            clause
            for clause in notice.clauses
            if ClauseKind.ATTESTED in clause.kinds and clause.id not in said
        )
        self.lines: dict[str, _Line] = {}
        """Once shown, the line of each clause."""

    def __repr__(self) -> str:
        return f"{len(self.open)} clauses to attest, in a browser"

    def attest(
        self, clauses: tuple[str, ...], *, by: str, on: date, place: str = "", **said: Any
    ) -> Plan:
        """
        Add an attestation; with a place it was observed there, else the controller says so.

        ``said`` may hold ``holds``, ``expires`` and ``statement``.
        """
        strength: Any = "observed" if place else "self"
        new = Attestation(
            clauses=clauses, strength=strength, by=by, on=on, place=place or None, **said
        )
        self.draft.change(
            self.plan.model_copy(update={"attestations": (*self.plan.attestations, new)})
        )
        self.open = tuple(clause for clause in self.open if clause.id not in clauses)
        return self.plan

    def show(self, save_to: Path | None = None) -> Widget:
        """The form: the notice's words, who says or saw it, when and where, and whether it is so."""
        texts = self.texts
        self.lines = {clause.id: _Line(self, clause) for clause in self.open}
        counted = texts.t("notebook.to_attest", n=len(self.open))
        still = f"<p>{escape(counted)}</p>"
        if self.open:
            still += listed(
                texts,
                [texts.t("clauses.id"), texts.t("clauses.quote")],
                [(clause.id, self.words(clause)) for clause in self.open],
                caption=counted,
            )
        return self._shown([line.row for line in self.lines.values()], still, save_to)

    def words(self, clause: Clause) -> str:
        """The notice's own words; where the section is blank, the promise in the auditor's."""
        return quoted_words(clause.quote) or clause.promise


class _Line:
    """One clause of the form."""

    def __init__(self, form: AttestationForm, clause: Clause) -> None:
        import ipywidgets as widgets

        self._form, self._clause = form, clause
        t = form.texts.t
        quote = (
            f'<p style="line-height:1.4;margin:.8em 0 .2em"><b>{escape(clause.id)}</b> '
            f'<span lang="{form.language}">{escape(form.words(clause))}</span></p>'
        )
        wide = {"width": "16em"}
        self.by = widgets.Text(placeholder=t("notebook.who"), layout=wide)
        self.on = widgets.DatePicker(layout={"width": "11em"})
        self.place = widgets.Text(placeholder=t("notebook.where_seen"), layout=wide)
        self.so = widgets.Button(description=t("notebook.it_is_so"), layout={"width": "auto"})
        self.not_so = widgets.Button(
            description=t("notebook.it_is_not_so"), layout={"width": "auto"}
        )
        self.said = widgets.Label()
        self.so.on_click(lambda _: self._attested(holds=True))
        self.not_so.on_click(lambda _: self._attested(holds=False))
        boxes = widgets.HBox([self.by, self.on, self.place, self.so, self.not_so, self.said])
        self.row = widgets.VBox([widgets.HTML(quote), boxes])

    def _attested(self, *, holds: bool) -> None:
        t = self._form.texts.t
        if not says_something(self.by.value):
            self.said.value = t("notebook.who_is_missing")
        elif self.on.value is None:
            self.said.value = t("notebook.day_is_missing")
        else:
            self._form.attest(
                (self._clause.id,),
                by=self.by.value,
                on=self.on.value,
                place=self.place.value.strip(),
                holds=holds,
            )
            for box in (self.by, self.on, self.place, self.so, self.not_so):
                box.disabled = True
            self.said.value = t("notebook.attested")
