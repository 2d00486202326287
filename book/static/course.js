// Pages on disk may not fetch one another, so the search lists its results there without excerpts.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

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
