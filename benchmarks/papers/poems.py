"""What a run of configs/poems.yaml on real quatrains ended with, for notebook 16.

    export GAN_COURSE_DATA=FOLDER
    python -m gan_course train configs/poems.yaml
    python benchmarks/papers/poems.py runs/poems

FOLDER holds poems/poems.txt. Writes gan_course/assets/rows/poems.json: the network after the steps
of likelihood, which checkpoint.pt holds, and, with --adversarial.rounds, after the game. Neither
the file of poems nor the weights ship.
"""

import json
import random
import sys
from pathlib import Path

from gan_course import pretrained, results, runtime
from gan_course.chapters import poems, quatrains
from gan_course.checkpoint import load_checkpoint

SHOWN = 8  # poems of each network, the first ones, not selected


def shuffled(lines: list[str], seed: int = 0) -> list[str]:
    """The same quatrains with the characters of each place shuffled among the poems."""
    draw = random.Random(seed)
    places = [list(place) for place in zip(*lines, strict=True)]
    for place in places:
        draw.shuffle(place)
    return ["".join(characters) for characters in zip(*places, strict=True)]


def main() -> None:
    folder = Path(sys.argv[1])
    runtime.start(seed=0, threads=1, on="cpu")
    notes = pretrained.about(folder.name, folder)
    corpus = poems.corpus(notes["recipe"]["poems"])
    known, held_out = corpus.split()
    vocabulary = poems.Vocabulary(tuple(notes["vocabulary"]))
    verses = [verse for line in known for verse in quatrains.verses(line)]
    after = pretrained.load(folder.name, folder=folder)
    before = poems.LanguageModel(**notes["network"]["arguments"])
    before.load_state_dict(load_checkpoint(folder / "checkpoint.pt")["net"])
    made = {"likelihood": poems.write(before.eval(), vocabulary, SHOWN)}
    metrics = {"likelihood": notes.get("before_the_game", notes["metrics"])}
    if "before_the_game" in notes:
        made["after the game"] = poems.write(after, vocabulary, SHOWN)
        metrics["after the game"] = notes["metrics"]
    near = [[quatrains.nearest(v, verses) for v in quatrains.verses(p)] for p in made["likelihood"]]
    chance = shuffled(corpus.lines)
    metrics["held-out poems"] = {
        "form": sum(map(quatrains.has_form, held_out)) / len(held_out),
        "rhyme": quatrains.rhyme_share(held_out),
        "tones": quatrains.tone_share(held_out),
        "verses_copied": poems.copied(held_out, set(verses)),
    }
    metrics["shuffled characters"] = {
        "rhyme": quatrains.rhyme_share(chance),
        "tones": quatrains.tone_share(chance),
        "verses_copied": poems.copied(chance, set(verses)),
    }
    keys = ("recipe", "data", "steps", "device", "seconds", "torch", "date")
    record = {key: notes[key] for key in keys}
    record["rounds"] = notes["recipe"]["adversarial"]["rounds"]
    record |= {"metrics": results.rounded(metrics), "poems": made}
    record["nearest"] = [[verse for verse, _ in row] for row in near]
    record["equal_characters"] = [[equal for _, equal in row] for row in near]
    text = json.dumps(record, ensure_ascii=False) + "\n"
    (results.ROWS / "poems.json").write_text(text, encoding="utf-8")
    print(made, record["metrics"], sep="\n")


if __name__ == "__main__":
    main()
