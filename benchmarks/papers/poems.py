"""What a run of configs/poems.yaml on real quatrains ended with, for notebook 16.

    GAN_COURSE_DATA=FOLDER python -m gan_course train configs/poems.yaml
    GAN_COURSE_DATA=FOLDER python benchmarks/papers/poems.py runs/poems

FOLDER holds poems/poems.txt. Writes gan_course/assets/rows/poems.json. Neither the file of poems
nor the weights ship.
"""

import csv
import json
import sys
from pathlib import Path

from gan_course import pretrained, results, runtime
from gan_course.chapters import poems

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    runtime.start(seed=0, threads=1, on="cpu")
    net, notes = pretrained.load(folder.name, folder=folder), pretrained.about(folder.name, folder)
    corpus = poems.corpus(notes["recipe"]["poems"])
    vocabulary = poems.Vocabulary(tuple(notes["vocabulary"]))
    known = [verse for line in corpus.split()[0] for verse in poems.verses(line)]
    made = poems.write(net, vocabulary, 8, seed=0)  # the first eight, not selected
    near = [[poems.nearest(verse, known) for verse in poems.verses(line)] for line in made]
    record = {
        key: notes[key]
        for key in ("recipe", "data", "steps", "device", "seconds", "torch", "date", "metrics")
    }
    with open(folder / "log.csv", encoding="utf-8") as file:
        record["log"] = [
            {key: round(float(value), 4) for key, value in row.items()}
            for row in csv.DictReader(file)
        ]
    record["poems"], record["nearest"] = made, [[verse for verse, _ in row] for row in near]
    record["equal_characters"] = [[equal for _, equal in row] for row in near]
    text = json.dumps(record, ensure_ascii=False) + "\n"
    (results.ROWS / "poems.json").write_text(text, encoding="utf-8")
    print(*made, record["metrics"], sep="\n")
