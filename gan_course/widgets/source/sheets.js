// @ts-check
// A sheet of pictures whose latent vectors move together: along given directions, from one set to
// another, from one label to another.

import { arc, engineOf, whyNot } from "./engine.js";
import { widget } from "./main.js";
import { button, choice, el, frame, random, sheet, slider, surface } from "./ui.js";

const COLUMNS = 10;

function sheets(root, config, data, host) {
  const ui = frame(root, config.title);
  const { latent_dim: d, channels, count, moves, labels, num_classes: classes } = config;
  const [height, width] = config.shape;
  const size = channels * height * width; // bytes of a picture
  // walks: one from these pictures to others, or one for each group of layers, whose latent vectors
  // stand side by side
  const walks = config.walk === true ? ["from here to there"] : config.walk || [];
  const part = d / Math.max(1, walks.length);
  const inW = config.truncation === "w"; // a style-based generator is truncated by the engine
  const state = { seed: config.seed, psi: 1, way: "arc", steps: moves.map(() => 0) };
  state.ways = walks.map(() => 0);
  Object.assign(state, { a: labels[0], b: labels[1], mix: 0 });
  let engine = null;
  let frames = 0;

  /** The latent vectors that the controls describe. */
  function vectors() {
    const start = random(state.seed).normal(count * part);
    const other = walks.length ? random(state.seed + 1000).normal(count * part) : null;
    return Array.from({ length: count }, (_, n) => {
      const here = start.slice(n * part, (n + 1) * part),
        z = new Float32Array(d);
      z.set(here);
      for (const [k, t] of state.ways.entries()) {
        const there = other.slice(n * part, (n + 1) * part);
        const between =
          state.way === "arc"
            ? arc(here, there, t)
            : here.map((v, i) => (1 - t) * v + t * there[i]);
        z.set(t > 0 ? between : here, k * part);
      }
      if (!inW) for (let i = 0; i < d; i++) z[i] *= state.psi;
      for (const [k, { vector }] of moves.entries())
        if (state.steps[k]) for (let i = 0; i < d; i++) z[i] += state.steps[k] * vector[i];
      return z;
    });
  }
  /** The label: the weight of each class. */
  function label() {
    const weights = new Float32Array(classes);
    if (classes) weights[state.a] += 1 - state.mix;
    if (classes) weights[state.b] += state.mix;
    return weights;
  }
  function describe() {
    const parts = [`${count} pictures, seed ${state.seed}, scale ${state.psi.toFixed(2)}`];
    if (classes)
      parts.push(`${(100 * state.mix).toFixed(0)} % of the way from ${state.a} to ${state.b}`);
    for (const [k, t] of state.ways.entries()) {
      const which = config.walk === true ? "" : `${walks[k]}: `;
      parts.push(`${which}${(100 * t).toFixed(0)} % of the way on the ${state.way}`);
    }
    for (const [k, move] of moves.entries())
      if (state.steps[k]) parts.push(`${move.label} ${state.steps[k].toFixed(2)}`);
    return parts.join(", ");
  }

  const zoom = 2;
  const rows = Math.ceil(count / COLUMNS);
  const picture = surface(
    (COLUMNS * (width + 1) - 1) * zoom,
    (rows * (height + 1) - 1) * zoom,
    (ctx, w, h, ink, pixels) => sheet(ctx, pixels, [height, width], COLUMNS, zoom, channels),
  );
  const caption = el("div", { class: "gan-caption gan-wide-caption", "aria-live": "polite" });
  const refresh = ui.coalesce(async () => {
    if (!engine) return;
    const pixels = await engine.draw(vectors(), label(), inW ? state.psi : 1);
    picture.draw(pixels);
    caption.textContent = describe();
    picture.describe(`A sheet of ${caption.textContent}`);
    picture.node.dataset.frame = String(++frames);
    await new Promise((next) => setTimeout(next)); // a key pressed meanwhile is heard
  });

  const all = [];
  const control = (key, spec) => {
    const made = slider({
      ...spec,
      value: state[key],
      change: (v) => {
        state[key] = v;
        refresh();
      },
    });
    all.push([made, state[key], key]);
    return made.node;
  };
  const byMove = moves.map((move, k) =>
    slider({
      label: move.label,
      low: -4,
      high: 4,
      step: 0.25,
      value: 0,
      tip: `Moves all latent vectors along ${move.label}`,
      change: (v) => {
        state.steps[k] = v;
        refresh();
      },
    }),
  );
  const share = { low: 0, high: 1, step: 0.05 };
  const byWalk = walks.map((name, k) =>
    slider({
      ...share,
      label: name,
      value: 0,
      tip: `Moves ${config.walk === true ? "all latent vectors" : name} to those of other pictures`,
      change: (v) => {
        state.ways[k] = v;
        refresh();
      },
    }),
  );
  const digit = { low: 0, high: classes - 1, step: 1 };
  const line = choice(
    "on the",
    ["arc", "line"],
    state.way,
    (value) => {
      state.way = value;
      refresh();
    },
    "The way between the two sets of latent vectors",
  );
  const reset = () => {
    for (const [made, value, key] of all) {
      state[key] = value;
      made.set(value);
    }
    state.steps.fill(0);
    state.ways.fill(0);
    for (const made of [...byMove, ...byWalk]) made.set(0);
    refresh();
  };
  const controls = el(
    "div",
    { class: "gan-controls gan-wide" },
    ...(classes ? [control("a", { ...digit, label: "label a" })] : []),
    ...(classes ? [control("b", { ...digit, label: "label b" })] : []),
    ...(classes ? [control("mix", { ...share, label: "from a to b" })] : []),
    ...(walks.length ? [...byWalk.map((made) => made.node), line.node] : []),
    ...byMove.map((made) => made.node),
    control("psi", { low: 0, high: 1.5, step: 0.05, label: "scale ψ" }),
    control("seed", { low: 0, high: 99, step: 1, label: "seed" }),
  );
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    controls,
    el("div", { class: "gan-row" }, button("Reset", "All sliders to where they began", reset)),
    picture.node,
    caption,
  );

  picture.draw(data.subarray(0, size * count));
  picture.describe(`A sheet of ${describe()}`);
  caption.textContent = describe();
  ui.redraw = refresh;
  controls.inert = true;
  ui.note("The sliders wait for the generator. In a notebook that is not running, run this cell.");
  engineOf(config, host, data)
    .then((found) => {
      engine = found;
      ui.note(found ? null : whyNot(config));
      controls.inert = !found;
      controls.style.opacity = found ? "1" : "0.5";
      root.dataset.engine = found ? found.where : "none";
      refresh();
    })
    .catch(ui.fail);
  return ui.close;
}

export default widget(sheets);
