"""Changes of a marked passage's wording that keep its meaning: each gives the passage anew, its marks moved with the words, or None where nothing changes."""

from __future__ import annotations

import random
import re
import sys
import tomllib
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from score_chains import place
from whence.annotate.sentences import split

Region = tuple[int, int]
Edit = tuple[int, int, str]
Gold = dict[str, Any]

SAID = ("stated", "explained", "insisted", "claimed", "noted", "maintained", "asserted", "argued", "declared", "stressed")
REPORTED = ("wrote", "revealed", "disclosed", "announced")
CITING = ("citing", "quoting", "referring to", "attributing it to", "with reference to")
TIMES = ("on Tuesday", "late on Monday", "on Thursday evening", "last week", "earlier this month", "on 14 March")
FIRST = ("On Tuesday, ", "Meanwhile, ", "Earlier in the day, ", "For its part, ", "In a separate development, ", "Hours later, ")
PERSON_APPOSED = (", who took office in 2019,", ", a former teacher,", ", speaking at a conference in Basel,", ", 54,", ", asked about the matter,")
OUTLET_APPOSED = (
    ", which is based in Tirol,",
    ", a daily close to the opposition,",
    ", in its Sunday edition,",
    ", one of the oldest in the region,",
)
BODY_APPOSED = (", which meets twice a year,", ", founded in 1961,", ", in a first reaction,")
SURNAMES = (
    "Kovac",
    "Marchetti",
    "Okafor",
    "Lindqvist",
    "Barzani",
    "Tanaka",
    "Duarte",
    "Hrubý",
    "McAllister",
    "Petrosyan",
    "Nkemelu",
    "Vashti",
    "Solberg",
    "Iyer",
)
GIVEN = ("Marta", "Ivo", "Chidi", "Elif", "Jonas", "Amara", "Tomasz", "Leilani", "Rahul", "Petra", "Goran", "Ines", "Dmitri", "Noor")
PLACES = ("Varnholt", "Tirana", "Osmund", "Kalvera", "Brenwick", "Marad", "Lisgard", "Pontevalle")
PREFIXED = ("Dravna", "Tarvik", "Ellsmere", "Montrenco", "Sarn", "Kestrel", "Ostrava", "Galvan", "Rivana", "Nordal")
KEPT = frozenset(
    """
    & A Agency Agriculture An Argus Association Attorney Authority Bank Bishop Board Captain Central Channel Chief Chronicle City Coach Colonel
    Commission Committee Company Council County Courier Court Daily Das Defence Defense Department Deputy Der Die Director Dispatch District Dr
    Echo El European Examiner Father Federal Federation Finance Foreign Gazette General Governor Group Health Herald Hospital Inspector
    Institute Interior International Journal Judge La Lady Le Ledger Lord Magazine Mail Mayor Minister Ministry Mirror Monitor Mr Mrs Ms
    National Network News Newspaper Observer Office Online Party Planning Police Post President Press Prime Professor Public Radio Record Review
    School Secretary Senator Senior Sentinel Sergeant Service Services Sir Sister Society Standard Star State Sun Superintendent TV Telegraph
    Television The Times Trade Transport Tribune Union United University Weekly Wire Works World and at da de del do du el for in la le of on
    van von
    """.split()  # noqa: SIM905
)


class Passage(NamedTuple):
    """A passage with its marks as regions: ``marks`` has source, cue (or None) and contents of each attribution."""

    id: str
    text: str
    title: str
    outlet: str
    parties: Gold
    gold: list[Gold]
    marks: list[tuple[Region | None, Region | None, list[Region]]]


def _nth(text: str, words: str, nth: int) -> Region | None:
    left, right = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    hits = [m.start() for m in re.finditer(f"(?={left}{re.escape(words)}{right})", text)]
    return (hits[nth - 1], hits[nth - 1] + len(words)) if nth <= len(hits) else None


def read(file: Path) -> Iterator[Passage]:
    """The passages of the work half."""
    for p in tomllib.loads(file.read_text("utf-8"))["passage"]:
        if zlib.crc32(p["id"].encode()) % 2:
            continue
        text = p["text"].strip("\n")
        gold = p.get("attribution", [])
        marks = []
        for a in gold:
            nth = a.get("nth", {})
            source, cue = (_nth(text, a[k], nth.get(k, 1)) if a.get(k) else None for k in ("source", "cue"))
            marks.append((source, cue, place(text, a)))
        yield Passage(p["id"], text, p.get("title", ""), p.get("outlet", ""), p.get("parties", {}), gold, marks)


def rebuilt(p: Passage, pieces: list[tuple[str, int, int]]) -> Passage:
    """The passage made of pieces, each new words for a region of the old text (an empty region: an insertion); regions follow their characters."""
    out, at, where = [], 0, {}
    for words, a, b in pieces:
        for i in range(a, b):
            where[i] = at + min(len(words), round((i - a) * len(words) / (b - a)))
            where[i, "end"] = at + min(len(words), round((i + 1 - a) * len(words) / (b - a)))
        out.append(words)
        at += len(words)

    def moved(r: Region | None) -> Region | None:
        inside = [i for i in range(*r) if i in where] if r else []
        return (min(where[i] for i in inside), max(where[i, "end"] for i in inside)) if inside else None

    marks = [(moved(s), moved(c), [m for r in content if (m := moved(r)) is not None]) for s, c, content in p.marks]
    return p._replace(text="".join(out), marks=marks)


def edited(p: Passage, edits: list[Edit]) -> Passage | None:
    """The passage with some regions replaced; None where nothing changes."""
    pieces, at = [], 0
    for a, b, words in sorted(edits):
        if a < at:
            continue
        pieces += [(p.text[at:a], at, a), (words, a, b)]
        at = b
    changed = rebuilt(p, [*pieces, (p.text[at:], at, len(p.text))])
    return changed if changed.text != p.text else None


def _kind(p: Passage, n: int) -> str:
    last = p.gold[n]["chain"][-1]
    return "" if last == "own" else p.parties[last].get("kind", "")


def _in_quotes(text: str, at: int) -> bool:
    return text.count("“", 0, at) > text.count("”", 0, at)


def verbs(p: Passage, rng: random.Random) -> Passage | None:
    """Other verbs of saying where "said" takes a clause, other verbs of reporting."""
    edits: list[Edit] = []
    for _, cue, content in p.marks:
        if cue is None or not content:
            continue
        a, b = cue
        for old, new in (("said", SAID), ("reported", REPORTED)):
            m = re.fullmatch(rf"((?:had |has |also |later )*){old}", p.text[a:b])
            if m and not (content[0][0] > b and p.text[content[0][0]] in '“"' and old == "reported"):
                that = "" if content[0][0] < a or p.text.startswith(("that ", "“"), content[0][0]) or content[0][0] - b > 1 else " that"
                edits.append((b - len(old), b, rng.choice(new) + that))
    return edited(p, edits)


def crediting(p: Passage, rng: random.Random) -> Passage | None:
    """Other words for "citing" and "according to"."""
    edits = [(m.start(), m.end(), rng.choice(CITING)) for m in re.finditer(r"(?<=, )(?:citing|quoting)(?= (?:an?|the|two|three|its|[A-Z]))", p.text)]
    edits += [(m.start(), m.end(), rng.choice(("as reported by", "in the words of"))) for m in re.finditer(r"(?<=, )according to(?= )", p.text)]
    edits = [e for e in edits if any(c and e[0] < c[1] and c[0] < e[1] for _, c, _ in p.marks)]
    return edited(p, edits)


def times(p: Passage, rng: random.Random) -> Passage | None:
    """A time behind the cue."""
    edits: list[Edit] = []
    for source, cue, _ in p.marks:
        if (
            source
            and cue
            and source[0] < cue[0]
            and re.fullmatch(r"(?:had |has |also |later )*(?:said|told|reported|wrote|added|warned|quoted as saying)", p.text[slice(*cue)])
        ):
            end = cue[1]
            if p.text[cue[0] : end].endswith("told"):
                m = re.match(
                    r" (?:(?:the|a) )?(?:[A-ZÀ-Þ][\w’'\-.]*(?: [A-ZÀ-Þ][\w’'\-]*)*|reporters|parliament|journalists)(?=[,.:]| that | it | he | the )",
                    p.text[end:],
                )
                if not m:
                    continue
                end += m.end()
            if not re.match(r" (?:on|in|at|last|late|earlier) |\w", p.text[end:]) and not _in_quotes(p.text, end):
                edits.append((end, end, f" {rng.choice(TIMES)}"))
    return edited(p, edits)


def tense(p: Passage, rng: random.Random) -> Passage | None:
    """Perfect and past perfect for the past."""
    edits: list[Edit] = []
    for source, cue, _ in p.marks:
        m = re.fullmatch(r"(said|told|reported|warned|announced|claimed|confirmed|denied|added|urged)", p.text[slice(*cue)]) if cue else None
        if m and cue and source and source[1] < cue[0] and not _in_quotes(p.text, cue[0]):
            plural = re.match(r"(?:They|they|We|[Tt]wo|[Tt]hree|[Ss]ome|[Ss]everal|[\w’' ]+s)$", p.text[slice(*source)])
            edits.append((*cue, ("have " if plural else "has ") + m.group(1) if rng.random() < 0.5 else "had " + m.group(1)))
    return edited(p, edits)


def apposed(p: Passage, rng: random.Random) -> Passage | None:
    """An apposition or a relative clause between the speaker and the cue."""
    edits: list[Edit] = []
    for n, (source, cue, _) in enumerate(p.marks):
        if source is None or cue is None or cue[0] != source[1] + 1 or p.text[source[1]] != " " or "," in p.text[slice(*source)]:
            continue
        phrase = p.text[slice(*source)]
        if phrase.lower() in ("he", "she", "it", "they", "who", "we", "i", "which", "one", "another", "some", "others") or _in_quotes(
            p.text, source[0]
        ):
            continue
        if not re.match(
            r"(?:had |has |have )*(?:said|told|reported|says|reports|wrote|warned|announced|denied|confirmed)\b", p.text[slice(*cue)]
        ) or re.match(r" ,|,", p.text[cue[1] :]):
            continue
        kind = _kind(p, n)
        among = (
            OUTLET_APPOSED if kind in ("outlet", "agency") else PERSON_APPOSED if kind == "person" else BODY_APPOSED if kind == "organisation" else ()
        )
        if among:
            edits.append((source[1], source[1], rng.choice(among)))
    return edited(p, edits)


def begun(p: Passage, rng: random.Random) -> Passage | None:
    """A time or a link before sentences that begin with a speaker."""
    edits: list[Edit] = []
    for source, cue, _ in p.marks:
        if source is None or cue is None or source[0] > cue[0] or _in_quotes(p.text, source[0]):
            continue
        a = source[0]
        if a == 0 or p.text[a - 2 : a] in (". ", "\n\n") or p.text[a - 3 : a] in (".” ", "?” ", "!” "):
            first = p.text[a : source[1]].split()[0]
            lower = (
                first.lower()
                if first in ("The", "A", "An", "He", "She", "It", "They", "Two", "Three", "One", "His", "Her", "Another", "Its")
                else first
            )
            edits.append((a, a + len(first), rng.choice(FIRST[:3] + FIRST[4:]) + lower))
    return edited(p, edits)


def _parts(p: Passage, n: int) -> tuple[Region, Region, Region, Region] | None:
    """Sentence, source, cue and content of an attribution that is a sentence of just these."""
    source, cue, content = p.marks[n]
    if source is None or cue is None or len(content) != 1 or source[1] + 1 != cue[0]:
        return None
    s = next(((a, b) for a, b in split(p.text, ()) if a <= cue[0] < b), None)
    return None if s is None else (s, source, cue, content[0])


def moved(p: Passage, rng: random.Random) -> Passage | None:
    """ "X said that C." for "C, X said." and the other way round, where a sentence is just that."""
    pieces, at = [], 0
    done = []
    for n in range(len(p.marks)):
        got = _parts(p, n)
        if got is None or p.gold[n].get("cue") not in ("said", "told", "reported", "says", "added", "reports", "warned", "wrote"):
            continue
        (a, b), source, cue, (c, d) = got
        if any(x < b and a < y for x, y in done):
            continue
        if source[0] == a and cue[1] + 1 == c and d >= b - 1 and p.text[c] != "“" and p.text[b - 1] == "." and p.text[slice(*cue)] != "told":
            start = c + 5 if p.text.startswith("that ", c) else c
            who = p.text[a : source[1]]
            first = who.split()[0]
            who = who[0].lower() + who[1:] if first in ("The", "A", "An", "He", "She", "It", "They", "Two", "One", "His", "Her", "Another") else who
            new = [
                (p.text[start].upper() + p.text[start + 1 : d].rstrip("."), start, d),
                (", ", a, a),
                (who, *source),
                (" ", a, a),
                (p.text[slice(*cue)], *cue),
                (".", b - 1, b - 1),
            ]
        elif c == a and re.fullmatch(r", ", p.text[d : source[0]]) and cue[1] == b - 1 and p.text[b - 1] == "." and p.text[c] != "“":
            first = p.text[c:d].split()[0]
            said = (
                p.text[c].lower() + p.text[c + 1 : d]
                if first in ("The", "A", "An", "He", "She", "It", "They", "There", "Two", "One", "No", "His", "Her", "All")
                else p.text[c:d]
            )
            who = p.text[source[0]].upper() + p.text[source[0] + 1 : source[1]]
            new = [(who, *source), (" ", a, a), (p.text[slice(*cue)], *cue), (" that ", a, a), (said, c, d), (".", b - 1, b - 1)]
        else:
            continue
        done.append((a, b))
        pieces += [(p.text[at:a], at, a), *new]
        at = b
    return rebuilt(p, [*pieces, (p.text[at:], at, len(p.text))]) if done else None


def renamed(p: Passage, rng: random.Random) -> Passage | None:
    """Other names for people and outlets, word for word."""
    table: dict[str, str] = {}
    pools = {"person": [*GIVEN], "last": [*SURNAMES], "outlet": [*PREFIXED]}
    for pool in pools.values():
        rng.shuffle(pool)
    for x in p.parties.values():
        words = [w for w in re.findall(r"[A-ZÀ-Þ][\w’\-]*", x["name"].replace("'s", "").replace("’s", "")) if w not in KEPT and len(w) > 2]
        if x.get("kind") == "person":
            for i, w in enumerate(words):
                pool = pools["last"] if i == len(words) - 1 else pools["person"]
                if w not in table and pool:
                    table[w] = pool.pop()
        elif x.get("kind") in ("outlet", "agency"):
            for w in words:
                if w not in table and pools["outlet"]:
                    table[w] = pools["outlet"].pop()
    for w in re.findall(r"[A-ZÀ-Þ][\w’\-]*", p.outlet):
        table.pop(w, None)
    if not table:
        return None
    find = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(table, key=len, reverse=True))) + r")(?!\w)")

    def put(words: str) -> str:
        return find.sub(lambda m: table[m.group()], words)

    parties = {k: {**x, "name": put(x["name"]), "also": [put(w) for w in x.get("also", [])]} for k, x in p.parties.items()}
    got = edited(p, [(m.start(), m.end(), table[m.group()]) for m in find.finditer(p.text)])
    return got._replace(parties=parties, title=put(p.title)) if got else None


def quoted(p: Passage, rng: random.Random) -> Passage | None:
    """Straight quotation marks."""
    return edited(p, [(m.start(), m.end(), '"') for m in re.finditer("[“”]", p.text)])


def angled(p: Passage, rng: random.Random) -> Passage | None:
    """Guillemets."""
    return edited(p, [(m.start(), m.end(), "«" if m.group() == "“" else "»") for m in re.finditer("[“”]", p.text)])


def dashed(p: Passage, rng: random.Random) -> Passage | None:
    """ "C – X said." and "X – citing Y – said" for commas."""
    edits = [(m.start(), m.end(), " – according to ") for m in re.finditer(r", according to ", p.text)]
    for source, cue, content in p.marks:
        if (
            source
            and cue
            and content
            and content[0][1] + 2 == source[0]
            and p.text[content[0][1] : source[0]] == ", "
            and not _in_quotes(p.text, source[0])
        ):
            edits.append((content[0][1], source[0], " – "))
    return edited(p, edits)


def divided(p: Passage, rng: random.Random) -> Passage | None:
    """A paragraph for each sentence but those within quotations and those that go on from a pronoun."""
    ends = re.finditer(r"(?:(?<=[a-z”]\.)|(?<=[.!?]”)) (?=[A-Z“])(?!(?:He|She|It|They|His|Her|Its|Their|In|Here|There)\b)", p.text)
    return edited(p, [(m.start(), m.end(), "\n\n") for m in ends if not _in_quotes(p.text, m.start())])


def joined(p: Passage, rng: random.Random) -> Passage | None:
    """All in one paragraph."""
    return edited(p, [(m.start(), m.end(), " ") for m in re.finditer(r"\n\n+", p.text)])


def wrapped(p: Passage, rng: random.Random) -> Passage | None:
    """Another report's paragraphs before and after, about other people and without any outlet."""
    before = (
        "Heavy rain fell over the western valleys for a third day. The regional council said that two roads would stay closed until further notice.\n\n"
        "“We have had worse,” a farmer, Aldous Pennigrew, said. He expected the water to fall by the weekend.\n\n"
    )
    after = "\n\nIn other news, the price of wool rose by a tenth. Traders said that they had not seen such demand in years."
    return rebuilt(p, [(before, 0, 0), (p.text, 0, len(p.text)), (after, 0, 0)]) if not p.title and "(" not in p.text[:60] else None


def owned(p: Passage, rng: random.Random) -> Passage | None:
    """Another own outlet, where the text does not speak of it."""
    mine = set(re.findall(r"[A-ZÀ-Þ][\w’\-]*", p.outlet)) - {"The"}
    if not p.outlet or "(" in p.text[:60] or any(re.search(rf"\b{re.escape(w)}\b", p.text) for w in mine):
        return None
    return p._replace(outlet=f"{rng.choice(PLACES)} Anzeiger")


CHANGES: tuple[Callable[[Passage, random.Random], Passage | None], ...] = (
    verbs, crediting, times, tense, apposed, begun, moved, renamed, quoted, angled, dashed, divided, joined, wrapped, owned,
)  # fmt: skip
