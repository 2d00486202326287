// Search lists chapters before the pages that only mention a word, and solutions last.
var Scorer = {
  score: ([docname, title, anchor, descr, score]) => {
    if (docname.startsWith("notebooks/solutions/")) return score - 8;
    const asked = (new URLSearchParams(location.search).get("q") || "").toLowerCase();
    const named = asked && title.toLowerCase().includes(asked) ? 40 : 0;
    if (docname.startsWith("notebooks/")) return score + 30 + named;
    if (docname === "pages/claims") return score - 12;
    return score;
  },
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
