"""What runs in the process of one submission: its cells, with checkers that report their verdicts.

What a cell prints and what stored outputs say counts for nothing: the verdict is that of the
checker, called in this run. But this is no sandbox: a cell has the rights of whoever grades, and
one that is written to do so can forge a verdict. For strangers use a container without network, as
the book's page for instructors shows.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from gan_course import checks


def main(job: dict) -> None:
    """Run the cells job["code"], check what job["plan"] says, report to the file job["reports"]."""

    def report(**what) -> None:
        # opened for each line, so that no cell can print into it by accident
        with open(job["reports"], "a", encoding="utf-8") as file:
            file.write(json.dumps(what) + "\n")

    called = _report_verdicts(report)
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shell.push({"checks": checks})  # it is there even where the cell that imports it was deleted
    _limit(job["memory"])
    lost = {cell: (verdict, why) for cell, verdict, why in job["lost"]}  # in earlier runs
    for i in range(job["plan"][-1][0] + 1):
        report(cell=i)
        called.clear()
        verdict, failure = lost.get(i) or ("error", _run(shell, job["code"][i]))
        for cell, checker, answer in job["plan"]:
            if cell == i and checker not in called:  # its call was deleted or not reached
                call = f"from gan_course import checks\nchecks.{checker}({answer})"
                reason = failure or _run(shell, call)
                if checker not in called:
                    report(checker=checker, verdict=verdict, message=f"code cell {i + 1} {reason}")
    report(done=True)


def _report_verdicts(report: Callable) -> set[str]:
    """Let every checker report its verdicts; returns the set that fills with those called."""
    called = set()

    def reporting(name: str, checker: Callable) -> Callable:
        def check(answer):
            verdict = checker(answer)
            report(checker=name, verdict=verdict.state, message=verdict.message[:400])
            called.add(name)
            return verdict

        return check

    for name, checker in checks.EXERCISES.items():
        checks.EXERCISES[name] = reporting(name, checker)
    return called


def _run(shell: InteractiveShell, source: str) -> str:
    """Run a cell; "raised ..." with the first line of the error if it raised one, else ""."""
    result = shell.run_cell(source, store_history=False, silent=True)
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return ""
    with suppress(Exception):  # whatever its own __str__ does
        return f"raised {type(error).__name__}: {str(error).strip().splitlines()[0]}"[:300]
    return f"raised {type(error).__name__}"


def _limit(memory: float) -> None:
    """At most `memory` GiB of data, files of 1 GiB and no core dumps, where a system can."""
    with suppress(ImportError, AttributeError, ValueError, OSError):
        import resource

        gib = 2**30
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (gib, gib))
        resource.setrlimit(resource.RLIMIT_DATA, (int(memory * gib), int(memory * gib)))


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    os._exit(0)  # without what cells may have hung on to the end of the interpreter
