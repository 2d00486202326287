"""Exercise checkers of notebook 23_adversarial_losses_inside."""

import math

import torch
from torch import Tensor

from gan_course.exercises.frame import Mismatch, call, exercise, expect


def _chain(n: int, stay: float, words: int, draw: torch.Generator) -> Tensor:
    """(n, 16) sequences: each word is the one before with chance `stay`, else any."""
    columns = [torch.randint(words, (n,), generator=draw)]
    for _ in range(15):
        fresh = torch.randint(words, (n,), generator=draw)
        keep = torch.rand(n, generator=draw) < stay
        columns.append(torch.where(keep, columns[-1], fresh))
    return torch.stack(columns, dim=1)


def _price(train: Tensor, test: Tensor, words: int) -> float:
    first = torch.ones(words, dtype=torch.float64)
    first += train[:, 0].bincount(minlength=words)
    pairs = (train[:, :-1] * words + train[:, 1:]).flatten()
    after = 1.0 + pairs.bincount(minlength=words**2).view(words, words).double()
    log_first = (first / first.sum()).log2()
    log_after = (after / after.sum(dim=1, keepdim=True)).log2()
    total = log_first[test[:, 0]] + log_after[test[:, :-1], test[:, 1:]].sum(dim=1)
    return -float(total.mean())


@exercise
def price(answer):
    """(train (N, T), test (M, T), words) -> bits a test sequence costs under pair counts of train.

    First words and pairs are counted in train, with one added to each count.
    """
    draw = torch.Generator().manual_seed(0)
    cases = {
        "a chain that mostly stays": (_chain(300, 0.8, 6, draw), _chain(50, 0.8, 6, draw), 6),
        "pairs that train never shows": (_chain(5, 0.9, 20, draw), _chain(40, 0.1, 20, draw), 20),
        "words that come in any order": (_chain(200, 0.0, 8, draw), _chain(60, 0.0, 8, draw), 8),
        "one sequence to count": (
            torch.zeros(1, 3, dtype=torch.int64),
            torch.tensor([[0, 1, 1]]),
            2,
        ),
    }
    for case, (train, test, words) in cases.items():
        why = (
            "A sequence costs minus the sum of the binary logarithms: of its first word's share, "
            "and of each next word's share among those that follow the word before it."
        )
        result = call(answer, train.clone(), test.clone(), words)
        expect(result, _price(train, test, words), why, 1e-4, case)
    return "A prior that is wrong costs more bits, never fewer: it is paid by the test set."


@exercise
def between(answer):
    """(slope, margin) -> the least share of samples in (-1 + margin, 1 - margin).

    Of increasing one-step students of the two points -1 and 1 whose slope is nowhere larger, and
    that give both points the same share; z is N(0, 1).
    """
    for slope, margin in (
        (1.0, 0.1),
        (5.0, 0.1),
        (20.0, 0.1),
        (5.0, 0.5),
        (0.5, 0.0),
        (100.0, 0.02),
    ):
        reach = (1 - margin) / slope
        why = (
            "On which interval of z must an increasing S, whose slope is at most L, lie between "
            "the two values? How long is it at least, and where must it lie if both points get the "
            "same share?"
        )
        case = f"slope {slope}, margin {margin}"
        expect(call(answer, slope, margin), math.erf(reach / math.sqrt(2)), why, 1e-5, case)
    return "No loss can remove this share: more slope can, or a second step."


def _energy(a: Tensor, b: Tensor) -> float:
    """The energy distance of two samples (N, d), 0 in the mean where both are of one law."""
    n, m = len(a), len(b)
    within = torch.cdist(a, a).sum() / (n * (n - 1)) + torch.cdist(b, b).sum() / (m * (m - 1))
    return float(2 * torch.cdist(a, b).mean() - within)


def _clusters(means: Tensor, widths: Tensor, each: int, draw: torch.Generator):
    labels = torch.arange(len(means)).repeat_interleave(each)
    noise = torch.randn(len(labels), means.shape[1], generator=draw)
    return means[labels] + widths[labels, None] * noise, labels


@exercise
def fool(answer):
    """(source (N, d), its labels, target (M, d), its labels) -> target features, moved, (M, d).

    No discriminator may tell them from the source's, and no target sample may be read right.
    """
    draw = torch.Generator().manual_seed(3)
    cases = {"three classes in a plane": (3, 2), "four classes in five dimensions": (4, 5)}
    for case, (classes, d) in cases.items():
        means = 8 * torch.randn(classes, d, generator=draw)
        widths = torch.linspace(0.3, 1.5, classes)
        source, of_source = _clusters(means, widths, 200, draw)
        again, _ = _clusters(means, widths, 200, draw)
        shift = torch.randn(d, generator=draw)
        target, of_target = _clusters(1.3 * means + shift, widths.flip(0), 200, draw)
        mixed = torch.randperm(len(target), generator=draw)
        target, of_target = target[mixed], of_target[mixed]
        moved = call(answer, source.clone(), of_source.clone(), target.clone(), of_target.clone())
        if not torch.is_tensor(moved) or moved.shape != target.shape:
            shape = getattr(moved, "shape", type(moved).__name__)
            raise Mismatch(f"Expected a tensor of shape {tuple(target.shape)}, found {shape}.")
        moved = moved.detach().float()
        centres = torch.stack([source[of_source == k].mean(dim=0) for k in range(classes)])
        place = torch.cdist(moved, centres).argmin(dim=1)
        right = float((place == of_target).float().mean())
        far, luck = _energy(moved, source), abs(_energy(again, source))
        if not far < 0.02 + 4 * luck:
            raise Mismatch(
                f"For {case} a discriminator still sees a difference: the energy distance to the "
                f"source is {far:.3f}, where two draws of the source differ by {luck:.3f}. Not the "
                "overall mean alone must agree: each cluster of the source needs its cloud, as "
                "wide as its own."
            )
        for k in range(classes):
            found, wanted = moved[place == k], source[of_source == k]
            ratio = float(found.std(dim=0).mean() / wanted.std(dim=0).mean())
            if not 0.85 < ratio < 1.18:  # 200 samples differ by less
                raise Mismatch(
                    f"For {case} a discriminator still sees a difference: where the source's class "
                    f"{k} lies, the moved samples are {ratio:.2f} times as wide as the source's."
                )
        if right > 0.02:
            raise Mismatch(
                f"For {case} the two domains are alike, but {100 * right:.0f} % of the target are "
                "still read right. Which cloud a class lands on is your choice."
            )
    return "D's accuracy is one half, the classifier's on the target 0: D never sees a label."
