"""Borders put right before chains are built: what stands in a source or a content and belongs to the words of credit."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from .. import expressions as re
from ..text import trim
from ..types import Heard, Region
from .cues import cues
from .mentions import describe
from .relayed import PARTS, hears_in_clause
from .resting import ASIDE, CREDITING, CREDITING_NEEDS, RESTING, rested_on
from .speaking import can_speak

__all__ = ["restated"]

_BEHIND_SOURCE = re.compile(
    r",?\s+(?:(?:a copy|copies|parts|excerpts|extracts|details) of\b|which|who (?:cited|quoted)|citing|quoting"
    r"|(?:when )?(?:asked|reached|contacted|interviewed|approached) (?:by|on|about)"
    r"|speaking (?:to|on|with)|who (?:also |had )?(?:spoke|spoken|talked) (?:to|with)"
    r"|in an? (?:[\w\-]+ )?(?:interview|e-?mail|statement|speech|column)|in (?:remarks|comments)"
    rf"|{PARTS} (?:which|whom))\b"
)
_HEARD_BY = re.compile(
    r",?\s+(?:that was |that were |which was )?(?:seen|obtained|viewed|reviewed|carried|published|broadcast|aired|quoted|cited|read|leaked|shared|sent"
    r"|serialised|serialized|translated|monitored|disclosed|released|handed|given|relayed|distributed)"
    r" (?:by|to|with|in|on)\b"
)
_HEARER_BEHIND = re.compile(r"[^\W\d_a-z][\w’'\-]+(?P<to> (?:to|with) (?:[\w’'\-]+ ){0,4})$")
"""Behind a name, what leads up to the outlet that he spoke to: "said Ola Hagen | to the daily Politiken"."""
_CITES_BEHIND = re.compile(rf",\s+(?:{CREDITING})\s+(?P<whom>[^“”\"]{{3,120}})$", needs=CREDITING_NEEDS)
_RESTS_BEHIND = re.compile(rf",?\s+(?:{RESTING}|{ASIDE})\s+(?P<whom>[^“”\"]{{3,120}})$")
_CITES_BEFORE = re.compile(
    rf"^(?:(?:in|on|last|this|earlier|late) [^,“”\"]{{2,30}}, )?(?:(?:which|who) (?:has |had |also )*(?:cited|quoted|cites|quotes)|{CREDITING}|{RESTING})\s+"
    r"(?P<whom>[^,“”\"]{3,80}(?:, [A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){1,3})?),\s+"
)
_AS_SAYING = re.compile(
    r"^(?P<whom>[^,“”\".;]{3,80}(?:, [^,“”\".;]{3,40},)?) as"
    r" (?:saying|showing|telling (?:reporters|journalists|them|him|her|it)|telling|stating|suggesting|warning)\s+(?=\S)"
)
_CITED_WHO = re.compile(r"(?:cited|quoted|cites|quotes|citing|quoting|spoke to|spoken to)\s+(?P<whom>[^.;“”\"]{3,90}?),?\s*$")
_REPORTS = re.compile(r"report|wrote|writes|learned|learnt", re.IGNORECASE)
_CITES = re.compile(r"\b(?:cit|quot)(?:ed|es)\b")
_CITING = re.compile(r"(?:citing|quoting|attributing|crediting|referring(?: to)?)", re.IGNORECASE)
_CREDITS = re.compile(rf"^(?:{CREDITING}|referring to|naming|giving|{RESTING}|{ASIDE})\s+(?P<whom>\S.*)$", re.DOTALL)
_REFERS = re.compile(r"\s(?:with (?:a )?reference|referring) to$", re.IGNORECASE)
_NAMED_BEHIND = re.compile(
    r", (?P<name>[^\W\d_a-z][\w’'\-]+(?: (?:de|van|von|al|bin|der|di|da))?(?: [^\W\d_a-z][\w’'\-]+){1,3})(?=[,.;]|$| (?:that|who|quoted|cited|as)\b)"
)
"""The name behind a role ("the mayor, Ivo Lenz"), where the source stops before it."""
_ASKED_BY = re.compile(
    r"\b(?:(?:[Aa]sked|[Tt]old|[Ii]nterviewed|[Rr]eached|[Cc]ontacted|[Pp]ressed|[Qq]uestioned) by|[Ss]peaking (?:to|with|on)) (?:the )?$"
)
_THEN_ASKED = re.compile(
    r"(?:^|[.!?”\"]\s+|\n|, (?:but|and|while) )(?P<who>[^,.;:“”\"\n]{2,60}), (?:when |on being |also )?"
    r"(?:asked|interviewed|reached|contacted|pressed|questioned|approached|quoted|cited) by (?:the )?$"
)
_IS_HEARD = re.compile(r"(?:cited|quoted|reached|contacted|interviewed|polled|consulted|surveyed)")
_BY_THEN_VERB = re.compile(r"by (?:the )?[^\W\d_a-z][^,.;:“”\"]{1,40}?,? (?P<verb>[a-z]+) (?=\S.{5})")
"""Behind "traders quoted", taken for the cue: "by Reuters put the price at …"."""
_OF_SOURCE = re.compile(rf"^(?:{PARTS} )?(?:which|whose|whom|who|[a-z]+(?:ed|en|wn) (?:by|in|on|to)) [^,.;“”\"]{{3,90}}, (?=\S.{{10}})")
"""A clause of the source at the head of what was taken for content."""
_TO_WHOM = re.compile(
    r"^(?:(?P<name>to (?:the )?[^\W\d_a-z][\w.\-]*(?: (?:(?:de|del|du|of|la|el|al) )?[^\W\d_a-z][\w.\-]*){0,4})"
    r"|(?:to|with|in|on) (?:[^,.;:“”\"\n]|\.(?=\w)){2,60}?)"
    r"(?:, (?:which|who|whose|where)\b[^.;:“”\"\n]{2,90}?,)? (?=(?:that|he|she|it|they|there)\b)"
)
"""To whom something was said, before what was said: "to the daily Politiken, which met him in Malta, | that"."""
_TO_NAME = re.compile(r"(?:to|with) (?:the )?[^\W\d_a-z][\w’'\-.]*(?: (?:(?:de|del|du|of|la|el|al) )?[^\W\d_a-z][\w’'\-.]*){0,4}")
_BRACKET = re.compile(r"\s\((?:the |The )?[^\W\d_a-z][^().;“”\"]{1,40}$")
"""What a bracket begins with before "citing": "(Reuters, citing two bankers)"."""
_HEARER_LAST = re.compile(r", (?:the )?[^\W\d_a-z][^(),.;“”\"]{1,40}$")
"""Who was told, where the content was taken up to the verb: "…, Reuters | was told by …"."""
_BARE_NAME = re.compile(r"[^\W\d_a-z][\w’'\-]+(?: (?:de|van|von|al|bin|der|di|da))?(?: [^\W\d_a-z][\w’'\-]+){1,3}")
_CITING_FIRST = re.compile(r"(?:^|[\n.!?”\"] ?)(?:Citing|Quoting) $")
_HEARD_TAIL = re.compile(
    rf",? (?:{PARTS} which\b|in (?:an? |the )?(?:[\w\-]+ )?(?:remarks|comments|interview|statement|speech)\b"
    r"|in (?:an? |the |his |her |their )?(?:[\w\-]+ )?(?:e-?mail|letter|message|post|book|memoirs?|column|recording)\b"
    r"|as (?:quoted|cited|reported|translated) (?:by|in)\b)[^;:“”\"]{2,120}$"
)
"""What says at the end of a content by way of whom it was heard, where an outlet is named in it."""
_OCCASION = re.compile(
    r"^(?:[Ii]n an? (?:[\w\-]+ )?(?:interview|statement|e-?mail|letter|message)|(?:[Ii]n )?(?:remarks|comments)|[Ss]peaking) (?:with|to|on|for)\b[^,]*$"
)
_THEN_VERB = re.compile(r"^(?P<whom>[^,“”\"]{3,90}), (?:also |has |had )?(?P<verb>[a-z]+)\s+(?=\S.{5})")
_WITHIN_BODY = re.compile(r"(?:^|[\n.!?”\"]\s*|,\s)(?:[Ii]n|[Aa]t|[Ff]rom) (?P<body>the [^,.;:“”\"\n]{3,50}?),? (?:it )?$")
"""Before "they said": the body whose people speak, as translated reports have it ("In the prosecution they declined")."""
_UNOWNED_CUE = re.compile(r"\bit (?:is|was|has been|had been) \w+$", re.IGNORECASE)
_SAID_IN = re.compile(r" in (?P<paper>(?:an?|the|its|his|her|their) [^.;:“”\"\n]{3,90}?)(?=[.;]|, (?:which|who|and)\b|$)")
"""Behind "it is claimed": the paper in which it is."""
_DOMAIN_BEFORE = re.compile(r"(?<![\w.])[A-Z][\w\-]*\.$")
_DOMAIN_BEHIND = re.compile(r"(?<=\w)\.[a-z]{2,4}\b")
_TOLD = re.compile(
    r"(?:(?:has|have|had) been|was|were|is|are|being) (?:\w+ly )?(?:told|informed|assured|advised|notified|warned|briefed)\b(?! by\b)", re.IGNORECASE
)
_TOLD_BY = re.compile(r" by (?P<whom>[^,.;:“”\"\n]{2,60}?)(?= that\b| to\b| (?:she|he|they|it)\b|[,.;:])")
_UNOWNED = re.compile(
    r"(?:(?:has|have|had) (?:since )?been |is |was )(?:\w+ly )?(?:said|reported|understood|believed|rumou?red|alleged|claimed|thought|noted|stated|stressed"
    r"|announced|written|indicated"
    r"|specified|recorded|explained|argued|suggested|recalled|emphasi[sz]ed|pointed out)"
    r"|(?:(?:has|have|had) )?(?:since )?(?:emerged|transpired)",
    re.IGNORECASE,
)
_OWNERLESS = re.compile(
    r"(?:is|are|was|were|(?:has|have|had) been) (?:widely )?(?:said|reported|believed|thought|understood|rumou?red|alleged)$", re.IGNORECASE
)
_ANSWER = re.compile(
    r"(?:it|this|that|the same|(?:the|that|this) (?:claim|report|charge|allegation|account|story|version)s?)(?: to [^,;.]{2,40})?", re.IGNORECASE
)
"""A content that stands for what somebody else has said."""
_AND_THEN = re.compile(r"(?:, |; |^)(?:and |but |while |though |although )?$")
_SHORTEST = 12
_TAIL = 200
"""Characters at the end of a content in which the credit behind it stands."""
_LEAST = 6
_DEEPEST = 4
_WINDOW = 8


def _cut_source(text: str, source: Region, reporters: Sequence[Region]) -> Region:
    """A source without the clause that says how or by which outlet it was heard."""
    m = _BEHIND_SOURCE.search(text, source[0] + 2, source[1])
    by = _HEARD_BY.search(text, source[0] + 2, source[1])
    if m is None and by is not None and any(by.end() <= a and b <= source[1] for a, b in reporters):
        m = by
    hearers = (_HEARER_BEHIND.search(text, source[0], a) for a, b in reporters if source[0] < a and b <= source[1])
    to = next((x for x in hearers if x is not None), None)
    stop = min(m.start() if m else source[1], to.start("to") if to else source[1])
    start, end = trim(text, (source[0], stop), " ,;:")
    return (start, end) if end - start > 1 else source


def _whole(text: str, source: Region) -> Region:
    """A source with the rest of its name, where that is a domain's ("Vesti24.rs")."""
    start, end = source
    before, behind = _DOMAIN_BEFORE.search(text, max(0, start - 30), start), _DOMAIN_BEHIND.match(text, end)
    return before.start() if before else start, behind.end() if behind else end


def _is_told(text: str, source: Region, cue: Region) -> bool:
    """True where the model's source is who was told: "Councillors were told that …"."""
    return 0 <= cue[0] - source[1] <= 2 and _TOLD.match(text[slice(*cue)]) is not None


def _is_unowned(text: str, source: Region, cue: Region) -> bool:
    """True for "it is said", "it has emerged"."""
    return text[slice(*source)].lower() == "it" and _UNOWNED.match(text[slice(*cue)]) is not None


def _is_talked_of(text: str, source: Region, cue: Region) -> bool:
    """True where the model's source is whom something is said of: "The negotiator is said to have resigned"."""
    return 0 <= cue[0] - source[1] <= 2 and _OWNERLESS.match(text[slice(*cue)]) is not None and text.startswith(" to ", cue[1])


def _behind_asker(text: str, source: Region, reporters: Sequence[Region]) -> Region:
    """A source without the outlet that put the question, where both were taken for one ("Asked by | the Courier, the mayor")."""
    asked = _THEN_ASKED.search(text, max(0, source[0] - 120), source[0])
    if asked is not None and can_speak(asked.group("who")) and any(source[0] <= a + 4 and a < source[0] + 5 for a, b in reporters):
        return asked.span("who")
    asker = next((b for a, b in reporters if source[0] <= a + 4 and a < source[0] + 5 and b < source[1]), None)
    return source if asker is None or text[asker : asker + 2] != ", " else trim(text, (asker + 2, source[1]))


def _with_name(text: str, source: Region, content: list[Region]) -> tuple[Region, list[Region]]:
    """A role with the name behind it, and the content without that name."""
    found = _NAMED_BEHIND.match(text, source[1])
    if found is None:
        return source, content
    named = found.span("name")
    role = describe(text[slice(*source)])
    if role.kind != "unnamed" or role.pronoun or role.plural or describe(found.group("name")).kind != "person":
        return source, content
    if any(a < named[1] and named[0] < b and (a, b) != named for a, b in content):
        return source, content
    return (source[0], named[1]), [c for c in content if c != named] or content


def _antecedent(text: str, at: int) -> Region | None:
    """Whom "who" means after "cited X, who": X."""
    m = _CITED_WHO.search(text, max(0, at - 140), at)
    return trim(text, m.span("whom")) if m is not None and can_speak(m.group("whom")) else None


def _credited(m: re.Match[str]) -> bool:
    """True where what a credit names can be a source; whoever was interviewed can."""
    start, end = m.span("whom")
    return rested_on(m.string, start, end) > start or m.string[:start].rstrip().endswith((" by", " with", " to")) or can_speak(m.group("whom"))


def _without_tail(text: str, content: list[Region], reporters: Sequence[Region]) -> list[Region]:
    """A content without the clause behind it that says by way of which outlet it was heard."""
    start, end = content[-1]
    reporters = [r for r in reporters if start <= r[0] and r[1] <= end]
    if not reporters:
        return content
    m = _HEARD_TAIL.match(text, start, end) if len(content) > 1 else None
    m = m or _HEARD_TAIL.search(text, max(start, end - _TAIL), end)
    if m is None or not any(m.start() <= a and hears_in_clause(text, m.start(), (a, b), end) for a, b in reporters):
        return content
    if m.start() - start < _LEAST:
        return content[:-1] or content
    return [*content[:-1], (start, m.start())]


def _behind_name(text: str, content: Region, reporters: Sequence[Region]) -> Region:
    """A content that begins within an outlet's name, from behind that name on ("told TV | 2 that")."""
    end = next((b for a, b in reporters if a < content[0] < b < content[1]), None)
    return content if end is None else trim(text, (end, content[1]))


def _one(text: str, h: Heard, reporters: Sequence[Region]) -> Heard:
    source, content = h.source, [_behind_name(text, c, reporters) for c in h.content]
    if source is not None:
        comma = text.rfind(", ", *source)
        if comma > 0 and _CITING_FIRST.search(text, max(0, source[0] - 12), source[0]):
            source = (comma + 2, source[1])
        source = _whole(text, source)
        if _ASKED_BY.search(text, max(0, source[0] - 30), source[0]) is not None:
            source = _behind_asker(text, source, reporters)
        source, content = _with_name(text, source, content)
    if source is not None and h.cue is not None and _is_told(text, source, h.cue):
        by = _TOLD_BY.match(text, h.cue[1])
        source = by.span("whom") if by is not None and can_speak(by.group("whom")) else None
    elif source is not None and h.cue is not None and (_is_talked_of(text, source, h.cue) or _is_unowned(text, source, h.cue)):
        source = None
    if h.cue is not None and (source is None or text[slice(*source)].lower() == "they"):
        at = (source or h.cue)[0]
        body = _WITHIN_BODY.search(text, max(0, at - 70), at)
        if body is not None and describe(body.group("body")).kind in ("organisation", "document"):
            source = body.span("body")
        elif source is None and (paper := _SAID_IN.match(text, h.cue[1])) is not None and _UNOWNED_CUE.search(text, *h.cue):
            cut = _cut_source(text, paper.span("paper"), reporters)
            source = cut if describe(text[slice(*cut)]).kind == "document" else None
    if source is not None:
        source = (_antecedent(text, source[0]) or source) if text[slice(*source)].lower() == "who" else _cut_source(text, source, reporters)
    if content and h.cue is not None and source is not None:
        words = text[slice(*h.cue)]
        start, end = content[0]
        if _REFERS.search(words) is not None:
            content = [c for c in content if c[0] - h.cue[1] not in (0, 1)] or content
            start, end = content[0]
        if len(content) > 1:
            content = [c for c in content if c[0] < h.cue[1] or not _TO_NAME.fullmatch(text, *c)] or content
        if len(content) > 1:  # a bare name behind "citing the mayor," is his, and nothing that is said
            content = [c for c in content if not (text.startswith(", ", c[0] - 2) and c[0] > h.cue[1] and _BARE_NAME.fullmatch(text, *c))] or content
            start, end = content[0]
        content = _without_tail(text, content, reporters)
        start, end = content[0]
        last = content[-1]
        for told in (_BRACKET, _HEARER_LAST):
            ends = told.search(text, max(last[0], last[1] - _TAIL), last[1]) if last[1] <= h.cue[0] else None
            if ends is not None and (told is _BRACKET or _TOLD.fullmatch(words.strip())) and ends.start() - last[0] >= _SHORTEST:
                content[-1] = (last[0], ends.start())
                start, end = content[0]
                break
        aside = _OF_SOURCE.match(text[start:end]) if start > max(h.cue[1], source[1]) and text[start - 2 : start] == ", " else None
        if aside is not None and h.cue[1] <= source[0]:
            start += aside.end()
            content[0] = (start, end)
        whom = _TO_WHOM.match(text[start:end]) if start > h.cue[0] else None
        if whom is not None and (whom.group("name") or any(start < a and b <= start + whom.end() for a, b in reporters)):
            start += whom.end()
            content[0] = (start, end)
        reports = (
            _REPORTS.search(words) is not None
            or any(source[0] <= b and a < source[1] for a, b in reporters)
            or describe(text[slice(*source)]).kind in ("outlet", "agency")
        )
        if len(content) > 1 and _OCCASION.match(text[start:end]):
            start, end = content[1]
            del content[0]
        last = content[-1]
        credits = _CREDITS.match(text[slice(*last)]) if len(content) > 1 else None
        if credits is not None and _credited(credits):
            last = content[-2]
            del content[-1]
        near = max(last[0], last[1] - _TAIL)
        m = (_CITES_BEHIND.search(text, near, last[1]) or _RESTS_BEHIND.search(text, near, last[1])) if reports else None
        if m is not None and m.start() - last[0] >= _SHORTEST and _credited(m):
            content[-1] = (last[0], m.start())
            start, end = content[0]
        if start > h.cue[0] or start > source[1]:
            m = _CITES_BEFORE.match(text[start:end]) or (_AS_SAYING.match(text[start:end]) if _CITES.search(words) else None)
            if m is not None and end - start - m.end() >= _LEAST and _credited(m):
                content[0] = (start + m.end(), end)
    cue = h.cue
    put = _BY_THEN_VERB.match(text, *content[0]) if cue is not None and content and _IS_HEARD.fullmatch(text, *cue) else None
    if put is not None and put.group("verb") in cues().verbs and any(content[0][0] < a and b <= put.start("verb") for a, b in reporters):
        cue, content[0] = put.span("verb"), (put.end(), content[0][1])
    if cue is not None and source is not None and content and _CITING.fullmatch(text[slice(*cue)]):
        start, end = content[0]
        verb = _THEN_VERB.match(text[start:end])
        if verb is not None and verb.group("verb") in cues().verbs and can_speak(verb.group("whom")):
            cue, content[0] = (start + verb.start("verb"), start + verb.end("verb")), (start + verb.end(), end)
    if cue == h.cue and source == h.source and tuple(content) == h.content:
        return h
    return msgspec.structs.replace(h, source=source, cue=cue, content=tuple(content))


def _is_credit(text: str, i: int, every: Sequence[Heard]) -> bool:
    """True for "citing two bankers, …" taken as a saying of its own beside or around the saying that it credits."""
    h, others = every[i], _near(every, i)
    if h.cue is None or h.source is None or not h.content or not _CITING.fullmatch(text[slice(*h.cue)]):
        return False
    if text[h.cue[0]] in "rR" and describe(text[slice(*h.source)]).kind not in ("outlet", "agency"):
        return False  # "referring to" is a credit where a newsroom refers
    outer = every[h.inside] if h.inside is not None else None
    if outer is not None and outer.content and 0 <= h.source[0] - h.cue[1] <= 1 and outer.content[0][0] == h.cue[0]:
        return True
    if 0 <= h.source[0] - h.cue[1] <= 1 and any(
        o.source is not None
        and o.cue is not None
        and o.content
        and ((o.inside == i and o.content[0][0] == h.content[0][0]) or (o.inside in (i, h.inside) and o.source[0] <= h.content[0][0] < o.source[1]))
        for o in others
    ):
        return True
    start, end = h.content[0]
    if not 0 <= start - h.cue[1] <= 1 or not can_speak(text[start:end].split(",")[0]):
        return False
    return any(
        o is not h and o.source == h.source and o.cue is not None and "\n" not in text[min(o.cue[0], h.cue[0]) : max(o.cue[0], h.cue[0])]
        for o in others
    )


def _is_echo(text: str, h: Heard, heard: Sequence[Heard]) -> bool:
    """True for "as saying" inside what "quoted X as saying" has taken already."""
    if h.cue is None or h.inside is None or not h.content or not text[slice(*h.cue)].lower().startswith("as "):
        return False
    outer = heard[h.inside]
    if outer.cue is None or not outer.content or not _CITES.search(text[slice(*outer.cue)]) or outer.content[0][0] < outer.cue[1]:
        return False
    start, end = outer.content[0]
    m = _AS_SAYING.match(text[start:end])
    return m is not None and end - start - m.end() >= _LEAST and start + m.end() == h.content[0][0]


def _answered(text: str, heard: list[Heard]) -> list[Heard]:
    """The same, whoever answers what was said before set beside him whom he answers: "X said …, and Y denied it" is no word of X's about Y."""
    for i, h in enumerate(heard):
        if h.inside is None or h.source is None or not h.content or not _ANSWER.fullmatch(text, *h.content[0]) or heard[h.inside].inside is not None:
            continue
        outer = heard[h.inside]
        piece = next((c for c in outer.content if c[0] <= h.source[0] < c[1]), None)
        if piece is None:
            heard[i] = msgspec.structs.replace(h, inside=None)
            continue
        lead = _AND_THEN.search(text, max(0, h.source[0] - 12), h.source[0])
        if lead is None or lead.start() > h.source[0] or h.content[-1][1] < piece[1] - _LEAST:
            continue
        first = max(piece[0], lead.start())
        rest = tuple(c if c != piece else (piece[0], first) for c in outer.content if c != piece or first - piece[0] > _LEAST)
        if rest:
            heard[h.inside] = msgspec.structs.replace(outer, content=rest)
            heard[i] = msgspec.structs.replace(h, inside=None)
    return heard


def restated(text: str, heard: Sequence[Heard], reporters: Sequence[Region]) -> list[Heard]:
    """The same attributions, their borders put right; ``reporters`` are the regions of outlets' names. What only credits another is left out."""
    gone = {i for i, h in enumerate(heard) if _is_credit(text, i, heard) or _is_echo(text, h, heard)}
    place = {i: n for n, i in enumerate(i for i in range(len(heard)) if i not in gone)}
    out = []
    for i, h in enumerate(heard):
        if i in gone:
            continue
        up = h.inside
        for _ in range(_DEEPEST):
            if up is None or up not in gone:
                break
            up = heard[up].inside
        out.append(_one(text, msgspec.structs.replace(h, inside=place.get(up) if up is not None else None), reporters))
    return _answered(text, out)


def _near(heard: Sequence[Heard], i: int) -> Sequence[Heard]:
    """The attributions round about one, in the order in which they were found."""
    return heard[max(0, i - _WINDOW) : i + _WINDOW + 1]
