// @ts-check
// A game of two numbers: the Dirac-GAN under several methods. Its field, one trajectory from a
// start that the reader picks, and the eigenvalues that decide how it ends. tests/browser compares
// the trajectories with Python's.

import { widget } from "./main.js";
import { axes, COLOURS, choice, el, frame, player, slider, surface } from "./ui.js";

const squash = (t) => 1 / (1 + Math.exp(-t));
// nodes and weights that stand for a standard normal
const NODES = Array.from({ length: 57 }, (_, k) => [
  -7 + k / 4,
  Math.exp(-0.5 * (-7 + k / 4) ** 2),
]);
const NODES_SUM = NODES.reduce((sum, [, w]) => sum + w, 0);

/**
 * Methods: `field` gives (dθ, dψ), `matrix` its Jacobian at the origin (null: it does not rest
 * there), `gamma` what γ is.
 */
const DYNAMICS = {
  xy: { text: "θψ, the bilinear game", field: (t, p) => [-p, t], matrix: () => [0, -1, 1, 0] },
  minimax: {
    text: "GAN, minimax",
    field: (t, p) => [p * squash(t * p), -t * squash(t * p)],
    matrix: () => [0, 0.5, -0.5, 0],
  },
  nonsaturating: {
    text: "GAN, non-saturating",
    field: (t, p) => [p * squash(-t * p), -t * squash(t * p)],
    matrix: () => [0, 0.5, -0.5, 0],
  },
  noise: {
    text: "instance noise",
    gamma: "the variance of the noise",
    field: (t, p, g) => {
      let dt = 0,
        dp = 0;
      for (const [node, w] of NODES) {
        const e = node * Math.sqrt(g),
          s = squash(p * (t + e));
        dt += (w / NODES_SUM) * p * s;
        dp += (w / NODES_SUM) * (e * squash(-p * e) - (t + e) * s);
      }
      return [dt, dp];
    },
    matrix: (g) => [0, 0.5, -0.5, -g / 2],
  },
  R1: {
    text: "R1",
    gamma: "the weight of the penalty γψ²/2",
    field: (t, p, g) => [p * squash(t * p), -t * squash(t * p) - g * p],
    matrix: (g) => [0, 0.5, -0.5, -g],
  },
  consensus: {
    text: "consensus",
    gamma: "the weight of γ‖v‖²/2",
    field: (t, p, g) => {
      const s = squash(t * p),
        cross = (t * t + p * p) * s * s * (1 - s);
      return [p * s - g * (s * s * t + cross * p), -t * s - g * (s * s * p + cross * t)];
    },
    matrix: (g) => [-g / 4, 0.5, -0.5, -g / 4],
  },
  wgan: {
    text: "WGAN, clipped",
    gamma: "the bound: |ψ| ≤ γ",
    field: (t, p) => [p, -t],
    clip: true,
    matrix: () => [0, 1, -1, 0],
  },
  wgangp: {
    text: "WGAN-GP",
    gamma: "the weight of γ(|ψ| − 1)²/2",
    field: (t, p, g) => [p, -t - g * (Math.abs(p) - 1) * Math.sign(p)],
    matrix: () => null,
  },
};

/**
 * The points (θ, ψ) of `steps` updates. Alternating: D moves first, and G answers the moved D. It
 * stops if it runs away.
 */
function playGame({ method, gamma, step, momentum, alternating, start, steps }) {
  const { field, clip } = DYNAMICS[method],
    points = [[...start]];
  let [t, p] = start,
    [lastT, lastP] = start;
  for (let i = 0; i < steps && Math.hypot(t, p) < 1e6; i++) {
    const [dt, dp] = field(t, p, gamma);
    let nextP = p + step * dp + momentum * (p - lastP);
    if (clip) nextP = Math.min(gamma, Math.max(-gamma, nextP));
    const nextT =
      t + step * (alternating ? field(t, nextP, gamma)[0] : dt) + momentum * (t - lastT);
    [lastT, lastP, t, p] = [t, p, nextT, nextP];
    points.push([t, p]);
  }
  return points;
}

/**
 * The roots of a polynomial, as [real, imaginary]; coefficients from the highest power, the first
 * 1. By Durand and Kerner.
 */
function roots(coefficients) {
  const degree = coefficients.length - 1;
  /** The product of two complex numbers. @type {(u: number[], v: number[]) => number[]} */
  const times = ([a, b], [c, d]) => [a * c - b * d, a * d + b * c];
  const found = [[1, 0]];
  while (found.length < degree) found.push(times(found[found.length - 1], [0.4, 0.9]));
  for (let round = 0; round < 500; round++)
    found.forEach((z, i) => {
      const value = coefficients
        .slice(1)
        .reduce((sum, c) => [times(sum, z)[0] + c, times(sum, z)[1]], [1, 0]);
      const others = found.reduce(
        (product, w, j) => (j === i ? product : times(product, [z[0] - w[0], z[1] - w[1]])),
        [1, 0],
      );
      const size = others[0] ** 2 + others[1] ** 2;
      if (size < 1e-300) return;
      const move = times(value, [others[0] / size, -others[1] / size]);
      found[i] = [z[0] - move[0], z[1] - move[1]];
    });
  return found.sort((a, b) => Math.hypot(...b) - Math.hypot(...a) || b[1] - a[1]);
}

/**
 * The two largest eigenvalues of one update at the origin; with momentum it acts on the last two
 * points. matrix: [a, b, c, d].
 */
function updateEigenvalues([a, b, c, d], step, momentum, alternating) {
  const P = [-(1 + momentum + step * a), momentum],
    Q = [-(1 + momentum + step * d), momentum],
    coupling = step * step * b * c;
  const quartic = [
    1,
    P[0] + Q[0],
    P[1] + Q[1] + P[0] * Q[0],
    P[0] * Q[1] + P[1] * Q[0],
    P[1] * Q[1],
  ];
  quartic[alternating ? 1 : 2] -= coupling;
  return roots(quartic).slice(0, 2);
}

const complex = ([re, im]) =>
  `${re.toFixed(3)}${Math.abs(im) < 5e-4 ? "" : ` ${im < 0 ? "−" : "+"} ${Math.abs(im).toFixed(3)}i`}`.replace(
    "-",
    "−",
  );

function dynamics(root, config) {
  const ui = frame(root, config.title),
    reach = 2.2;
  const state = {
    method: config.method,
    alternating: config.alternating,
    start: [...config.start],
  };
  let points = [],
    shown = config.steps,
    frames = 0;
  if (!DYNAMICS[state.method])
    throw new Error(`method ${state.method} is not one of ${Object.keys(DYNAMICS).join(", ")}`);
  const settings = () => ({
    ...state,
    gamma: gamma.value,
    step: step.value,
    momentum: momentum.value,
    steps: config.steps,
  });

  const method = choice(
    "method",
    Object.entries(DYNAMICS).map(([key, { text }]) => [key, text]),
    state.method,
    (v) => {
      state.method = v;
      reset();
    },
    "What the two players minimise",
  );
  const order = choice(
    "the players move",
    [
      ["together", "at the same time"],
      ["turns", "in turn, D first"],
    ],
    state.alternating ? "turns" : "together",
    (v) => {
      state.alternating = v === "turns";
      reset();
    },
    "Whether G sees D before or after D's step",
  );
  const make = (label, low, high, by, value, tip) =>
    slider({ label, low, high, step: by, value, tip, change: () => reset() });
  const step = make("step η", 0.02, 1.5, 0.02, config.step, "The learning rate of both players");
  const gamma = make("strength γ", 0, 3, 0.05, config.gamma, "How strong the method is");
  const momentum = make(
    "momentum β",
    -0.9,
    0.9,
    0.05,
    config.momentum,
    "The share of the last move that is added to the next one",
  );

  const left = surface(376, 360, (ctx, w, h, ink) => {
    const a = axes(ctx, [54, 30, 300, 284], [-reach, reach], [-reach, reach], ink, {
      title: "field and trajectory",
      xlabel: "θ, where G puts its point",
      ylabel: "ψ, D's slope",
    });
    const { field } = DYNAMICS[state.method],
      side = 15;
    a.clip(() => {
      for (let i = 0; i < side * side; i++) {
        const at = [i % side, Math.floor(i / side)].map(
            (k) => -reach + (2 * reach * (k + 0.5)) / side,
          ),
          [dt, dp] = field(...at, gamma.value);
        const size = Math.hypot(dt, dp),
          length = 15 * Math.min(1, 0.35 + size / 2);
        if (size < 1e-9) continue;
        const [x, y] = [a.X(at[0]), a.Y(at[1])],
          [u, v] = [(length * dt) / size, (-length * dp) / size];
        ctx.strokeStyle = ctx.fillStyle = COLOURS.grey;
        ctx.globalAlpha = 0.7;
        ctx.lineWidth = 1.2;
        ctx.beginPath();
        ctx.moveTo(x - u / 2, y - v / 2);
        ctx.lineTo(x + u / 2, y + v / 2);
        ctx.stroke();
        ctx.beginPath();
        ctx.moveTo(x + u / 2, y + v / 2);
        ctx.lineTo(x + 0.15 * u - 0.18 * v, y + 0.15 * v + 0.18 * u);
        ctx.lineTo(x + 0.15 * u + 0.18 * v, y + 0.15 * v - 0.18 * u);
        ctx.fill();
        ctx.globalAlpha = 1;
      }
    });
    const past = points.slice(0, shown + 1);
    a.line(
      past.map((q) => q[0]),
      past.map((q) => q[1]),
      COLOURS.fake,
      { width: 1.4 },
    );
    if (past.length < 200) a.points(past.flat(), COLOURS.fake, 2.2, 0.9);
    a.points([0, 0], COLOURS.real, 6, 1);
    a.points(state.start, ink, 5, 1);
    a.points(past[past.length - 1], COLOURS.fake, 6, 1);
  });
  const right = surface(376, 360, (ctx, w, h, ink) => {
    const logs = points.map((q) => Math.log10(Math.max(Math.hypot(...q), 1e-12))),
      low = Math.min(-1, ...logs),
      high = Math.max(0.5, ...logs);
    const a = axes(
      ctx,
      [54, 30, 300, 284],
      [0, config.steps],
      [Math.floor(low), Math.min(Math.ceil(high), 4)],
      ink,
      { title: "distance from the solution", xlabel: "step", ylabel: "log₁₀ of the radius" },
    );
    a.line(
      logs.slice(0, shown + 1).map((_, i) => i),
      logs.slice(0, shown + 1),
      COLOURS.fake,
    );
  });
  const say = el("div", { class: "gan-caption", "aria-live": "polite" }),
    hint = el("div", { class: "gan-caption" });

  const refresh = ui.coalesce(async () => {
    const matrix = DYNAMICS[state.method].matrix(gamma.value),
      last = points[points.length - 1],
      radius = Math.hypot(...last);
    const update =
        matrix && updateEigenvalues(matrix, step.value, momentum.value, state.alternating),
      size = update && Math.hypot(...update[0]);
    const field =
      matrix && roots([1, -(matrix[0] + matrix[3]), matrix[0] * matrix[3] - matrix[1] * matrix[2]]);
    const verdict = !matrix
      ? ""
      : Math.abs(size - 1) < 1e-9
        ? "neither grows nor shrinks"
        : size < 1
          ? "shrinks"
          : "grows";
    say.textContent = matrix
      ? `Near the solution: eigenvalues of the field ${field.map(complex).join(" and ")}; ` +
        `of one update ${update.map(complex).join(" and ")}, size ${size.toFixed(4)}: ${verdict}. ` +
        `After ${points.length - 1} steps the radius is ${radius.toPrecision(3)}.`.replace(
          "e-",
          "e−",
        )
      : "The penalty pushes ψ away from 0, so nothing rests there: no eigenvalues. " +
        "At (±γ, 0), far from the data, it balances θ. " +
        `After ${points.length - 1} steps the radius is ${radius.toPrecision(3)}.`;
    const means = DYNAMICS[state.method].gamma;
    hint.textContent =
      (means ? `Here γ is ${means}.` : "This method has no γ.") +
      " Click in the left picture to start elsewhere.";
    left.draw();
    right.draw();
    left.describe(
      `The vector field of ${DYNAMICS[state.method].text} and a trajectory from ` +
        `(${state.start.map((v) => v.toFixed(2)).join(", ")})`,
    );
    right.describe(say.textContent);
    root.dataset.values = JSON.stringify({
      path: points.filter((_, i) => i % 10 === 0),
      last,
      field,
      update,
    });
    right.node.dataset.frame = String(++frames);
  });
  const reset = () => {
    play.stop();
    points = playGame(settings());
    shown = config.steps;
    refresh();
  };
  const play = player("Watch the updates one after the other", 40, (stop) => {
    if (shown >= points.length - 1) return stop();
    shown += Math.max(1, Math.round(config.steps / 300));
    left.draw();
    right.draw();
  });
  play.node.addEventListener("click", () => {
    if (shown >= points.length - 1) shown = 0;
  });
  left.node.addEventListener("pointerdown", (event) => {
    const box = left.node.getBoundingClientRect(),
      scale = 376 / box.width;
    const at = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    const inside = (v) => Math.min(reach, Math.max(-reach, v));
    state.start = [
      inside(-reach + ((at[0] - 54) / 300) * 2 * reach),
      inside(reach - ((at[1] - 30) / 284) * 2 * reach),
    ];
    reset();
  });
  left.node.style.cursor = "crosshair";
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    el(
      "div",
      { class: "gan-controls gan-wide" },
      method.node,
      order.node,
      step.node,
      gamma.node,
      momentum.node,
    ),
    el("div", { class: "gan-row" }, play.node),
    el("div", { class: "gan-pair" }, left.node, right.node),
    say,
    hint,
  );
  ui.redraw = () => refresh();
  reset();
  return () => {
    play.stop();
    ui.close();
  };
}

export default widget(dynamics);
