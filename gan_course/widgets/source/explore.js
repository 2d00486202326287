// @ts-check
// Sliders whose picture the kernel draws: for anything that the other widgets do not know.

import { widget } from "./main.js";
import { el, frame, slider } from "./ui.js";

function explore(root, config, data, host) {
  const ui = frame(root, config.title);
  const picture = el("img", { class: "gan-canvas", alt: "" });
  let frames = 0,
    address = null;
  const values = () =>
    Object.fromEntries(config.sliders.map(({ name }, i) => [name, sliders[i].value]));
  function show(bytes) {
    const old = address;
    address = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
    picture.onload = () => {
      URL.revokeObjectURL(old);
      picture.dataset.frame = String(++frames);
    };
    picture.src = address;
    const settings = config.sliders.map(({ label }, i) => `${label} ${sliders[i].value}`);
    picture.alt = `${config.title}: ${settings.join(", ")}`;
    // a PNG's width stands at byte 16
    picture.style.width = `${new DataView(bytes.buffer, bytes.byteOffset).getUint32(16)}px`;
  }
  const refresh = ui.coalesce(async () => {
    if (host.ask) show((await host.ask("draw", values())).bytes);
  });
  const sliders = config.sliders.map((s) => slider({ ...s, tip: s.label, change: refresh }));
  const controls = el("div", { class: "gan-controls gan-wide" }, ...sliders.map((s) => s.node));
  ui.body.append(controls, picture);
  show(data);
  host.alive(ui, controls);
  return ui.close;
}

export default widget(explore);
