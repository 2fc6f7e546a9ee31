"""
What each section of the report shows, arranged from the data that ``findings.as_data`` gives.

Nothing is worded here and nothing is marked up: templates do that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from audit.notice.forms.markup import unmarked
from audit.report.actions import action_of, do_by
from audit.report.arranged import Bar, Group, Mapped, Place, Task, bar_of, mapped
from audit.report.texts import clean

__all__ = ["View", "quoted_words"]

Data = Mapping[str, Any]
Examples = Mapping[str, Sequence[Data]]

SHOWN_LINES = 100
"""Quarantined lines of a file that the page lists; the evidence has all."""
_LONGEST_QUOTE = 4000
_FEW = 4  # of so many columns one that nobody recognised is worth a word in the verdict
_STATES = (
    "does_not_conform",
    "waived",
    "conforms",
    "conforms_on_supplied",
    "observed",
    "attested",
    "not_assessed",
)
_RESULTS = ("major", "minor", "waived", "observation", "conformity", "not_assessed")


class View:
    """The data of one audit, arranged by section."""

    def __init__(self, data: Data, examples: Examples) -> None:
        self.data = data
        self._examples = examples
        self._tables = {table["name"]: table for table in data["tables"]}
        self.clauses = {clause["id"]: clause for clause in data["clauses"]}
        self.rules = {rule["id"]: rule for rule in data["notice"].get("retention", ())}
        self.groups = self._grouped()

    def _grouped(self) -> dict[str, Group]:
        groups = {c["code"]: Group(criterion=c) for c in self.data["criteria"]}
        for finding in self.data["findings"]:
            group = groups[finding["check"]]
            lists = {
                "nonconformity": group.nonconforming,
                "observation": group.observed,
                "conformity": group.conforming,
            }
            if finding["result"] in lists:
                lists[finding["result"]].append(self._place(finding))
            if finding["result"] == "nonconformity":
                group.grade = min(group.grade or "minor", finding["grade"])  # major before minor
                group.clauses |= dict.fromkeys(finding.get("clauses", ()))
        for group in groups.values():
            group.nonconforming.sort(key=lambda place: -place.count)
        return groups

    def _place(self, finding: Data) -> Place:
        rows = tuple(self._examples.get(finding["fingerprint"], ()))
        whole = finding["unit"] == "columns" or bool(rows and rows[0].get("row") is None)
        return Place(
            fingerprint=finding["fingerprint"],
            table=finding["table"],
            column=finding.get("column"),
            category=finding.get("category"),
            rule=finding.get("rule"),
            count=finding["count"],
            examined=finding["examined"],
            unit=finding["unit"],
            filled=self._filled(finding) if whole else None,
            rows=rows[:20],
        )

    def _filled(self, finding: Data) -> int | None:
        columns = self._tables.get(finding["table"], {"columns": ()})["columns"]
        found = [c["filled"] for c in columns if c["header"] == finding.get("column")]
        return found[0] if found else None

    # --- verdict ---------------------------------------------------------------------------------

    @property
    def quarantined(self) -> int:
        """Lines that could not be read as records."""
        return sum(len(ledger["quarantined"]) for ledger in self.data["ledgers"])

    @property
    def unknown_columns(self) -> tuple[int, int] | None:
        """How many columns with data nobody recognised, of how many; None where they are few."""
        filled = [c for table in self.data["tables"] for c in table["columns"] if c["filled"]]
        unknown = sum(not column["category"] and not column["role"] for column in filled)
        return (unknown, len(filled)) if unknown * _FEW >= len(filled) > 0 else None

    @property
    def of_the_notice(self) -> int:
        """Nonconformities of the notice's own text."""
        return sum(
            finding["unit"] == "notice" and finding["result"] == "nonconformity"
            for finding in self.data["findings"]
        )

    @property
    def breach(self) -> bool:
        """Whether something was found that may be a personal data breach."""
        return bool(self.breaches)

    @property
    def breaches(self) -> list[Group]:
        """
        The checks whose nonconformities may be a personal data breach (GDPR Art. 33).

        Also those that the plan accepts for now: no waiver stops the 72 hours.
        """
        accepted = {f["check"] for f in self.data["findings"] if f["result"] == "waived"}
        return [
            group
            for group in self.groups.values()
            if group.criterion.get("breach") and (group.nonconforming or group.code in accepted)
        ]

    @property
    def denied(self) -> list[str]:
        """The clauses of which somebody said, or saw, that it is not so."""
        return [c["id"] for c in self.clauses.values() if c.get("holds") is False]

    def excused(self, waiver: Data) -> list[tuple[str, Place]]:
        """What a waiver names: the code of each finding, and where it stands."""
        names = set(waiver["findings"])
        found = [f for f in self.data["findings"] if f["fingerprint"] in names]
        return [(f["check"], self._place(f)) for f in found if f["result"] != "observation"]

    @property
    def results(self) -> Bar:
        """The findings by result."""
        summary = self.data["summary"]
        counts = (
            summary["major"],
            summary["minor"],
            summary.get("waived", 0),
            summary["observations"],
            summary["conformities"],
            summary["not_assessed"],
        )
        return bar_of(zip(_RESULTS, counts, strict=True))

    # --- actions and findings --------------------------------------------------------------------

    @property
    def actions(self) -> list[Group]:
        """Checks with nonconformities: the most urgent first, among them the gravest."""
        found = [group for group in self.groups.values() if group.nonconforming]
        as_of = date.fromisoformat(self.data["as_of"])
        return sorted(found, key=lambda g: (do_by(g.code, as_of), g.grade, -g.total, g.code))

    @property
    def tasks(self) -> list[Task]:
        """What is to be done, the most urgent first: a task for each action and day."""
        as_of = date.fromisoformat(self.data["as_of"])
        found: dict[tuple[date, str], list[Group]] = defaultdict(list)
        for group in self.actions:
            found[do_by(group.code, as_of), action_of(group.code).key].append(group)
        return [
            Task(action=action_of(groups[0].code), by=by, groups=tuple(groups))
            for (by, _), groups in found.items()
        ]

    @property
    def families(self) -> list[tuple[str, list[Group]]]:
        """The checks that found or confirmed something, by family, gravest family first."""
        families: dict[str, list[Group]] = defaultdict(list)
        rest = [
            g for g in self.groups.values() if not g.nonconforming and (g.observed or g.conforming)
        ]
        for group in self.actions + rest:
            families[group.criterion["family"]].append(group)
        return list(families.items())

    def quotes(self, group: Group) -> list[tuple[Data, str]]:
        """The clauses that the nonconformities of a check deviate from, with their words."""
        cited = [self.clauses[clause] for clause in group.clauses if clause in self.clauses]
        return [(clause, words) for clause in cited if (words := quoted_words(clause["quote"]))]

    def remarks(self, group: Group, result: str) -> Sequence[Data]:
        """What a check of the notice remarked, with the words and, once, the proposed wording."""
        found: list[dict[str, Any]] = []
        for one in self.data["notice"].get("remarks", ()):
            if one["check"] != group.code or one["result"] != result:
                continue
            remark = {"quote": "", "clauses": (), "wording": "", "detail": ""} | one
            if not remark["quote"]:  # the passage as a whole is meant
                words = (self.clauses.get(clause, {}).get("quote") for clause in remark["clauses"])
                remark["quote"] = next(filter(None, words), "")
            if any(remark["wording"] == other["wording"] for other in found):
                remark["wording"] = ""
            found.append(remark)
        return found

    def rule_texts(self, group: Group) -> list[str]:
        """The retention rules that were not kept, unless the clauses quoted say just that."""
        quotes = {words for _, words in self.quotes(group)}
        texts = [
            quoted_words(self.rules[rule]["text"]) for rule in group.rules if rule in self.rules
        ]
        return [words for words in dict.fromkeys(texts) if words not in quotes]

    # --- clauses ---------------------------------------------------------------------------------

    @property
    def coverage(self) -> Bar:
        """The clauses that promise something and are no second copy, by state."""
        counted = [
            c for c in self.data["clauses"] if c["state"] != "informative" and not c["same_as"]
        ]
        states = [self.shown_state(clause) for clause in counted]
        return bar_of((state, states.count(state)) for state in _STATES)

    def shown_state(self, clause: Data) -> str:
        """The state of a clause; where nothing but observations was made of it, that."""
        examined = clause.get("examined", ())
        alone = examined and not any(one["conforming"] for one in examined)
        return "observed" if alone and self.observed(clause) else str(clause["state"])

    @property
    def on_supplied(self) -> bool:
        """Whether clauses conform on what was supplied alone."""
        return any(clause["state"] == "conforms_on_supplied" for clause in self.clauses.values())

    def observed(self, clause: Data) -> list[Group]:
        """The checks that observed something about a clause that otherwise conforms."""
        if not clause["state"].startswith("conforms"):
            return []
        codes = {
            finding["check"]: None
            for finding in self.data["findings"]
            if finding["result"] == "observation" and clause["id"] in finding.get("clauses", ())
        }
        return [self.groups[code] for code in codes]

    @property
    def headings(self) -> list[tuple[str, list[Data], list[tuple[str, int]]]]:
        """The notice's headings in order, each with its clauses and how many are in which state."""
        found: list[tuple[str, list[Data], list[tuple[str, int]]]] = []
        for clause in self.data["clauses"]:
            if not found or found[-1][0] != clause["heading"]:
                found.append((clause["heading"], [], []))
            found[-1][1].append(clause)
        for _, clauses, counts in found:
            states = [self.shown_state(clause) for clause in clauses]
            counts += [(s, states.count(s)) for s in (*_STATES, "informative") if s in states]
        return found

    # --- data map --------------------------------------------------------------------------------

    @cached_property
    def map_tables(self) -> list[Mapped]:
        """Each table with its picture, and its columns with what else stands in their cells."""
        return [mapped(table, self.data["findings"]) for table in self.data["tables"]]

    @property
    def map_kinds(self) -> set[str]:
        """The kinds of marks in the pictures."""
        return {cell.kind for table in self.map_tables for cell in table.grid.cells}

    @property
    def exported(self) -> tuple[str, ...]:
        """The days before the audit on which exports were taken: the first, and the last if another."""
        days = {table["extracted_on"] for table in self.data["tables"] if table.get("extracted_on")}
        return (
            tuple(sorted({min(days), max(days)})) if days and min(days) < self.data["as_of"] else ()
        )

    # --- limits ----------------------------------------------------------------------------------

    @property
    def unassessed(self) -> list[tuple[list[Data], str, list[tuple[str, list[str]]]]]:
        """What was not assessed: the criteria, the reason, and the columns by table."""
        found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
        for finding in self.data["findings"]:
            if finding["result"] == "not_assessed":
                tables = found[finding["check"], finding.get("reason", "not_assessed")]
                columns = tables.setdefault(finding["table"], [])
                columns += [finding["column"]] if finding.get("column") else []
        merged: dict[Any, list[Data]] = defaultdict(list)
        for (code, reason), tables in found.items():
            where = tuple((table, tuple(columns)) for table, columns in tables.items())
            merged[reason, where].append(self.groups[code].criterion)
        return [
            (criteria, reason, [(table, list(columns)) for table, columns in where])
            for (reason, where), criteria in merged.items()
        ]

    def every_table(self, names: Iterable[Any]) -> bool:
        """Whether these, as names or as pairs of name and columns, are whole tables, all of them."""
        pairs = [(name, ()) if isinstance(name, str) else name for name in names]
        whole = {name for name, columns in pairs if not columns}
        return whole == self._tables.keys() and len(whole) == len(pairs)

    @property
    def assumptions(self) -> list[tuple[str, list[str]]]:
        """Each assumption with the tables, and columns, for which it was made."""
        found: dict[str, list[str]] = defaultdict(list)
        for assumption in self.data["assumptions"]:
            key, _, where = assumption.partition(":")
            found[key] += [self._named(where)] if where else []
        return list(found.items())

    def _named(self, where: str) -> str:
        """``table:column`` as words; a name may itself hold a colon."""
        for table in self._tables:
            if where.startswith(f"{table}:"):
                return f"{table}, {where[len(table) + 1 :]}"
        return where


def quoted_words(text: str) -> str:
    r"""
    The words of a notice without its markup and line breaks.

    >>> quoted_words("Säilytämme<br/> tiedot\n&nbsp;<b>10 vuotta</b>")
    'Säilytämme tiedot 10 vuotta'
    """
    return clean(unmarked(text), _LONGEST_QUOTE)
