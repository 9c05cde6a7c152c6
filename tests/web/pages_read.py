"""A page read as a browser's parser reads it: what could run, what could be fetched, and where its links lead."""

from __future__ import annotations

from html.parser import HTMLParser


class Read(HTMLParser):
    """The tags of a page, its links, ids and text, and whatever a content security policy would have to stop."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.ids: list[str] = []
        self.alarms: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.words = ""
        self.tokens: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in attrs:
            if name.startswith("on") or name == "style" or name == "srcdoc":
                self.alarms.append(f"<{tag} {name}={value}>")
            if name in ("href", "src", "action", "formaction") and value is not None:
                self.links.append(value)
                if not value.startswith(("/", "#", "http://", "https://")) and value != "":
                    self.alarms.append(f"<{tag} {name}={value}>")
                if name in ("src", "action", "formaction") and not value.startswith("/"):
                    self.alarms.append(f"<{tag} {name}={value}>")
        if tag in ("iframe", "object", "embed", "base", "style", "img", "meta") and not (tag == "meta" and "http-equiv" not in given):
            self.alarms.append(f"<{tag}>")
        if tag == "script" and not (given.get("src") or "").startswith("/static/whence.js"):
            self.alarms.append("<script> of its own")
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "input" and given.get("type") == "hidden":
            self.tokens[given.get("name") or ""] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        self.words += data
