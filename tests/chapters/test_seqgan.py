import json
from dataclasses import asdict, replace

import pytest
import torch

from gan_course import results
from gan_course.chapters import seqgan, text

TINY = seqgan.Protocol(
    vocabulary=6,
    length=4,
    hidden=8,
    sequences=128,
    batch_size=16,
    g_batch=16,
    mle_epochs=2,
    d_pretrain=3,
    rounds=2,
    d_steps=1,
    rollouts=2,
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
    # a point every 5 rounds, and there are 2
    assert {point["stage"] for point in first["curve"]} == {"mle"}
    assert [point["temperature"] for point in first["sweeps"]["mle"]] == list(seqgan.TEMPERATURES)


def test_the_stored_record_is_of_this_protocol():
    path = results.ROWS / "seqgan.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["protocol"] == asdict(seqgan.Protocol()) and len(record["seeds"]) >= 5


def test_discriminator_gives_one_score_a_sequence():
    assert seqgan.SequenceDiscriminator(6)(torch.randint(6, (5, 8))).shape == (5,)
