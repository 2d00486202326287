"""Right and wrong answers of notebook 12: exercise -> (right, [plausible wrong ones])."""

import torch
from torch.nn.functional import normalize

CASES = {}


def _truncated(z, threshold, generator):
    z = z.clone()
    while (outside := z.abs() > threshold).any():
        z[outside] = torch.randn(int(outside.sum()), generator=generator)
    return z


def _once(z, threshold, generator):
    outside, z = z.abs() > threshold, z.clone()
    z[outside] = torch.randn(int(outside.sum()), generator=generator)
    return z


def _in_place(z, threshold, generator):
    while (outside := z.abs() > threshold).any():
        z[outside] = torch.randn(int(outside.sum()), generator=generator)
    return z


def _all_again(z, threshold, generator):
    z = z.clone()
    for row in z:
        while (row.abs() > threshold).any():  # inside ones are drawn again as well
            row.copy_(threshold * (2 * torch.rand(len(row), generator=generator) - 1))
    return z


def _global_generator(z, threshold, generator):
    z = z.clone()
    while (outside := z.abs() > threshold).any():
        z[outside] = torch.randn(int(outside.sum()))
    return z


def _own_generator(z, threshold, generator):
    return _truncated(z, threshold, torch.Generator().manual_seed(0))


def _narrower(z, threshold, generator):
    z = z.clone()
    while (outside := z.abs() > threshold).any():  # a bell whose deviation is the threshold
        z[outside] = threshold * torch.randn(int(outside.sum()), generator=generator)
    return z


def _folded(z, threshold, generator):
    z = z.clone()
    while (outside := z.abs() > threshold).any():  # the sign of the old number stays
        new = torch.randn(int(outside.sum()), generator=generator).abs()
        z[outside] = z[outside].sign() * new / 2
    return z


CASES["truncated"] = (
    _truncated,
    [
        _narrower,
        _folded,
        _global_generator,
        _own_generator,
        _once,
        _in_place,
        _all_again,
        lambda z, threshold, generator: z.clamp(-threshold, threshold),
        lambda z, threshold, generator: z * threshold / z.abs().max(),  # scaled
    ],
)


def _orthogonalise(direction, others):
    basis = torch.linalg.qr(others.T).Q
    return normalize(direction - basis @ (basis.T @ direction), dim=0)


def _in_turn(direction, others):
    rows = normalize(others, dim=1)
    return normalize(direction - (rows @ direction) @ rows, dim=0)  # right only for orthogonal rows


CASES["orthogonalise"] = (
    _orthogonalise,
    [
        _in_turn,
        # not a unit vector
        lambda direction, others: _orthogonalise(direction, others) * direction.norm(),
        # rows of any length
        lambda direction, others: normalize(direction - (others @ direction) @ others, dim=0),
        lambda direction, others: normalize(direction, dim=0),
    ],
)


def _encoder(features, z):
    def padded(x):
        return torch.cat([x, torch.ones(len(x), 1)], dim=1)

    weights = torch.linalg.lstsq(padded(features), z).solution
    return lambda new: padded(new) @ weights


def _no_constant(features, z):
    weights = torch.linalg.lstsq(features, z).solution
    return lambda new: new @ weights


def _centred_twice(features, z):
    weights = torch.linalg.lstsq(features - features.mean(0), z - z.mean(0)).solution
    # centres new features on themselves
    return lambda new: (new - new.mean(0)) @ weights + z.mean(0)


CASES["latent_encoder"] = (
    _encoder,
    [
        _no_constant,
        _centred_twice,
        lambda features, z: torch.linalg.lstsq(features, z).solution,  # the matrix, not a function
    ],
)
