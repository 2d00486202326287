import pytest
import torch
from scipy import integrate

from gan_course import data, runtime
from gan_course.errors import DataError, GanCourseError

TOYS = [data.ring(std=0.2), data.grid(std=0.2), data.swiss_roll(), data.two_moons()]
ids = [toy.name for toy in TOYS]


def test_ring_modes_are_distinct_and_on_the_circle():
    """linspace(0, 2 pi, 8) with its end point would give 7 modes, one of them doubled."""
    ring = data.ring()
    distance = torch.cdist(ring.means, ring.means) + 10 * torch.eye(8)
    assert distance.min().item() == pytest.approx(
        2 * 2 * torch.sin(torch.tensor(torch.pi / 8)).item(), rel=1e-5
    )
    assert ring.means.norm(dim=1).tolist() == pytest.approx([2.0] * 8)


def test_grid_is_pacgans():
    grid = data.grid()
    assert len(grid.means) == 25
    assert sorted(set(grid.means.flatten().tolist())) == [-4.0, -2.0, 0.0, 2.0, 4.0]


@pytest.mark.parametrize("toy", TOYS, ids=ids)
def test_density_integrates_to_one_and_fits_the_samples(toy):
    line = torch.linspace(-6, 6, 241)  # 0 is number 120
    density = toy.density(torch.cartesian_prod(line, line)).reshape(241, 241).numpy()
    mass = integrate.simpson(integrate.simpson(density, x=line), x=line)
    assert mass == pytest.approx(1, abs=1e-3)
    # the share of samples in a half plane is the density's integral over it
    samples = toy.sample(40_000, runtime.generator(0))
    right = integrate.simpson(integrate.simpson(density[120:], x=line), x=line[120:])
    assert (samples[:, 0] > 0).float().mean().item() == pytest.approx(right, abs=0.02)


def test_one_dimension():
    gaussian = data.gaussian(4.0, 1.25)
    samples = gaussian.sample(50_000, runtime.generator(1))
    assert samples.shape == (50_000, 1)
    assert samples.mean().item() == pytest.approx(4, abs=0.03)
    assert samples.std().item() == pytest.approx(1.25, abs=0.02)
    x = torch.linspace(-10, 18, 2001)
    assert torch.trapezoid(gaussian.density(x[:, None]), x).item() == pytest.approx(1, abs=1e-5)
    assert data.mixture_1d(weights=(3.0, 1.0)).weights.tolist() == [0.75, 0.25]


def test_bad_toys():
    with pytest.raises(GanCourseError, match="positive"):
        data.ring(std=0)
    with pytest.raises(GanCourseError, match=r"takes \(N, 2\)"):
        data.ring().density(torch.zeros(3, 1))


def test_batches_are_seeded_and_independent_of_other_draws():
    a, b, c = (data.ring().batches(16, seed) for seed in (0, 0, 1))
    first = next(a)[0]
    torch.rand(10)
    assert torch.equal(first, next(b)[0]) and not torch.equal(first, next(c)[0])


def test_an_epoch_shows_each_sample_once_and_then_shuffles_anew():
    samples, labels = torch.arange(12.0)[:, None], torch.arange(12)
    batches = data.batches((samples, labels), 4)
    epochs = [[next(batches) for _ in range(3)] for _ in range(2)]
    for epoch in epochs:
        assert sorted(torch.cat([x for x, _ in epoch]).flatten().tolist()) == list(range(12))
        # labels stay with their samples
        assert all(torch.equal(x[:, 0].long(), y) for x, y in epoch)
    assert not torch.equal(epochs[0][0][0], epochs[1][0][0])


def test_fewer_samples_than_the_batch_size_gives_one_short_batch():
    assert next(data.batches(torch.zeros(5, 2), 64))[0].shape == (5, 2)


def test_batches_go_on_from_their_state():
    a = data.batches(torch.arange(10.0)[:, None], 3, seed=2)
    next(a), next(a)
    b = data.batches(torch.arange(10.0)[:, None], 3, seed=9)
    b.load_state_dict(a.state_dict())
    assert all(torch.equal(next(a)[0], next(b)[0]) for _ in range(7))
    with pytest.raises(GanCourseError, match="batches of 4"):
        data.batches(torch.zeros(10, 1), 4).load_state_dict(a.state_dict())


def test_bad_batches():
    bad = torch.zeros(6, 1, 2, 2)
    bad[4, 0, 1, 1] = float("nan")
    with pytest.raises(DataError, match="1 samples hold NaN or infinity, the first is number 4"):
        data.batches(bad, 2)
    with pytest.raises(DataError, match="empty"):
        data.batches(torch.zeros(0, 2), 2)
    with pytest.raises(DataError, match=r"expected \(6,\)"):
        data.batches((torch.zeros(6, 2), torch.zeros(5, dtype=torch.int64)), 2)
    with pytest.raises(GanCourseError, match="batch_size is 0"):
        data.batches(torch.zeros(6, 2), 0)
