"""
Times Great Expectations against the same scan and the same checks on the same DataFrame.

The libraries are imported and the register of invented customers is loaded beforehand, once; then
the DataFrame is audited in turn by ``run`` itself and by a suite with an expectation for each family
of checks. Round after round, so that a noisy machine slows both alike; the median of the ratios of
processor time is printed, and that of the clock.

    python benchmarks/expectations.py [--rows 200000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from invented import write_register  # noqa: E402 - the benchmarks are no package

AS_OF = date(2026, 11, 22)
TARGET = 1.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "asiakasrekisteri"
        write_register(register, asked.rows)
        compare(register, asked.rounds, Path(folder))


def compare(folder: Path, rounds: int, scratch: Path) -> None:
    import great_expectations as gx

    import audit
    from audit.expectations import findings_of, suite_of
    from audit.expectations.batch import data_checks
    from audit.expectations.suite import ephemeral
    from audit.register.frame import extract_of_frame
    from audit.run import run

    register = audit.load(folder)
    frame = register.table("asiakkaat")

    def directly() -> object:
        return run(
            register.plan, AS_OF, scratch / "e.parquet",
            only=data_checks(), frames={"asiakkaat": extract_of_frame(frame, "asiakkaat")},
        ).findings  # fmt: skip

    def through_suite() -> object:
        with ephemeral() as context:
            suite = context.suites.add(suite_of(register.plan, "asiakkaat", as_of=AS_OF))
            asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
            batch = asset.add_batch_definition_whole_dataframe("b")
            definition = gx.ValidationDefinition(name="v", data=batch, suite=suite)
            context.validation_definitions.add(definition)
            return findings_of(definition.run(batch_parameters={"dataframe": frame}))

    if directly() != through_suite():  # both are warm now
        raise SystemExit("the two do not find the same")
    taken = [(timed(directly), timed(through_suite)) for _ in range(rounds)]
    for place, what in enumerate(("clock", "processor")):
        ratio = statistics.median(two[place] / one[place] for one, two in taken)
        one, two = (statistics.median(each[n][place] for each in taken) for n in (0, 1))
        print(f"{what}: run {one:.2f} s, Great Expectations {two:.2f} s, ratio {ratio:.2f}")
    print(f"{len(frame):,} rows of {len(frame.columns)} columns; target {TARGET} ×")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    started, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - processor


if __name__ == "__main__":
    main()
