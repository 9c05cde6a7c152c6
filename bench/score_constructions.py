"""Chains of made-up sentences: how one report credits another, how it goes on, who speaks inside what another says, and outlets that are no link.

    python bench/score_constructions.py [--misses]

Every construction is filled with every name and speaker, so that a rule which knows one wording or one kind of name shows at once. Right is a chain with
exactly the parties wanted, on an attribution that holds the words asked about.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from whence.annotate import annotate_batch
from whence.types import Article, Fact, Marks

SAID, MORE = "the old bridge will close in May", "the work would take two years"


class Case(NamedTuple):
    """A text, words of the content asked about, and the parties of its chain after the own outlet, as words of their names."""

    group: str
    text: str
    content: str
    chain: tuple[str, ...]


OUTLETS = (
    "Vesnik",
    "Vesnik Dana",
    "Harbour Gazette",
    "Tarpress",
    "La Hora del Sur",
    "Échos du Nord",
    "Vesti24.rs",
    "RTK",
    "the Tarn Valley Observer",
)
OUTLETS += ("Nova Gorica", "The Insider")
HEARD = {
    "a senior police official": "police official",
    "Marta Kovac": "kovac",
    "the mayor, Ivo Lenz": "lenz",
    "two people briefed on the plan": "two people",
}
CREDITS = (
    "{C}, {N} reported on Tuesday, citing {Y}.", "{N} reported on Tuesday that {c}, citing {Y}.", "{Y} told {N} that {c}.", "“{C},” {Y} told {N} on Tuesday.",
    "In an interview with {N}, {Y} said that {c}.", "{Y} said in an interview with {N} that {c}.", "{Y} was quoted by {N} as saying that {c}.",
    "{N} quoted {Y} as saying that {c}.", "{C}, {Y} said, according to {N}.", "According to {N}, citing {Y}, {c}.", "{N}, citing {Y}, said that {c}.",
    "Speaking to {N}, {Y} said that {c}.", "Asked by {N}, {Y} said that {c}.", "{Y} wrote in {N} that {c}.", "{Y}, quoted by {N}, said that {c}.",
    "{Y} confirmed to {N} that {c}.", "{Y} said in remarks carried by {N} that {c}.", "{N} reported that {Y} had said that {c}.",
    "{C}, {N} has learned from {Y}.", "{C}, according to {Y} quoted by {N}.", "{C}, {N} reports with reference to {Y}.", "{C}, {Y} said, {N} reports.",
    "In comments to {N}, {Y} said that {c}.", "{C}, said {Y}, cited by {N}.", "{C}, {N} writes, referring to {Y}.", "{C}, according to {N}, which cited {Y}.",
    "{C}, {N} revealed, quoting {Y}.", "{C}, {Y} has told {N}.", "{C}, said {Y}, who spoke to {N} on condition of anonymity.",
    "{N} says it was told by {Y} that {c}.", "{Y} said on {N} on Tuesday that {c}.", "{Y} said in a statement to {N} that {c}.",
    "{C}, {N} said, attributing the news to {Y}.", "{C}, {N} said on the strength of what it was told by {Y}.", "{C}, {N} said, crediting {Y}.",
    "{C}, if {Y}, speaking to {N}, is to be believed.", "{Y}, in remarks published by {N}, said that {c}.", "{Y}, whom {N} interviewed, said that {c}.",
    "{C}, {Y} told reporters, {N} reported.", "{C}. So {Y} told {N} on Tuesday.", "{C}. That is what {Y} told {N}.", "{C} ({N}, citing {Y}).",
    "{N}, which spoke to {Y}, says {c}.", "{C}, as {Y} put it to {N}.", "{C}, {Y} tells {N}.", "{C}, {Y} explained to {N}.",
    "{N} has it from {Y} that {c}.", "{N} carried a statement in which {Y} said that {c}.", "{C}, {Y} let {N} know.",
    "{C}, {N} was told by {Y}.", "{C}, {N} understands from {Y}.", "Reached by {N} on Tuesday, {Y} said that {c}.", "{Y}, reached by {N}, said that {c}.",
    "{C}, {Y} disclosed to {N}.", "{C}, {Y} wrote in an email to {N}.", "{C}, {Y} said when contacted by {N}.", "“{C},” {N} quoted {Y} as saying.",
    "{C}, {Y} said in an interview published by {N} on Tuesday.", "{C}, {N} claimed, naming {Y} as its source.",
)  # fmt: skip

KNOWN = {
    "Reuters": "agency",
    "the Guardian": "newspaper",
    "Vesnik": "newspaper",
    "the Sarn Courier": "paper",
    "RTK": "broadcaster",
    "La Hora del Sur": "daily",
}
SHORT = {
    "a senior police official": ("the official", "he", "police official"), "the mayor, Ivo Lenz": ("Lenz", "he", "lenz"),
    "two people briefed on the plan": ("the people", "they", "two people"), "police sources": ("the sources", "they", "police sources"),
    "a person close to the company": ("the person", "he", "person close"), "the interior ministry": ("the ministry", "it", "interior ministry"),
}  # fmt: skip
FIRST = (
    "{C}, {N} reported on Tuesday, citing {Y}.",
    "{Y} told {N} that {c}.",
    "According to {N}, citing {Y}, {c}.",
    "{C}, according to {N}, which cited {Y}.",
)
FIRST += ("{N} quoted {Y} as saying that {c}.", "In an interview with {N}, {Y} said that {c}.")
THEN = {"{M}, {R} said.": 2, "{R} said that {m}.": 2, "{M}, {P} added.": 2, "{M}, according to {R}.": 2, "{R} told the {K} that {m}.": 2}
THEN |= {"{M}, the {K} said.": 1, "{M}, {N} added.": 1, "The {K} also reported that {m}.": 1}

OUTER = {"Marta Kovac": "kovac", "the mayor": "mayor", "a senior official": "senior official", "the interior ministry": "interior ministry"}
OUTER |= {"two witnesses": "two witnesses", "prosecutors": "prosecutors", "the report": "report"}
INNER = ("Ivo Lenz", "the bank", "engineers", "a nurse", "the defendant", "Brussels", "the union")
NESTED = (
    "{Y} said {N} had told investigators that {c}.", "{Y} said that {N} believed {c}.", "{Y} said that, according to {N}, {c}.",
    "{N}, {Y} said, had warned that {c}.", "{N} had warned that {c}, {Y} said.", "{N} said {c}, according to {Y}.", "{Y} quoted {N} as saying that {c}.",
    "{Y} said they had been told by {N} that {c}.", "{Y} claimed that {N} had promised that {c}.", "According to {Y}, {N} said that {c}.",
    "{Y} told reporters that {N} insisted {c}.", "“{C},” {N} had told him, {Y} said.", "{Y} testified that {N} had told her {c}.",
)  # fmt: skip

BESIDE = (
    "{Y}, who once wrote for {N}, said that {c}.", "{Y} bought {N} in May and said that {c}.", "{Y}, a former editor of {N}, said that {c}.",
    "{Y} denied what {N} had reported and said that {c}.", "While {N} was still printing, {Y} said that {c}.",
    "After {N} published a photograph, {Y} said that {c}.", "{Y}, criticised by {N} in the past, said that {c}.", "Contradicting {N}, {Y} said that {c}.",
    "{Y} threatened to sue {N} and said that {c}.", "{Y} refused to speak to {N} but told parliament that {c}.",
    "{Y}, a shareholder of {N}, said that {c}.", "{Y} said in front of the offices of {N} that {c}.", "Dismissing a report in {N}, {Y} said that {c}.",
    "{Y}, whose brother works for {N}, said that {c}.", "{Y} said, with a copy of {N} in one hand, that {c}.", "{Y} did not mention {N} but said that {c}.",
    "{Y} banned {N} from the hall and said that {c}.", "Asked at a news conference about an article in {N}, {Y} said that {c}.",
    "{Y} called {N} a rag and insisted that {c}.", "{Y} no longer reads {N}, and says that {c}.", "{Y}, who owns {N}, said that {c}.",
    "{Y} said that {c}, and thanked {N} for nothing.", "Unlike {N}, {Y} believes that {c}.", "{Y} won a case against {N} before saying that {c}.",
)  # fmt: skip


def _up(words: str) -> str:
    return words[0].upper() + words[1:]


def _filled(form: str, **parts: str) -> str:
    text = _up(form.format(C=_up(SAID), c=SAID, M=_up(MORE), m=MORE, **parts))
    return text.replace("“the", "“The")


def cases() -> Iterator[Case]:
    """Every construction with every name and speaker."""
    for form, name, (who, words) in itertools.product(CREDITS, OUTLETS, HEARD.items()):
        yield Case("credits", _filled(form, N=name, Y=who), SAID[4:], (name, words))
    for form, (then, size), (name, noun), (who, (short, pronoun, words)) in itertools.product(FIRST, THEN.items(), KNOWN.items(), SHORT.items()):
        text = f"{_filled(form, N=name, Y=who)} {_filled(then, N=name, K=noun, R=short, P=pronoun)}"
        yield Case("goes on", text, MORE[4:], (name, words)[:size])
    for form, name, (who, words) in itertools.product(BESIDE, OUTLETS, HEARD.items()):
        yield Case("beside", _filled(form, N=name, Y=who), SAID[4:], (words,))
    for form, (who, words), name in itertools.product(NESTED, OUTER.items(), INNER):
        yield Case("nested", _filled(form, N=name, Y=who), SAID[4:], (words, name))


def right(case: Case, marks: Marks) -> bool:
    """True where an attribution that holds the content has the chain wanted."""
    names = {p.id: " | ".join((p.name, *p.aliases)).lower() for p in marks.parties}
    at = case.text.find(case.content)
    chains = [a.chain[1:] for a in marks.attributions if any(c.start <= at < c.end for c in a.content)]
    want = [w.lower().removeprefix("the ") for w in case.chain]
    return any(len(chain) == len(want) and all(w in names[p] for w, p in zip(want, chain, strict=True)) for chain in chains)


def main() -> None:
    """Print how many are right of each group, and with --misses those that are not."""
    every = list(cases())
    marks = annotate_batch([(Article(path="made.txt", text=c.text, outlet=Fact(value="Tirol Anzeiger", basis="given")), "r1") for c in every])
    found: Counter[str] = Counter()
    total = Counter(c.group for c in every)
    for case, got in zip(every, marks, strict=True):
        hit = right(case, got)
        found[case.group] += hit
        if not hit and "--misses" in sys.argv:
            print(f"{case.group}: {case.text}")
    for group, n in total.items():
        print(f"{group:8} {found[group]:5} of {n:5}  {100 * found[group] / n:.1f} %")


if __name__ == "__main__":
    main()
