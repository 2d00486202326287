"""Right and wrong answers of notebook 15: exercise -> (right, [plausible wrong ones])."""

import torch

CASES = {}


def _adain(content, style, over=(2, 3), eps=1e-5):
    def moments(x):
        return x.mean(dim=over, keepdim=True), x.var(dim=over, keepdim=True, unbiased=False)

    (mean, var), (goal_mean, goal_var) = moments(content), moments(style)
    return (content - mean) / (var + eps).sqrt() * goal_var.sqrt() + goal_mean


CASES["adain"] = (
    _adain,
    [
        lambda content, style: _adain(content, style, over=(0, 2, 3)),  # statistics of the batch
        # divides by 0 in a constant channel
        lambda content, style: _adain(content, style, eps=0.0),
        lambda content, style: _adain(style, content),  # the wrong way round
        lambda content, style: (
            content - content.mean((2, 3), keepdim=True) + style.mean((2, 3), keepdim=True)
        ),
    ],
)


def _root(matrix, power=0.5):
    values, vectors = torch.linalg.eigh(matrix)
    return vectors @ torch.diag(values**power) @ vectors.T


CASES["translator"] = (
    lambda a, b, turn: _root(b) @ turn @ _root(a, -0.5),
    [
        lambda a, b, turn: _root(b) @ _root(a, -0.5),  # the turn is not used
        lambda a, b, turn: b @ turn @ torch.linalg.inv(a),  # matrices in place of their roots
        lambda a, b, turn: turn @ _root(b) @ _root(a, -0.5),  # turned too late
        lambda a, b, turn: _root(b) @ turn @ _root(a),  # not made white first
        # the roots of Cholesky in the wrong order
        lambda a, b, turn: (
            torch.linalg.cholesky(b).T @ turn @ torch.linalg.inv(torch.linalg.cholesky(a).T)
        ),
    ],
)
CASES["style_gradient"] = (
    lambda f, wanted: 4 * (f @ f.T / f.shape[1] - wanted) @ f / f.shape[1],
    [
        lambda f, wanted: 2 * (f @ f.T / f.shape[1] - wanted) @ f / f.shape[1],  # one of the two
        lambda f, wanted: 4 * (f @ f.T / f.shape[1] - wanted) @ f,  # the mean over places is lost
        lambda f, wanted: 4 * (f @ f.T - wanted) @ f / f.shape[1],  # a Gram matrix of sums
        lambda f, wanted: 2 * (f @ f.T / f.shape[1] - wanted),  # by the Gram matrix, not by f
    ],
)
