// @ts-check
// The brush: paint over a picture what the network shall not see, and it fills the hole. The network
// runs in this browser.

import { bytesOf, compile, toInk } from "./generator.js";
import { widget } from "./main.js";
import { button, COLOURS, el, frame, random, sheet, slider, surface } from "./ui.js";

const VARIANTS = 5;

function brush(root, config, data, host) {
  const ui = frame(root, config.title),
    {
      shape: [height, width],
      channels = 1,
      count,
      latent_dim: d,
    } = config,
    size = height * width,
    bytes = channels * size; // of a picture
  const zoom = 280 / Math.max(height, width),
    small = 56 / Math.max(height, width);
  const state = {
    picture: config.start,
    seed: config.seed,
    radius: 2.5,
    erase: false,
    cursor: null,
    truth: false,
  };
  const known = new Uint8Array(size).fill(1); // 1 where the reader has not painted
  const picture = () => data.subarray(state.picture * bytes, (state.picture + 1) * bytes);
  let fill = data.subarray(count * bytes, (count + 1) * bytes),
    network = null,
    frames = 0,
    milliseconds = 0;

  // --- the hole ----------------------------------------------------------------------------------
  const presets = {
    lower: ["lower half", (y) => y >= config.lower],
    right: ["right half", (y, x) => x >= width / 2],
    box: [
      "a box",
      (y, x) => Math.abs(y - height / 2 + 0.5) < 6 && Math.abs(x - width / 2 + 0.5) < 6,
    ],
    stripes: ["every other row", (y) => y % 2 === 1],
    none: ["nothing", () => false],
  };
  const hide = (name) =>
    known.forEach((_, i) => {
      known[i] = presets[name][1](Math.floor(i / width), i % width) ? 0 : 1;
    });
  hide("lower");

  /** Paint along the line from a to b, both [x, y] in pixels of the picture. */
  function stroke([ax, ay], [bx, by]) {
    const long = (bx - ax) ** 2 + (by - ay) ** 2;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
        const t = long ? Math.min(1, Math.max(0, (px * (bx - ax) + py * (by - ay)) / long)) : 0;
        if (Math.hypot(px - t * (bx - ax), py - t * (by - ay)) <= state.radius)
          known[y * width + x] = state.erase ? 1 : 0;
      }
  }

  // --- the network: planes of the picture (0, grey, in the hole), one of the mask, and one for each
  // number of z
  function fillWith(seed) {
    const planes = new Float32Array(bytes + (1 + d) * size),
      shown = picture();
    for (let i = 0; i < bytes; i++) planes[i] = known[i % size] ? shown[i] / 127.5 - 1 : 0;
    planes.set(known, bytes);
    random(seed)
      .normal(d)
      .forEach((v, k) => planes.fill(v, bytes + (1 + k) * size, bytes + (2 + k) * size));
    return toInk(network(planes));
  }

  // --- pictures ----------------------------------------------------------------------------------
  /** The border of the hole, as a line between pixels. */
  function border(ctx, scale, colour, thick) {
    const line = (y0, x0, y1, x1) => {
      ctx.moveTo(x0 * scale, y0 * scale);
      ctx.lineTo(x1 * scale, y1 * scale);
    };
    const at = (y, x) => (y < 0 || x < 0 || y >= height || x >= width ? 1 : known[y * width + x]);
    ctx.strokeStyle = colour;
    ctx.lineWidth = thick;
    ctx.beginPath();
    for (let y = 0; y <= height; y++)
      for (let x = 0; x <= width; x++) {
        if (at(y, x) !== at(y - 1, x)) line(y, x, y, x + 1);
        if (at(y, x) !== at(y, x - 1)) line(y, x, y + 1, x);
      }
    ctx.stroke();
  }
  const left = surface(width * zoom, height * zoom, (ctx, w, h) => {
    sheet(ctx, picture(), [height, width], 1, zoom, channels);
    ctx.fillStyle = "#F4B183"; // the light orange of D's map: what is generated
    known.forEach(
      (k, i) =>
        k || ctx.fillRect((i % width) * zoom, Math.floor(i / width) * zoom, zoom + 0.5, zoom + 0.5),
    );
    if (!state.cursor) return;
    ctx.strokeStyle = "#222";
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.arc(state.cursor[0] * zoom, state.cursor[1] * zoom, state.radius * zoom, 0, 7);
    ctx.stroke();
  });
  const right = surface(width * zoom, height * zoom, (ctx) => {
    sheet(ctx, state.truth ? picture() : fill, [height, width], 1, zoom, channels);
    border(ctx, zoom, COLOURS.fake, 2);
  });
  const cell = width * small + 6;
  const others = surface(VARIANTS * cell, height * small + 4, (ctx, w, h, ink, pictures) => {
    pictures.forEach((pixels, i) => {
      ctx.save();
      ctx.translate(i * cell + 2, 2);
      sheet(ctx, pixels, [height, width], 1, small, channels);
      border(ctx, small, COLOURS.fake, 1);
      ctx.restore();
    });
  });
  const caption = el("div", { class: "gan-caption", "aria-live": "polite" });
  const otherCaption = el("div", { class: "gan-caption" });
  const leftCaption = el(
    "div",
    { class: "gan-caption" },
    "What the network sees. Paint on it; or move the brush with the arrow keys and paint with " +
      "the space bar.",
  );

  let turn = 0,
    variants = null;
  async function drawOthers() {
    const mine = ++turn,
      pictures = [];
    for (let k = 0; k < VARIANTS; k++) {
      await new Promise((next) => setTimeout(next));
      if (mine !== turn) return; // a newer picture was asked for
      pictures.push(fillWith(1000 + k));
    }
    variants = pictures;
    others.draw(pictures);
    const hidden = known.reduce((sum, k) => sum + 1 - k, 0);
    const between = pictures.map(
      (p) =>
        p.reduce((sum, v, i) => sum + Math.abs(v - pictures[0][i]) / 255, 0) /
        Math.max(1, channels * hidden),
    );
    const mean = between.slice(1).reduce((a, b) => a + b, 0) / (VARIANTS - 1);
    const percent = (100 * mean).toFixed(1);
    otherCaption.textContent = `Five other z: a hidden pixel differs by ${percent} % of the way from dark to bright.`;
    others.describe(otherCaption.textContent);
  }
  const refresh = ui.coalesce(async () => {
    if (network) {
      const started = performance.now();
      fill = fillWith(state.seed);
      milliseconds = performance.now() - started;
    }
    left.draw();
    right.draw();
    let hidden = 0,
      changed = 0,
      off = 0;
    const shown = picture();
    for (let i = 0; i < size; i++) {
      let gap = 0; // between 0 and 1, over the channels
      for (let at = i; at < bytes; at += size)
        gap += Math.abs(fill[at] - shown[at]) / 255 / channels;
      if (known[i]) changed += Number(gap > 0);
      else {
        hidden++;
        off += gap;
      }
    }
    const error = hidden ? `; off by ${((100 * off) / hidden).toFixed(1)} % a hidden pixel` : "";
    caption.textContent =
      `${state.truth ? "The true picture" : "The fill"}: ` +
      `${hidden} of ${size} pixels hidden${error}. ` +
      `Of the ${size - hidden} known pixels ${changed} ${changed === 1 ? "differs" : "differ"}.`;
    left.describe(
      `Picture ${state.picture + 1} of ${count} with ${hidden} of ${size} pixels painted over`,
    );
    right.describe(caption.textContent);
    root.dataset.values = JSON.stringify({
      picture: state.picture,
      seed: state.seed,
      hidden,
      changed,
      milliseconds,
    });
    right.node.dataset.frame = String(++frames);
    right.node.dataset.ms = milliseconds.toFixed(2);
    if (network) drawOthers().catch(ui.fail);
  });

  // --- painting with the pointer, or with the keys -----------------------------------------------
  let last = null;
  const place = (event) => {
    const box = left.node.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * width,
      ((event.clientY - box.top) / box.height) * height,
    ];
  };
  const paint = (event) => {
    state.cursor = place(event);
    if (last && event.buttons & 1) {
      stroke(last, state.cursor);
      last = state.cursor;
      refresh();
    } else left.draw();
  };
  left.node.addEventListener("pointerdown", (event) => {
    if (!(event.buttons & 1)) return;
    left.node.setPointerCapture(event.pointerId);
    last = place(event);
    paint(event);
  });
  left.node.addEventListener("pointermove", paint);
  left.node.addEventListener("pointerup", () => {
    last = null;
  });
  left.node.addEventListener("pointerleave", () => {
    state.cursor = null;
    last = null;
    left.draw();
  });
  left.node.addEventListener("keydown", (event) => {
    const step = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      " ": [0, 0],
    }[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = state.cursor || [width / 2, height / 2];
    state.cursor = [
      Math.min(width, Math.max(0, x + step[0])),
      Math.min(height, Math.max(0, y + step[1])),
    ];
    if (event.key === " ") {
      stroke(state.cursor, state.cursor);
      refresh();
    } else left.draw();
  });
  Object.assign(left.node.style, { cursor: "crosshair", touchAction: "none" });
  left.node.tabIndex = 0;
  left.node.setAttribute("role", "application");

  // --- controls ----------------------------------------------------------------------------------
  const choices = el("div", {
    class: "gan-row gan-labels",
    role: "group",
    "aria-label": "picture",
  });
  config.names.forEach((name, k) =>
    choices.append(
      button(name, `Take this picture, number ${k + 1}`, () => {
        state.picture = k;
        press();
        refresh();
      }),
    ),
  );
  const press = () =>
    Array.from(choices.children).forEach((node, k) =>
      node.setAttribute("aria-pressed", String(k === state.picture)),
    );
  press();
  const radius = slider({
    label: "brush radius",
    low: 1,
    high: 6,
    step: 0.5,
    value: state.radius,
    tip: "In pixels of the picture",
    change: (v) => {
      state.radius = v;
    },
  });
  const tick = (label, tip, change) =>
    el(
      "label",
      { class: "gan-check", title: tip },
      el("input", { type: "checkbox", onchange: (event) => change(event.target.checked) }),
      label,
    );
  const seed = slider({
    label: "z: seed",
    low: 0,
    high: 99,
    step: 1,
    value: state.seed,
    tip: "The random numbers that the network gets beside the picture",
    change: (v) => {
      state.seed = v;
      refresh();
    },
  });
  const controls = el(
    "div",
    { class: "gan-controls" },
    el(
      "div",
      { class: "gan-row" },
      ...Object.entries(presets).map(([key, [name]]) =>
        button(name, `Hide ${name}`, () => {
          hide(key);
          refresh();
        }),
      ),
    ),
    radius.node,
    el(
      "div",
      { class: "gan-row" },
      tick("uncover", "The brush uncovers in place of hiding", (on) => {
        state.erase = on;
      }),
      tick("show the true picture", "What was under the paint", (on) => {
        state.truth = on;
        refresh();
      }),
    ),
    seed.node,
  );
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    choices,
    el(
      "div",
      { class: "gan-pair" },
      el("figure", {}, left.node, leftCaption),
      el("figure", {}, right.node, caption),
    ),
    controls,
    el("div", { class: "gan-strip" }, others.node, otherCaption),
  );
  for (const node of [leftCaption, caption]) node.style.maxWidth = "280px";
  others.node.parentElement.style.cursor = "default";
  ui.redraw = () => {
    left.draw();
    right.draw();
    if (variants) others.draw(variants);
  };

  // --- the first fill is stored with the notebook; painting needs the network --------------------
  ui.note("The brush waits for the network. In a notebook that is not running, run this cell.");
  left.node.inert = controls.inert = choices.inert = true;
  refresh();
  (async () => {
    const found =
      (await host.generator?.(config.name)) || (host.ask && (await host.ask("weights")));
    if (!found)
      return ui.note("The brush needs the notebook with its kernel. The picture is the first one.");
    network = found.program
      ? compile(found.program, bytesOf(found.weights))
      : compile(found.content, found.bytes);
    left.node.inert = controls.inert = choices.inert = false;
    ui.note(null);
    refresh();
  })().catch(ui.fail);
  return ui.close;
}

export default widget(brush);
