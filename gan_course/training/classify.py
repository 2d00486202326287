"""The classifiers in whose features the metrics measure; nothing here is adversarial."""

import copy
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm.auto import tqdm

from gan_course import data, pretrained, runtime
from gan_course.checkpoint import load_checkpoint, save_checkpoint, set_streams, streams
from gan_course.config import TrainConfig
from gan_course.conv import AttributeClassifier, DigitClassifier
from gan_course.images import jitter
from gan_course.results import rounded
from gan_course.training.budget import FAR, Stopwatch
from gan_course.training.games import training_images
from gan_course.training.recipes import Recipe
from gan_course.training.runs import Session


def train(recipe: Recipe, session: Session) -> None:
    """Train a classifier of digits, or of the faces' attributes, from where the run stands.

    Of digits it writes the features of the test images, too.
    """
    device = runtime.start(recipe.train.seed)
    images, about = training_images(recipe.data, device, recipe.size, recipe.channels)
    session.keep_data(about["data"])
    arguments: dict[str, Any] = {"width": recipe.width}
    kind: type[nn.Module] = DigitClassifier
    loss, labels = cross_entropy, images.labels
    if images.attributes:
        kind, loss = AttributeClassifier, partial(sum_of_entropies, images.attributes)
        arguments["classes"] = {name: len(names) for name, (_, names) in images.attributes.items()}
        labels = torch.arange(len(images), device=device)  # which image it is

    def play(config: TrainConfig, path: Path, every: int, **options) -> nn.Module:
        torch.manual_seed(config.seed)
        net = kind(**arguments).to(device)
        batches = data.batches((images.images, labels), recipe.batch_size, config.seed)
        return fit(net, batches, config, path, every, loss=loss, **options)

    def choose() -> str:
        net = kind(**arguments).to(device)
        batch = next(data.batches((images.images, labels), recipe.batch_size))
        return choose_precision(net, *batch, recipe.train, loss)

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

    if isinstance(net, AttributeClassifier):
        net.standardise(images.images[:2_000])

    def measure(net: nn.Module) -> dict:
        test = data.images(recipe.data, "test")
        metrics: dict[str, Any] = {"samples": len(test), "measured_on": test.source}
        if test.attributes:
            each = rounded(attribute_accuracy(net, test))
            mean = sum(each.values()) / len(each)
            return {"metrics": {"accuracy": round(mean, 4), "attributes": each, **metrics}}
        features = pretrained.save_features(net, test.images, session.folder)
        right = accuracy(net, test.images, test.labels)
        return {"metrics": {"accuracy": right, **metrics}, "test_features_sha256": features}

    about |= {"steps": config.steps, "seed": config.seed}
    session.finish(net, arguments, about, measure)


def sum_of_entropies(
    attributes: dict[str, data.Attribute], logits: dict[str, Tensor], which: Tensor
) -> Tensor:
    """Cross entropies of all attributes, added up. which: (N,), the places of the images."""
    losses = [cross_entropy(logits[name], attributes[name].values[which]) for name in logits]
    return torch.stack(losses).sum()


def fit(
    net: nn.Module,
    batches,
    config: TrainConfig,
    path: str | Path,
    every: int = 500,
    loss: Callable[[Any, Tensor], Tensor] = cross_entropy,
    saved: Callable[[], None] = lambda: None,
    stop: Callable[[int], bool] = lambda step: False,
) -> nn.Module:
    """Train on (images, labels), each image a little distorted; returns the weight average.

    config: steps, lr_d, betas, lr_final, average, precision, channels_last and seed count here.
    path: the checkpoint; if it is there, the run goes on from it. every: steps between two
    checkpoints. loss: of what the network says of images and of their labels. saved: called after
    each checkpoint. stop: asked before each step, with the number of those that are done; where it
    says True the training ends, with a checkpoint.
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
        step = state["step"]
        set_streams(state, device, config.seed, step)

    def save() -> None:
        state = {name: part.state_dict() for name, part in parts.items()}
        save_checkpoint(path, {**state, "step": step, **streams(device)})
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
            value = update(net, optimiser, images, labels.to(device), config.precision, loss)
            average.update_parameters(net)
            step += 1
            bar.update()
            if step % every == 0 or step == config.steps:
                bar.set_postfix(loss=f"{value.item():.3f}")
                save()
    return average.module.eval()


def update(
    net, optimiser, images: Tensor, labels: Tensor, precision: str, loss=cross_entropy
) -> Tensor:
    """One step of the optimiser on images (N, C, H, W); returns the loss."""
    with torch.autocast(images.device.type, torch.bfloat16, enabled=precision == "bf16"):
        value = loss(net(images), labels)  # autocast computes cross entropies in float32
    optimiser.zero_grad()
    value.backward()
    optimiser.step()
    return value


def choose_precision(
    net: nn.Module, images: Tensor, labels: Tensor, config: TrainConfig, loss=cross_entropy
) -> str:
    """The config's precision; for "auto" the faster one, measured on copies of the network."""
    if config.precision != "auto":
        return config.precision
    layout = torch.channels_last if config.channels_last else torch.contiguous_format

    def step_in(precision: str) -> Callable[[], Tensor]:
        own = copy.deepcopy(net).to(memory_format=layout).train()
        optimiser = torch.optim.Adam(own.parameters(), config.lr_d)
        pictures = images.contiguous(memory_format=layout)
        return partial(update, own, optimiser, pictures, labels, precision, loss)

    kind = (str(net), tuple(images.shape), config.channels_last)
    return runtime.faster_precision(step_in, kind, images.device)


def augment(images: Tensor, seed: int) -> Tensor:
    """Images in [-1, 1], each turned, scaled, sheared and shifted a little: `images.jitter`."""
    return 2 * jitter((images.cpu() + 1) / 2, seed).to(images.device) - 1


@torch.no_grad()
def accuracy(net: nn.Module, images: Tensor, labels: Tensor) -> float:
    """Share of images (N, 1, 28, 28) that the classifier reads as labelled (N,)."""
    net.eval()
    read = torch.cat([net(part).argmax(dim=1) for part in images.split(1000)])
    right = read.cpu() == labels.cpu()  # MPS has no float64
    return float(right.double().mean())


@torch.no_grad()
def attribute_accuracy(net: nn.Module, images: data.ImageSet) -> dict[str, float]:
    """For each attribute the share of images whose value is read right."""
    logits = net.eval()(images.images)
    shares = {}
    for name, (values, _) in images.attributes.items():
        right = logits[name].argmax(dim=1).cpu() == values.cpu()
        shares[name] = float(right.double().mean())
    return shares
