"""Draw the README's pictures of the shipped generators, samples not selected: python
book/pictures/generators.py
"""

from pathlib import Path

import torch

from gan_course import data, game, plots, pretrained, runtime

TITLES = {
    "mlp-mnist": "MLP",
    "wgan-gp-mnist": "WGAN-GP",
    "dcgan-mnist": "DCGAN",
    "self-conditioned-mnist": "On clusters",
    "conditional-mnist": "On labels: a column a digit",
}
fig, axes = plots.figure(1, 6, height=2.9, width=12, width_ratios=(1, 1, 1, 1, 2, 1))
for ax, (name, title) in zip(axes, TITLES.items()):
    G = pretrained.load(name)
    columns = 10 if G.num_classes == 10 else 5
    z = torch.randn(8 * columns, G.latent_dim, generator=runtime.generator(0))
    labels = game.draw_labels(G, len(z))
    distance = pretrained.about(name)["metrics"]["frechet_distance"]
    plots.show_images(ax, game.sample(G, z, labels), f"{title} · {distance:.1f}", columns)
test = data.images("mnist", "test")
ceiling = pretrained.about("dcgan-mnist")["metrics"]["ceiling"]["frechet_distance"]
plots.show_images(axes[5], test.images[:40], f"Real · {ceiling:.1f}", columns=5)
Path(__file__).with_name("generators.png").write_bytes(plots.png(fig, dpi=110))

# in colour: generated faces, and real ones
G = pretrained.load("faces-32")
drawn = game.sample(G, torch.randn(60, G.latent_dim, generator=runtime.generator(0)))
fig, axes = plots.figure(1, 2, height=3.8, width=9.8, width_ratios=(10, 6))
plots.show_images(axes[0], drawn, "Generated, as they came", columns=10)
test = data.images("faces", "test")
plots.show_images(axes[1], test.images[:36], "Drawn by a program", columns=6)
Path(__file__).with_name("faces.png").write_bytes(plots.png(fig, dpi=110))
