"""
What is timed, each in a process of its own: ``python benchmarks/works.py WHAT FOLDER``.

The clock starts when the libraries are imported, and stops when the result is there; the last line
said is ``[seconds, processor seconds]``. The peers are written as their manuals show it.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Ten things that a hand-written suite would look for in every column.
PATTERNS = {
    "identity code": r"\b[0-3]\d[01]\d{3}[-+A-FU-Y]\d{3}[0-9A-Y]\b",
    "Swedish identity number": r"\b(?:19|20)?\d{6}[-+]\d{4}\b",
    "e-mail": r"[\w.+-]+@[\w-]+\.[\w.-]+",
    "telephone": r"(?:\+\d{1,3}|\b0)[ \d()-]{6,16}\d\b",
    "IBAN": r"\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){3,7}\b",
    "payment card": r"\b(?:\d[ -]?){13,16}\b",
    "business id": r"\b\d{6,7}-\d\b",
    "date of birth": r"(?i)\b(?:synt|född|born)\D{0,12}\d{1,2}[./-]\d{1,2}[./-]\d{2,4}",
    "IP address": r"\b(?:\d{1,3}\.){3}\d{1,3}\b",
    "car registration": r"\b[A-ZÅÄÖ]{2,3}-\d{1,3}\b",
}


def parse(folder: Path) -> Callable[[], object]:
    """DuckDB finds the dialect and counts every column as text."""
    import duckdb

    def work() -> object:
        connection = duckdb.connect(config={"memory_limit": "300MB"})
        connection.execute("SET enable_progress_bar = false")
        file = folder / "asiakkaat.csv"
        columns = f"count(COLUMNS(*)) FROM read_csv('{file}', all_varchar = true)"
        return connection.execute(f"SELECT {columns}").fetchall()

    return work


def scan(folder: Path) -> Callable[[], object]:
    """The pass: finds dialect and columns, reads and decides every cell, accounts for every line."""
    sys.path.insert(0, str(ROOT))
    from audit.engine.duckdb import Engine
    from audit.engine.scan import create_tables
    from audit.engine.scan import scan as scan_one
    from audit.engine.workspace import workspace
    from audit.notice.read import read_notice
    from audit.plan import resolve
    from audit.plan.drafting import draft_plan
    from audit.retention.asked_dates import with_asked_dates

    notice = read_notice(folder / "notice.yaml")

    def work() -> object:
        plan = draft_plan(folder)
        size = (folder / plan.sources[0].file).stat().st_size
        with workspace() as scratch, Engine(scratch, bytes_to_read=size) as engine:
            resolved = resolve(plan, plan.sources[0], "the plan", scratch)
            table, _ = with_asked_dates(resolved.table, notice)
            create_tables(engine)
            one = scan_one(engine, table, resolved.found.path, 0, resolved.found.head)
            assert one.ledger.accounted == one.ledger.lines == one.rows + 1, one.ledger
            return one

    return work


def great_expectations(folder: Path) -> Callable[[], object]:
    """A hand-written suite on pandas: each of ten patterns must be found in none of the columns."""
    import great_expectations as gx
    import pandas as pd

    def work() -> object:
        frame = pd.read_csv(folder / "asiakkaat.csv", sep=";", dtype=str, keep_default_na=False)
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False, "metric_calculations": False}
        asset = context.data_sources.add_pandas("register").add_dataframe_asset("customers")
        batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
        suite = gx.ExpectationSuite(name="nothing undeclared")
        for column in frame.columns:
            for pattern in PATTERNS.values():
                suite.add_expectation(
                    gx.expectations.ExpectColumnValuesToNotMatchRegex(column=column, regex=pattern)
                )
        result = batch.validate(suite, result_format="BASIC")
        assert len(result.results) == len(PATTERNS) * len(frame.columns)
        found = {r.expectation_config.kwargs["column"] for r in result.results if not r.success}
        assert {"Sähköposti", "Puhelin", "Y-tunnus", "Lisätiedot"} <= found, found
        return result

    return work


def presidio(folder: Path) -> Callable[[], object]:
    """Presidio's batch analyser with its recognisers of patterns, and no language model."""
    import pandas as pd
    import presidio_analyzer.predefined_recognizers as known
    import spacy
    import tldextract
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

    # It would ask the network for the list of public suffixes.
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=())
    names = "FiPersonalIdentityCode Email Phone Iban CreditCard Date Ip Url Crypto MacAddress"
    recognizers = [
        getattr(known, f"{name}Recognizer")(supported_language="en") for name in names.split()
    ]

    def work() -> object:
        frame = pd.read_csv(folder / "asiakkaat.csv", sep=";", dtype=str, keep_default_na=False)
        registry = RecognizerRegistry(recognizers=recognizers, supported_languages=["en"])
        analyzer = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
        found = list(
            BatchAnalyzerEngine(analyzer).analyze_dict(frame.to_dict("list"), language="en")
        )
        assert sum(map(bool, next(c for c in found if c.key == "Puhelin").recognizer_results))
        return found

    return work


def main() -> None:
    """Import, then take the time."""
    warnings.simplefilter("ignore")
    what, folder = sys.argv[1:]
    works = {
        "parse-only": parse,
        "pass": scan,
        "Great Expectations": great_expectations,
        "Presidio": presidio,
    }
    work = works[what](Path(folder))
    clock, processor = time.perf_counter(), time.process_time()
    work()
    print(json.dumps([time.perf_counter() - clock, time.process_time() - processor]))


if __name__ == "__main__":
    main()
