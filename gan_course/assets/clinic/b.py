"""Script B: a ring of eight modes; D takes two steps for each of G."""

import torch
from torch import nn
from torch.nn import functional as F

MODES, RADIUS, STD = 8, 2.0, 0.1
LATENT, WIDTH, BATCH, D_STEPS = 16, 64, 60, 2


def centres():
    angle = torch.linspace(0, 2 * torch.pi, MODES + 1)[:-1]
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


def bce(scores, label):
    labels = torch.full_like(scores, label)
    return F.binary_cross_entropy_with_logits(scores, labels)


def train(seed, steps):
    torch.manual_seed(seed)
    points = data(4096)
    G, D = networks()
    opt_g = torch.optim.Adam(G.parameters(), 1e-3, betas=(0.5, 0.99))
    opt_d = torch.optim.Adam(D.parameters(), 1e-3, betas=(0.5, 0.99))
    batches, history = points.split(BATCH), []
    for step in range(steps):
        for inner in range(D_STEPS):
            real = batches[(D_STEPS * step + inner) % len(batches)]
            fake = G(torch.randn(len(real), LATENT))
            d_loss = bce(D(real), 0.9) + bce(D(fake), 0.0)
            opt_d.zero_grad()
            d_loss.backward()
            opt_d.step()
        g_loss = bce(D(G(torch.randn(len(real), LATENT))), 1.0)
        opt_g.zero_grad()
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
