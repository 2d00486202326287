"""Exercise checkers of notebook 14_data_augmentation."""

import numpy as np
import torch

from gan_course.exercises.frame import call, exercise, expect


@exercise
def mixed_variance(answer):
    """(n, k, w, sigma) -> variance of (1 - w) x + w y.

    x: the mean of n real samples, y: that of k fakes drawn from N(x, sigma^2).
    """
    why = (
        "The fakes' mean is the real mean plus noise of variance sigma^2 / k, so the real mean "
        "keeps its whole weight, 1."
    )
    for n, k, w, sigma in (
        (10, 1000, 0.5, 1.0),
        (4, 2, 1.0, 3.0),
        (5, 50, 0.0, 2.0),
        (7, 3, 0.3, 0.5),
    ):
        wanted = sigma**2 * (1 / n + w**2 / k)
        case = f"n = {n}, k = {k}, w = {w}, sigma = {sigma}"
        expect(call(answer, n, k, w, sigma), wanted, why, 1e-6, case)
    return (
        "At w = 0 it is smallest: fakes of one's own making add noise, and nothing else, to this "
        "estimate."
    )


@exercise
def augmentation_matrix(answer):
    """weights -> (K, K), entry (i, j) is P(j becomes i); weights[r]: P of a turn by r steps."""
    why = (
        "From j to i it takes r = (i - j) mod K steps, so M[i, j] = weights[(i - j) % K]; columns "
        "sum to 1."
    )
    for weights in ([0.7, 0.3, 0.0], [0.4, 0.1, 0.2, 0.3], [0.0, 1.0]):
        k = len(weights)
        wanted = np.array([[weights[(i - j) % k] for j in range(k)] for i in range(k)])
        expect(call(answer, torch.tensor(weights)), wanted, why, 1e-6, f"weights {weights}")
    return (
        "Such a matrix is diagonal in the discrete Fourier basis: it leaks where the transform of "
        "the weights has a zero."
    )


@exercise
def other_shares(answer):
    """(logits (N, K), trained (K,), real (K,)) -> log-probabilities (N, K) under the real shares.

    logits: of a classifier that was trained with class shares `trained`.
    """
    why = (
        "By Bayes, p(y | x) is proportional to p(x | y) times the share of y. Take the trained "
        "share out and put the real one in: in logs, add one and subtract the other, and normalise."
    )
    draw = torch.Generator().manual_seed(0)
    cases = [
        ("four images, three classes", torch.randn(4, 3, generator=draw), [1 / 3] * 3),
        ("trained with unequal shares", torch.randn(5, 3, generator=draw), [0.6, 0.3, 0.1]),
        ("logits of 120 and -120", torch.tensor([[120.0, -120.0, 0.0]]), [1 / 3] * 3),
    ]
    real = torch.tensor([0.89, 0.1, 0.01])
    for case, logits, shares in cases:
        trained = torch.tensor(shares)
        wanted = (logits + real.log() - trained.log()).log_softmax(dim=1)
        found = call(answer, logits.clone(), trained.clone(), real.clone())
        expect(found, wanted, why, 1e-4, case)
    return (
        "No image is needed for this step. What topping up changes beyond it is what the "
        "classifier has learned of p(x | y)."
    )
