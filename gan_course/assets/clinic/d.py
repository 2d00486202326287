"""Script D: digits of 8 x 8; real images move by a pixel, against overfitting."""

import copy

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

LATENT, WIDTH, BATCH, DECAY = 16, 128, 50, 0.99


def data():
    """Two halves of the digits, (N, 64) in [-1, 1]: to train on, to compare."""
    pixels = torch.tensor(load_digits().data, dtype=torch.float32) / 8 - 1
    order = torch.randperm(len(pixels), generator=torch.Generator().manual_seed(0))
    return pixels[order].chunk(2)


def augment(x):
    """Each image moves by a pixel to the left or right, or stays."""
    move = torch.randint(-1, 2, (len(x), 1, 1))
    columns = torch.arange(8).view(1, 1, 8) - move
    padded = F.pad(x.view(-1, 8, 8), (1, 1), value=-1.0)
    return padded.gather(2, (columns + 1).expand(-1, 8, 8)).flatten(1)


def networks():
    body = [nn.Linear(LATENT, WIDTH), nn.BatchNorm1d(WIDTH), nn.ReLU()]
    body += [nn.Linear(WIDTH, WIDTH), nn.BatchNorm1d(WIDTH), nn.ReLU()]
    G = nn.Sequential(*body, nn.Linear(WIDTH, 64), nn.Tanh())
    judge = [nn.Linear(64, WIDTH), nn.LeakyReLU(0.2)]
    judge += [nn.Linear(WIDTH, WIDTH), nn.LeakyReLU(0.2)]
    return G, nn.Sequential(*judge, nn.Linear(WIDTH, 1), nn.Flatten(0))


def r1(D, real):
    """Half the squared slope of D at real images."""
    real = real.clone().requires_grad_()
    (slope,) = torch.autograd.grad(D(real).sum(), real, create_graph=True)
    return 0.5 * slope.square().sum(dim=1).mean()


def train(seed, steps):
    torch.manual_seed(seed)
    train_images, _ = data()
    G, D = networks()
    average = copy.deepcopy(G)
    opt_g = torch.optim.Adam(G.parameters(), 2e-3, betas=(0.0, 0.99))
    opt_d = torch.optim.Adam(D.parameters(), 2e-3, betas=(0.0, 0.99))
    for _ in range(steps):
        real = augment(train_images[torch.randint(len(train_images), (BATCH,))])
        fake = G(torch.randn(BATCH, LATENT))
        d_loss = F.softplus(-D(real)).mean() + F.softplus(D(fake.detach())).mean()
        d_loss = d_loss + r1(D, real)
        opt_d.zero_grad()
        d_loss.backward()
        opt_d.step()
        g_loss = F.softplus(-D(fake)).mean()
        opt_g.zero_grad()
        g_loss.backward()
        opt_g.step()
        with torch.no_grad():
            for old, new in zip(average.parameters(), G.parameters()):
                old.lerp_(new, 1 - DECAY)
            for old, new in zip(average.buffers(), G.buffers()):
                old.copy_(new)
    return G, average


def report(G, average):
    """Fréchet distance of 900 samples to the other half; features: the pixels."""
    with torch.no_grad():
        samples = average.eval()(torch.randn(900, LATENT))
    reference = augment(data()[1])  # what G is to look like
    a, b = samples.double(), reference.double()
    roots = torch.linalg.eigvals(a.T.cov() @ b.T.cov()).real.clamp(min=0).sqrt()
    spread = a.T.cov().trace() + b.T.cov().trace() - 2 * roots.sum()
    return ((a.mean(0) - b.mean(0)).square().sum() + spread).item()
