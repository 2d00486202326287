// @ts-check
// A two-dimensional latent space and where G puts it: a point in the plane on the left, its image
// among the samples on the right.

import { compile } from "./generator.js";
import { widget } from "./main.js";
import { axes, COLOURS, el, frame, slider, surface } from "./ui.js";

// colours of modes, after Okabe and Ito
const MODES = [
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
  [86, 180, 233],
  [230, 159, 0],
  [240, 228, 66],
  [122, 81, 149],
];

function plane(root, config, data, host) {
  const ui = frame(root, config.title),
    { limit, real, z: start } = config;
  const G = compile(config.program, data),
    reach = 3;
  const state = { z: Float32Array.from(start) };
  let frames = 0;
  // images of straight lines of the latent plane: how G bends it
  const lines = [];
  for (let k = 0; k <= 16; k++)
    for (const across of [0, 1])
      lines.push(
        Array.from({ length: 81 }, (_, i) => {
          const at = [0, 0];
          at[across] = -reach + (2 * reach * k) / 16;
          at[1 - across] = -reach + (2 * reach * i) / 80;
          return Array.from(G(Float32Array.from(at)));
        }),
      );
  // the latent plane coloured by the mode that G(z) falls into, white where it is farther from a
  // centre than 3 deviations
  const SIDE = 120,
    territory = config.centres && new OffscreenCanvas(SIDE, SIDE);
  if (territory) {
    const picture = new ImageData(SIDE, SIDE);
    for (let i = 0; i < SIDE * SIDE; i++) {
      const [x, y] = G(
        Float32Array.of(
          -reach + (2 * reach * (i % SIDE)) / (SIDE - 1),
          reach - (2 * reach * Math.floor(i / SIDE)) / (SIDE - 1),
        ),
      );
      const away = config.centres.map(([a, b]) => Math.hypot(x - a, y - b)),
        k = away.indexOf(Math.min(...away));
      picture.data.set(
        away[k] <= config.near ? [...MODES[k % MODES.length], 255] : [255, 255, 255, 255],
        4 * i,
      );
    }
    territory.getContext("2d").putImageData(picture, 0, 0);
  }
  const left = surface(320, 340, (ctx, w, h, ink) => {
    const title = territory ? "the latent plane, by mode" : "the latent plane";
    const a = axes(ctx, [54, 30, 256, 256], [-reach, reach], [-reach, reach], ink, {
      title,
      xlabel: "z₁",
      ylabel: "z₂",
    });
    if (territory) a.clip(() => ctx.drawImage(territory, 54, 30, 256, 256));
    a.points(state.z, "#ffffff", 9, 1);
    a.points(state.z, "#222222", 6, 1);
  });
  const right = surface(320, 340, (ctx, w, h, ink) => {
    const a = axes(ctx, [54, 30, 256, 256], [-limit, limit], [-limit, limit], ink, {
      title: "its image among the data",
      xlabel: "x₁",
      ylabel: "x₂",
    });
    a.points(real, COLOURS.real, 2, 0.5);
    (config.centres || []).forEach((centre, k) =>
      a.points(centre, `rgb(${MODES[k % MODES.length]})`, 6, 1),
    );
    for (const line of lines)
      a.line(
        line.map((p) => p[0]),
        line.map((p) => p[1]),
        COLOURS.fake,
        { width: 0.7, alpha: 0.4 },
      );
    const x = G(state.z);
    a.points(x, "#ffffff", 9, 1);
    a.points(x, "#222222", 6, 1);
  });
  const caption = el("div", { class: "gan-caption" });
  const refresh = ui.coalesce(async () => {
    const x = G(state.z),
      say = (v) => Array.from(v, (u) => u.toFixed(2)).join(", ");
    left.draw();
    right.draw();
    left.describe(`The latent point (${say(state.z)})`);
    right.describe(`G takes it to (${say(x)}), among the data in blue`);
    caption.textContent = `z = (${say(state.z)})  →  G(z) = (${say(x)})`.replaceAll("-", "−");
    right.node.dataset.frame = String(++frames);
  });
  const sliders = [0, 1].map((i) =>
    slider({
      label: `z${"₁₂"[i]}`,
      low: -reach,
      high: reach,
      step: 0.05,
      value: start[i],
      tip: "A coordinate of the latent point",
      change: (v) => {
        state.z[i] = v;
        refresh();
      },
    }),
  );
  const drag = (event) => {
    if (!(event.buttons & 1)) return;
    const box = left.node.getBoundingClientRect(),
      scale = 320 / box.width;
    const at = [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    state.z[0] = Math.min(reach, Math.max(-reach, -reach + ((at[0] - 54) / 256) * 2 * reach));
    state.z[1] = Math.min(reach, Math.max(-reach, reach - ((at[1] - 30) / 256) * 2 * reach));
    for (const [i, each] of sliders.entries()) each.set(state.z[i]);
    refresh();
  };
  left.node.addEventListener("pointerdown", (event) => {
    left.node.setPointerCapture(event.pointerId);
    drag(event);
  });
  left.node.addEventListener("pointermove", drag);
  left.node.style.cursor = "crosshair";
  left.node.style.touchAction = "none";
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    el("div", { class: "gan-pair" }, left.node, right.node),
    caption,
    el("div", { class: "gan-controls gan-wide" }, ...sliders.map((s) => s.node)),
  );
  ui.redraw = refresh;
  refresh();
  return ui.close;
}

export default widget(plane);
