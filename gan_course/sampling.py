"""Samples of a generator, for figures, sliders and metrics: eval mode, no gradients, in parts that fit into memory."""

import torch
from torch import Tensor, nn

from gan_course.errors import GanCourseError


@torch.no_grad()
def sample(G: nn.Module, z: Tensor, labels: Tensor | None = None, batch_size: int = 1000) -> Tensor:
    """G(z) in eval mode, a batch at a time, on the CPU, without gradients; G's mode is left as it was.

    z: (N, latent_dim). labels: (N,) int64 for a conditional G.
    """
    device, mode = next(G.parameters()).device, G.training
    inputs = (z,) if labels is None else (z, labels)
    if any(x.ndim < 1 or len(x) != len(z) for x in inputs):
        raise GanCourseError(f"sample takes a row of each input for each sample; found {[tuple(x.shape) for x in inputs]}")
    G.eval()
    try:
        parts = [G(*(x.to(device) for x in part)) for part in zip(*(x.split(batch_size) for x in inputs))]
    finally:
        G.train(mode)
    return torch.cat(parts).float().cpu()
