"""The loop: what each step touches, every variant runs, and a resumed run is the same run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from small_runs import VARIANTS, batches, config, environment, networks, play, same, weights
from torch import nn

from gan_course import checkpoint, conv, data, game, losses, models, penalties, runtime
from gan_course.errors import CheckpointError, DivergedError, GanCourseError


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_runs_and_moves_both_players(variant):
    G, D, run = play(variant)
    G0, D0, _ = play(variant, steps=0)
    assert not same(weights(G), weights(G0)) and not same(weights(D), weights(D0))
    assert [r["step"] for r in run.records] == [1, 2, 3, 4, 5, 6]
    assert all(isinstance(v, (int, float)) for r in run.records for v in r.values())
    assert not G.training and not D.training and not run.generator.training


@pytest.mark.parametrize("variant", VARIANTS)
def test_resume_is_bit_exact(variant, tmp_path):
    """Interrupted after 4 of 9 steps, resumed with fresh objects: the same weights, bit for bit."""
    path = tmp_path / "run.pt"
    whole = play(variant, steps=9)

    def interrupt(state):
        if state.step == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        play(variant, [game.Checkpoint(path, every=2), interrupt], steps=9)
    # other initial weights: all must come from the file
    G, D, run = play(variant, resume=path, steps=9, seed=5)
    assert same(weights(G), weights(whole[0])) and same(weights(D), weights(whole[1]))
    assert same(weights(run.generator), weights(whole[2].generator))
    assert run.records == whole[2].records


def moved_from(path, device, noise_bytes, fused):
    """The checkpoint as a run on another device would have written it."""
    saved = checkpoint.load_checkpoint(path)
    other = torch.zeros(noise_bytes, dtype=torch.uint8)
    saved["streams"] |= {"device": device, "noise": other, device: other}
    for name in ("opt_g", "opt_d"):
        for group in saved["parts"][name]["param_groups"]:
            group["fused"] = fused
    checkpoint.save_checkpoint(path, saved)


@pytest.mark.parametrize(("device", "size", "fused"), [("cuda", 16, True), ("mps", 44, False)])
def test_a_run_goes_on_from_another_device(device, size, fused, tmp_path, capsys):
    path = tmp_path / "run.pt"
    play("WGAN-GP", [game.Checkpoint(path, every=4)], steps=4)
    whole = play("WGAN-GP", steps=9)[2].records
    moved_from(path, device, size, fused)
    seen = []

    def note(state):
        seen.append(state.opt_d.param_groups[0]["fused"])

    first, again = (play("WGAN-GP", [note], resume=path, steps=9, seed=5) for _ in range(2))
    assert all(seen)
    assert capsys.readouterr().out.count("step 4: this run comes from another kind of device") == 2
    assert [record["step"] for record in first[2].records] == list(range(1, 10))
    assert first[2].records == again[2].records
    assert first[2].records[:4] == whole[:4] and first[2].records[4] != whole[4]


def test_same_seed_same_numbers_and_another_seed_others():
    a, b, c = (play("WGAN-GP", seed=s) for s in (0, 0, 1))
    assert same(weights(a[0]), weights(b[0])) and not same(weights(a[0]), weights(c[0]))


def test_callbacks_that_draw_random_numbers_change_nothing_and_training_leaves_the_global_stream():
    plain = play("WGAN-GP")
    drawing = play("WGAN-GP", callbacks=[lambda state: torch.rand(state.step + 1)])
    assert same(weights(plain[0]), weights(drawing[0]))
    G, D = networks()
    state = torch.get_rng_state()
    game.train(G, D, batches(), losses.NonSaturating(), config())
    assert torch.equal(state, torch.get_rng_state())


def make_state(D=None, loss=None, **changes):
    G, plain = networks()
    return game.start(G, D or plain, batches(), loss or losses.NonSaturating(), config(**changes))


def test_d_step_leaves_g_and_g_step_leaves_d():
    state = make_state()
    real, _ = next(state.batches)
    fake = state.G(torch.randn(len(real), 3))
    G0, D0 = weights(state.G), weights(state.D)
    game.d_step(state, real, fake)
    assert same(weights(state.G), G0) and not same(weights(state.D), D0)
    # detached: D's step gives G no gradient
    assert all(p.grad is None for p in state.G.parameters())
    D1 = weights(state.D)
    state.opt_d.zero_grad()
    game.g_step(state, real, fake)
    assert same(weights(state.D), D1) and not same(weights(state.G), G0)
    assert all(p.grad is None for p in state.D.parameters())  # frozen: none in G's step ...
    assert all(p.requires_grad for p in state.D.parameters())  # ... and free again after it


def test_steps_move_the_scores_the_right_way():
    state = make_state(lr_g=1e-2, lr_d=1e-2)
    real, _ = next(state.batches)
    z = torch.randn(len(real), 3)

    def scores():
        with torch.no_grad():
            return state.D(real).mean().item(), state.D(state.G(z)).mean().item()

    before = scores()
    game.d_step(state, real, state.G(z))
    after_d = scores()
    assert after_d[0] - after_d[1] > before[0] - before[1]  # D tells them apart better
    game.g_step(state, real, state.G(z))
    assert scores()[1] > after_d[1]  # G's fakes look more real


def test_one_call_on_the_concatenation_gives_the_scores_of_two():
    _, D = networks()
    real, fake = torch.randn(5, 2), torch.randn(5, 2)
    together = game.score_both(D, real, fake)
    assert torch.allclose(together[0], D(real), atol=1e-6)
    assert torch.allclose(together[1], D(fake), atol=1e-6)


def test_batch_norm_in_d_sees_real_and_fake_apart():
    D = nn.Sequential(nn.Linear(2, 4), nn.BatchNorm1d(4), nn.Linear(4, 1), nn.Flatten(0))
    assert game.has_batch_statistics(D) and not game.has_batch_statistics(networks()[1])
    real, fake = torch.randn(8, 2), torch.randn(8, 2) + 5
    assert torch.equal(game.score_both(D, real, fake)[0], D(real))
    G, _ = networks()
    game.train(G, D, batches(), losses.NonSaturating(), config())


def test_d_steps_counts_discriminator_updates_and_lazy_penalties():
    calls = []

    def penalty(D, real, fake, labels=None):
        calls.append(1)
        return torch.zeros(())

    penalty.every = 4
    G, D = networks()
    states, loss, numbers = [], losses.NonSaturating(), config(steps=6, d_steps=2)
    game.train(G, D, batches(), loss, numbers, [penalty], callbacks=[states.append])
    assert states[-1].d_updates == 12 and len(calls) == 3


class ZeroLoss:
    """So that only the penalty is left."""

    def discriminator(self, real_scores, fake_scores):
        return 0 * (real_scores.sum() + fake_scores.sum())

    def generator(self, real_scores, fake_scores):
        return 0 * fake_scores.sum()


def test_lazy_penalty_keeps_its_mean_strength():
    def gradient_after_one_step(every):
        G, D = networks()
        lazy = [penalties.ZeroCentered(1.0, every=every)]
        state = game.start(G, D, batches(), ZeroLoss(), config(), lazy)
        real, _ = next(state.batches)
        game.d_step(state, real, G(torch.randn(32, 3)))
        return D.net[0].weight.grad

    assert torch.allclose(4 * gradient_after_one_step(1), gradient_after_one_step(4), rtol=1e-5)


def test_weight_average_by_hand():
    seen = []
    G, D = networks()
    callbacks = [lambda state: seen.append(weights(state.G))]
    loss, numbers = losses.NonSaturating(), config(steps=4, average=0.9)
    run = game.train(G, D, batches(), loss, numbers, callbacks=callbacks)
    mean = seen[1]  # the first update copies
    for count, current in enumerate(seen[2:], start=1):
        decay = min(0.9, (1 + count) / (10 + count))
        mean = {name: decay * mean[name] + (1 - decay) * current[name] for name in mean}
    assert all(
        torch.allclose(mean[name], value, atol=1e-6)
        for name, value in run.generator.state_dict().items()
    )


def test_learning_rates_fall_to_the_fraction():
    rates = []
    G, D = networks()
    callbacks = [lambda state: rates.append(state.opt_g.param_groups[0]["lr"])]
    loss, numbers = losses.NonSaturating(), config(steps=10, lr_g=1.0e-3, lr_final=0.1)
    game.train(G, D, batches(), loss, numbers, callbacks=callbacks)
    assert rates[1] == pytest.approx(1e-3) and rates[-1] == pytest.approx(1e-3 * (1 - 0.9 * 0.9))


def test_a_short_batch_works():
    G, D = networks()
    game.train(G, D, data.batches(torch.randn(5, 2), 64), losses.NonSaturating(), config())


def test_channels_last_is_only_a_layout():
    results = []
    for flag in (False, True):
        torch.manual_seed(0)
        upward = nn.ConvTranspose2d(2, 1, 4, 2, 1)
        G = nn.Sequential(nn.Linear(4, 2 * 16), nn.Unflatten(1, (2, 4, 4)), upward)
        D = nn.Sequential(nn.Conv2d(1, 4, 3), nn.Flatten(), nn.Linear(144, 1), nn.Flatten(0))
        images = data.batches(torch.rand(40, 1, 8, 8) * 2 - 1, 8)
        numbers = config(latent_dim=4, channels_last=flag)
        run = game.train(G, D, images, losses.NonSaturating(), numbers)
        results.append(run.column("d_loss"))
    assert results[0] == pytest.approx(results[1], rel=1e-3)


def test_sample_in_eval_mode_on_the_cpu_in_parts():
    G = models.MLPGenerator(3, (2,), (8, 8), batch_norm=True).train()
    z = torch.randn(25, 3)
    samples = game.sample(G, z, batch_size=10)
    assert G.training and not samples.requires_grad
    assert torch.allclose(samples, G.eval()(z), atol=1e-6)
    C = models.MLPGenerator(3, (2,), (8,), num_classes=4)
    labels = torch.arange(25) % 4
    assert torch.allclose(game.sample(C, z, labels, batch_size=10), C(z, labels), atol=1e-6)


def test_film_takes_the_untrained_networks_the_chosen_steps_and_the_end():
    film = game.Film(lambda state: state.step, at=[0, 2])
    every = game.Film(lambda state: state.step, at=4)
    play("non-saturating", callbacks=[film, every])
    assert film.frames == [(0, 0), (2, 2), (6, 6)] and every.frames == [(0, 0), (4, 4), (6, 6)]


def test_divergence_is_one_clear_error_and_keeps_the_last_good_checkpoint(tmp_path):
    path = tmp_path / "run.pt"

    def poison(state):
        if state.step == 4:
            next(state.G.parameters()).data.fill_(float("nan"))

    with pytest.raises(DivergedError, match=r"step 5: D's loss is nan.*Usual causes"):
        play("non-saturating", [game.Checkpoint(path, every=2), poison])
    assert play("non-saturating", resume=path)[2].records[-1]["step"] == 6

    def infinite(state):
        if state.step == 4:
            next(state.D.parameters()).data.fill_(float("inf"))

    with pytest.raises(DivergedError, match="D's net.0.weight holds NaN"):
        play("non-saturating", [infinite, game.Checkpoint(path, every=2)], log_every=100)


def test_wrong_shapes():
    G, D = networks()
    message = r"G makes samples of shape \(8, 2\), the data have \(8, 3\)"
    with pytest.raises(GanCourseError, match=message):
        game.train(G, D, data.batches(torch.randn(20, 3), 8), losses.NonSaturating(), config())
    column = nn.Sequential(nn.Linear(2, 1))  # (N, 1): would broadcast against (N,) in silence
    with pytest.raises(GanCourseError, match=r"scores of shape \(64, 1\).*squeeze"):
        game.train(G, column, batches(), losses.NonSaturating(), config())
    told = networks(num_classes=3)
    with pytest.raises(GanCourseError, match="bring no labels"):
        game.train(*told, batches(), losses.NonSaturating(), config(num_classes=3))


def test_resume_refuses_another_run(tmp_path):
    path = tmp_path / "run.pt"
    play("R1, lazy", [game.Checkpoint(path, every=2)])
    with pytest.raises(CheckpointError, match=r"\(lr_g: 0.0002 -> 0.1, average: 0.0 -> 0.9\)"):
        play("R1, lazy", resume=path, lr_g=0.1, average=0.9)
    small, loss = models.MLPGenerator(3, (2,), (8,), output="linear"), losses.NonSaturating()
    terms = [penalties.ZeroCentered()]
    with pytest.raises(CheckpointError, match="another network: .*net.0.weight"):
        game.train(small, networks()[1], batches(), loss, config(), terms, resume=path)
    with pytest.raises(CheckpointError, match="no checkpoint at"):
        play("R1, lazy", resume=tmp_path / "nothing.pt")
    with pytest.raises(CheckpointError, match="average"):
        play("R1, lazy", resume=path, average=0.9)
    run = play("R1, lazy", resume=path, steps=8, log_every=4)[2]
    assert run.records[-1]["step"] == 8  # more steps may follow, noted less often


def test_rates_that_fall_go_on_by_the_new_length(tmp_path):
    rates = []

    def note(state):
        rates.append(state.opt_d.param_groups[0]["lr"] / state.config.lr_d)

    path = tmp_path / "run.pt"
    play("learning rates fall", [game.Checkpoint(path, every=2)])
    play("learning rates fall", [note], resume=path, steps=12)
    # steps 6 to 11 of 12, each seen before the next one
    assert rates[1:] == pytest.approx([1 - 0.9 * step / 12 for step in range(6, 12)])


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and fork are of POSIX systems")
def test_killed_at_any_moment_the_run_goes_on_to_the_same_numbers(tmp_path):
    """kill -9 of two runs, twice each, at random moments; each step writes a checkpoint."""
    script = Path(__file__).parent / "faults" / "kill.py"
    command = [sys.executable, str(script), str(tmp_path), "2", "50"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["equal"] == 2 and found["kills"] >= 2, found


def conv_play(folder, steps, condition, resume=None, seed=0):
    """The convolutional pair on noise images, for each way that D takes the label."""
    torch.manual_seed(seed)
    G = conv.ConvGenerator(3, width=4, num_classes=3)
    D = conv.ConvDiscriminator(width=4, num_classes=3, condition=condition)
    images = torch.rand(40, 1, 28, 28, generator=torch.Generator().manual_seed(1)) * 2 - 1
    d_terms, g_terms = [penalties.ZeroCentered(1.0, every=2)], []
    if condition == "auxiliary":
        d_terms = [penalties.AuxiliaryClassifier()]
        g_terms = [penalties.AuxiliaryClassifier(on="fake")]
    run = game.train(
        G,
        D,
        data.batches((images, torch.arange(40) % 3), 8),
        losses.NonSaturating(),
        config(num_classes=3, steps=steps, channels_last=True, average=0.9),
        d_terms,
        g_terms,
        callbacks=[game.Checkpoint(folder / "run.pt", every=3)],
        resume=resume,
    )
    return G, D, run


@pytest.mark.parametrize("condition", conv.CONDITIONS)
def test_convolutional_conditional_pairs_train_and_resume(condition, tmp_path):
    whole = conv_play(tmp_path / "a", 6, condition)
    conv_play(tmp_path / "b", 3, condition)
    again = conv_play(tmp_path / "b", 6, condition, resume=tmp_path / "b" / "run.pt", seed=9)
    assert same(weights(whole[0]), weights(again[0])) and same(weights(whole[1]), weights(again[1]))
    assert whole[2].records == again[2].records


def test_terms_of_the_generator_enter_its_step_only():
    """A term that pulls every fake to 0 moves G's samples there, and leaves no gradient in D."""

    class ToZero:
        def __call__(self, D, real, fake, labels=None):
            return 100 * (fake**2).mean()

    G, D = networks()
    z = torch.randn(200, 3)
    before = G(z).square().mean()
    game.train(
        G, D, batches(), losses.NonSaturating(), config(steps=60, lr_g=1e-2), g_penalties=[ToZero()]
    )
    assert G(z).square().mean() < before / 10


def test_a_callback_ends_the_run_by_a_word():
    """No step follows `state.stop`; checkpoint and film still take the end, once."""
    G, D = networks()
    film = game.Film(lambda state: state.step, at=100)

    def stop_at_three(state):
        if state.step == 3:
            state.stop("three are enough")

    loss, numbers = losses.NonSaturating(), config(steps=50)
    ended = game.train(G, D, batches(), loss, numbers, callbacks=[stop_at_three, film])
    assert ended.stopped == "three are enough" and ended.records[-1]["step"] == 3
    assert film.frames == [(0, 0), (3, 3)]


def test_a_stopped_run_can_be_resumed(tmp_path):
    path = tmp_path / "run.pt"

    def stop_at_three(state):
        if state.step == 3:
            state.stop("for today")

    play("R1, lazy", [stop_at_three, game.Checkpoint(path, every=100)])
    again, whole = play("R1, lazy", resume=path), play("R1, lazy")
    assert same(weights(again[0]), weights(whole[0])) and again[2].records == whole[2].records


def test_both_players_honour_every():
    """`every = 3`: called at each third step of its player."""

    class Counted:
        every = 3

        def __init__(self):
            self.calls = 0

        def __call__(self, D, real, fake, labels=None):
            self.calls += 1
            return fake.sum() * 0

    of_d, of_g = Counted(), Counted()
    G, D = networks()
    loss, numbers = losses.NonSaturating(), config(steps=6, d_steps=2)
    game.train(G, D, batches(), loss, numbers, [of_d], [of_g])
    assert of_d.calls == 4 and of_g.calls == 2


def auto_parts():
    """A pair with batch norm and dropout, a penalty with a state, and numbers with "auto"."""
    torch.manual_seed(0)
    G = models.MLPGenerator(3, (2,), (8,), batch_norm=True, output="linear")
    D = nn.Sequential(nn.Linear(2, 8), nn.Dropout(), nn.Linear(8, 1), nn.Flatten(0)).eval()
    return G, D, penalties.HistoricalAverage(0.1), config(precision="auto", average=0.9)


def test_choosing_a_precision_leaves_everything_as_it_was(monkeypatch):
    monkeypatch.setattr(runtime, "_gains", {})
    G, D, term, numbers = auto_parts()
    before, stream = (weights(G), weights(D), dict(vars(term))), torch.get_rng_state()
    batch = next(batches())
    chosen = game.choose_precision(G, D, batch, losses.NonSaturating(), numbers, [term])
    assert chosen in ("fp32", "bf16")
    assert same(weights(G), before[0]) and same(weights(D), before[1])  # statistics, too
    assert all(p.grad is None and p.requires_grad for p in [*G.parameters(), *D.parameters()])
    assert G.training and not D.training and vars(term) == before[2]
    assert torch.equal(torch.get_rng_state(), stream)


def test_the_precision_is_measured_of_the_very_steps_and_remembered(monkeypatch):
    monkeypatch.setattr(runtime, "_gains", {})
    seen = []

    def gain(fp32, bf16, device, cycle):
        states = [work.args[0] for work in (fp32, bf16)]
        seen.append([fp32(), bf16(), *states, cycle])
        return 1.5

    monkeypatch.setattr(runtime, "_gain_of_bf16", gain)
    G, D = networks()
    terms = [penalties.ZeroCentered(1.0, every=4), penalties.ZeroCentered(1.0, every=6)]
    loss, numbers = losses.NonSaturating(), config(precision="auto", d_steps=3)
    for size in (32, 32, 16):
        batch = next(batches(batch_size=size))
        assert game.choose_precision(G, D, batch, loss, numbers, terms) == "bf16"
    assert len(seen) == 2  # the second was known
    *records, fp32, bf16, cycle = seen[0]
    assert [fp32.config.precision, bf16.config.precision, cycle] == ["fp32", "bf16", 12]
    assert fp32.d_updates == bf16.d_updates == 3 and fp32.step == 1
    assert all(record.keys() >= {"d_loss", "g_loss"} for record in records)
    assert fp32.G is not bf16.G and fp32.penalties[0] is not terms[0]


def test_a_precision_that_is_given_is_not_measured(monkeypatch):
    monkeypatch.setattr(runtime, "faster_precision", None)
    G, D = networks()
    for given in ("fp32", "bf16"):
        numbers = config(precision=given)
        chosen = game.choose_precision(G, D, next(batches()), losses.NonSaturating(), numbers)
        assert chosen == given


def test_the_loop_refuses_a_precision_that_is_not_chosen():
    G, D = networks()
    with pytest.raises(GanCourseError, match=r"precision is 'auto'.*game.choose_precision"):
        game.train(G, D, batches(), losses.NonSaturating(), config(precision="auto"))
