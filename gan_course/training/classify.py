"""The digit classifier in whose features the metrics measure; nothing here is adversarial."""

import copy
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm.auto import tqdm

from gan_course import data, pretrained, runtime
from gan_course.checkpoint import load_checkpoint, save_checkpoint
from gan_course.config import TrainConfig
from gan_course.conv import DigitClassifier
from gan_course.images import jitter
from gan_course.training.budget import FAR, Stopwatch
from gan_course.training.games import training_images
from gan_course.training.recipes import Recipe
from gan_course.training.runs import Session


def train(recipe: Recipe, session: Session) -> None:
    """Train the classifier from where the run stands; write its features of the test images."""
    device = runtime.start(recipe.train.seed)
    images, about = training_images(recipe.data, device)
    session.keep_data(about["data"])

    def play(config: TrainConfig, path: Path, every: int, **options) -> nn.Module:
        torch.manual_seed(config.seed)
        net = DigitClassifier(width=recipe.width).to(device)
        batches = data.batches(images, recipe.batch_size, config.seed)
        return fit(net, batches, config, path, every, **options)

    def choose() -> str:
        net = DigitClassifier(width=recipe.width).to(device)
        return choose_precision(net, *next(data.batches(images, recipe.batch_size)), recipe.train)

    config = replace(recipe.train, precision=session.precision(recipe.train.precision, choose))

    def try_out(watch: Stopwatch) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "checkpoint.pt"
            play(replace(config, steps=FAR), path, FAR, stop=watch)

    config = replace(config, steps=session.steps(config.steps, try_out))
    session.recipe = replace(recipe, train=config)
    session.announce(config.steps, images.source)
    net = play(
        config,
        session.checkpoint,
        recipe.checkpoint_every,
        saved=session.clock.save,
        stop=session.stop,
    )

    def measure(net: nn.Module) -> dict:
        test = data.images(recipe.data, "test")
        features = pretrained.save_features(net, test.images, session.folder)
        right = accuracy(net, test.images, test.labels)
        metrics = {"accuracy": right, "samples": len(test), "measured_on": test.source}
        return {"metrics": metrics, "test_features_sha256": features}

    about |= {"steps": config.steps, "seed": config.seed}
    session.finish(net, {"width": recipe.width}, about, measure)


def fit(
    net: nn.Module,
    batches,
    config: TrainConfig,
    path: str | Path,
    every: int = 500,
    saved: Callable[[], None] = lambda: None,
    stop: Callable[[int], bool] = lambda step: False,
) -> nn.Module:
    """Train on (images, labels), each image a little distorted; returns the weight average.

    config: steps, lr_d, betas, lr_final, average, precision, channels_last and seed count here.
    path: the checkpoint; if it is there, the run goes on from it. every: steps between two
    checkpoints. saved: called after each of them. stop: asked before each step, with the number of
    those that are done; where it says True the training ends, with a checkpoint.
    """
    device = next(net.parameters()).device
    layout = torch.channels_last if config.channels_last else torch.contiguous_format
    net.to(memory_format=layout)
    optimiser = torch.optim.Adam(net.parameters(), config.lr_d, config.betas)
    decay = get_ema_multi_avg_fn(config.average)
    average = AveragedModel(net, multi_avg_fn=decay, use_buffers=True)
    parts = {"net": net, "optimiser": optimiser, "average": average, "batches": batches}
    step = 0
    torch.manual_seed(config.seed)  # of dropout
    if Path(path).exists():
        state = load_checkpoint(path)
        for name, part in parts.items():
            part.load_state_dict(state[name])
        torch.set_rng_state(state["torch"])
        step = state["step"]

    def save() -> None:
        state = {name: part.state_dict() for name, part in parts.items()}
        save_checkpoint(path, {**state, "step": step, "torch": torch.get_rng_state()})
        saved()

    net.train()
    with tqdm(total=config.steps, initial=step, leave=False, unit="step") as bar:
        while step < config.steps:
            if stop(step):
                save()
                break
            fraction = 1 + (config.lr_final - 1) * step / config.steps
            optimiser.param_groups[0]["lr"] = config.lr_d * fraction
            images, labels = next(batches)
            images = augment(images.to(device), seed=step).contiguous(memory_format=layout)
            loss = update(net, optimiser, images, labels.to(device), config.precision)
            average.update_parameters(net)
            step += 1
            bar.update()
            if step % every == 0 or step == config.steps:
                bar.set_postfix(loss=f"{loss.item():.3f}")
                save()
    return average.module.eval()


def update(net, optimiser, images: Tensor, labels: Tensor, precision: str) -> Tensor:
    """One step of the optimiser on images (N, 1, 28, 28); returns the loss."""
    with torch.autocast(images.device.type, torch.bfloat16, enabled=precision == "bf16"):
        logits = net(images)
    loss = cross_entropy(logits.float(), labels)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss


def choose_precision(net: nn.Module, images: Tensor, labels: Tensor, config: TrainConfig) -> str:
    """The config's precision; for "auto" the faster one, measured on copies of the network."""
    if config.precision != "auto":
        return config.precision
    layout = torch.channels_last if config.channels_last else torch.contiguous_format

    def step_in(precision: str) -> Callable[[], Tensor]:
        own = copy.deepcopy(net).to(memory_format=layout).train()
        optimiser = torch.optim.Adam(own.parameters(), config.lr_d)
        pictures = images.contiguous(memory_format=layout)
        return partial(update, own, optimiser, pictures, labels, precision)

    kind = (str(net), tuple(images.shape), config.channels_last)
    return runtime.faster_precision(step_in, kind, images.device)


def augment(images: Tensor, seed: int) -> Tensor:
    """Images in [-1, 1], each turned, scaled, sheared and shifted a little: `images.jitter`."""
    return 2 * jitter((images.cpu() + 1) / 2, seed).to(images.device) - 1


@torch.no_grad()
def accuracy(net: nn.Module, images: Tensor, labels: Tensor, batch_size: int = 1000) -> float:
    """Share of images (N, 1, 28, 28) that the classifier reads as labelled (N,)."""
    net.eval()
    read = torch.cat([net(part).argmax(dim=1) for part in images.split(batch_size)])
    return float((read == labels).double().mean())
