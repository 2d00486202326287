"""Exercise checkers of notebook 04_gan_2d_mode_collapse."""

import numpy as np

from gan_course.exercises.frame import call, exercise, expect


@exercise
def ring_centres(answer):
    """(k, radius) -> centres of k modes on a circle, (k, 2), from angle 0 anticlockwise."""
    why = (
        "k modes on a closed circle leave k gaps of 2 pi / k; the angle 2 pi would repeat the "
        "angle 0."
    )
    for k, radius in ((8, 2.0), (3, 1.0), (5, 0.5)):
        angle = 2 * np.pi * np.arange(k) / k
        wanted = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        expect(call(answer, k, radius), wanted, why, case=f"k = {k}, radius {radius}")
    gap = 4 * np.sin(np.pi / 8)
    return f"Neighbours on the ring of 8 are {gap:.2f} apart, 77 standard deviations."


@exercise
def kl_when_m_of_k_modes(answer):
    """(m, K) -> KL in nats of 1/m in m of K bins against the uniform histogram: log(K / m)."""
    why = (
        "Each of the m terms is 1/m times log(K / m), and empty modes add nothing; nats are "
        "natural logarithms."
    )
    for m, K in ((1, 8), (6, 8), (25, 25), (5, 25)):
        expect(call(answer, m, K), np.log(K / m), why, case=f"m = {m}, K = {K}")
    return "So exp(-KL) is the share of modes that is in use, where those are equally full."


@exercise
def packed_sizes(answer):
    """(number of scores, inputs of D's first layer) for 256 samples (256, 2) in packs of 4."""
    why = (
        "256 samples make 256 / 4 packs with one score each, and D sees the 4 samples of a pack "
        "side by side, 4 * 2 numbers."
    )
    expect(answer, [64, 8], why)
    return "D is trained on a quarter of the scores, each from four times as many numbers."
