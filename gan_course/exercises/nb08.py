"""Exercise checkers of notebook 08_conditional_gan."""

import math

import torch

from gan_course.exercises.frame import call, exercise, expect


@exercise
def add_planes(answer):
    """(x, labels, K) -> (N, C + K, H, W): the image (N, C, H, W), then a constant plane a class."""
    why = (
        "The image's planes come first; plane C + y is 1 everywhere, the other K - 1 are 0; H and "
        "W are those of x."
    )
    for shape, labels, K in (((3, 1, 4, 6), [2, 0, 1], 3), ((2, 3, 5, 5), [3, 3], 4)):
        x = torch.randn(shape, generator=torch.Generator().manual_seed(0))
        planes = torch.eye(K)[labels][:, :, None, None].expand(-1, -1, *shape[2:])
        wanted = torch.cat([x, planes], dim=1)
        result = call(answer, x, torch.tensor(labels), K)
        expect(result, wanted, why, 1e-6, f"x of shape {shape}, K = {K}")
    return "A convolution turns each plane into one learned vector a class, away from the border."


@exercise
def blind_discriminator(answer):
    """(p, q, prior) -> (M,), the best D(x) that sees no label; p, q: (K, M), prior: (K,)."""
    why = (
        "A blind D sees the mixtures: D* = p(x) / (p(x) + q(x)) with p(x) = sum over y of "
        "prior(y) p(x|y), and q(x) likewise."
    )
    p = torch.tensor([[0.8, 0.2, 0.0], [0.1, 0.3, 0.6]], dtype=torch.float64)
    q = torch.tensor([[0.2, 0.2, 0.6], [0.5, 0.4, 0.1]], dtype=torch.float64)
    even, uneven = torch.tensor([[0.5, 0.5], [0.8, 0.2]], dtype=torch.float64)
    for prior in (even, uneven):
        real, fake = prior @ p, prior @ q
        case = f"prior {prior.tolist()}"
        expect(call(answer, p, q, prior), real / (real + fake), why, 1e-6, case)
    case = "two equally likely classes that G has swapped"
    expect(call(answer, p, p.flip(0), even), torch.full((3,), 0.5), why, 1e-6, case)
    return "Swap two equally likely classes, and it still says 1/2 everywhere."


@exercise
def softmax_twice_floor(answer):
    """K -> the least cross entropy of logits that are themselves a softmax over K classes."""
    why = (
        "The best first softmax is a one-hot; as logits it gives -log(e / (e + K - 1)) = "
        "log(1 + (K - 1) / e)."
    )
    for K in (2, 10, 1000):
        expect(call(answer, K), math.log1p((K - 1) / math.e), why, 1e-5, f"K = {K}")
    return (
        "For 10 classes it is 1.461; a classifier that guesses stands at log 10 = 2.303, less than "
        "twice as high."
    )
