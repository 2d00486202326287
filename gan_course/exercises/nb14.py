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
def class_weights(answer):
    """counts -> weights (K,): every class counts alike over the images, the mean image counts 1."""
    why = (
        "weights[k] * counts[k] must be the same for all k, and the weights of all images sum to "
        "their number."
    )
    for counts in ([200, 200, 10], [5, 5], [1, 2, 3, 4]):
        c = torch.tensor(counts)
        expect(call(answer, c), c.sum() / (len(c) * c), why, 1e-5, f"counts {counts}")
    return "In expectation oversampling has the same gradient; it differs in the noise."
