"""Two processes that train one run: the losses of one, and what the others do when one dies."""

import sys

import pytest
from small_runs import play
from two_processes import kill_a_rank, two

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="torchrun and SIGKILL on POSIX systems"
)
VARIANTS = ("R1, lazy", "WGAN-GP", "conditional")


def test_losses_of_one_process(tmp_path, tally):
    """20 steps of each variant, the same batch whole or in two halves."""
    gaps, shared = [], two(tmp_path, {variant: (variant, 20) for variant in VARIANTS})
    for variant in VARIANTS:
        _, _, run = play(variant, steps=20, average=0.9)
        pairs = zip(run.records, shared[variant][0]["records"], strict=True)
        gaps.append(max(abs(a[name] - b[name]) for a, b in pairs for name in a))
    how = f"largest gap {max(gaps):.0e}"
    fault = f"20 steps on two processes, {'; '.join(VARIANTS)}: losses of one to 1e-5 ({how})"
    tally(fault, sum(gap < 1e-5 for gap in gaps), len(gaps))


def test_a_rank_killed(tmp_path, tally):
    """kill -9 of one of two ranks: the other ends within a minute; the command goes on."""
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        kill_a_rank(folder)  # raises if it is otherwise
    tally("one of two processes killed: the other ends within a minute, the run resumes", 3, 3)
