// @ts-check
// Real or generated? A reader looks at pictures one by one and decides; the widget counts the
// errors and gives their share with its interval. All happens in this browser.

import { widget } from "./main.js";
import { button, COLOURS, choice, el, frame, random, sheet, surface } from "./ui.js";

const Z = 1.96; // 95 % of a normal distribution

/** The interval of a share, `wrong` of `count` (Wilson 1927): [low, high]. */
export function interval(wrong, count) {
  const share = wrong / count,
    square = Z ** 2 / count;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z * Math.sqrt((share * (1 - share)) / count + square / count / 4)) / (1 + square);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

const percent = (share) => `${Math.round(100 * share)} %`;

function realfake(root, config, data) {
  const ui = frame(root, config.title);
  const zoom = (set) => 196 / Math.max(...set.shape);
  const state = { set: 0, answers: [], deck: [], ends: 0, timer: null, games: {} };
  const set = () => config.sets[state.set];
  const bytesOfPicture = (s) => s.channels * s.shape[0] * s.shape[1];
  const starts = config.sets.map((_, i) =>
    config.sets.slice(0, i).reduce((sum, s) => sum + 2 * s.each * bytesOfPicture(s), 0),
  );
  /** Picture k of a set: first its `each` real ones, then as many generated. */
  const picture = (k) => {
    const from = starts[state.set] + k * bytesOfPicture(set());
    return data.subarray(from, from + bytesOfPicture(set()));
  };
  const generated = (k) => k >= set().each;

  // --- what is seen ------------------------------------------------------------------------------
  const view = surface(196, 196, (ctx) => {
    const k = state.deck[Math.min(state.answers.length, state.deck.length - 1)];
    sheet(ctx, picture(k), set().shape, 1, zoom(set()), set().channels);
  });
  const wide = 12 * 34;
  const review = surface(wide, 40 * Math.ceil(config.rounds / 12), (ctx) => {
    state.answers.forEach(({ picture: k, wrong }, i) => {
      ctx.save();
      ctx.translate((i % 12) * 34 + 2, Math.floor(i / 12) * 40 + 2);
      sheet(ctx, picture(k), set().shape, 1, 30 / Math.max(...set().shape), set().channels);
      ctx.fillStyle = generated(k) ? COLOURS.fake : COLOURS.real;
      ctx.fillRect(0, 31, 30, wrong ? 5 : 2);
      ctx.restore();
    });
  });
  const caption = el("div", { class: "gan-caption", "aria-live": "polite" });
  const verdict = el("div", { class: "gan-caption", "aria-live": "polite", hidden: true });
  const reviewed = el("figure", { hidden: true }, review.node);

  // --- the game ----------------------------------------------------------------------------------
  /** As many real as generated pictures, none twice, in random order. */
  function shuffle(seed) {
    const stream = random(seed);
    const some = (from) => {
      const order = Array.from({ length: set().each }, (_, i) => [stream.uniform(), from + i]);
      return order
        .sort((a, b) => a[0] - b[0])
        .slice(0, config.rounds / 2)
        .map(([, k]) => [stream.uniform(), k]);
    };
    return [...some(0), ...some(set().each)].sort((a, b) => a[0] - b[0]).map(([, k]) => k);
  }
  const playing = () => state.ends > 0;
  function show() {
    const left = Math.max(0, Math.ceil((state.ends - Date.now()) / 1000));
    caption.textContent = playing()
      ? `Picture ${state.answers.length + 1} of ${state.deck.length}; ${left} seconds left.`
      : "";
    view.describe(`A picture of the set “${set().name}”: real or generated?`);
    root.dataset.values = JSON.stringify({
      set: set().name,
      playing: playing(),
      shown: playing() ? state.deck[state.answers.length] : null,
      answered: state.answers.length,
      wrong: state.answers.filter((a) => a.wrong).length,
    });
  }
  function start(seed = Date.now()) {
    state.deck = shuffle(seed);
    state.answers = [];
    state.ends = Date.now() + 1000 * config.seconds;
    clearInterval(state.timer);
    state.timer = setInterval(() => {
      if (Date.now() >= state.ends) stop();
      else show();
    }, 500);
    verdict.hidden = reviewed.hidden = true;
    answers.inert = false;
    begin.textContent = "Begin anew";
    view.draw();
    show();
  }
  function answer(saysGenerated) {
    if (!playing()) return;
    const k = state.deck[state.answers.length];
    state.answers.push({ picture: k, wrong: saysGenerated !== generated(k) });
    if (state.answers.length === state.deck.length) return stop();
    view.draw();
    show();
  }
  /** The sentence about errors: how many, their share, its interval. */
  function told(wrong, count) {
    const [low, high] = interval(wrong, count);
    return `${wrong} of ${count} wrong: an error of ${percent(wrong / count)}, 95 % interval ${percent(low)} to ${percent(high)}`;
  }
  function stop() {
    clearInterval(state.timer);
    state.ends = 0;
    answers.inert = true;
    show();
    const count = state.answers.length;
    if (!count) return;
    const wrong = state.answers.filter((a) => a.wrong).length;
    const [low, high] = interval(wrong, count);
    const fakes = state.answers.filter((a) => generated(a.picture));
    const reals = state.answers.filter((a) => !generated(a.picture));
    const missed = (list) => `${list.filter((a) => a.wrong).length} of ${list.length}`;
    const before = state.games[set().name] || { wrong: 0, count: 0, games: 0 };
    const all = {
      wrong: before.wrong + wrong,
      count: before.count + count,
      games: before.games + 1,
    };
    state.games[set().name] = all;
    const verdictText =
      low > 0.5
        ? "Worse than guessing: the generated pictures look more real to you than the real ones."
        : high < 0.5
          ? "Better than guessing: you see a difference."
          : "Guessing, 50 %, lies in the interval: these answers do not show that you see a difference.";
    verdict.replaceChildren(
      el("p", {}, el("strong", {}, `${told(wrong, count)}.`), ` ${verdictText}`),
      el(
        "p",
        {},
        `Generated pictures taken for real: ${missed(fakes)}. Real ones taken for generated: ${missed(reals)}.`,
      ),
    );
    if (all.games > 1)
      verdict.append(
        el("p", {}, `All ${all.games} games with this set: ${told(all.wrong, all.count)}.`),
      );
    verdict.append(
      el(
        "p",
        {},
        "Below, in the order you saw them: a blue bar for a real picture, an orange one for a " +
          "generated one; a thick bar where you were wrong.",
      ),
    );
    verdict.hidden = reviewed.hidden = false;
    review.draw();
    review.describe(`The ${count} pictures of the game, ${wrong} of them with a thick bar`);
  }

  // --- controls ----------------------------------------------------------------------------------
  const begin = button("Begin", "Two minutes at most; no picture comes twice", () => start());
  const answers = el(
    "div",
    { class: "gan-row", role: "group", "aria-label": "your answer" },
    button("real (R)", "I think this picture is real", () => answer(false)),
    button("generated (G)", "I think this picture is generated", () => answer(true)),
  );
  answers.inert = true;
  const which = choice(
    "pictures",
    config.sets.map(({ name }, i) => [String(i), name]),
    "0",
    (value) => {
      state.set = Number(value);
      clearInterval(state.timer);
      state.ends = 0;
      state.answers = [];
      state.deck = [0];
      answers.inert = true;
      verdict.hidden = reviewed.hidden = true;
      view.draw();
      show();
    },
    "Which data set, and which generator",
  );
  ui.body.addEventListener("keydown", (event) => {
    const says = { r: false, g: true }[event.key.toLowerCase()];
    if (says === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    answer(says);
  });
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    el(
      "div",
      { class: "gan-split" },
      el("figure", {}, view.node, caption),
      el("div", { class: "gan-controls" }, which.node, begin, answers, verdict),
    ),
    reviewed,
  );
  state.deck = [0];
  view.draw();
  show();
  ui.redraw = () => {
    view.draw();
    if (!reviewed.hidden) review.draw();
  };
  return () => {
    clearInterval(state.timer);
    ui.close();
  };
}

export default widget(realfake);
