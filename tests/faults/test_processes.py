"""Two processes that train one run: the losses of one, and what the others do when one dies."""

import sys

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="torchrun and SIGKILL on POSIX systems"
)
VARIANTS = ("R1, lazy", "WGAN-GP", "conditional")


def test_losses_of_one_process(tmp_path, tally):
    """20 steps of each variant, the same batch whole or in two halves."""
    from test_distributed import two
    from test_game import run

    gaps = []
    for variant in VARIANTS:
        _, _, history = run(variant, steps=20, average=0.9)
        folder = tmp_path / variant.replace(", ", "-")
        folder.mkdir()
        shared, _ = two(folder, variant, 20)
        gaps.append(
            max(
                abs(a[name] - b[name])
                for a, b in zip(history.records, shared["history"], strict=True)
                for name in a
            )
        )
    how = f"largest gap {max(gaps):.0e}"
    tally(
        f"20 steps on two processes, {'; '.join(VARIANTS)}: losses of one to 1e-5 ({how})",
        sum(g < 1e-5 for g in gaps),
        len(gaps),
    )


def test_a_rank_killed(tmp_path, tally):
    """kill -9 of one of two ranks: the other ends within a minute; the command goes on."""
    from test_distributed import test_one_rank_killed_the_others_end_and_the_run_resumes as trial

    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        trial(folder)  # raises if it is otherwise
    tally("one of two processes killed: the other ends within a minute, the run resumes", 3, 3)
