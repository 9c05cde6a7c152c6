"""The patterns by which a text introduces an outlet that no list has."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from .. import expressions as re
from ..lang import load
from .searching import by_initial

__all__ = ["NAME", "NEEDED", "Patterns", "either", "patterns"]

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_REST = r"(?:&[A-Z])?[\w\-]*+(?:\.[a-z]{2,4}\b)?"
_CAP = _CAPITAL + _REST
_FURTHER = rf"(?:[ ](?:(?:of|de|del|du|da|do|di|la|le|el|al)[ ])?{_CAP}){{0,4}}"
_NAME = _CAP + _FURTHER
_FIRST = rf"{_CAPITAL}(?<!\w.){_REST}"
"""A word with a capital at the head of a pattern: that it begins there is asked behind its first letter, so that the search runs over all others."""
_FIRST_NAME = _FIRST + _FURTHER
NAME = _NAME
"""A run of capitalised words, as the names of outlets are: "La Hora del Sur", "Vesti24.rs"."""
_STOP = r"(?=\s*[,.;:”\"]|\s*$|\s(?:that|what|how|why|whether|in|on|after|during|by|the|it|he|she|they|as|who|shows?|says?|said|last|earlier)\b)"
_ARTICLES = ("La", "Le", "El", "Il", "Der", "Die", "Das", "De", "O", "Les", "Los")
_LEADING = ("La", "Le", "El", "Il", "O", "A", "Der", "Die", "Das")
_NUMBERED = ("Channel", "TV", "Canal", "Kanal", "Radio")
_REPORTS = (
    "reported",
    "reports",
    "wrote",
    "writes",
    "revealed",
    "reveals",
    "claimed",
    "claims",
    "published",
    "alleged",
    "learns",
    "learned",
    "understands",
)
_OTHERWISE = (
    "paper",
    "site",
    "network",
    "station",
    "outlet",
    "publication",
    "journal",
    "blog",
    "broadcast",
    "portal",
    "channel",
    "radio",
    "television",
)
"""Nouns of outlets that as often mean something else."""
NEEDED = (
    ("citing ", "quoting ", "attributing ", "crediting ", "reference to ", "referring to "),
    (", citing ", ", quoting "),
    ("quoted ", "quotes "),
    (" said", " says", " reported", " wrote", " quoted", " learned"),
    (
        "told the ",
        "with the ",
        "citing the ",
        "quoting the ",
        "quoted by the ",
        "reported by the ",
        "published in the ",
        "published by the ",
        "according to the ",
    ),
    ("seen by ", "obtained by ", "viewed by ", "reviewed by "),
    ("quoted as saying by ", "quoted by "),
    (" reported", " reports"),
    (", citing ", ", quoting ", ", attributing ", ", crediting ", "reference to ", ", referring to "),
    (" learned ", " learnt "),
    ("ccording to ",),
    (", which ",),
    (" by ", " in ", " on ", " to "),
    (" in ",),
    ("editor", "correspondent", "reporter", "columnist", "newsroom", "front page", "readers"),
    ("affiliate ", "radio station ", "TV station ", "television station "),
    (" gathered", " can reveal", " can report", " can disclose", " has established", " ascertained", " has learn"),
    ("Agency of ", "Voice of "),
    (", citing ", ", quoting ", ", with reference to "),
    (", whom ",),
    (
        " carried a",
        " carried the ",
        " carried part ",
        " aired a",
        " aired the ",
        " broadcast a",
        " printed a",
        " printed the ",
        " ran a",
        " ran the ",
    ),
    (" in which ", " where "),
    ("which ", "that "),
    (" it has ", " it had ", " it holds "),
    (" translated", " picked up", " relayed", " reprinted", " republished", " rebroadcast", " read out"),
)
"""For each pattern of a context the words one of which it cannot do without."""
_CREDITING = "citing|quoting|attributing|crediting|with (?:a )?reference to|referring to"
_HEARD = (
    "quoted by", "cited by", "carried by", "published by", "broadcast by", "broadcast on", "aired by", "aired on", "obtained by", "seen by",
    "reviewed by", "viewed by", "leaked to", "quoted in", "cited in", "statement to", "comments to", "remarks to", "remarks on", "as reported by",
    "first reported by", "as quoted by", "as cited by", "appeared in", "appears in", "serialised by", "serialised in", "serialized in", "monitored by",
    "translated by", "picked up by", "reprinted in", "reprinted by", "excerpted in", "printed by", "shown on", "read out by", "passed to",
    "heard saying on", "appeared on", "appearance on", "appearing on", "heard on", "airwaves of",
    "disclosed to", "released to", "handed to", "relayed by", "distributed by", "syndicated by", "read out on", "printed in",
)  # fmt: skip
"""What is done by outlets and to them, hardly to people."""


class Patterns(NamedTuple):
    """Each has the name as its first group; ``by_form`` stands by its own words, ``by_context`` needs a name that is nobody else's."""

    by_noun: re.Pattern[str]
    before_noun: re.Pattern[str]
    apposed: re.Pattern[str]
    by_form: re.Pattern[str]
    by_context: tuple[re.Pattern[str], ...]
    reporter: re.Pattern[str]
    pointed: re.Pattern[str]
    dateline: re.Pattern[str]
    tails: frozenset[str]


def _headed(words: Sequence[str]) -> str:
    """The words behind their first letters, for a pattern that has read a capital."""
    return "|".join(f"(?<={re.escape(w[0])}){re.escape(w[1:])}" for w in sorted(words, key=len, reverse=True))


def _longest_first(words: Sequence[str]) -> list[str]:
    return [re.escape(w) for w in sorted(words, key=len, reverse=True)]


def either(words: Sequence[str]) -> str:
    return "|".join(_longest_first(words))


@functools.cache
def patterns(language: str = "en") -> Patterns | None:
    names = load(language, "names").get("outlets", {})
    if "introducing" not in names:
        return None
    nouns = by_initial(_longest_first(names["introducing"]))
    strong = [s for s in names.get("suffixes", []) if s not in names.get("weak", [])]
    weak = either(names.get("weak", ["\0"]))
    heads = names.get("prefixes", ["\0"])
    when = r"(?: (?:on|late|early|earlier|last|this)(?: [\w]+){1,3})?"
    reporter = rf"({_FIRST_NAME})"
    reports = rf"(?:has |had |later |also )*(?:{by_initial(_longest_first(_REPORTS))})\b"
    return Patterns(
        by_noun=re.compile(rf"\b(?:{nouns})(?:,? (?:called|named))? ({_NAME})|\b(?:{nouns}), ({_NAME}),"),
        before_noun=re.compile(rf"({_FIRST_NAME}) (?:{nouns})\b(?! [^\W\d_a-z])"),
        apposed=re.compile(rf"({_FIRST_NAME}), (?:an?|the) (?:[\w’'\-]+ ){{0,4}}(?:{nouns})\b"),
        by_form=re.compile(
            rf"({_CAPITAL}(?<!\w.)(?:{_REST} (?:{_CAP} ){{0,3}}(?:{either(strong)})\b"
            rf"|(?:(?:{_headed(_LEADING)}) (?:{either(heads)})|{_headed(heads)}) {_CAP}(?: {_CAP}){{0,2}}"
            rf"|(?:{_headed(_NUMBERED)}) ?(?P<number>\d{{1,2}})\b))"
        ),
        by_context=(
            re.compile(
                rf"{reporter}(?: has| had)?(?: also| later)? (?:reported|reports|wrote|writes|revealed|reveals|says|said){when},? (?:{_CREDITING})\b"
            ),
            re.compile(rf"{reporter}, (?:citing|quoting) [^,.]{{3,80}}, (?:also )?(?:said|reported|wrote|says|reports|writes)\b"),
            re.compile(rf"{reporter} (?:has |had |also )*quot(?:ed|es) [^.“\"]{{3,90}}? as (?:saying|telling)\b"),
            re.compile(rf"({_FIRST} (?:{_CAP} ){{0,2}}(?:{weak}))(?: has| had)? (?:said|says|reported|wrote|quoted|learned)\b"),
            re.compile(
                rf"\b(?:told|with|citing|quoting|quoted by|reported by|published (?:in|by)|according to) the ((?:{_CAP} ){{1,3}}(?:{weak}))\b"
            ),
            re.compile(rf"\b(?:seen|obtained|viewed|reviewed) by (?:the )?({_NAME})"),
            re.compile(rf"\bquoted (?:as saying )?by (?:the )?({_NAME})"),
            re.compile(rf"[,”\"] (?:the )?({_NAME}) (?:has |had )?(?:reported|reports){when}[.,]"),
            re.compile(
                rf"{reporter}(?: has| had)?(?: also| later)? (?:reported|reports|wrote|writes|said|says|revealed)"
                rf"{when} that [^.“”\"]{{3,200}}, (?:{_CREDITING})\b"
            ),
            re.compile(rf"{reporter} (?:has |had )?learn(?:ed|t)(?: on \w+)? from\b"),
            re.compile(rf"\b[Aa]ccording to (?:the )?({_NAME}),? (?:which|citing|quoting)\b"),
            re.compile(
                rf"{reporter}, which (?:has |had |also |first )*"
                r"(?:obtained|seen|saw|broke|reported|published|cited|quoted|reviewed|said it|spoke to|interviewed)\b"
            ),
            re.compile(rf"\b(?:{by_initial(_longest_first(_HEARD))}) (?:the )?({_NAME}){_STOP}"),
            re.compile(rf"\b(?:wrote|writes|writing|published) in (?:the )?({_NAME} (?:(?:of|de|del|du|da|do|di) )?{_CAP}){_STOP}"),
            re.compile(rf"({_FIRST_NAME})['’]s (?:[\w\-]+ ){{0,3}}?(?:editor|correspondent|reporter|columnist|newsroom|front page|readers)\b"),
            re.compile(rf"\b(?:affiliate|radio station|TV station|television station) ({_NAME})"),
            re.compile(
                rf", (?:the )?({_NAME}) (?:has gathered|gathered|can reveal|can report|can disclose"
                r"|has established|has ascertained|ascertained|has learn(?:ed|t))\b"
            ),
            re.compile(rf"\b((?:News|Press|Information|Telegraph) Agency of {_CAP}|Voice of {_CAP})"),
            re.compile(rf"\((?:the )?({_NAME}), (?:citing|quoting|with reference to) "),
            re.compile(rf", whom (?:the )?({_NAME}) (?:has |had )?(?:interviewed|quoted|contacted|reached|cited|spoke to|talked to)\b"),
            re.compile(
                rf"{reporter} (?:has |had |later |also )*(?:carried|aired|broadcast|printed|ran) (?:an?|the|part of an?|extracts? from an?) (?:[\w-]+ ){{0,3}}?"
                r"(?:statement|letter|interview|report|story|article|account|recording|video|clip|photograph|photo|picture)s?\b"
            ),
            re.compile(
                rf"{reporter} (?:has |had |later |also )*(?:obtained|published|posted|released|seen|played|aired|printed) (?:an?|the) (?:[\w-]+ ){{0,3}}?"
                r"(?:in which|where)\b"
            ),
            re.compile(
                rf"\b(?:which|that) (?:the )?({_NAME}) (?:(?:has|had|later|also|first|was able to) )*"
                r"(?:published|printed|carried|aired|broadcast|translated|quoted|interviewed|obtained|posted|reviewed|acquaint|seen)\b"
            ),
            re.compile(
                rf"{reporter} (?:has |had )?(?:said|says|reported|reports|wrote|writes) (?:that )?it (?:has |had )?"
                r"(?:obtained|seen|holds|reviewed|viewed|spoken)\b"
            ),
            re.compile(
                rf"\band (?:the )?({_NAME}) (?:(?:has|had|later|also|then) )*(?:translated|picked up|relayed|reprinted|republished|rebroadcast|read out)\b"
            ),
        ),
        reporter=re.compile(
            rf"({_CAPITAL}(?:(?<=[,”\".!?] .)|(?<=^.))(?:{_REST}{_FURTHER}(?= {reports})|(?:{_headed(_ARTICLES)}) {_NAME}(?= (?:says|said)\b)))"
            rf" (?:{reports}|(?:says|said)\b)",
            re.MULTILINE,
        ),
        pointed=re.compile(
            rf"\b[Tt]he (?:{either([x for x in names.get('nouns', []) if x not in _OTHERWISE])})\b(?! [^\W\d_a-z])"
            rf"|\b(?:told|telling) the (?:{either(_OTHERWISE)})\b"
            rf"|\b[Tt]he (?:{either(_OTHERWISE)}) (?:said|says|wrote|writes|added|adds|reported|quoted|noted)\b"
        ),
        dateline=re.compile(
            rf"^[^\W\d_a-z][^(),\n]{{1,40}}, ?[^()\n]{{2,30}}\((?P<name>{_NAME})\)\s*[-–—]"
            rf"|^[^\W\d_a-z]{{2}}[^(),\n]{{1,40}}\((?P<short>[A-Z]{{3,6}})\)\s*[-–—]",
            re.MULTILINE,
        ),
        tails=frozenset(names.get("suffixes", [])),
    )
