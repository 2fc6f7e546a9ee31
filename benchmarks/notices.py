"""
How well notices are read: labels predicted from notices, held against those of a careful reader.

    python benchmarks/notices.py FOLDER     a folder of notices, each with <stem>.labels.json beside it
    python benchmarks/notices.py            the corpus of the tests

Rules and lexicons have been tuned on all of the corpus: how others are read is told by a folder of
new ones, read once before anything is changed.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from audit.notice.formats.labels import as_labels
from audit.notice.reading import read_published
from audit.notice.review.defects import known_defects

FORMS = (".txt", ".md", ".html", ".docx", ".pdf")
CORPUS = Path(__file__).parents[1] / "tests" / "notice" / "corpus"
MONTHS, DAYS = {"Y": 12, "M": 1}, {"W": 7, "D": 1}
AS_OF = date(2026, 11, 26)  # the day on which notices are judged to be old
SAME = 0.5  # share of stems that two names of one register have in common


class Tally:
    """Hits, false alarms and misses of lists, and right and all answers of single values, by field."""

    def __init__(self) -> None:
        self.lists: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.values: dict[str, list[int]] = defaultdict(lambda: [0, 0])

    def listed(self, field: str, wanted: Iterable[Any], got: Iterable[Any]) -> None:
        wanted, got = Counter(wanted), Counter(got)
        hits = (wanted & got).total()
        self.add(field, hits, got.total() - hits, wanted.total() - hits)

    def add(self, field: str, hits: int, alarms: int, misses: int) -> None:
        for place, number in enumerate((hits, alarms, misses)):
            self.lists[field][place] += number

    def value(self, field: str, *, right: bool) -> None:
        self.values[field][0] += right
        self.values[field][1] += 1

    def f1(self, field: str) -> float:
        hits, alarms, misses = self.lists[field]
        return 2 * hits / (2 * hits + alarms + misses) if hits else 0.0

    def share(self, field: str) -> float:
        right, number = self.values[field]
        return right / number if number else 0.0

    def lines(self) -> Iterator[str]:
        for field in sorted(self.lists):
            hits, alarms, misses = self.lists[field]
            yield f"{field:28} F1 {self.f1(field):.3f}   {hits} right, {alarms} too many, {misses} missed"
        for field in sorted(self.values):
            right, number = self.values[field]
            yield f"{field:28}    {self.share(field):.3f}   {right} of {number}"


def same_length(duration: str | None) -> tuple[str, int] | None:
    """A duration so that two years are twenty-four months, while thirty days are no month."""
    match = re.fullmatch(r"P(\d+)([YMWD])", duration or "")
    if match is None:
        return None
    number, unit = int(match[1]), match[2]
    return ("M", number * MONTHS[unit]) if unit in MONTHS else ("D", number * DAYS[unit])


def stems(words: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w{3,}", words.lower())}


def alike(a: str, b: str) -> float:
    one, other = stems(a), stems(b)
    return len(one & other) / len(one | other) if one | other else 1.0


def pairs(wanted: list[Any], got: list[Any]) -> list[tuple[Any, Any]]:
    """Registers of two readings that are the same one, the likest first; {} for one left over."""
    if len(wanted) == len(got) == 1:
        return [(wanted[0], got[0])]

    def likeness(a: Any, b: Any) -> float:
        one, other = set(a["categories"]), set(b["categories"])
        shared = len(one & other) / len(one | other) if one | other else 1.0
        return 0.6 * alike(a["name"], b["name"]) + 0.4 * shared

    ranked = sorted(
        ((likeness(a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(got)),
        reverse=True,
    )
    left, right, found = set(range(len(wanted))), set(range(len(got))), []
    for score, i, j in ranked:
        if i in left and j in right and score > 0.05:
            left.discard(i)
            right.discard(j)
            found.append((wanted[i], got[j]))
    return found + [(wanted[i], {}) for i in sorted(left)] + [({}, got[j]) for j in sorted(right)]


def hold(wanted: Any, got: Any, tally: Tally) -> None:
    """Hold one reading against the labels of a careful reader."""
    for field in ("language", "dated", "automated_decision_making"):
        tally.value(field, right=wanted[field] == got[field])
    tally.value("registers", right=len(wanted["registers"]) == len(got["registers"]))
    tally.listed("rights", wanted["rights"], got["rights"])
    tally.listed("defects", wordings(wanted), wordings(got))
    for mine, theirs in pairs(wanted["registers"], got["registers"]):
        hold_register(mine, theirs, tally)


def wordings(labels: Any) -> set[str]:
    """The fixed wordings of the defects, without their details."""
    return {defect.split(" -- ")[0] for defect in labels["known_defects"]}


def hold_register(wanted: Any, got: Any, tally: Tally) -> None:
    def keys(register: Any, *, named: bool) -> list[str]:
        found = register.get("categories", [])
        known = [key for key in found if not key.startswith("other:")]
        return known if named else ["other"] * (len(found) - len(known))

    tally.listed("categories", keys(wanted, named=True), keys(got, named=True))
    tally.listed("other categories (number)", keys(wanted, named=False), keys(got, named=False))
    tally.listed("legal bases", wanted.get("legal_bases", []), got.get("legal_bases", []))

    def rules(register: Any, *, event: bool) -> list[Any]:
        return [
            (rule["kind"], same_length(rule["duration"]), rule["trigger"] if event else None)
            for rule in register.get("retention", [])
        ]

    tally.listed("retention", rules(wanted, event=False), rules(got, event=False))
    tally.listed("retention with event", rules(wanted, event=True), rules(got, event=True))
    for field in ("recipients", "sources"):
        left = list(got.get(field, []))
        hits = 0
        for words in wanted.get(field, []):
            match = next((other for other in left if stems(other) & stems(words)), None)
            if match is not None:
                left.remove(match)
                hits += 1
        tally.add(field, hits, len(left), len(wanted.get(field, [])) - hits)
    if wanted:
        same = wanted["transfers_outside_eea"] == got.get("transfers_outside_eea")
        tally.value("transfers", right=same)
        tally.value("register name", right=alike(wanted["name"], got.get("name", "")) >= SAME)


def labelled(folder: Path) -> list[Path]:
    """The notices of a folder that have labels."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in FORMS and path.with_name(f"{path.stem}.labels.json").is_file()
    )


def score(notices: Iterable[Path]) -> Tally:
    tally = Tally()
    for path in notices:
        wanted = json.loads(path.with_name(f"{path.stem}.labels.json").read_text("utf-8"))
        reading = read_published(path)
        defects = known_defects(reading.notices, AS_OF)
        hold(wanted, as_labels(reading, defects), tally)
    return tally


def show(title: str, notices: list[Path]) -> None:
    started = time.perf_counter()
    tally = score(notices)
    spent = (time.perf_counter() - started) / max(1, len(notices))
    print(f"{title}: {len(notices)} notices, {spent:.3f} s each")
    for line in tally.lines():
        print(f"  {line}")


def main() -> None:
    if len(sys.argv) > 1:
        show(sys.argv[1], labelled(Path(sys.argv[1])))
        return
    show("tuned on", labelled(CORPUS))


if __name__ == "__main__":
    main()
