"""What each player minimises. Scores are logits (no sigmoid); real before fake, always.

Notebooks 01 and 02 derive the first two; 09 the Wasserstein loss. Each is written with softplus or
relu, not with log(sigmoid(s)): -log sigmoid(s) = softplus(-s) stays finite and keeps its slope at
any score, whereas float32 sigmoid(18) is exactly 1 and log(1 - 1) is minus infinity.
"""

from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import relu, softplus

from gan_course.errors import GanCourseError


def _check(real_scores: Tensor | None, fake_scores: Tensor) -> None:
    for name, scores in (("real", real_scores), ("fake", fake_scores)):
        if scores is not None and (scores.ndim != 1 or scores.numel() == 0):
            raise GanCourseError(
                f"{name} scores have shape {tuple(scores.shape)}, but a loss takes one score a "
                "sample, shape (N,) with N >= 1: end D with .flatten() or squeeze(1), "
                "and pass no empty batch"
            )


@dataclass(frozen=True)
class Loss:
    """A `game.Loss` that checks the scores. Each class below writes the two formulas, to minimise.

    real_scores, fake_scores: (N,) logits. Only a loss with `uses_real` looks at real scores in G's
    step; for the others they may be None there. Raises GanCourseError for scores of other shapes.
    """

    uses_real = False

    def discriminator(self, real_scores: Tensor, fake_scores: Tensor) -> Tensor:
        _check(real_scores, fake_scores)
        return self._discriminator(real_scores, fake_scores)

    def generator(self, real_scores: Tensor | None, fake_scores: Tensor) -> Tensor:
        _check(real_scores, fake_scores)
        return self._generator(real_scores, fake_scores)

    def _discriminator(self, real, fake):
        raise NotImplementedError

    def _generator(self, real, fake):
        raise NotImplementedError


class Minimax(Loss):
    """Goodfellow et al. 2014, eq. 1: D maximises, G minimises E log D(x) + E log(1 - D(G(z)))."""

    def _discriminator(self, real, fake):
        return softplus(-real).mean() + softplus(fake).mean()  # -log D(x) - log(1 - D(G(z)))

    def _generator(self, real, fake):
        return -softplus(fake).mean()  # log(1 - D(G(z))): slope -D in the score, flat if D is sure


class NonSaturating(Minimax):
    """Goodfellow et al. 2014, section 3: the same loss for D, but G maximises log D(G(z))."""

    def _generator(self, real, fake):
        return softplus(-fake).mean()  # -log D(G(z)): slope D - 1 in the score


@dataclass(frozen=True)
class Smoothed(NonSaturating):
    """Non-saturating, but the targets of D's cross entropy are `real` and `fake` and not 1 and 0.

    Szegedy et al. 2016; Salimans et al. 2016, section 3.4. One-sided is Smoothed(real=0.9). With
    fake = b > 0 the best D is (real p + b q) / (p + q), which is flat, b, where p is near 0: a fake
    there is not told where to go.
    """

    real: float = 0.9
    fake: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.fake < self.real <= 1:
            raise GanCourseError(
                f"Smoothed(real={self.real}, fake={self.fake}): "
                "the targets must have 0 <= fake < real <= 1"
            )

    def _discriminator(self, real, fake):
        # score s, target t: t softplus(-s) + (1 - t) softplus(s) = softplus(s) - t s
        on_real = softplus(real) - self.real * real
        on_fake = softplus(fake) - self.fake * fake
        return on_real.mean() + on_fake.mean()


class LeastSquares(Loss):
    """Mao et al. 2017, equation 9: real towards 1, fake towards 0, both by squared error."""

    def _discriminator(self, real, fake):
        return 0.5 * ((real - 1) ** 2).mean() + 0.5 * (fake**2).mean()

    def _generator(self, real, fake):
        return 0.5 * ((fake - 1) ** 2).mean()


class Hinge(Loss):
    """Lim and Ye 2017; Miyato et al. 2018, equations 16, 17: D need not push scores beyond +-1."""

    def _discriminator(self, real, fake):
        return relu(1 - real).mean() + relu(1 + fake).mean()

    def _generator(self, real, fake):
        return -fake.mean()


class Wasserstein(Loss):
    """Arjovsky et al. 2017, equation 2. D must be kept Lipschitz: clip, penalise or normalise."""

    def _discriminator(self, real, fake):
        return fake.mean() - real.mean()

    def _generator(self, real, fake):
        return -fake.mean()


class Relativistic(Loss):
    """Each real is compared with one fake: RSGAN (Jolicoeur-Martineau 2019), called RpGAN by its
    author in 2020 and in R3GAN (Huang et al. 2024).
    """

    uses_real = True

    def _discriminator(self, real, fake):
        self._check_pairs(real, fake)
        return softplus(fake - real).mean()

    def _generator(self, real, fake):
        self._check_pairs(real, fake)
        return softplus(real - fake).mean()

    @staticmethod
    def _check_pairs(real, fake):
        if real is None or real.shape != fake.shape:
            raise GanCourseError(
                "the relativistic loss pairs scores: "
                "give it as many real scores as fake ones, in G's step too"
            )
