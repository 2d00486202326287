"""From one style to another without pairs: a network for the Gram losses, and two games joined by a
cycle. Notebook 15.

`run` trains one row of its table and measures it; benchmarks/style.py collects the rows.
"""

import time
from itertools import chain

import torch
from torch import Tensor

from gan_course import data
from gan_course.chapters.styles import Setup, content_distance, gram, maps, style_distance
from gan_course.chapters.translate import PatchDiscriminator, UNet
from gan_course.errors import GanCourseError

STEPS = 300
"""of every row"""
WEIGHT = 3.0
"""of style against content"""
CYCLE = 10.0
"""of the cycle loss against the game, as in Zhu et al. (2017)"""
BATCH = 32
LR = 1e-3
# what makes thin digits bold; the last is told the pairs
METHODS = ("Gram network", "GAN, no cycle", "cycle", "cycle and identity", "regression on pairs")


def falling(step: int, steps: int) -> float:
    """The share of the learning rate: constant for half of the steps, then falling linearly to 0."""
    return min(1.0, 2 * (1 - step / steps))


def unet(seed: int, latent_dim: int = 0) -> UNet:
    """The translator of every row: from picture to picture, with `latent_dim` planes for numbers
    beside it.
    """
    torch.manual_seed(seed)
    return UNet(latent_dim, planes=1, known=False, width=16, blocks=2)


def start_as_copy(T: UNet, images: Tensor, seed: int, steps: int = 200) -> UNet:
    """Train a translator to return its picture, whatever its numbers: a place from which the Gram
    losses can be descended.
    """
    adam, generator = torch.optim.Adam(T.parameters(), 2e-3), torch.Generator().manual_seed(seed)
    batches = data.batches(images, BATCH // 2, seed)
    for _ in range(steps):
        x, _ = next(batches)
        y = T(torch.rand(len(x), T.latent_dim, generator=generator), x) if T.latent_dim else T(x)
        loss = (y - x).abs().mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    return T


def stylise(
    net, images: Tensor, wanted: list[Tensor], steps: int, seed: int, weight: float = WEIGHT
) -> UNet:
    """Train a feed-forward network for content + weight * style (Johnson et al. 2016). wanted: mean
    Gram matrices.
    """
    T = start_as_copy(unet(seed), images, seed)
    adam = torch.optim.Adam(T.parameters(), LR)
    batches = data.batches(images, BATCH // 2, seed)
    for step in range(steps):
        adam.param_groups[0]["lr"] = LR * falling(step, steps)
        x, _ = next(batches)
        found = maps(net, T(x))
        content = content_distance(found[1], maps(net, x)[1])
        loss = (content + weight * style_distance([gram(f) for f in found], wanted)).mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    return T.eval()


def cycle_game(
    forth,
    back,
    d_a,
    d_b,
    batches_a,
    batches_b,
    steps: int,
    cycle: float = CYCLE,
    identity: float = 0.0,
) -> list[dict]:
    """Two generators, a -> b and b -> a, two discriminators, and the cycle loss (Zhu et al. 2017,
    equations 1 to 3). Records.

    Least-squares games, as there. cycle, identity: the weights of E|back(forth(a)) - a| +
    E|forth(back(b)) - b| and of E|forth(b) - b| + E|back(a) - a|.
    """
    g_adam = torch.optim.Adam(chain(forth.parameters(), back.parameters()), LR, (0.5, 0.99))
    d_adam = torch.optim.Adam(chain(d_a.parameters(), d_b.parameters()), LR, (0.5, 0.99))
    records = []
    for step in range(steps):
        for adam in (g_adam, d_adam):
            adam.param_groups[0]["lr"] = LR * falling(step, steps)
        a, b = next(batches_a)[0], next(batches_b)[0]
        to_b, to_a = forth(a), back(b)
        d_loss = torch.zeros(())
        for D, real, fake in ((d_a, a, to_a), (d_b, b, to_b)):
            d_loss = d_loss + ((D(real) - 1) ** 2).mean() + (D(fake.detach()) ** 2).mean()
        d_adam.zero_grad()
        d_loss.backward()
        d_adam.step()
        game = ((d_b(to_b) - 1) ** 2).mean() + ((d_a(to_a) - 1) ** 2).mean()
        again = (back(to_b) - a).abs().mean() + (forth(to_a) - b).abs().mean()
        loss = game + cycle * again
        if identity:
            loss = loss + identity * ((forth(b) - b).abs().mean() + (back(a) - a).abs().mean())
        g_adam.zero_grad()
        loss.backward()
        g_adam.step()
        records.append(
            {
                "step": step + 1,
                "d_loss": d_loss.item(),
                "g_loss": game.item(),
                "cycle": again.item(),
            }
        )
    return records


def players(seed: int) -> tuple[UNet, UNet, PatchDiscriminator, PatchDiscriminator]:
    """forth, back, d_a, d_b of a row."""
    forth, back = unet(seed), unet(seed + 1000)
    return forth, back, PatchDiscriminator(1, width=16), PatchDiscriminator(1, width=16)


def regress(x: Tensor, y: Tensor, steps: int, seed: int) -> UNet:
    """The same network told the truth: pairs, and the mean absolute error. What no unpaired method
    is given.
    """
    G = unet(seed)
    adam = torch.optim.Adam(G.parameters(), LR, (0.5, 0.99))
    order = torch.Generator().manual_seed(seed)
    for step in range(steps):
        adam.param_groups[0]["lr"] = LR * falling(step, steps)
        pick = torch.randint(len(x), (BATCH,), generator=order)
        loss = (G(x[pick]) - y[pick]).abs().mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    return G.eval()


@torch.no_grad()
def hidden(
    forth, back, thin_images: Tensor, true_bold: Tensor, sigma: float, seed: int = 0
) -> tuple[float, float]:
    """Mean |back(y + noise) - thin| for y = forth(thin), and for y = the true twin. What is
    smuggled helps the first alone.
    """
    noise = sigma * torch.randn(true_bold.shape, generator=torch.Generator().manual_seed(seed))
    return tuple(
        float((back(y + noise) - thin_images).abs().mean()) for y in (forth(thin_images), true_bold)
    )


def run(method: str, seed: int, setup: Setup, steps: int = STEPS) -> dict:
    """Train one row of the table, thin to bold, and measure it on the test pairs. For the games
    also the way back.
    """
    if method not in METHODS:
        raise GanCourseError(f"no method is called {method!r}: there are {', '.join(METHODS)}")
    s, start = setup.s, time.process_time()
    row = {"method": method, "seed": seed, "steps": steps}
    back = None
    if method == "Gram network":
        forth = stylise(setup.net, s.thin, setup.grams["bold"], steps, seed)
    elif method == "regression on pairs":
        forth = regress(s.thin, s.partners, steps, seed)
    else:
        weights = {
            "GAN, no cycle": (0.0, 0.0),
            "cycle": (CYCLE, 0.0),
            "cycle and identity": (CYCLE, CYCLE / 2),
        }[method]
        forth, back, *judges = players(seed)
        batches = (data.batches(x, BATCH, seed + side) for side, x in enumerate((s.thin, s.bold)))
        cycle_game(forth, back, *judges, *batches, steps, *weights)
    row["cpu_seconds"] = round(time.process_time() - start, 1)
    forth.eval()
    with torch.no_grad():
        row |= setup.measure(forth(s.test_thin))
        if back is not None:
            back.eval()
            row |= {
                f"back_{name}": value
                for name, value in setup.measure(back(s.test_bold), "thin").items()
            }
            for sigma in (0.0, 0.05, 0.1, 0.2, 0.4):
                row[f"again_{sigma}"], row[f"true_{sigma}"] = hidden(
                    forth, back, s.test_thin, s.test_bold, sigma
                )
    return row
