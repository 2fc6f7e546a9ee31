"""
How much of a polluted file is loaded, without being told anything about it.

The kinds of pollution, the scores and the weights are those of the Pollock benchmark (Vitagliano et
al., "Pollock: A Data Loading Benchmark", PVLDB 16(8), 2023): one invented table is polluted in each
of the published ways, loaded, and what was loaded is compared with the clean table by header, by
record and by cell: precision, recall and F1 of each, and whether it was loaded at all, ten in sum.
The simple score is the mean over the files, the weighted one goes by how often each kind was met in
open data. Files and code are this project's own.

    python benchmarks/pollution.py [--records 83] [--seed 1] [--keep DIR]

The benchmark's own files, where somebody has them (``csv/`` and ``clean/`` in one folder), are loaded
and compared in the same way with ``--published DIR``.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

Rows = list[list[str]]

#: How often each kind was met, as the benchmark weighs it; rows' kinds are shared among their files.
WEIGHTS = {
    "source": 1, "no_payload": 15, "no_trailing_newline": 184, "double_trailing_newline": 5,
    "no_header": 470, "header_multirow_2": 47, "header_multirow_3": 47, "preamble": 282,
    "multitable_same": 62.7, "multitable_more": 62.7, "multitable_less": 62.7, "header_only": 3,
    "one_data_row": 4, "record_delimiter_CR": 7, "record_delimiter_LF": 1691, "delimiter_tab": 4,
    "delimiter_semicolon": 834, "delimiter_space": 4, "delimiter_comma_space": 101,
    "quotation_apostrophe": 11, "escape_backslash": 1, "escape_none": 7,
    "less_sep": 338.3, "more_sep": 338.3, "row_delimiter": 13.1, "extra_quote": 8.5,
}  # fmt: skip
MEASURES = 10


class Polluted(NamedTuple):
    """One file of the benchmark, and what it holds."""

    kind: str
    name: str
    text: str
    clean: Rows


def main() -> None:
    """Pollute, load with each loader, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=83)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write the files there")
    parser.add_argument("--published", type=Path, help="the benchmark's own files")
    parser.add_argument("--only", help="one loader, by the beginning of its name")
    asked = parser.parse_args()
    own = pollute(table(asked.records, asked.seed))
    files = list(own if asked.published is None else published(asked.published))
    loaders: dict[str, Callable[[Path], Rows]] = {
        "register-audit": with_register_audit,
        "DuckDB, `read_csv_auto`": with_duckdb,
        "DuckDB, its tolerant options": with_tolerant_duckdb,
        "CleverCSV": with_clevercsv,
    }
    if asked.only:
        loaders = {name: load for name, load in loaders.items() if name.startswith(asked.only)}
    with tempfile.TemporaryDirectory(prefix="pollution-") as name:
        folder = asked.keep or Path(name)
        paths = written(files, folder)
        print(f"{len(files)} files\n")
        print("| in automatic mode | simple | weighted | files with a record lost |")
        print("| --- | ---: | ---: | ---: |")
        details = {}
        for loader, load in loaders.items():
            points, lost = scored(files, paths, load)
            details[loader] = points
            simple = statistics.fmean(points.values())
            print(f"| {loader} | {simple:.3f} | {weighted(files, points):.3f} | {lost} |")
    print("\n| kind | " + " | ".join(loaders) + " |")
    print("| --- |" + " ---: |" * len(loaders))
    for kind in dict.fromkeys(file.kind for file in files):
        of_kind = [file.name for file in files if file.kind == kind]
        means = (statistics.fmean(details[loader][n] for n in of_kind) for loader in loaders)
        print(f"| {kind.replace('_', ' ')} | " + " | ".join(f"{mean:.2f}" for mean in means) + " |")


# --- the files -----------------------------------------------------------------------------------


def table(records: int, seed: int) -> Rows:
    """An invented table: dates, times, numbers, codes, sums, short and long texts, a blank column."""
    chosen = random.Random(seed)
    things = ["Oak shelf, narrow", 'Window board, 48"', "Men's work gloves", "Door", "Hinge set"]
    words = "sturdy light wooden warm dry made of birch for homes and porches by our own joiners".split()
    rows = [["DAY", "TIME", "Qty", "ITEM", "Price", "Type", "Description", "Link", "Notes"]]
    for n in range(records):
        text = " ".join(chosen.choices(words, k=14)).capitalize()
        more = chosen.choice(['our 8" wide model', "since 1912", "quietly"])
        code = f"{chosen.choice('ABCD')}G-{1000 + 37 * n}"
        text = f"{text}, {more}."
        rows.append([
            f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/2018", f"{n % 24:02d}:{n % 4 * 15:02d}",
            str(chosen.randrange(10)), code, f"${chosen.randrange(1000, 9999) / 100:.2f}",
            chosen.choice(things), text, f"https://www.shop.example/product/{code}.html", "",
        ])  # fmt: skip
    return rows


def pollute(rows: Rows) -> Iterator[Polluted]:
    """Every file of the published list, of one table."""
    text = join(rows)
    lines = text.split("\r\n")[:-1]
    plain = {
        "source": text,
        "no_trailing_newline": text.removesuffix("\r\n"),
        "double_trailing_newline": text + "\r\n",
        "record_delimiter_CR": text.replace("\r\n", "\r"),
        "record_delimiter_LF": text.replace("\r\n", "\n"),
        "delimiter_tab": join(rows, "\t"),
        "delimiter_semicolon": join(rows, ";"),
        "delimiter_space": join(rows, " "),
        "delimiter_comma_space": join(rows, ", "),
        "quotation_apostrophe": join(rows, quote="'", escape="'"),
        "escape_backslash": join(rows, escape="\\"),
        "escape_none": join(rows, escape=""),
        "preamble": f"PREAMBLE{',' * 8}\r\n{',' * 8}\r\n{text}",
        "multitable_same": text + text,
        "multitable_less": text + join([row[:-1] for row in rows]),
        "multitable_more": text + join([[*row, "x"] for row in rows]),
    }
    for kind, polluted in plain.items():
        yield Polluted(kind, kind, polluted, rows)
    yield Polluted("no_payload", "no_payload", "", [])
    yield Polluted("no_header", "no_header", join(rows[1:]), rows[1:])
    yield Polluted("header_only", "header_only", join(rows[:1]), rows[:1])
    yield Polluted("one_data_row", "one_data_row", join(rows[:2]), rows[:2])
    for n in (2, 3):
        kind = f"header_multirow_{n}"
        named = [[" ".join([name] * n) for name in rows[0]], *rows[1:]]
        yield Polluted(kind, kind, join(rows[:1]) * (n - 1) + text, named)
    yield from _rows(rows, lines)


def published(folder: Path) -> Iterator[Polluted]:
    """The benchmark's own files, by its names of them."""
    for path in sorted((folder / "csv").glob("*.csv")):
        with (folder / "clean" / path.name).open(newline="", encoding="utf-8-sig") as file:
            clean = list(csv.reader(file))
        kind = next(ours for theirs, ours in _PUBLISHED.items() if path.stem.startswith(theirs))
        yield Polluted(kind, path.stem, path.read_bytes().decode(), clean)


_PUBLISHED = {
    "file_record_delimiter_0xD": "record_delimiter_CR",
    "file_record_delimiter_0xA": "record_delimiter_LF",
    "file_field_delimiter_0x9": "delimiter_tab",
    "file_field_delimiter_0x3B": "delimiter_semicolon",
    "file_field_delimiter_0x20": "delimiter_space",
    "file_field_delimiter_0x2C_0x20": "delimiter_comma_space",
    "file_quotation_char_0x27": "quotation_apostrophe",
    "file_escape_char_0x5C": "escape_backslash",
    "file_escape_char_0x00": "escape_none",
    "row_field_delimiter": "row_delimiter",
    "row_less_sep": "less_sep",
    "row_more_sep": "more_sep",
    "row_extra_quote": "extra_quote",
} | {f"file_{kind}": kind for kind in WEIGHTS} | {"source": "source"}  # fmt: skip


def _rows(rows: Rows, lines: list[str]) -> Iterator[Polluted]:
    """The files in which a single row is polluted."""
    for r, row in enumerate(rows):
        cells = [quoted(cell) for cell in row]

        def file(kind: str, line: str, clean: Rows = rows, r: int = r, c: int = 0) -> Polluted:
            text = "\r\n".join([*lines[:r], line, *lines[r + 1 :]]) + "\r\n"
            return Polluted(kind, f"{kind}_row{r}_col{c}", text, clean)

        yield file("row_delimiter", " ".join(quoted(cell, " ") for cell in row))
        for c in range(len(row)):
            before, after = ",".join(cells[:c]), ",".join(cells[c:])
            if c:
                yield file("less_sep", before + after, c=c)
            yield file("more_sep", f"{before},,{after}" if c else f",{after}", c=c)
            clean = [*rows[:r], [*row[:c], f'"{row[c]}', *row[c + 1 :]], *rows[r + 1 :]]
            stray = [*cells[:c], f'"{cells[c]}', *cells[c + 1 :]]
            yield file("extra_quote", ",".join(stray), clean, c=c)


def join(rows: Rows, delimiter: str = ",", quote: str = '"', escape: str = '"') -> str:
    """The rows as text; cells are quoted where they must be."""
    lines = (delimiter.join(quoted(c, delimiter, quote, escape) for c in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines)


def quoted(cell: str, delimiter: str = ",", quote: str = '"', escape: str = '"') -> str:
    """A cell as it is written."""
    if delimiter not in cell and quote not in cell:
        return cell
    return quote + cell.replace(quote, escape + quote) + quote


def written(files: list[Polluted], folder: Path) -> dict[str, Path]:
    """Each file in a folder of its own, as ``audit.load`` takes folders."""
    paths = {}
    for file in files:
        paths[file.name] = folder / file.name / "export.csv"
        paths[file.name].parent.mkdir(parents=True, exist_ok=True)
        paths[file.name].write_bytes(file.text.encode())
    return paths


# --- the loaders ---------------------------------------------------------------------------------


def with_register_audit(path: Path) -> Rows:
    """What the project loads, told nothing but the folder."""
    import audit

    loaded = audit.load(path.parent).table(path.name)
    named = (
        [] if all(str(c).startswith("column ") for c in loaded.columns) else [list(loaded.columns)]
    )
    return named + [list(row) for row in loaded.itertuples(index=False)]


def with_duckdb(path: Path, options: str = "") -> Rows:
    """DuckDB's automatic mode; a header that it made up itself is no header."""
    import duckdb

    with duckdb.connect() as connection:
        found = connection.execute(
            f"SELECT * FROM read_csv_auto('{path}', all_varchar=true{options})"
        )
        names = [column[0] for column in found.description]
        made_up = all(name.removeprefix("column").isdigit() for name in names)
        rows = [["" if cell is None else cell for cell in row] for row in found.fetchall()]
        return rows if made_up else [names, *rows]


def with_tolerant_duckdb(path: Path) -> Rows:
    """DuckDB's automatic mode with the options that published results use."""
    return with_duckdb(path, ", strict_mode=false, ignore_errors=true, null_padding=true")


def with_clevercsv(path: Path) -> Rows:
    """CleverCSV's sniffer and reader."""
    import clevercsv

    with path.open(newline="", encoding="utf-8") as file:
        dialect = clevercsv.Sniffer().sniff(file.read())
        file.seek(0)
        return list(clevercsv.reader(file, dialect))


# --- the scores ----------------------------------------------------------------------------------


def scored(
    files: list[Polluted], paths: dict[str, Path], load: Callable[[Path], Rows]
) -> tuple[dict[str, float], int]:
    """Points by file, and in how many files text of a record is nowhere in what was loaded."""
    points, lost = {}, 0
    for file in files:
        try:
            loaded = load(paths[file.name])
        except Exception:  # noqa: BLE001 - whatever a loader raises, it did not load the file
            points[file.name] = 0.0
            lost += bool(file.clean)
            continue
        points[file.name] = 1.0 + sum(measures(file.clean, loaded))
        have = Counter("".join("".join(row).split()) for row in loaded)
        whole = "".join(have)
        lost += any("".join(row[3].split()) not in whole for row in file.clean if len(row) > 3)
    return points, lost


def measures(clean: Rows, loaded: Rows) -> Iterator[float]:
    """Precision, recall and F1 of header, records and cells."""
    if not clean:
        yield from [1.0] * (MEASURES - 1)
        return
    yield from agreement(clean[0], loaded[0] if loaded else [])
    yield from agreement(["".join(row) for row in clean[1:]], ["".join(row) for row in loaded[1:]])
    yield from agreement([c for row in clean for c in row], [c for row in loaded for c in row])


def agreement(wanted: list[str], found: list[str]) -> tuple[float, float, float]:
    """How much of what is wanted was found, how much of what was found is wanted, and both."""
    if not wanted:
        return 1.0, 1.0, 1.0
    same = (Counter(wanted) & Counter(found)).total()
    if not same:
        return 0.0, 0.0, 0.0
    recall, precision = same / len(wanted), same / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


def weighted(files: list[Polluted], points: dict[str, float]) -> float:
    """The mean that goes by how often each kind was met."""
    of_kind = defaultdict(list)
    for file in files:
        of_kind[file.kind].append(points[file.name])
    total = sum(WEIGHTS[kind] for kind in of_kind)
    return sum(WEIGHTS[k] * statistics.fmean(p) for k, p in of_kind.items()) / total


if __name__ == "__main__":
    main()
