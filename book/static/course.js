// Pages on disk may not fetch one another, so the excerpts of search results come from a script of ours.
DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

// An excerpt around the first word found: of the result's own section, else of one that has all words.
function excerpt(sections, anchor, words) {
  const stems = words.map((word) => word.toLowerCase().slice(0, Math.max(4, word.length - 2)));
  const has = ([, text]) => stems.every((stem) => text.toLowerCase().includes(stem));
  const phrase = ([, text]) => text.toLowerCase().includes(words.join(" ").toLowerCase());
  const any = ([, text]) => stems.some((stem) => text.toLowerCase().includes(stem));
  const own = sections.filter(([id]) => anchor && id === anchor);
  const text = (own.find(any) || sections.slice(1).find(phrase) || sections.find(has) || sections.find(any) || own[0] || sections[0])?.[1];
  if (!text) return null;
  const places = [words.join(" ").toLowerCase(), ...stems].map((stem) => text.toLowerCase().indexOf(stem));
  const at = places.find((i) => i >= 0) ?? 0;
  const from = at < 90 ? 0 : text.indexOf(" ", at - 90) + 1;
  const rest = text.slice(from);
  const shown = rest.length > 240 ? rest.slice(0, 240).replace(/\s\S*$/, "") : rest;
  const box = document.createElement("p");
  box.className = "excerpt";
  const pattern = new RegExp(`(${stems.map((s) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "i");
  box.append(from ? "… " : "");
  for (const [i, part] of shown.split(new RegExp(pattern, "gi")).entries()) {
    const node = i % 2 ? document.createElement("mark") : document.createElement("span");
    node.textContent = part;
    box.append(node);
  }
  if (shown !== rest) box.append(" …");
  return box;
}
function searchExcerpts() {
  const results = document.getElementById("search-results");
  const words = (new URLSearchParams(location.search).get("q") || "").split(/\s+/).filter((w) => w.length > 1);
  if (!results || !words.length) return;
  const script = document.createElement("script");
  script.src = "_static/search-texts.js";
  const fill = () => {
    if (!globalThis.courseTexts) return;
    for (const link of results.querySelectorAll("li > a:first-child")) {
      if (link.dataset.excerpt) continue;
      link.dataset.excerpt = "yes";
      const [page, anchor] = link.getAttribute("href").split("#");
      const box = excerpt(courseTexts[page.replace(/[.]html.*/, "")] || [], anchor, words);
      if (box) link.after(box);
    }
  };
  script.onload = fill;
  document.head.append(script);
  new MutationObserver(fill).observe(results, { childList: true, subtree: true });
}
addEventListener("DOMContentLoaded", searchExcerpts);

// Names for controls of the theme that have none, or one that leaves out what they show.
function nameControls() {
  for (const button of document.querySelectorAll(".search-button__button"))
    button.setAttribute("aria-label", button.textContent.replace(/\s+/g, " ").trim());
  for (const summary of document.querySelectorAll("details.hide > summary")) summary.removeAttribute("aria-label");
  for (const summary of document.querySelectorAll(".bd-sidebar summary, .bd-links summary"))
    summary.setAttribute("aria-label", `Pages of ${summary.closest("li")?.querySelector("a")?.textContent.trim()}`);
}
addEventListener("DOMContentLoaded", nameControls);

// The claims page: a filter, which opens the groups that hold what it finds.
function filterClaims() {
  const form = document.querySelector(".claims-filter");
  if (!form) return;
  form.hidden = false;
  const [field, unchecked, all, said] = form.querySelectorAll("input[type=search], input[type=checkbox], button, output");
  const groups = [...document.querySelectorAll("details.claims")];
  const apply = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const asked = words.length > 0 || unchecked.checked;
    let shown = 0;
    for (const group of groups) {
      let here = 0;
      for (const row of group.querySelectorAll("tbody tr")) {
        const text = row.textContent.toLowerCase();
        const fits = words.every((word) => text.includes(word)) && !(unchecked.checked && text.includes("✔"));
        row.hidden = !fits;
        here += fits;
      }
      shown += here;
      group.open = asked && here > 0;
      group.closest("section").classList.toggle("nothing-found", asked && here === 0);
      const total = group.querySelectorAll("tbody tr").length;
      group.firstElementChild.textContent = asked ? `${here} of ${total} claims` : `${total} claims`;
    }
    said.textContent = asked ? `${shown} found` : "";
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  field.addEventListener("input", apply);
  unchecked.addEventListener("change", apply);
  all.addEventListener("click", () => {
    const open = groups.some((group) => !group.open);
    for (const group of groups) group.open = open;
    all.textContent = open ? "Close all" : "Open all";
  });
}
addEventListener("DOMContentLoaded", filterClaims);

// On the map, a card that is pointed at or reached by key shows its arrows, and the rest steps back.
function followArrows() {
  for (const map of document.querySelectorAll("svg.course-map")) {
    const show = (number) => {
      map.classList.toggle("following", Boolean(number));
      const near = new Set([number]);
      for (const edge of map.querySelectorAll(".edge")) {
        const mine = number && (edge.dataset.from === number || edge.dataset.to === number);
        edge.classList.toggle("lit", Boolean(mine));
        if (mine) near.add(edge.dataset.from).add(edge.dataset.to);
      }
      for (const card of map.querySelectorAll("a")) card.classList.toggle("lit", near.has(card.dataset.card));
    };
    for (const card of map.querySelectorAll("a")) {
      for (const name of ["pointerenter", "focus"]) card.addEventListener(name, () => show(card.dataset.card));
      for (const name of ["pointerleave", "blur"]) card.addEventListener(name, () => show(null));
    }
  }
}
addEventListener("DOMContentLoaded", followArrows);

// Loops: a button stops each; where a reader asked for less motion they start stopped.
function stoppableLoops() {
  for (const figure of document.querySelectorAll("figure.loop")) {
    const picture = figure.querySelector("img");
    const moving = picture.getAttribute("src");
    let moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    const button = document.createElement("button");
    button.type = "button";
    const show = () => {
      picture.src = moves ? moving : figure.dataset.still;
      button.textContent = moves ? "❚❚ Stop" : "▶ Play";
    };
    figure.querySelector("source")?.remove();
    button.addEventListener("click", () => {
      moves = !moves;
      show();
    });
    figure.querySelector("picture").after(button);
    show();
  }
}
addEventListener("DOMContentLoaded", stoppableLoops);

// A link to a place inside a folded hint or solution unfolds it.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  if (target) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
addEventListener("DOMContentLoaded", unfold);

// A formula in a line of text that is wider than a phone scrolls in a box of its own, not with the page.
function boxWideFormulas() {
  for (const formula of document.querySelectorAll("mjx-container:not([display])")) {
    formula.classList.remove("too-wide");
    const room = formula.closest("p, li, td, th, h1, h2, h3")?.clientWidth;
    if (room && formula.getBoundingClientRect().width > room) formula.classList.add("too-wide");
  }
}
addEventListener("load", async () => {
  await window.MathJax?.startup?.promise;
  boxWideFormulas();
  unfold(); // formulas and pictures have moved the place that the address names
});
addEventListener("resize", boxWideFormulas);

// Code, outputs and tables that are a little wider than the page get smaller letters, so that nothing is cut off. What would
// need letters too small to read scrolls in its box.
const SMALLEST = 9.5;
function fitWide() {
  for (const box of document.querySelectorAll("div.cell pre, div.cell_output .gan-table, .pst-scrollable-table-container")) {
    const text = box.querySelector("table") || box;
    text.style.fontSize = "";
    if (!box.clientWidth) continue; // folded
    const usual = Number.parseFloat(getComputedStyle(text).fontSize);
    for (let size = usual; box.scrollWidth > box.clientWidth + 1 && size > SMALLEST; ) {
      size = Math.max(SMALLEST, Math.min(size - 0.4, (size * box.clientWidth) / box.scrollWidth));
      text.style.fontSize = `${size}px`;
    }
    if (box.scrollWidth > box.clientWidth + 1 && innerWidth < 700) text.style.fontSize = `${Math.max(11, 0.8 * usual)}px`;
  }
}
addEventListener("load", fitWide);
addEventListener("resize", fitWide);
addEventListener("toggle", fitWide, true);

// A browser may break the line on both sides of a formula. Punctuation that belongs to it must not be left alone.
function keepPunctuation() {
  for (const formula of document.querySelectorAll(".bd-article span.math")) {
    const [before, after] = [formula.previousSibling, formula.nextSibling];
    const open = before?.nodeType === Node.TEXT_NODE ? before.data.match(/[(\[“"]+$/)?.[0] ?? "" : "";
    const close = after?.nodeType === Node.TEXT_NODE ? after.data.match(/^[.,;:!?)\]”"'’]+/)?.[0] ?? "" : "";
    if (!open && !close) continue;
    const box = document.createElement("span");
    box.className = "keep-together";
    formula.replaceWith(box);
    box.append(open, formula, close);
    if (open) before.data = before.data.slice(0, -open.length);
    if (close) after.data = after.data.slice(close.length);
  }
}
addEventListener("DOMContentLoaded", keepPunctuation);
