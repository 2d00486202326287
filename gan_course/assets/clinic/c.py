"""Script C: a ring of eight modes; one pass of G serves both players."""

import torch
from torch import nn
from torch.nn import functional as F

MODES, RADIUS, STD = 8, 2.0, 0.1
LATENT, WIDTH, BATCH = 16, 64, 64


def centres():
    angle = 2 * torch.pi * torch.arange(MODES) / MODES
    return RADIUS * torch.stack([angle.cos(), angle.sin()], dim=1)


def data(count):
    mode = torch.randint(MODES, (count,))
    return centres()[mode] + STD * torch.randn(count, 2)


def networks():
    G, D = [nn.Linear(LATENT, WIDTH)], [nn.Linear(2, WIDTH)]
    for player, n_out in ((G, 2), (D, 1)):
        player += [nn.LeakyReLU(0.2), nn.Linear(WIDTH, WIDTH)]
        player += [nn.LeakyReLU(0.2), nn.Linear(WIDTH, n_out)]
    return nn.Sequential(*G), nn.Sequential(*D)


def train(seed, steps):
    torch.manual_seed(seed)
    points = data(4096)
    G, D = networks()
    opt_g = torch.optim.Adam(G.parameters(), 1e-3, betas=(0.5, 0.99))
    opt_d = torch.optim.Adam(D.parameters(), 1e-3, betas=(0.5, 0.99))
    batches, history = points.split(BATCH), []
    for step in range(steps):
        real = batches[step % len(batches)]
        fake = G(torch.randn(len(real), LATENT))
        d_loss = F.softplus(-D(real)).mean() + F.softplus(D(fake)).mean()
        opt_d.zero_grad()
        opt_g.zero_grad()
        d_loss.backward(retain_graph=True)
        opt_d.step()
        g_loss = F.softplus(-D(fake)).mean()
        g_loss.backward()
        opt_g.step()
        history.append((d_loss.item(), g_loss.item()))
    return G, history


def report(G):
    """Modes reached, and the share of 2,000 samples within three s.d. of one."""
    with torch.no_grad():
        samples = G(torch.randn(2000, LATENT))
    distance, nearest = torch.cdist(samples, centres()).min(dim=1)
    good = distance < 3 * STD
    return len(nearest[good].unique()), good.float().mean().item()
