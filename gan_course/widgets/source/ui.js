// @ts-check
// What every widget is made of: elements, sliders, charts on a canvas, one error line.

export const COLOURS = {
  real: "#0072B2",
  fake: "#D55E00",
  green: "#009E73",
  purple: "#AA4499",
  grey: "#8A8A8A",
};
// D's map: orange where D says "generated", white at 1/2, blue where it says "real"; the stops of
// plots.DISC_MAP
const MAP = [
  [181, 74, 0],
  [244, 177, 131],
  [255, 255, 255],
  [140, 190, 224],
  [0, 86, 138],
];

/**
 * An element. Attributes that start with "on" are listeners; false and null leave an attribute out.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes
 * @param {...any} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

// ids are for labels; each widget of a page may run its own copy of this file
const page = Math.random().toString(36).slice(2);
let lastId = 0;

/**
 * A labelled range input. `set` moves it without calling `change`; `format` gives the
 * text of a value.
 * @param {{ label: string, low: number, high: number, step: number, value: number, tip?: string,
 *   change?: (value: number) => void, format?: (value: number) => string }} spec
 */
export function slider({ label, low, high, step, value, tip, change, format }) {
  const digits = Math.max(0, Math.ceil(-Math.log10(step)));
  const text = format || ((v) => v.toFixed(Number.isInteger(step) ? 0 : digits).replace("-", "−"));
  const id = `gan-slider-${page}-${++lastId}`;
  const input = el("input", { type: "range", id, min: low, max: high, step, value, title: tip });
  const output = el("output", { for: id });
  const show = () => {
    output.textContent = text(Number(input.value));
    input.setAttribute("aria-valuetext", output.textContent);
  };
  input.addEventListener("input", () => {
    show();
    change?.(Number(input.value));
  });
  show();
  return {
    node: el(
      "div",
      { class: "gan-slider" },
      el("label", { for: id, title: tip }, label),
      input,
      output,
    ),
    input,
    get value() {
      return Number(input.value);
    },
    set(v) {
      input.value = String(v);
      show();
    },
  };
}

export function button(label, tip, click) {
  return el("button", { type: "button", title: tip, onclick: click }, label);
}

/** One of a few: a <select> with its label. options: list of names, or of [value, text]. */
export function choice(label, options, value, change, tip) {
  const id = `gan-choice-${page}-${++lastId}`;
  const select = el("select", { id, title: tip, onchange: () => change(select.value) });
  for (const option of options) {
    const [key, text] = Array.isArray(option) ? option : [option, option];
    select.append(el("option", { value: key, selected: key === value }, text));
  }
  return {
    node: el("div", { class: "gan-choice" }, el("label", { for: id, title: tip }, label), select),
    select,
  };
}

/** Play and pause: calls `tick` every `interval` ms while playing. */
export function player(tip, interval, tick) {
  let timer = null;
  const node = button("▶ Play", tip, () => (timer ? stop() : start()));
  const start = () => {
    node.textContent = "❚❚ Pause";
    timer = setInterval(() => (node.isConnected ? tick(stop) : stop()), interval);
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    node.textContent = "▶ Play";
  };
  return { node, start, stop };
}

/**
 * The frame of a widget: `body` for its parts, `fail` shows an error in it, `note` a remark,
 * `redraw` runs when the theme changes.
 */
export function frame(root, name) {
  const body = el("div", { class: "gan-body" });
  const line = el("div", { class: "gan-error", role: "alert", hidden: true });
  const remark = el("div", { class: "gan-note", hidden: true });
  // JupyterLab would take the arrow keys for itself, once as shortcuts and once to scroll
  const quiet = {
    "data-lm-suppress-shortcuts": true,
    onkeydown: (event) => event.stopPropagation(),
  };
  root.append(
    el(
      "div",
      { class: "gan-widget", role: "group", "aria-label": name, ...quiet },
      body,
      remark,
      line,
    ),
  );
  const ui = {
    body,
    redraw: () => {},
    fail(error) {
      line.hidden = !error;
      line.textContent = error ? String(error.message || error) : "";
    },
    note(text) {
      remark.hidden = !text;
      remark.textContent = text || "";
    },
    /**
     * A function that runs `work`; a call while it runs is kept, and the latest state is drawn once
     * more at its end.
     */
    coalesce(work) {
      let running = false,
        again = false;
      return async function request() {
        again = true;
        if (running) return;
        running = true;
        try {
          while (again) {
            again = false;
            await work();
            ui.fail(null);
          }
        } catch (error) {
          ui.fail(error);
        } finally {
          running = false;
        }
      };
    },
  };
  const themes = new MutationObserver(() => ui.redraw());
  themes.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "data-mode"],
  });
  themes.observe(document.body, {
    attributes: true,
    attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"],
  });
  ui.close = () => themes.disconnect();
  return ui;
}

/**
 * A canvas of the given CSS size, sharp on any screen: `paint(ctx, width, height, ink)` draws in
 * CSS pixels.
 */
export function surface(width, height, paint) {
  const node = el("canvas", { class: "gan-canvas", role: "img" });
  node.style.width = `${width}px`;
  node.style.maxWidth = `min(100%, ${width}px)`;
  node.style.aspectRatio = `${width} / ${height}`;
  return {
    node,
    describe(text) {
      node.setAttribute("aria-label", text);
    },
    draw(...values) {
      // sharp where the page is narrow, too
      const scale = (window.devicePixelRatio || 1) * ((node.clientWidth || width) / width);
      node.width = Math.round(width * scale);
      node.height = Math.round(height * scale);
      const ctx = node.getContext("2d");
      ctx.scale(scale, scale);
      const ink = getComputedStyle(node).color || "#222";
      paint(ctx, width, height, ink, ...values);
    },
  };
}

function ticks(low, high, about = 5) {
  const raw = (high - low) / about,
    power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw);
  const found = [];
  for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + 1e-9 * step; v += step)
    found.push(Math.abs(v) < step / 1e6 ? 0 : v);
  return found;
}

/**
 * Axes in a box of the canvas; the result maps data to pixels and draws lines, areas, points. box:
 * [left, top, width, height].
 */
export function axes(
  ctx,
  box,
  [x0, x1],
  [y0, y1],
  ink,
  { title = "", xlabel = "", ylabel = "", grid = true } = {},
) {
  const [left, top, width, height] = box;
  const X = (x) => left + ((x - x0) / (x1 - x0)) * width,
    Y = (y) => top + height - ((y - y0) / (y1 - y0)) * height;
  ctx.lineWidth = 1;
  ctx.font = "12px system-ui, sans-serif";
  ctx.textBaseline = "middle";
  const write = (v) => String(Number(v.toPrecision(4))).replace("-", "−");
  const rule = (a, b, c, d, alpha) => {
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = ink;
    ctx.beginPath();
    ctx.moveTo(a, b);
    ctx.lineTo(c, d);
    ctx.stroke();
    ctx.globalAlpha = 1;
  };
  ctx.fillStyle = ink;
  ctx.textAlign = "center";
  for (const v of ticks(x0, x1, Math.max(2, width / 70))) {
    if (grid) rule(X(v), top, X(v), top + height, 0.12);
    ctx.fillText(write(v), X(v), top + height + 11);
  }
  ctx.textAlign = "right";
  for (const v of ticks(y0, y1, Math.max(2, height / 45))) {
    if (grid) rule(left, Y(v), left + width, Y(v), 0.12);
    ctx.fillText(write(v), left - 6, Y(v));
  }
  rule(left, top, left, top + height, 0.6);
  rule(left, top + height, left + width, top + height, 0.6);
  ctx.textAlign = "center";
  ctx.fillText(xlabel, left + width / 2, top + height + 28);
  ctx.save();
  ctx.translate(left - 44, top + height / 2);
  ctx.rotate(-Math.PI / 2);
  ctx.fillText(ylabel, 0, 0);
  ctx.restore();
  ctx.textAlign = "left";
  ctx.font = "bold 13px system-ui, sans-serif";
  ctx.fillText(title, left - 4, top - 12);
  ctx.font = "12px system-ui, sans-serif";
  const clip = (action) => {
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top - 1, width + 1, height + 2);
    ctx.clip();
    action();
    ctx.restore();
  };
  return {
    X,
    Y,
    clip,
    line(xs, ys, colour, { width: lineWidth = 2, dash = [], fill = false, alpha = 1 } = {}) {
      clip(() => {
        ctx.beginPath();
        xs.forEach((x, i) => ctx[i ? "lineTo" : "moveTo"](X(x), Y(ys[i])));
        ctx.strokeStyle = colour;
        ctx.lineWidth = lineWidth;
        ctx.setLineDash(dash);
        ctx.globalAlpha = alpha;
        ctx.stroke();
        if (fill) {
          ctx.lineTo(X(xs[xs.length - 1]), Y(Math.max(y0, 0)));
          ctx.lineTo(X(xs[0]), Y(Math.max(y0, 0)));
          ctx.fillStyle = colour;
          ctx.globalAlpha = 0.15;
          ctx.fill();
        }
      });
    },
    level(y, colour, text) {
      if (y < y0 || y > y1) return;
      clip(() => {
        ctx.setLineDash([2, 3]);
        ctx.strokeStyle = colour;
        ctx.beginPath();
        ctx.moveTo(left, Y(y));
        ctx.lineTo(left + width, Y(y));
        ctx.stroke();
      });
      ctx.fillStyle = colour;
      ctx.textAlign = "right";
      ctx.fillText(text, left + width, Y(y) - 8);
    },
    /** points: interleaved x, y. */
    points(points, colour, radius = 2, alpha = 0.5) {
      clip(() => {
        ctx.fillStyle = colour;
        ctx.globalAlpha = alpha;
        for (let i = 0; i < points.length; i += 2) {
          const [x, y] = [X(points[i]), Y(points[i + 1])];
          if (radius < 3)
            // looks the same, far cheaper
            ctx.fillRect(x - 0.85 * radius, y - 0.85 * radius, 1.7 * radius, 1.7 * radius);
          else {
            ctx.beginPath();
            ctx.arc(x, y, radius, 0, 7);
            ctx.fill();
          }
        }
      });
    },
    /** values: rows of bytes, 0 to 255 for D from 0 to 1, first row at the bottom. */
    heat(values, size) {
      const image = new ImageData(size, size);
      for (let i = 0; i < size * size; i++) {
        const v = (values[i] / 255) * 4,
          k = Math.min(3, Math.floor(v)),
          t = v - k;
        const at = 4 * ((size - 1 - Math.floor(i / size)) * size + (i % size));
        for (let c = 0; c < 3; c++)
          image.data[at + c] = MAP[k][c] + t * (MAP[k + 1][c] - MAP[k][c]);
        image.data[at + 3] = 255;
      }
      const small = new OffscreenCanvas(size, size);
      small.getContext("2d").putImageData(image, 0, 0);
      clip(() => {
        ctx.imageSmoothingEnabled = true;
        ctx.drawImage(small, left, top, width, height);
      });
    },
  };
}

/** Coloured names in a row, from x on. entries: [text, colour, dashed]. */
export function legend(ctx, x, y, entries, ink) {
  ctx.font = "12px system-ui, sans-serif";
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const [text, colour, dash] of entries) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 3;
    ctx.setLineDash(dash ? [5, 3] : []);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + 18, y);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.fillStyle = ink;
    ctx.fillText(text, x + 23, y);
    x += 23 + ctx.measureText(text).width + 16;
  }
}

/**
 * Pictures of one size side by side in a canvas, one pixel apart. pixels: bytes; with one channel
 * from 0, paper, to 255, ink; with three a plane for red, green and blue each, 255 bright.
 */
export function sheet(ctx, pixels, [height, width], columns, zoom, channels = 1) {
  const size = height * width,
    count = pixels.length / (channels * size),
    rows = Math.ceil(count / columns);
  const wide = columns * (width + 1) - 1,
    high = rows * (height + 1) - 1;
  const image = new ImageData(wide, high);
  for (let n = 0; n < count; n++) {
    const top = Math.floor(n / columns) * (height + 1),
      left = (n % columns) * (width + 1);
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = 4 * ((top + y) * wide + left + x),
          from = n * channels * size + y * width + x;
        for (let c = 0; c < 3; c++)
          image.data[at + c] = channels === 1 ? 255 - pixels[from] : pixels[from + c * size];
        image.data[at + 3] = 255;
      }
  }
  const small = new OffscreenCanvas(wide, high);
  small.getContext("2d").putImageData(image, 0, 0);
  ctx.imageSmoothingEnabled = false;
  ctx.drawImage(small, 0, 0, wide * zoom, high * zoom);
}

/**
 * Random numbers from a seed: the same ones in every browser. normal(n): n draws from N(0, 1), by
 * Box and Muller.
 */
export function random(seed) {
  let a = (seed * 2654435761 + 1) >>> 0;
  const uniform = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    normal: (n) =>
      Float32Array.from(
        { length: n },
        () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
      ),
  };
}
