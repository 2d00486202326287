"""What runs in the process of one submission: its cells, and after each exercise the true checker.
`process` starts it.

Whose word counts. What the cells print, what their stored outputs say and what they do to `checks`
counts for nothing. The checkers are a private copy of the course, loaded before the first cell.
Before each check the functions of numpy and torch they rest on are put back, and after each "right"
the same checker must call a nonsense answer wrong. So printed verdicts, a `checks` of one's own,
patched checkers and a patched numpy earn nothing, whether meant or not.

What it does not stop. This is no sandbox: a cell has the rights of whoever grades. It can read
their files, write where they may, use the network (only the usual proxy settings lead nowhere),
fill the disk and end their processes, this command included. An answer that searches its process
for the secret, or the checker's frame for the number it wants, can forge a verdict. For strangers
use a container or a virtual machine without network, as the book's page for instructors shows.
"""

import ast
import builtins
import json
import math
import os
import re
from contextlib import suppress

# what the checkers call
GUARDED = ("numpy", "numpy.linalg", "torch", "torch.linalg", "torch.nn", "torch.nn.functional")


def main(job: dict) -> None:
    """Run the notebook in the working folder and report over the pipe that was standard output.
    Never returns.
    """
    channel, null = os.dup(1), os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)  # print as much as you like

    def tell(**report) -> None:
        os.write(channel, f"\n{job['secret']}{json.dumps(report)}\n".encode())

    try:
        cells = _read("submission.ipynb")
        number = _number(cells, job["course"], job["file"])
        answers = job["course"][number]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        wrong = (
            "no exercise of the course is in it"
            if isinstance(error, LookupError)
            else f"not a notebook: {_text(error)}"
        )
        tell(unreadable=wrong)
        os._exit(0)
    cells = [Cell(source, answers) for kind, source in cells if kind == "code"]
    _find_unchecked(cells, answers)
    plan = [(i, name) for i, cell in enumerate(cells) for name, _ in cell.answers]
    _run(cells, plan, job, tell, number)
    tell(done=True)
    os._exit(0)  # without what cells may have hung on to the end of the interpreter


def _run(cells, plan, job, tell, number: str) -> None:
    """Execute the cells up to the last exercise; check each answer after its cell."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    checkers, restore = _private_checkers(), _guard()
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    _limit(job["memory"])
    # only now the clock starts: the import of torch is not the submission's
    tell(notebook=number, plan=plan)
    for i, cell in enumerate(cells[: max((i for i, _ in plan), default=-1) + 1]):
        if i in job["left_out"]:
            continue
        tell(cell=i)
        failure = cell.broken
        if not failure:
            result = shell.run_cell(cell.source, store_history=False, silent=True)
            error = result.error_before_exec or result.error_in_exec
            failure = _text(error) if error else ""
        for name, expression in cell.answers:
            verdict, message = "error", f"code cell {i + 1} raised {failure}"
            if not failure:
                restore()
                try:
                    verdict, message = _judge(checkers[name], eval(expression, shell.user_ns))
                # SystemExit too: nothing an answer raises may end the grading
                except BaseException as error:
                    message = f"the answer raised {_text(error)}"
            tell(exercise=name, verdict=verdict, message=message[:400])


def _judge(checker, answer) -> tuple[str, str]:
    """The checker's verdict on the answer, if the checker can still tell right from wrong."""
    found = checker(answer)
    if found.state == "right" and checker(lambda *args, **kwargs: None).state != "wrong":
        return "error", "the notebook has changed what the checker rests on: look at it by hand"
    return str(found.state), str(found.message)


def _private_checkers() -> dict:
    """{name: checker}, from a copy of the course that the notebook's own imports do not meet."""
    import sys

    from gan_course.exercises import frame

    checkers = dict(frame.EXERCISES)
    for name in [name for name in sys.modules if name.split(".")[0] == "gan_course"]:
        del sys.modules[name]
    return checkers


def _guard():
    """Remember the functions that the checkers call; return a function that puts them back, with
    torch's global settings.
    """
    from importlib import import_module

    import torch

    modules = [builtins, math, *map(import_module, GUARDED)]
    saved = [(module, dict(vars(module))) for module in modules]

    def restore() -> None:
        for module, names in saved:
            for name, value in names.items():
                if vars(module).get(name) is not value:
                    setattr(module, name, value)
        torch.set_grad_enabled(True)
        torch.set_default_dtype(torch.float32)
        torch.manual_seed(0)

    return restore


def _limit(memory: float) -> None:
    """At most `memory` GiB (of data: shared libraries do not count), files of 1 GiB, no core dumps;
    where a system can.
    """
    with suppress(ImportError, ValueError, OSError):
        import resource

        for kind, most in (
            ("RLIMIT_DATA", int(memory * 2**30)),
            ("RLIMIT_FSIZE", 2**30),
            ("RLIMIT_CORE", 0),
        ):
            if hasattr(resource, kind):
                resource.setrlimit(getattr(resource, kind), (most, most))


class Cell:
    """A code cell: its source without the checker calls, and [(checker, expression of the answer)]
    that it holds.
    """

    def __init__(self, source: str, names):
        from IPython.core.inputtransformer2 import TransformerManager

        self.answers, self.broken, self.bound, self.source = [], "", set(), ""
        try:
            source = re.sub(r"\A\s*%%(time|capture)\b.*\n", "", source)
            tree = ast.parse(TransformerManager().transform_cell(source))
            for statement in list(tree.body):
                calls = [node for node in ast.walk(statement) if _is_check(node, names)]
                self.answers += [(call.func.attr, ast.unparse(call.args[0])) for call in calls]
                self.bound |= _bound(statement)
                if calls and isinstance(statement, ast.Expr | ast.Assert):
                    tree.body.remove(statement)  # the grader checks instead
            self.source = ast.unparse(tree)
        # SyntaxError mostly; foreign text can break a parser in other ways too
        except Exception as error:
            self.broken = _text(error)
            self.answers = [
                (name, "") for name in re.findall(r"\bchecks\.(\w+)\(", source) if name in names
            ]


def _is_check(node, names) -> bool:
    """Whether the node is a call such as checks.NAME(answer)."""
    is_call = (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
    )
    return is_call and len(node.args) == 1 and not node.keywords


def _bound(statement) -> set[str]:
    """The names that a top-level statement defines."""
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _find_unchecked(cells: list[Cell], answers: dict) -> None:
    """Where the checker's line was deleted, check the answer after the last cell that defines it by
    its usual name.
    """
    called = {name for cell in cells for name, _ in cell.answers}
    for name, answer in answers.items():
        homes = [cell for cell in cells if answer in cell.bound]
        if name not in called and homes:
            homes[-1].answers.append((name, answer))


def _read(path: str) -> list[tuple[str, str]]:
    """[(cell type, source)] of a notebook of format 4."""
    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    found = []
    for cell in cells:
        source = cell["source"]
        found.append((cell["cell_type"], source if isinstance(source, str) else "".join(source)))
    return found


def _number(cells, course: dict, file: str) -> str:
    """Which notebook of the course it is: by the checkers it calls, else by the number in its
    title, else in its file name.
    """
    code = "\n".join(source for kind, source in cells if kind == "code")
    calls = {number: sum(f".{name}(" in code for name in names) for number, names in course.items()}
    best = max(calls, key=calls.get, default=None)
    if best is not None and calls[best]:
        return best
    title = next((source for kind, source in cells if kind == "markdown"), "")
    for found in re.findall(r"\A#\s*(\d\d)\b", title) + re.findall(r"(?<!\d)(\d\d)(?!\d)", file):
        if found in course:
            return found
    raise KeyError(file)


def _text(error: BaseException) -> str:
    """Type and first line of an exception, whatever its own __str__ does."""
    with suppress(Exception):
        return f"{type(error).__name__}: {str(error).strip().splitlines()[0]}"[:300]
    return type(error).__name__
