// @ts-check
// Objective explorers: two densities under sliders, and what the divergences and the value of the
// game say of them. All of it is computed here, on a grid; tests/browser compares the numbers with
// gan_course/divergences.py.

import { widget } from "./main.js";
import { axes, COLOURS, choice, el, frame, legend, slider, surface } from "./ui.js";

const GRID = Float64Array.from({ length: 4801 }, (_, i) => -12 + i / 200);

/** log density on GRID of a mixture of Gaussians, parts: [weight, mean, deviation]. */
function logDensity(parts) {
  const terms = parts.map(([w, m, s]) =>
    Array.from(
      GRID,
      (x) => Math.log(w) - 0.5 * ((x - m) / s) ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI),
    ),
  );
  return GRID.map((_, i) => {
    const top = Math.max(...terms.map((t) => t[i]));
    return top + Math.log(terms.reduce((sum, t) => sum + Math.exp(t[i] - top), 0));
  });
}

function integral(f) {
  let sum = 0;
  for (let i = 0; i < GRID.length; i++) sum += (i && i < GRID.length - 1 ? 1 : 0.5) * f(i);
  return sum * (GRID[1] - GRID[0]);
}

/** The five divergences of notebook 02, from log densities, in nats (W1 in units of x). */
function divergencesOf(logP, logQ) {
  const p = logP.map(Math.exp),
    q = logQ.map(Math.exp);
  const logM = logP.map(
    (a, i) => Math.max(a, logQ[i]) + Math.log1p(Math.exp(-Math.abs(a - logQ[i]))) - Math.LN2,
  );
  let gap = 0;
  const step = GRID[1] - GRID[0];
  return {
    "KL(p‖q)": integral((i) => (p[i] ? p[i] * (logP[i] - logQ[i]) : 0)),
    "KL(q‖p)": integral((i) => (q[i] ? q[i] * (logQ[i] - logP[i]) : 0)),
    JSD:
      0.5 *
      integral(
        (i) => (p[i] ? p[i] * (logP[i] - logM[i]) : 0) + (q[i] ? q[i] * (logQ[i] - logM[i]) : 0),
      ),
    TV: 0.5 * integral((i) => Math.abs(p[i] - q[i])),
    "W₁": integral((i) => {
      if (i) gap += (step * (p[i] - q[i] + p[i - 1] - q[i - 1])) / 2;
      return Math.abs(gap);
    }),
  };
}

function objective(root, config, data, host) {
  const ui = frame(root, config.title),
    { view } = config;
  const [low, high] = config.range;
  const shown = Array.from(GRID.keys()).filter(
    (i) => GRID[i] >= low && GRID[i] <= high && i % 4 === 0,
  );
  const xs = shown.map((i) => GRID[i]),
    pick = (values) => shown.map((i) => values[i]);
  const state = { shape: "one" };
  const two = [
    [0.5, -2, 0.7],
    [0.5, 2, 0.7],
  ];
  /** @type {Record<string, number>} */
  let values;
  let logP,
    logQ,
    curve,
    curveKey = "",
    frames = 0;

  const shift = slider({ ...config.shift, change: () => refresh() });
  const width = slider({ ...config.width, change: () => refresh() });
  const shape = choice(
    "data p",
    [
      ["one", `one Gaussian`],
      ["two", "two Gaussians"],
    ],
    "one",
    (v) => {
      state.shape = v;
      refresh();
    },
    "The density to be matched",
  );

  const left = surface(376, 300, (ctx, w, h, ink) => {
    const p = logP.map(Math.exp),
      q = logQ.map(Math.exp);
    const top = Math.max(1.05, 1.08 * Math.max(...pick(q), ...pick(p)));
    const a = axes(ctx, [50, 42, 318, 208], [low, high], [0, top], ink, {
      title: view === "transport" ? "densities" : "densities and D*",
      xlabel: "x",
      ylabel: view === "transport" ? "density" : "density, D*",
    });
    a.line(xs, pick(p), COLOURS.real, { fill: true });
    a.line(xs, pick(q), COLOURS.fake, { fill: true });
    if (view !== "transport")
      a.line(xs, pick(logP.map((v, i) => 1 / (1 + Math.exp(logQ[i] - v)))), ink, {
        dash: [6, 4],
        width: 1.8,
      });
    const names = [
      ["data p", COLOURS.real],
      ["generated q", COLOURS.fake],
    ];
    legend(ctx, 186, 14, view === "transport" ? names : names.slice(0, 2), ink);
    if (view !== "transport") legend(ctx, 306, 32, [["D*", ink, true]], ink);
  });
  const bars = (ctx, ink, names, box) => {
    const most = 3,
      [x, y, w, h] = box,
      each = h / names.length;
    ctx.font = "13px system-ui, sans-serif";
    ctx.textBaseline = "middle";
    const colours = {
      "KL(p‖q)": COLOURS.green,
      "KL(q‖p)": COLOURS.purple,
      JSD: ink,
      TV: COLOURS.grey,
      "W₁": "#0B84C6",
    };
    names.forEach((name, i) => {
      const middle = y + each * (i + 0.5),
        v = values[name];
      ctx.fillStyle = colours[name];
      ctx.fillRect(x, middle - 9, (w * Math.min(v, most)) / most, 18);
      ctx.fillStyle = ink;
      ctx.textAlign = "right";
      ctx.fillText(name, x - 8, middle);
      ctx.textAlign = "left";
      ctx.fillText(
        v.toFixed(3) + (v > most ? " (bar cut)" : ""),
        x + (w * Math.min(v, most)) / most + 6,
        middle,
      );
    });
  };
  const right = surface(376, 300, (ctx, w, h, ink) => {
    if (view === "divergences") {
      ctx.fillStyle = ink;
      ctx.font = "bold 13px system-ui, sans-serif";
      ctx.fillText("five answers (nats; W₁ in units of x)", 16, 30);
      bars(ctx, ink, Object.keys(values), [70, 44, 190, 220]);
    } else if (view === "transport") {
      const cdf = (log) => {
        let sum = 0;
        return log.map((v) => {
          sum += Math.exp(v) / 200;
          return sum;
        });
      };
      const [P, Q] = [pick(cdf(logP)), pick(cdf(logQ))];
      const a = axes(ctx, [50, 42, 318, 130], [low, high], [0, 1], ink, {
        title: "W₁ is the area between the two CDFs",
        xlabel: "",
        ylabel: "CDF",
      });
      a.clip(() => {
        ctx.beginPath();
        for (const [i, x] of xs.entries()) ctx[i ? "lineTo" : "moveTo"](a.X(x), a.Y(P[i]));
        for (let i = xs.length - 1; i >= 0; i--) ctx.lineTo(a.X(xs[i]), a.Y(Q[i]));
        ctx.fillStyle = "#0B84C6";
        ctx.globalAlpha = 0.25;
        ctx.fill();
        ctx.globalAlpha = 1;
      });
      a.line(xs, P, COLOURS.real);
      a.line(xs, Q, COLOURS.fake);
      bars(ctx, ink, ["JSD", "W₁"], [50, 206, 220, 70]);
    } else {
      const [a0, a1] = [config.shift.low, config.shift.high];
      const a = axes(ctx, [66, 42, 302, 208], [a0, a1], [-1.5, 0.05], ink, {
        title: `C(G) = V(D*, G) = ${values.C.toFixed(3)}`.replace("-", "−"),
        xlabel: "G's mean, at this width",
        ylabel: "C(G) (nats)",
      });
      a.level(-Math.log(4), COLOURS.grey, "−log 4");
      a.line(
        curve.map((c) => c[0]),
        curve.map((c) => c[1]),
        ink,
      );
      a.points([shift.value, values.C], COLOURS.fake, 7, 1);
    }
  });
  const say = el("div", { class: "gan-caption", "aria-live": "polite" });

  const dataParts = () =>
    state.shape === "two" ? two : [[1, 0, config.same_width ? width.value : 1]];
  const refresh = ui.coalesce(async () => {
    logP = logDensity(dataParts());
    logQ = logDensity([[1, shift.value, width.value]]);
    values = divergencesOf(logP, logQ);
    values.C = 2 * values.JSD - Math.log(4);
    const key = `${width.value} ${state.shape}`;
    if (view === "value" && key !== curveKey) {
      curve = Array.from(
        { length: 41 },
        (_, i) => config.shift.low + (i * (config.shift.high - config.shift.low)) / 40,
      ).map((m) => [
        m,
        2 * divergencesOf(logP, logDensity([[1, m, width.value]])).JSD - Math.log(4),
      ]);
      curveKey = key;
    }
    const numbers = { ...values };
    if (view !== "value") delete numbers.C;
    values = numbers;
    left.draw();
    right.draw();
    const read = (names) =>
      names
        .map((n) => `${n} ${values[n].toFixed(3)}`)
        .join(", ")
        .replaceAll("-", "−");
    const text =
      view === "value"
        ? `V(D*, G) = ${values.C.toFixed(3)} nats = −log 4 + 2 JSD, with JSD = ${values.JSD.toFixed(3)}`.replace(
            "= -",
            "= −",
          )
        : read(view === "transport" ? ["JSD", "W₁"] : Object.keys(values));
    say.textContent = text;
    left.describe(
      `Densities: data p (${state.shape === "two" ? "two Gaussians" : "one Gaussian"}) and generated q ` +
        `with mean ${shift.value}, width ${width.value}`,
    );
    right.describe(text);
    root.dataset.values = JSON.stringify(values);
    right.node.dataset.frame = String(++frames);
  });
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    el(
      "div",
      { class: "gan-controls gan-wide" },
      shift.node,
      width.node,
      config.same_width ? null : shape.node,
    ),
    el("div", { class: "gan-pair" }, left.node, right.node),
    say,
  );
  ui.redraw = refresh;
  refresh();
  return ui.close;
}

export default widget(objective);
