"""The Dirac-GAN of Mescheder et al. 2018: where does training converge?

    python benchmarks/papers/dirac.py

writes dirac.jsonl within seconds: the eigenvalues of the gradient field at the equilibrium, and
where 2,000 steps end. The data are a point at 0, G a point at theta, D(x) = psi x.
Notebook 05 derives each line.
"""

from collections.abc import Callable
from functools import partial

import torch
from torch.nn.functional import softplus

from gan_course import results, runtime

OUT = results.ROWS / "dirac.jsonl"
STEP, STEPS, START = 0.1, 2_000, (1.0, 1.0)


def log_sigmoid(t):
    return -softplus(-t)


# method -> f of the game f(psi theta) + f(0), and D's penalty as a function of psi
METHODS: dict[str, tuple[Callable, Callable]] = {
    "unregularised": (log_sigmoid, lambda psi: 0 * psi),
    "R1, gamma 0.3": (log_sigmoid, lambda psi: 0.15 * psi**2),
    "R1, gamma 1": (log_sigmoid, lambda psi: 0.5 * psi**2),
    "WGAN": (lambda t: t, lambda psi: 0 * psi),
    "WGAN-GP, weight 1": (lambda t: t, lambda psi: (psi.abs() - 1) ** 2),
}


def field(method: str, point: torch.Tensor) -> torch.Tensor:
    """Both players' direction: G descends f(psi theta), D ascends it less its penalty."""
    f, penalty = METHODS[method]
    theta, psi = point
    g_loss = f(psi * theta)
    d_loss = penalty(psi) - g_loss
    (d_theta,) = torch.autograd.grad(g_loss, theta, create_graph=True)
    (d_psi,) = torch.autograd.grad(d_loss, psi, create_graph=True)
    return -torch.stack([d_theta, d_psi])


def run(method: str, alternating: bool) -> dict:
    """Eigenvalues as [real, imaginary]; none for WGAN-GP, whose penalty has a kink."""
    found = {"eigenvalues": None}
    if "GP" not in method:
        origin = torch.zeros(2, dtype=torch.float64, requires_grad=True)
        jacobian = torch.autograd.functional.jacobian(lambda point: field(method, point), origin)
        found["eigenvalues"] = [
            [float(v.real), float(v.imag)] for v in torch.linalg.eigvals(jacobian)
        ]
    point = torch.tensor(START, dtype=torch.float64)
    for _ in range(STEPS):
        if alternating:  # D first, as the course's loop has it; then G against the new D
            point[1] += STEP * move(method, point)[1]
            point[0] += STEP * move(method, point)[0]
        else:
            point += STEP * move(method, point)
    return {
        **found,
        "first_radius": 2**0.5,
        "last_radius": float(point.norm()),
        "step": STEP,
        "steps": STEPS,
    }


def move(method: str, point: torch.Tensor) -> torch.Tensor:
    return field(method, point.clone().requires_grad_()).detach()


def main() -> None:
    device = runtime.start(seed=0, threads=1, on="cpu")
    jobs = [
        ({"method": method, "updates": updates}, partial(run, method, updates == "alternating"))
        for method in METHODS
        for updates in ("simultaneous", "alternating")
    ]
    results.collect(OUT, jobs, runtime.describe(device))


if __name__ == "__main__":
    main()
