"use strict";
// What the pages do beyond links and forms. Everything works without it.

// Changed since I looked: revisions seen are kept in this browser alone.
const SEEN = "whence.seen";
const kept = (() => { try { return JSON.parse(localStorage.getItem(SEEN)); } catch { return null; } })();
const seen = kept || {};
const keep = () => {
  const all = Object.entries(seen);
  try { localStorage.setItem(SEEN, JSON.stringify(Object.fromEntries(all.slice(-5000)))); } catch { /* no room, or not allowed */ }
};
const look = (story, revision) => { delete seen[story]; seen[story] = Number(revision); };

if (document.body.dataset.story) {
  look(document.body.dataset.story, document.body.dataset.revision);
  keep();
}

const listed = [...document.querySelectorAll(".stories > li")];
if (listed.length) {
  if (!kept) { // a first visit: nothing is new to somebody who never looked
    for (const x of listed) look(x.dataset.story, x.dataset.revision);
    keep();
  }
  const changed = () => listed.filter((x) => (seen[x.dataset.story] || 0) < Number(x.dataset.revision));
  const only = document.getElementById("new-only");
  const show = () => {
    const fresh = new Set(changed());
    document.getElementById("new-count").textContent = String(fresh.size);
    for (const x of listed) {
      const badge = x.querySelector(".new");
      badge.hidden = !fresh.has(x);
      badge.textContent = seen[x.dataset.story] ? "changed since you looked" : "new since you looked";
      x.hidden = only.checked && !fresh.has(x);
    }
  };
  document.querySelector(".since").hidden = false;
  only.addEventListener("change", show);
  document.getElementById("seen-all").addEventListener("click", () => {
    for (const x of listed) look(x.dataset.story, x.dataset.revision);
    keep();
    show();
  });
  show();
}

// An edge of the lineage opens what shows it.
const open = () => {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  for (const a of document.querySelectorAll("svg a.lit")) a.classList.remove("lit");
  if (!target) return;
  if (id.startsWith("tie-")) {
    target.querySelector("details").open = true;
    for (const a of document.querySelectorAll("svg a")) if (a.getAttribute("href") === "#" + id) a.classList.add("lit");
    target.scrollIntoView({ block: "nearest" });
    target.querySelector("summary").focus({ preventScroll: true });
  }
  const closed = target.closest("details");
  if (closed) closed.open = true;
};
addEventListener("hashchange", open);
open();

// Evidence: a pointer shows the chain at once, a click goes to the same words elsewhere.
const texts = document.getElementById("texts");
if (texts) {
  const tip = document.createElement("div");
  tip.id = "chain";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  texts.addEventListener("mouseover", (event) => {
    const piece = event.target.closest("span[title],span[data-said]");
    if (!piece) { tip.hidden = true; return; }
    if (piece.title) { piece.dataset.said = piece.title; piece.removeAttribute("title"); }
    tip.textContent = piece.dataset.said;
    tip.hidden = false;
    const box = piece.getClientRects()[0];
    tip.style.setProperty("left", `${Math.max(4, Math.min(box.left + scrollX, scrollX + innerWidth - tip.offsetWidth - 8))}px`);
    tip.style.setProperty("top", `${box.top + scrollY - tip.offsetHeight - 6}px`);
  });
  texts.addEventListener("mouseleave", () => { tip.hidden = true; });
  texts.addEventListener("click", (event) => {
    const cell = event.target.closest(".c[data-row]");
    if (!cell || event.target.closest("a") || String(getSelection())) return;
    const to = [...cell.closest(".p").querySelectorAll(".heard .row a")].find((x) => x.dataset.row === cell.dataset.row.slice(1));
    if (to) to.click();
  });
}

// Adding: more fields, and a word while it works.
const another = document.getElementById("another");
if (another) {
  another.closest(".more").hidden = false;
  another.addEventListener("click", () => {
    const all = document.querySelectorAll(".paste");
    const copy = all[0].cloneNode(true);
    const n = all.length + 1;
    copy.querySelector("legend").textContent = `Report ${n}`;
    for (const x of copy.querySelectorAll("[id]")) x.id = x.id.replace(/\d+$/, n);
    for (const x of copy.querySelectorAll("[for]")) x.htmlFor = x.htmlFor.replace(/\d+$/, n);
    for (const x of copy.querySelectorAll("input,textarea")) x.value = "";
    all[all.length - 1].after(copy);
    copy.querySelector("textarea").focus();
  });
  document.querySelector(".adding").addEventListener("submit", () => {
    document.getElementById("working").textContent = "Reading and comparing …";
  });
}

// Keys: / search, j and k the next and the one before, g the stories.
const steps = () => [...document.querySelectorAll(".stories > li h2 a, .hits > li h2 a, .ties > li summary, .side tbody tr .question, .stack > section .words, .p .c[data-row]")].filter((x) => x.offsetParent);
let at = -1;
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,textarea,select,[contenteditable]")) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
  } else if (event.key === "g") {
    location.assign("/");
  } else if (event.key === "j" || event.key === "k") {
    const all = steps();
    if (!all.length) return;
    at = Math.max(0, Math.min(all.length - 1, at + (event.key === "j" ? 1 : -1)));
    const x = all[at];
    if (!x.matches("a,summary")) x.tabIndex = -1;
    x.focus();
    x.scrollIntoView({ block: "center" });
  }
});
