"""``python -m bench``: measure all, print it, and write docs/benchmarks.md and the figures in README.md.

--check   accuracy only, without ECB+, names exchanged in a part of the reports only; exit 1 where a figure is below its
          floor
--raise   the same; lift the floors to a little below the figures, never lower them
"""

from __future__ import annotations

import argparse
import sys

from bench import speed


def main() -> int:
    """Do what the arguments ask; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure accuracy, speed and memory.")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true", help="accuracy only; fail where a figure is below its floor")
    only.add_argument("--raise", action="store_true", dest="lift", help="accuracy only; lift the floors to the figures")
    asked = parser.parse_args()
    if asked.check or asked.lift:
        return _floors_only(lift=asked.lift)
    return _everything()


def _floors_only(*, lift: bool) -> int:
    from bench import accuracy, floors, goals, page

    under, measured = floors.load(), []
    for part in accuracy.measure(whole=False):
        if isinstance(part, accuracy.Skipped):
            _say(f"not measured: {part.reason}")
            continue
        measured.append(part)
        print(f"{part.corpus}: {part.about}")
        of_corpus = under[part.corpus].floors if part.corpus in under else {}
        for figure, value in part.figures.items():
            print(f"  {figure:32} {value:6.2f}" + (f"  floor {of_corpus[figure]:.1f}" if figure in of_corpus else ""))
    if measured:
        print(page.summary(goals.reached(measured)))
    if lift:
        floors.save(floors.raised(under, measured))
    return _verdict(floors.failures(floors.load(), measured))


def _everything() -> int:
    # Times first, while this process is small.
    starts = speed.cold_starts()
    reason = speed.missing()
    speeds = reason or speed.measure()

    from bench import accuracy, floors, goals, machine, page
    from sayso.read import Reader

    parts = list(accuracy.measure())
    facts = {
        "machine": machine.machine(),
        "versions": machine.versions(),
        "model": Reader.load().provenance.model,
    }
    written = page.render(parts, floors.load(), speeds, starts, facts)
    written = page.with_growth(written, page.growth(page.PAGE.read_text("utf-8")))
    print(written)
    if isinstance(speeds, str) or any(isinstance(part, accuracy.Skipped) for part in parts):
        _say(f"{page.PAGE.name} and {page.README.name} are left as they are: not everything could be measured.")
    else:
        page.PAGE.write_text(written, "utf-8")
        page.CHART.write_text(page.chart(speeds), "utf-8")
        readme = page.README.read_text("utf-8")
        page.README.write_text(page.with_figures(readme, goals.reached(parts, speeds)), "utf-8")
    return _verdict(floors.failures(floors.load(), [part for part in parts if isinstance(part, accuracy.Measured)]))


def _verdict(failures: list[str]) -> int:
    for failure in failures:
        _say(failure)
    return 1 if failures else 0


def _say(message: str) -> None:
    print(f"bench: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
