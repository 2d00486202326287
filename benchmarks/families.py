"""Five families of generative models at equal CPU time: the ring, and digits as curves.

    python benchmarks/families.py [--tasks ring digits] [--families GAN VAE ...] [--seeds 0 1 ...]

Appends a line to gan_course/assets/rows/families.jsonl for each run that is not there yet, so it
can be stopped and started again, and several processes may share the work: start each with its own
--families. One thread. A run on the ring takes 5 CPU seconds and some 10 to measure; one on digits
240 and some 20 (GAN, VAE), 60 (autoregressive) or 300 (diffusion, flow matching), which does not
count. The rows "real" hold what real images score, rounded to eight levels as the samples are. Two
tasks measure the shipped network flow-mnist, with two draws of noise: "guidance" with its label
turned up, and "steps" with 1 to 100 steps, up to two minutes a row. Of seed 0 the digits drawn on
the way, and the weights of the VAE and of the PixelCNN, go to
gan_course/assets/rows/families.safetensors.
"""

import argparse
from functools import partial

import torch
from torch import nn

from gan_course import data, pretrained, results, runtime
from gan_course.chapters import diffusion, families, race

OUT = results.ROWS / "families.jsonl"
NETWORKS = OUT.with_suffix(".safetensors")
MARKS = (15, 30, 60, 120, 240)  # CPU seconds at which a run on digits is measured
KEEP = ("VAE", "autoregressive")  # whose weights the notebook uses
SHIPPED = {  # tasks of the shipped network; what is changed stands in the rows' "family"
    "guidance": ("0", "1", "1.5", "2", "4"),
    "steps": ("1", "5", "20", "100"),
}


class Curve:
    """Measures a model as its seconds pass. A `watch` of race.Budget."""

    def __init__(self, marks: tuple[float, ...]):
        self.left, self.found, self.sheets = list(marks), [], []

    def __call__(self, seconds: float, model: nn.Module) -> None:
        while self.left and seconds >= self.left[0]:
            grey = race.draw_digits(model)
            distance = race.score_digits(grey)["frechet_distance"]
            self.found.append([self.left.pop(0), round(distance, 2)])
            self.sheets.append(families.to_levels(grey[:10]).to(torch.uint8))
            print(*self.found[-1], flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    tasks, names = [*race.SECONDS, *SHIPPED], ["real", *race.NAMES]
    parser.add_argument("--tasks", nargs="+", default=tasks, choices=tasks)
    parser.add_argument("--families", nargs="+", default=names, choices=names)
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2, 3, 4])
    options = parser.parse_args()
    device = runtime.start(seed=0, threads=1, on="cpu")
    images = data.images("mnist", stand_in=False)
    test = data.images("mnist", "test", stand_in=False)

    def real(task: str, seed: int) -> dict:
        if task == "ring":
            return race.measure_ring(race.RING, seed=seed + 1)
        draw = torch.Generator().manual_seed(seed)
        chosen = torch.randperm(len(images), generator=draw)[: race.SAMPLES]
        levels = families.to_levels(images.images[chosen])
        return race.score_digits(families.to_grey(levels), images.labels[chosen])

    def work(task: str, family: str, seed: int) -> dict:
        if family == "real":
            return results.rounded(real(task, seed))
        if task in SHIPPED:
            flow = diffusion.Flow(pretrained.load("flow-mnist"), (1, families.SIDE, families.SIDE))
            change = {"steps": int(family)} if task == "steps" else {"guidance": float(family)}
            grey = race.draw_digits(flow, seed=seed + 1, **change)
            return results.rounded(race.score_digits(grey))
        if task == "ring":
            model, spent = race.train(task, family, seed)
            return results.rounded({**spent, **race.measure_ring(model)})
        curve = Curve(MARKS)
        model, spent = race.train(task, family, seed, images=images, watch=curve)
        row = {**spent, "curve": curve.found, **race.measure_digits(model, test)}
        if seed == 0:
            sheets = {str(mark): sheet for (mark, _), sheet in zip(curve.found, curve.sheets)}
            race.ship(NETWORKS, f"drawn/{family}", sheets)
            if family in KEEP:
                race.ship(NETWORKS, family, model.state_dict())
        return results.rounded(row)

    keys = [
        {"task": task, "family": family, "seed": seed}
        # all families with one seed first: a table with fewer seeds is a table too
        for seed in options.seeds
        for task in options.tasks
        for family in SHIPPED.get(task, options.families)
        if task not in SHIPPED or seed < 2  # draws of noise for one network
    ]
    jobs = [(key, partial(work, **key)) for key in keys]
    results.collect(OUT, jobs, {**runtime.describe(device), "data": images.source})


if __name__ == "__main__":
    main()
