"""A small flow model of the cartoon faces, for the loop in which noise becomes a face step by step.

Flow matching on straight lines (Lipman et al. 2023): x_t = (1 - t) noise + t face. The network
estimates the face, and the velocity is (face - x_t) / (1 - t). A plain network of linear layers is
enough: the faces are drawn on a grid of 16 x 16, each part always in the same place.
"""

from pathlib import Path

import torch
from torch import Tensor, nn

from gan_course import data
from gan_course.chapters import faces
from gan_course.chapters.diffusion import time_features

FILE = Path(__file__).parents[2] / "build" / "loops" / "flow.pt"
SHAPE = (3, 16, 16)
NEAREST = 0.05  # 1 - t is not taken smaller than this


class Block(nn.Module):
    """x + a change of it, which depends on the time."""

    def __init__(self, width: int, hidden: int):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.time = nn.Linear(16, hidden)
        self.enter = nn.Linear(width, hidden)
        self.leave = nn.Linear(hidden, width)

    def forward(self, x: Tensor, time: Tensor) -> Tensor:
        return x + self.leave(nn.functional.silu(self.enter(self.norm(x)) + self.time(time)))


class Flow(nn.Module):
    """(x_t, t) -> an estimate of the face, (N, 3, 16, 16)."""

    def __init__(self, width: int = 512, hidden: int = 1024, blocks: int = 3):
        super().__init__()
        self.enter = nn.Linear(3 * 16 * 16, width)
        self.blocks = nn.ModuleList(Block(width, hidden) for _ in range(blocks))
        self.leave = nn.Linear(width, 3 * 16 * 16)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        time, h = time_features(t), self.enter(x.flatten(1))
        for block in self.blocks:
            h = block(h, time)
        return self.leave(h).reshape(-1, *SHAPE)


def train(steps: int, seed: int = 0) -> nn.Module:
    """A trained flow; returned is the average of its weights."""
    torch.manual_seed(seed)
    images = faces.small(data.images("faces")).images
    net, average = Flow(), Flow()
    average.load_state_dict(net.state_dict())
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, betas=(0.9, 0.99), fused=True)
    for step in range(steps):
        share = step / steps
        for group in optimiser.param_groups:
            group["lr"] = 1e-3 * min(1, step / 200) * min(1, 4 * (1 - share))
        face = images[torch.randint(len(images), (128,))]
        t = torch.randn(128).sigmoid()  # times in the middle are the hardest
        here = t[:, None, None, None]
        x = (1 - here) * torch.randn_like(face) + here * face
        error = ((net(x, t) - face) ** 2).mean(dim=(1, 2, 3))
        loss = (error / (1 - t).clamp(min=NEAREST) ** 2).mean()  # error of the velocity
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        keep = min(0.999, (step + 1) / (step + 10))
        with torch.no_grad():
            for kept, new in zip(average.parameters(), net.parameters()):
                kept.lerp_(new, 1 - keep)
        if (step + 1) % 500 == 0:
            print(f"flow: step {step + 1}, loss {loss.item():.3f}", flush=True)
    return average.eval()


@torch.no_grad()
def sample(net: nn.Module, noise: Tensor, steps: int) -> list[Tensor]:
    """All states from noise to faces: steps + 1 of (N, 3, 16, 16)."""
    x, states = noise, [noise]
    for k in range(steps):
        t = k / steps
        face = net(x, torch.full((len(x),), t))
        x = x + (face - x) / (1 - t) / steps
        states.append(x)
    return states


def load(steps: int = 3_000) -> nn.Module:
    """The trained flow; it is trained where it is not there yet (five minutes on a core)."""
    if not FILE.exists():
        FILE.parent.mkdir(parents=True, exist_ok=True)
        torch.save(train(steps).state_dict(), FILE)
    net = Flow()
    net.load_state_dict(torch.load(FILE, weights_only=True))
    return net.eval()
