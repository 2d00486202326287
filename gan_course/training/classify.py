"""Train the digit classifier in whose features the metrics measure. An ordinary classifier; nothing
adversarial.
"""

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm.auto import tqdm

from gan_course.checkpoint import load_checkpoint, save_checkpoint
from gan_course.config import TrainConfig
from gan_course.images import jitter


def train_classifier(
    net, batches, config: TrainConfig, path: str | Path, every: int = 500, saved=lambda: None
) -> nn.Module:
    """Train on (images, labels), each image turned, scaled, sheared and shifted a little; returns
    the weight average.

    config: steps, lr_d, betas, lr_final, average, precision, channels_last and seed count here.
    path: the checkpoint; if it is there, the run goes on from it. every: steps between two
    checkpoints. saved: called after each of them.
    """
    device = next(net.parameters()).device
    if config.channels_last:
        net.to(memory_format=torch.channels_last)
    optimiser = torch.optim.Adam(net.parameters(), config.lr_d, config.betas)
    average = AveragedModel(
        net, multi_avg_fn=get_ema_multi_avg_fn(config.average), use_buffers=True
    )
    parts = {"net": net, "optimiser": optimiser, "average": average, "batches": batches}
    step = 0
    torch.manual_seed(config.seed)  # of dropout
    if Path(path).exists():
        state = load_checkpoint(path)
        for name, part in parts.items():
            part.load_state_dict(state[name])
        torch.set_rng_state(state["torch"])
        step = state["step"]
    net.train()
    with tqdm(total=config.steps, initial=step, leave=False, unit="step") as bar:
        while step < config.steps:
            optimiser.param_groups[0]["lr"] = config.lr_d * (
                1 + (config.lr_final - 1) * step / config.steps
            )
            images, labels = next(batches)
            images = augment(images.to(device), seed=step)
            if config.channels_last:
                images = images.contiguous(memory_format=torch.channels_last)
            with torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bf16"):
                logits = net(images)
            loss = cross_entropy(logits.float(), labels.to(device))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            average.update_parameters(net)
            step += 1
            bar.update()
            if step % every == 0 or step == config.steps:
                bar.set_postfix(loss=f"{loss.item():.3f}")
                state = {name: part.state_dict() for name, part in parts.items()}
                save_checkpoint(path, {**state, "step": step, "torch": torch.get_rng_state()})
                saved()
    return average.module.eval()


def augment(images: Tensor, seed: int) -> Tensor:
    """`images.jitter` for images in [-1, 1]."""
    return 2 * jitter((images.cpu() + 1) / 2, seed).to(images.device) - 1


@torch.no_grad()
def accuracy(net: nn.Module, images: Tensor, labels: Tensor, batch_size: int = 1000) -> float:
    """Share of images (N, 1, 28, 28) that the classifier reads as labelled (N,)."""
    net.eval()
    read = torch.cat([net(part).argmax(dim=1) for part in images.split(batch_size)])
    return float((read == labels).double().mean())
