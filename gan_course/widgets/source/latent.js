// @ts-check
// The latent explorer: sliders on z, one large picture, and a strip of its neighbours along the
// slider moved last.

import { arc, engineOf, whyNot } from "./engine.js";
import { widget } from "./main.js";
import {
  button,
  COLOURS,
  choice,
  el,
  frame,
  player,
  random,
  sheet,
  slider,
  surface,
} from "./ui.js";

const STRIP = 9;

function latent(root, config, data, host) {
  const ui = frame(root, config.title);
  const {
    latent_dim: d,
    directions,
    shares,
    num_classes: classes,
    channels = 1, // notebooks saved before there was colour do not say it
    shape: [height, width],
  } = config;
  const size = channels * height * width; // bytes of a picture
  const state = {
    mode: "directions",
    seed: config.seed,
    psi: 1,
    label: config.label,
    t: 0,
    moved: 0,
    first: 0,
    raw: {},
  };
  state.steps = directions.map(() => 0);
  /** @type {any} */
  let engine = null;
  let stripKey = "",
    strip = null,
    frames = 0;

  // a style-based generator is truncated in W, by the engine; of its z only the direction counts
  const inW = config.truncation === "w";
  const psiOfW = () => (inW ? state.psi : 1);

  // --- the latent vector that the controls describe ----------------------------------------------
  function base() {
    const z = random(state.seed)
      .normal(d)
      .map((v) => (inW ? v : v * state.psi));
    directions.forEach(
      (v, k) =>
        state.steps[k] &&
        v.forEach((x, i) => {
          z[i] += state.steps[k] * x;
        }),
    );
    for (const [i, value] of Object.entries(state.raw)) z[i] = value;
    return z;
  }
  let A = base(),
    B = random(state.seed + 1).normal(d);
  const current = () => (state.mode === "ab" ? arc(A, B, state.t) : base());
  /**
   * The strip: positions of the slider moved last, and z at each. It does not depend on where that
   * slider stands.
   */
  function neighbours() {
    const positions = Array.from({ length: STRIP }, (_, i) =>
      state.mode === "ab" ? i / (STRIP - 1) : i - (STRIP - 1) / 2,
    );
    const zs = positions.map((p) => {
      if (state.mode === "ab") return arc(A, B, p);
      const z = base(),
        k = state.moved;
      if (state.mode === "raw") z[state.first + k] = p * 0.75;
      else
        directions[k].forEach((x, i) => {
          z[i] += (p - state.steps[k]) * x;
        });
      return z;
    });
    return { positions: state.mode === "raw" ? positions.map((p) => p * 0.75) : positions, zs };
  }
  const position = () =>
    state.mode === "ab"
      ? state.t
      : state.mode === "raw"
        ? base()[state.first + state.moved]
        : state.steps[state.moved];
  const name = () =>
    state.mode === "ab"
      ? "from A to B"
      : state.mode === "raw"
        ? `coordinate ${state.first + state.moved}`
        : `direction ${state.moved + 1}`;
  function describe() {
    const asked = classes ? `, label ${state.label}` : "";
    const rest =
      state.mode === "ab"
        ? `, ${(100 * state.t).toFixed(0)} % of the way from A to B`
        : state.mode === "raw"
          ? `, ${name()} at ${position().toFixed(2)}`
          : state.steps
              .map((s, k) => (s ? `, direction ${k + 1} at ${s.toFixed(1)}` : ""))
              .join("");
    return `seed ${state.seed}, truncation ${state.psi.toFixed(2)}${asked}${rest}`;
  }

  // --- pictures ----------------------------------------------------------------------------------
  const zoom = 280 / Math.max(height, width),
    small = 56 / Math.max(height, width);
  const big = surface(width * zoom, height * zoom, (ctx, w, h, ink, pixels) =>
    sheet(ctx, pixels, [height, width], 1, zoom, channels),
  );
  const cell = width * small + 8;
  const row = surface(
    STRIP * cell,
    height * small + 26,
    (ctx, w, h, ink, pixels, positions, at) => {
      const nearest = positions.reduce(
        (best, p, i) => (Math.abs(p - at) < Math.abs(positions[best] - at) ? i : best),
        0,
      );
      ctx.textAlign = "center";
      positions.forEach((p, i) => {
        ctx.save();
        ctx.translate(i * cell + 4, 4);
        sheet(ctx, pixels.subarray(i * size, (i + 1) * size), [height, width], 1, small, channels);
        ctx.restore();
        ctx.strokeStyle = i === nearest ? COLOURS.fake : "transparent";
        ctx.lineWidth = 3;
        ctx.strokeRect(i * cell + 2.5, 2.5, width * small + 3, height * small + 3);
        ctx.fillStyle = ink;
        ctx.font = `${i === nearest ? "bold " : ""}12px system-ui, sans-serif`;
        ctx.fillText(
          String(p).replace("-", "−"),
          i * cell + 4 + (width * small) / 2,
          height * small + 20,
        );
      });
    },
  );
  const caption = el("div", { class: "gan-caption", "aria-live": "polite" });
  const stripTitle = el("div", { class: "gan-caption" });

  function showStrip() {
    if (!strip) return;
    row.draw(strip.pixels, strip.positions, position());
    row.describe(
      `Nine pictures along ${name()}, from ${strip.positions[0]} to ${strip.positions[STRIP - 1]}`,
    );
    stripTitle.textContent = `The neighbours: ${name()}, the rest as above. Click one to go there.`;
  }
  let turn = 0;
  async function drawStrip() {
    const mine = ++turn;
    const key = JSON.stringify([
      state.mode,
      state.seed,
      state.psi,
      state.label,
      state.first,
      state.moved,
      Array.from(A),
      Array.from(B),
      state.steps.map((s, k) => (k === state.moved ? 0 : s)),
      { ...state.raw, [state.first + state.moved]: 0 },
    ]);
    if (key !== stripKey) {
      const { positions, zs } = neighbours(),
        pixels = new Uint8Array(STRIP * size);
      for (let i = 0; i < STRIP; i += engine.where === "the kernel" ? STRIP : 1) {
        await new Promise((next) => setTimeout(next));
        if (mine !== turn) return; // a newer picture was asked for: it comes first
        pixels.set(
          await engine.draw(engine.where === "the kernel" ? zs : [zs[i]], state.label, psiOfW()),
          i * size,
        );
      }
      if (mine !== turn) return;
      strip = { pixels, positions };
      stripKey = key;
    }
    showStrip();
  }
  const refresh = ui.coalesce(async () => {
    if (!engine) return;
    const started = performance.now();
    const pixels = await engine.draw([current()], state.label, psiOfW());
    big.draw(pixels);
    big.describe(`Generated picture: ${describe()}`);
    caption.textContent = describe();
    big.node.dataset.frame = String(++frames);
    big.node.dataset.ms = (performance.now() - started).toFixed(2);
    drawStrip().catch(ui.fail);
  });
  row.node.addEventListener("click", (event) => {
    if (!strip) return;
    const i = Math.min(STRIP - 1, Math.floor((event.offsetX / row.node.clientWidth) * STRIP));
    if (state.mode === "ab") walkTo(strip.positions[i]);
    else {
      const moved = state.mode === "raw" ? rawSliders : sliders;
      moved[state.moved].set(strip.positions[i]);
      moveTo(state.moved, strip.positions[i]);
    }
    refresh();
  });

  // --- controls ----------------------------------------------------------------------------------
  function moveTo(k, value) {
    state.moved = k;
    if (state.mode === "raw") state.raw[state.first + k] = value;
    else state.steps[k] = value;
  }
  const sliders = directions.map((_, k) =>
    slider({
      label: `direction ${k + 1} · ${(100 * shares[k]).toFixed(0)} %`,
      low: -4,
      high: 4,
      step: 0.1,
      value: 0,
      tip:
        `Moves z along the direction that changes the picture ` +
        `${k ? `most after the first ${k}` : "most"}: ${(100 * shares[k]).toFixed(0)} % of all change`,
      change: (v) => {
        moveTo(k, v);
        refresh();
      },
    }),
  );
  const rawSliders = Array.from({ length: Math.min(6, d) }, (_, k) =>
    slider({
      label: `z[${k}]`,
      low: -3,
      high: 3,
      step: 0.05,
      value: 0,
      tip: "Sets one coordinate of z",
      change: (v) => {
        moveTo(k, v);
        refresh();
      },
    }),
  );
  const firstRaw = slider({
    label: "first coordinate shown",
    low: 0,
    high: Math.max(0, d - rawSliders.length),
    step: 1,
    value: 0,
    tip: "Which six coordinates the sliders below set",
    change: (v) => {
      state.first = v;
      showRaw();
      refresh();
    },
  });
  function showRaw() {
    const z = base();
    rawSliders.forEach((s, k) => {
      s.node.querySelector("label").textContent = `z[${state.first + k}]`;
      s.set(z[state.first + k]);
    });
  }
  const go = slider({
    label: "from A to B",
    low: 0,
    high: 1,
    step: 0.02,
    value: 0,
    tip: "Along the arc from picture A to picture B",
    change: (v) => {
      state.t = v;
      refresh();
    },
  });
  const walkTo = (t) => {
    state.t = t;
    go.set(t);
  };
  let way = 1;
  const play = player("Walk from A to B and back", 60, () => {
    if (state.t >= 1) way = -1;
    if (state.t <= 0) way = 1;
    walkTo(Math.min(1, Math.max(0, state.t + 0.02 * way)));
    refresh();
  });
  const panels = {
    directions: el("div", {}, ...sliders.map((s) => s.node)),
    raw: el("div", {}, firstRaw.node, ...rawSliders.map((s) => s.node)),
    ab: el(
      "div",
      {},
      go.node,
      el(
        "div",
        { class: "gan-row" },
        play.node,
        button("A = this one", "Start the walk at the picture shown", () => {
          A = current();
          walkTo(0);
          refresh();
        }),
        button("B = this one", "End the walk at the picture shown", () => {
          B = current();
          walkTo(1);
          refresh();
        }),
        button("New B", "End the walk at a random picture", () => {
          B = random(Math.floor(1e6 * Math.random())).normal(d);
          refresh();
        }),
      ),
    ),
  };
  const mode = choice(
    "move",
    [
      ["directions", "leading directions of z"],
      ["raw", "raw coordinates of z"],
      ["ab", "from A to B"],
    ],
    "directions",
    (value) => {
      if (value === "ab") A = current();
      if (state.mode === "ab") play.stop();
      Object.assign(state, { mode: value, moved: 0, t: 0 });
      go.set(0);
      if (value === "raw") showRaw();
      for (const [key, panel] of Object.entries(panels)) panel.hidden = key !== value;
      refresh();
    },
    "What the sliders below move",
  );
  panels.raw.hidden = panels.ab.hidden = true;
  const labels = el("div", { class: "gan-row gan-labels", role: "group", "aria-label": "label" });
  for (let c = 0; c < classes; c++)
    labels.append(
      button(String(c), `Ask for a ${c}`, (event) => {
        state.label = c;
        for (const other of labels.children)
          other.setAttribute("aria-pressed", String(other === event.currentTarget));
        refresh();
      }),
    );
  if (classes) labels.children[state.label].setAttribute("aria-pressed", "true");
  const psi = slider({
    label: "truncation ψ",
    low: 0,
    high: 1.5,
    step: 0.05,
    value: 1,
    tip: inW
      ? "Shrinks w towards its mean: typical pictures, less variety"
      : "Shrinks z towards 0: typical pictures, less variety",
    change: (v) => {
      state.psi = v;
      refresh();
    },
  });
  const seed = slider({
    label: "seed",
    low: 0,
    high: 999,
    step: 1,
    value: state.seed,
    tip: "Which random z to start from",
    change: (v) => {
      state.seed = v;
      refresh();
    },
  });
  function reset() {
    Object.assign(state, { psi: 1, raw: {}, t: 0 });
    state.steps.fill(0);
    psi.set(1);
    go.set(0);
    for (const each of sliders) each.set(0);
    showRaw();
    refresh();
  }
  const randomise = () => {
    state.seed = Math.floor(1000 * Math.random());
    seed.set(state.seed);
    if (state.mode === "raw") showRaw();
    refresh();
  };
  const controls = el(
    "div",
    { class: "gan-controls" },
    mode.node,
    ...Object.values(panels),
    classes ? labels : null,
    psi.node,
    seed.node,
    el(
      "div",
      { class: "gan-row" },
      button("Random", "Another seed", randomise),
      button("Reset", "Directions to 0, truncation to 1", reset),
    ),
  );
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    el("div", { class: "gan-split" }, el("figure", {}, big.node, caption), controls),
    el("div", { class: "gan-strip" }, row.node, stripTitle),
  );
  ui.redraw = () => showStrip();

  // --- the first picture is stored with the notebook; moving needs an engine ---------------------
  big.draw(data.subarray(0, size));
  big.describe(`Generated picture: ${describe()}`);
  caption.textContent = describe();
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
  return () => {
    play.stop();
    ui.close();
  };
}

export default widget(latent);
