"""Facts from a page's head: JSON-LD first, then meta tags, then the address; htmldate where these give no date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from .. import expressions as re
from ..data import gazetteer
from ..types import Fact, Value
from .calendar import iso_date
from .outlet import canonical

__all__ = ["Metadata", "metadata"]


class Metadata(Value, frozen=True, kw_only=True):
    """What a page's head says, each with where it says it."""

    title: Fact | None = None
    outlet: Fact | None = None
    published: Fact | None = None
    language: Fact | None = None
    url: str | None = None


_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
)
_SITES = ("og:site_name", "application-name", "twitter:site_name", "dc.publisher", "publisher")
_TITLES = ("og:title", "twitter:title", "dc.title", "title")
_SIDE = re.compile(r"\s+(?:[|«»–—·:]|-{1,2})\s+")
_MOST_JSON = 1_000_000  # characters of one JSON-LD block
_MOST_ITEMS = 10_000
_ARTICLE = re.compile(r"Article|NewsStory|Report$|BlogPosting|LiveBlog")


def metadata(root: Any, text: str, heading: str | None) -> Metadata:
    """The facts of a parsed page; ``heading`` is its first h1, ``text`` its readable text, in which regions are given."""
    meta = _meta(root)
    linked = next(_articles(root), {})
    address = next((link.get("href") for link in root.iterfind(".//link[@rel='canonical']") if link.get("href")), None) or meta.get("og:url")
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    return Metadata(
        title=_title(root, meta, linked, text, heading),
        outlet=_outlet(root, meta, linked, address),
        published=_published(root, meta, linked),
        language=Fact(value=language.lower().replace("_", "-").split("-")[0], basis="html-meta") if re.match(r"[A-Za-z]{2,3}\b", language) else None,
        url=address if address and address.startswith(("http://", "https://")) else None,
    )


def _meta(root: Any) -> dict[str, str]:
    """Meta tags by name, property or itemprop, in lower case; the first of each."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name, content = tag.get("property") or tag.get("name") or tag.get("itemprop"), tag.get("content")
        if name and content and content.strip():
            found.setdefault(name.lower(), content.strip())
    return found


def _articles(root: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that are articles, in order, wherever in a block they stand."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _MOST_JSON:
            continue
        try:
            waiting = [msgspec.json.decode(script.text.strip().encode("utf-8", "replace"))]
        except (msgspec.DecodeError, RecursionError):
            continue
        for _ in range(_MOST_ITEMS):
            if not waiting:
                break
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting += item[:_MOST_ITEMS]
            elif isinstance(item, dict):
                if any(_ARTICLE.search(str(kind)) for kind in _several(item.get("@type"))):
                    yield item
                waiting += _several(item.get("@graph")) + _several(item.get("mainEntity"))


def _several(item: Any) -> list[Any]:
    return [] if item is None else item if isinstance(item, list) else [item]


def _text(item: Any) -> str | None:
    return " ".join(item.split()) or None if isinstance(item, str) else None


def _title(root: Any, meta: dict[str, str], linked: dict[str, Any], text: str, heading: str | None) -> Fact | None:
    shown = next((meta[name] for name in _TITLES if name in meta), None)
    head = root.find(".//title")
    candidates = [
        (_text(linked.get("headline")), "json-ld"),
        (heading, "html-heading"),
        (_text(shown), "html-meta"),
        (_text(head.text if head is not None else None), "html-title"),
    ]
    for value, basis in candidates:
        if value:
            value = _without_site(value)
            at = text.find(value)
            return Fact(value=value, basis=basis, region=None if at < 0 else (at, at + len(value)))
    return None


def _without_site(title: str) -> str:
    """The title without the outlet's name that the site adds at its end."""
    sides = list(_SIDE.finditer(title))
    return title[: sides[-1].start()] if sides and gazetteer.by_name(title[sides[-1].end() :]) is not None else title


def _outlet(root: Any, meta: dict[str, str], linked: dict[str, Any], address: str | None) -> Fact | None:
    publisher = next((item for item in _several(linked.get("publisher"))), None)
    name = _text(publisher.get("name")) if isinstance(publisher, dict) else _text(publisher)
    if name:
        return Fact(value=canonical(name), basis="json-ld")
    site = next((meta[key] for key in _SITES if key in meta and not meta[key].startswith("http")), None)
    if site:
        return Fact(value=canonical(" ".join(site.split())), basis="html-meta")
    if address and (host := re.match(r"https?://([^/:?#]+)", address)) and (found := gazetteer.by_domain(host[1])):
        return Fact(value=found.name, basis="domain")
    head = root.find(".//title")
    sides = _SIDE.split(head.text) if head is not None and head.text else []
    known = next((found for side in reversed(sides[1:]) if (found := gazetteer.by_name(side))), None)
    return Fact(value=known.name, basis="html-title") if known else None


def _published(root: Any, meta: dict[str, str], linked: dict[str, Any]) -> Fact | None:
    if (day := iso_date(str(linked.get("datePublished") or linked.get("dateCreated") or ""))) is not None:
        return Fact(value=day, basis="json-ld")
    for name in _DATES:
        if (day := iso_date(meta.get(name, ""))) is not None:
            return Fact(value=day, basis="html-meta")
    for element in root.iterfind(".//*[@itemprop='datePublished']"):
        if (day := iso_date(element.get("datetime") or element.get("content") or "")) is not None:
            return Fact(value=day, basis="html-meta")
    times = [element for element in root.iter("time") if element.get("datetime")]
    first = next((element for element in times if element.get("pubdate") is not None), times[0] if len(times) == 1 else None)
    if first is not None and (day := iso_date(first.get("datetime"))) is not None:
        return Fact(value=day, basis="html-time")
    return None
