import json
from dataclasses import asdict, replace

import pytest
import torch

from gan_course import results
from gan_course.chapters import seqgan, text
from gan_course.errors import GanCourseError

TINY = seqgan.Protocol(
    vocabulary=6,
    length=4,
    hidden=8,
    sequences=128,
    batch_size=16,
    mle_epochs=2,
    rules=seqgan.Rules(
        rounds=10, g_batch=16, rollouts=2, d_batch=16, d_pretrain=3, d_steps=1, g_lr=1e-3
    ),
    measured=64,
)


def test_rewards_are_the_expected_reward_of_completions():
    torch.manual_seed(0)
    G = text.LanguageModel(3, 4, 4)

    def reward(sequences):
        return (sequences[:, -1] == 2).float() + 10 * sequences[:, 0]

    x = torch.tensor([[2, 0, 1], [0, 2, 2]])
    q = seqgan.rewards(G, reward, x, 4000, torch.Generator().manual_seed(0))
    assert torch.equal(q[:, -1], reward(x))  # nothing left to complete
    ends = torch.arange(3).repeat(2)[:, None]
    after = torch.cat([x[:, :2].repeat_interleave(3, dim=0), ends], dim=1)
    p = text.log_probabilities(G.eval(), after)[:, 2].exp().view(2, 3)
    assert torch.allclose(q[:, 1], p[:, 2] + 10 * x[:, 0], atol=0.04)


def test_policy_gradient_is_unbiased():
    torch.manual_seed(1)
    G = text.LanguageModel(3, 4, 4)
    every = torch.cartesian_prod(torch.arange(3), torch.arange(3))
    worth = torch.rand(9, generator=torch.Generator().manual_seed(2))

    def reward(sequences):
        return worth[3 * sequences[:, 0] + sequences[:, 1]]

    expected = (text.log_probabilities(G, every).sum(dim=1).exp() * worth).sum()
    (exact,) = torch.autograd.grad(-expected, G.head.bias)
    stream, found = torch.Generator().manual_seed(3), []
    for _ in range(30):
        x = text.sample(G, 1000, 2, generator=stream)
        q = seqgan.rewards(G, reward, x, 4, stream)
        found.append(torch.autograd.grad(seqgan.policy_loss(G, x, q), G.head.bias)[0])
    found = torch.stack(found)
    assert ((found.mean(dim=0) - exact).abs() < 4.5 * found.std(dim=0) / 30**0.5 + 1e-4).all()


def test_generator_learns_what_a_fixed_judge_likes():
    torch.manual_seed(0)
    G = text.LanguageModel(6, 8, 8)
    optimiser, stream = torch.optim.Adam(G.parameters(), 2e-2), torch.Generator().manual_seed(0)
    for _ in range(40):
        x = text.sample(G, 64, 4, generator=stream)
        q = seqgan.rewards(G, lambda s: (s == 3).float().mean(dim=1), x, 2, stream)
        optimiser.zero_grad()
        seqgan.policy_loss(G, x, q).backward()
        optimiser.step()
    assert (text.sample(G, 200, 4, generator=stream) == 3).float().mean() > 0.8


def test_a_run_has_all_rows_and_can_be_repeated():
    first, again = seqgan.run(TINY, 0), seqgan.run(TINY, 0)
    assert first["rows"].keys() == {"random", "mle", "seqgan", "floor"}
    assert first["rows"]["floor"]["kl"] == pytest.approx(0, abs=1e-6)  # the oracle against itself
    assert first["rows"] == again["rows"] and first["rows"] != seqgan.run(replace(TINY), 1)["rows"]
    played = [point for point in first["curve"] if point["stage"] == "seqgan"]
    assert [point["number"] for point in played] == [0, 10]
    assert all(0 <= point["accuracy"] <= 1 for point in played)
    assert [point["temperature"] for point in first["sweeps"]["mle"]] == list(seqgan.TEMPERATURES)


def test_the_stored_record_is_of_this_protocol():
    path = results.ROWS / "seqgan.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["protocol"] == asdict(seqgan.Protocol()) and len(record["seeds"]) >= 2


def test_only_some_prefixes_are_completed():
    torch.manual_seed(0)
    G, x = text.LanguageModel(3, 4, 4), torch.tensor([[2, 0, 1, 2, 0]])
    asked = []

    def reward(sequences):
        asked.append(len(sequences))
        return sequences.float().sum(dim=1)

    q = seqgan.rewards(G, reward, x, 3, torch.Generator().manual_seed(0), every=2)
    assert asked == [1, 3, 3]  # the whole sequence, then completions of two and of four tokens
    assert q[0, 0] == q[0, 1] and q[0, 2] == q[0, 3] and q[0, 4] == x.sum()


def test_the_divergence_to_come():
    log_p, reference = torch.tensor([[-1.0, -2.0, -3.0]]), torch.tensor([[-2.0, -2.0, -5.0]])
    assert seqgan.kl_to_come(log_p, reference).tolist() == [[3.0, 2.0, 2.0]]


def test_a_price_keeps_the_net_near_where_it_was():
    def played(kl):
        torch.manual_seed(0)
        G = text.LanguageModel(6, 8, 8)
        rules = seqgan.Rules(rounds=0, g_batch=64, g_lr=2e-2, rollouts=1, every=4, kl=kl)
        data = torch.randint(6, (50, 4))
        game = seqgan.Game(G, data, rules, 0, judge=lambda x: (x == 3).float().mean(dim=1))
        for _ in range(30):
            game.round()
        return game.divergence(game.write(500))[:, 0].mean()

    assert played(1.0) < 0.2 < 1 < played(0.0)


def test_place_discriminator_learns_that_two_far_places_agree():
    torch.manual_seed(0)
    D = seqgan.PlaceDiscriminator(8, 6, dropout=0.0)
    optimiser = torch.optim.Adam(D.parameters(), 3e-3)
    for _ in range(200):
        x = torch.randint(8, (128, 6))
        agree = x[:, 0] % 2 == x[:, 5] % 2
        loss = torch.nn.functional.binary_cross_entropy_with_logits(D(x), agree.float())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert ((D(x) > 0) == agree).float().mean() > 0.9


def test_wrong_rules_are_refused():
    for wrong in ({"rollouts": 0}, {"kl": -1.0}, {"g_lr": 0.0}):
        with pytest.raises(GanCourseError, match=next(iter(wrong))):
            seqgan.Rules(**wrong)


def test_discriminator_gives_one_score_a_sequence():
    assert seqgan.SequenceDiscriminator(6)(torch.randint(6, (5, 8))).shape == (5,)
