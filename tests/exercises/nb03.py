"""Right and wrong answers of notebook 03: exercise -> (right, [plausible wrong ones])."""

import numpy as np
import torch

CASES = {}

soft = torch.nn.functional.softplus


def _d_step(detach=lambda fake: fake.detach(), zero=True, sign=1):
    """The exercise's answer, and its wrong variants."""

    def step(D, opt_d, real, fake):
        loss = soft(-sign * D(real)).mean() + soft(sign * D(detach(fake))).mean()
        if zero:
            opt_d.zero_grad()
        loss.backward()
        opt_d.step()
        return loss.detach()

    return step


CASES["gan_losses_from_scores"] = (
    lambda r, f: (soft(-r).mean() + soft(f).mean(), soft(-f).mean()),
    [
        lambda r, f: (soft(-r).mean() + soft(f).mean(), -soft(f).mean()),  # the minimax G
        lambda r, f: (soft(r).mean() + soft(-f).mean(), soft(f).mean()),  # real and fake exchanged
        lambda r, f: (
            -r.sigmoid().log().mean() - (1 - f.sigmoid()).log().mean(),
            -f.sigmoid().log().mean(),
        ),  # unstable
        lambda r, f: soft(-r).mean() + soft(f).mean(),  # one loss only
    ],
)
CASES["gan_step_mistakes"] = ({3, 7, 10}, [{3, 7}, {2, 3, 7}, {3, 7, 8, 10}, 7])
CASES["discriminator_step"] = (
    _d_step(),
    [
        _d_step(lambda fake: fake),
        _d_step(zero=False),
        _d_step(sign=-1),
        _d_step(lambda fake: fake.detach_()),
    ],
)
CASES["best_discriminator_loss"] = (
    lambda jsd: np.log(4) - 2 * jsd,
    [lambda jsd: 2 * jsd - np.log(4), lambda jsd: np.log(4) + 2 * jsd, lambda jsd: np.log(2) - jsd],
)
