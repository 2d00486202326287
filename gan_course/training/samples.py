"""Samples of a trained network as files: pictures as PNG or JPEG, sounds as WAV; poems as text."""

import io
import wave
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor, nn
from torchvision.utils import make_grid

from gan_course import game, pretrained, runtime
from gan_course.chapters import audio, diffusion, poems, translate
from gan_course.checkpoint import write_atomically
from gan_course.errors import GanCourseError

PICTURES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


def write(
    name: str,
    folder: Path | None,
    n: int,
    seed: int = 0,
    label: int | None = None,
    out: Path | None = None,
    one_file_each: bool = False,
) -> None:
    """Draw n samples of a network, as `pretrained.load` names it.

    Poems are printed. Images become a sheet, ten a row, sounds one file; with one_file_each, a
    folder of files. label: of all samples; else a conditional generator gets its labels in turn.
    """
    if n < 1:
        raise GanCourseError(f"n is {n}: ask for at least one sample")
    G = pretrained.load(name, folder=folder)
    if isinstance(G, poems.LanguageModel):
        if label is not None or out or one_file_each:
            raise GanCourseError(
                f"{name} writes poems: they are printed, without --label, --out, --one-file-each"
            )
        notes = pretrained.about(name, folder)
        vocabulary = poems.Vocabulary(tuple(notes["vocabulary"]))
        print("\n".join(poems.write(G, vocabulary, n, notes["recipe"]["max_length"], seed=seed)))
        return
    if not isinstance(G, diffusion.Denoiser):
        check_generator(G, name)
    if label is not None and not 0 <= label < G.num_classes:
        labels = f"takes the labels 0 to {G.num_classes - 1}" if G.num_classes else "takes no label"
        raise GanCourseError(f"{name} {labels}; --label is {label}")
    labels = game.draw_labels(G, n, seed)
    if label is not None:
        labels = torch.full((n,), label)
    if isinstance(G, diffusion.Denoiser):
        samples = diffusion.Flow(G, G.shape).sample(n, runtime.generator(seed), labels, steps=50)
    else:
        z = torch.randn(n, G.latent_dim, generator=runtime.generator(seed))
        samples = game.sample(G, z, labels)
    sounds = isinstance(G, audio.WaveGenerator)
    ending = ".wav" if sounds else ".png"
    save = save_sounds if sounds else save_sheet
    if one_file_each:
        out = out or Path("samples")
        for i, one in enumerate(samples.split(1)):
            save(one, out / f"{i:05d}{ending}")
    else:
        out = out or Path(f"samples{ending}")
        save(samples, out)
    print(f"{n} samples of {name} written to {out}")


def check_generator(G: nn.Module, name: str) -> None:
    """Raise GanCourseError unless the network makes samples from z alone."""
    if not hasattr(G, "latent_dim"):
        raise GanCourseError(f"{name} is no generator: the JSON beside it says what it is")
    if isinstance(G, translate.UNet):
        raise GanCourseError(
            f"{name} turns given pictures into others and makes none from z alone: notebook 13 "
            "shows it"
        )


def save_sheet(images: Tensor, path: Path) -> None:
    """Images (N, C, H, W) in [-1, 1], ten a row, on white: grey ones as dark ink, colours as is."""
    if path.suffix.lower() not in PICTURES:
        raise GanCourseError(f"{path}: a picture is written as {', '.join(PICTURES)}")
    grey = images.shape[1] == 1
    light = (1 - images) / 2 if grey else (1 + images) / 2
    padding = 0 if len(images) == 1 else 2
    sheet = make_grid(light.clamp(0, 1), nrow=10, padding=padding, pad_value=1)
    levels = sheet.mul(255).round().byte().permute(1, 2, 0).cpu().numpy()  # (H, W, 3)
    picture = Image.fromarray(levels[:, :, 0] if grey else levels)
    buffer = io.BytesIO()
    picture.save(buffer, format=PICTURES[path.suffix.lower()])
    write_atomically(path, lambda file: file.write(buffer.getvalue()))


def save_sounds(waves: Tensor, path: Path) -> None:
    """Waves (N, 1, T) in [-1, 1] one after another, as 16-bit WAV."""
    if path.suffix.lower() != ".wav":
        raise GanCourseError(f"{path}: sounds are written as .wav")
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)  # bytes a sample
        file.setframerate(audio.RATE)
        levels = (waves.clamp(-1, 1) * 32767).round().short()
        file.writeframes(levels.cpu().numpy().astype("<i2").tobytes())
    write_atomically(path, lambda file: file.write(buffer.getvalue()))
