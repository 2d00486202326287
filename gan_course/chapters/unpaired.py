"""From one style to another without pairs: Gram losses, and two games joined by a cycle.

Notebook 15. `run` trains one row of its table and measures it, `run_faces` one of glasses put on
and taken off; benchmarks/style.py collects them.
"""

import time
from collections.abc import Iterator
from itertools import chain

import torch
from torch import Tensor, nn

from gan_course import data, pretrained
from gan_course.chapters import faces
from gan_course.chapters.styles import Setup, content_distance, gram, maps, style_distance
from gan_course.chapters.translate import PatchDiscriminator, UNet
from gan_course.conv import DigitClassifier
from gan_course.errors import GanCourseError

STEPS = 300  # of every row
WEIGHT = 3.0  # of style against content
CYCLE = 10.0  # of the cycle loss against the game, as in Zhu et al. (2017)
BATCH = 32
LR = 1e-3
BETAS = (0.5, 0.99)
# the weights of cycle and identity
GAMES = {"GAN, no cycle": (0, 0), "cycle": (CYCLE, 0), "cycle and identity": (CYCLE, CYCLE / 2)}
# what makes thin digits bold; the last is told the pairs
METHODS = ("Gram network", *GAMES, "regression on pairs")


def falling(step: int, steps: int) -> float:
    """Share of the learning rate: constant for half of the steps, then falling linearly to 0."""
    return min(1.0, 2 * (1 - step / steps))


def descend(adam: torch.optim.Adam, loss: Tensor, lr: float) -> None:
    """One step of Adam at that rate."""
    adam.param_groups[0]["lr"] = lr
    adam.zero_grad()
    loss.backward()
    adam.step()


def unet(seed: int, latent_dim: int = 0, shape: tuple[int, int, int] = (1, 28, 28)) -> UNet:
    """The translator of every row: picture to picture, with `latent_dim` numbers beside it."""
    torch.manual_seed(seed)
    return UNet(latent_dim, planes=shape[0], shape=shape, known=False, width=16, blocks=2)


def start_as_copy(T: UNet, images: Tensor, seed: int, steps: int = 200) -> UNet:
    """Train a translator to return its picture, whatever its numbers.

    From there the Gram losses can be descended.
    """
    adam, generator = torch.optim.Adam(T.parameters()), torch.Generator().manual_seed(seed)
    batches = data.batches(images, BATCH // 2, seed)
    for _ in range(steps):
        x, _ = next(batches)
        y = T(torch.rand(len(x), T.latent_dim, generator=generator), x) if T.latent_dim else T(x)
        descend(adam, (y - x).abs().mean(), 2e-3)
    return T


def stylise(
    net: DigitClassifier, images: Tensor, wanted: list[Tensor], steps: int, seed: int
) -> UNet:
    """Train a feed-forward network for content + WEIGHT * style (Johnson et al. 2016).

    wanted: mean Gram matrices.
    """
    T = start_as_copy(unet(seed), images, seed)
    adam = torch.optim.Adam(T.parameters())
    batches = data.batches(images, BATCH // 2, seed)
    for step in range(steps):
        x, _ = next(batches)
        features = maps(net, T(x))
        content = content_distance(features[1], maps(net, x)[1])
        style = style_distance([gram(f) for f in features], wanted)
        descend(adam, (content + WEIGHT * style).mean(), LR * falling(step, steps))
    return T.eval()


def cycle_game(
    forth: nn.Module,
    back: nn.Module,
    d_a: nn.Module,
    d_b: nn.Module,
    batches_a: Iterator[tuple],
    batches_b: Iterator[tuple],
    steps: int,
    cycle: float = CYCLE,
    identity: float = 0.0,
) -> list[dict]:
    """Two generators, a -> b and b -> a, two discriminators, and the cycle loss. Returns records.

    Zhu et al. 2017, equations 1 to 3, with least-squares games, as there. cycle, identity: the
    weights of E|back(forth(a)) - a| + E|forth(back(b)) - b|, of E|forth(b) - b| + E|back(a) - a|.
    """
    g_adam = torch.optim.Adam(chain(forth.parameters(), back.parameters()), betas=BETAS)
    d_adam = torch.optim.Adam(chain(d_a.parameters(), d_b.parameters()), betas=BETAS)
    records = []
    for step in range(steps):
        lr = LR * falling(step, steps)
        a, b = next(batches_a)[0], next(batches_b)[0]
        to_b, to_a = forth(a), back(b)
        d_loss = torch.zeros(())
        for D, real, fake in ((d_a, a, to_a), (d_b, b, to_b)):
            d_loss = d_loss + ((D(real) - 1) ** 2).mean() + (D(fake.detach()) ** 2).mean()
        descend(d_adam, d_loss, lr)
        g_loss = ((d_b(to_b) - 1) ** 2).mean() + ((d_a(to_a) - 1) ** 2).mean()
        again = (back(to_b) - a).abs().mean() + (forth(to_a) - b).abs().mean()
        loss = g_loss + cycle * again
        if identity:
            loss = loss + identity * ((forth(b) - b).abs().mean() + (back(a) - a).abs().mean())
        descend(g_adam, loss, lr)
        numbers = {"d_loss": d_loss.item(), "g_loss": g_loss.item(), "cycle": again.item()}
        records.append({"step": step + 1, **numbers})
    return records


def players(
    seed: int, shape: tuple[int, int, int] = (1, 28, 28)
) -> tuple[UNet, UNet, PatchDiscriminator, PatchDiscriminator]:
    """forth, back, d_a, d_b of a row."""
    forth, back = unet(seed, shape=shape), unet(seed + 1000, shape=shape)
    d_a, d_b = (PatchDiscriminator(shape[0], width=16) for _ in range(2))
    return forth, back, d_a, d_b


def regress(x: Tensor, y: Tensor, steps: int, seed: int) -> UNet:
    """The same network, trained on pairs by the mean absolute error."""
    G = unet(seed)
    adam = torch.optim.Adam(G.parameters(), betas=BETAS)
    order = torch.Generator().manual_seed(seed)
    for step in range(steps):
        pick = torch.randint(len(x), (BATCH,), generator=order)
        descend(adam, (G(x[pick]) - y[pick]).abs().mean(), LR * falling(step, steps))
    return G.eval()


@torch.no_grad()
def hidden(
    forth: nn.Module,
    back: nn.Module,
    thin_images: Tensor,
    true_bold: Tensor,
    sigma: float,
    seed: int = 0,
) -> tuple[float, float]:
    """Mean |back(y + noise) - thin| for y = forth(thin), and for y = the true twin.

    What `forth` smuggles into its pictures helps the first alone; noise destroys it.
    """
    noise = sigma * torch.randn(true_bold.shape, generator=torch.Generator().manual_seed(seed))
    made = (back(forth(thin_images) + noise) - thin_images).abs().mean()
    true = (back(true_bold + noise) - thin_images).abs().mean()
    return float(made), float(true)


def run(method: str, seed: int, setup: Setup, steps: int = STEPS) -> dict:
    """Train one row of the table, thin to bold, and measure it on the test pairs.

    For the games also the way back ("back_..."), and `hidden` at five levels of noise.
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
        forth, back, d_a, d_b = players(seed)
        thin, bold = data.batches(s.thin, BATCH, seed), data.batches(s.bold, BATCH, seed + 1)
        cycle_game(forth, back, d_a, d_b, thin, bold, steps, *GAMES[method])
    row["cpu_seconds"] = round(time.process_time() - start, 1)
    with torch.no_grad():
        row |= setup.measure(forth.eval()(s.test_thin))
        if back is None:
            return row
        returned = setup.measure(back.eval()(s.test_bold), "thin")
    row |= {f"back_{name}": value for name, value in returned.items()}
    for sigma in (0.0, 0.05, 0.1, 0.2, 0.4):
        made, true = hidden(forth, back, s.test_thin, s.test_bold, sigma)
        row |= {f"again_{sigma}": made, f"true_{sigma}": true}
    return row


# ---- glasses on and off

FACE_STEPS = 1_000


def glasses(images: data.ImageSet) -> tuple[Tensor, Tensor]:
    """Small faces (N, 3, 16, 16) without glasses, and other ones with."""
    worn = images.attributes["glasses"].values > 0
    small = faces.small(images).images
    return small[~worn], small[worn]


def read_faces(images: Tensor) -> dict[str, Tensor]:
    """The attributes that the shipped reader sees in faces (N, 3, 16, 16): the judge."""
    return pretrained.read_attributes(faces.large(images.clamp(-1, 1)))[1]


def judge_faces(before: Tensor, after: Tensor) -> dict:
    """worn: share with glasses after. kept: the mean over all other attributes of the share that is
    read as it was read before. pixels: mean |change|, in [0, 2]."""
    old, new = read_faces(before), read_faces(after)
    others = [float((old[k] == new[k]).double().mean()) for k in old if k != "glasses"]
    return {
        "worn": float((new["glasses"] > 0).double().mean()),
        "kept": sum(others) / len(others),
        "pixels": float((after - before).abs().mean()),
    }


def train_faces(
    method: str, seed: int, images: data.ImageSet, steps: int = FACE_STEPS
) -> tuple[UNet, UNet]:
    """The two translators of a game of GAMES: on to glasses, and off again."""
    shape = (3, 16, 16)
    on, off, d_a, d_b = players(seed, shape)
    bare, worn = glasses(images)
    batches = data.batches(bare, BATCH, seed), data.batches(worn, BATCH, seed + 1)
    cycle_game(on, off, d_a, d_b, *batches, steps, *GAMES[method])
    return on.eval(), off.eval()


@torch.no_grad()
def run_faces(
    method: str, seed: int, images: data.ImageSet, test: data.ImageSet, steps: int = FACE_STEPS
) -> dict:
    """Train one row and judge it on test faces, both ways ("on_...", "off_...").

    kind_again: of faces with glasses, the share whose kind of glasses is the same after off and on
    again; kind_again_0.1: the same with noise of that deviation on the bare face between.
    """
    start = time.process_time()
    with torch.enable_grad():
        on, off = train_faces(method, seed, images, steps)
    row = {"cpu_seconds": round(time.process_time() - start, 1), "steps": steps}
    bare, worn = glasses(test)
    taken = off(worn)
    for name, found in (("on", judge_faces(bare, on(bare))), ("off", judge_faces(worn, taken))):
        row |= {f"{name}_{key}": round(value, 4) for key, value in found.items()}
    kind = read_faces(worn)["glasses"]
    noise = torch.randn(taken.shape, generator=torch.Generator().manual_seed(0))
    for name, between in (("kind_again", taken), ("kind_again_0.1", taken + 0.1 * noise)):
        again = read_faces(on(between))["glasses"]
        row[name] = round(float((again == kind).double().mean()), 4)
    return row
