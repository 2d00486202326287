// The time machine: scrub through the snapshots of a finished run, beside its losses up to that point.

/** The arrays of snapshot k. parts: [name, type, count, scale] in the order in which gan_course/widgets.py wrote them. */
function snapshot(parts, data, k) {
  const sizes = { u1: 1, i2: 2, f4: 4 }, found = {};
  let at = k * parts.reduce((sum, [, type, count]) => sum + sizes[type] * count, 0);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (const [name, type, count, scale] of parts) {
    const read = { u1: (i) => view.getUint8(at + i), i2: (i) => view.getInt16(at + 2 * i, true), f4: (i) => view.getFloat32(at + 4 * i, true) }[type];
    found[name] = Float32Array.from({ length: count }, (_, i) => scale * read(i));
    at += sizes[type] * count;
  }
  return found;
}

/** What zlib packed, unpacked. */
async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** D's map, data, samples, G's sheet and arrows in one square; used by the time machine and by the laboratory. */
function drawPlane(ctx, box, limit, ink, { map, size, real, centres, fake, arrows, manifold, title, layers = {} }) {
  const a = axes(ctx, box, [-limit, limit], [-limit, limit], ink, { title, xlabel: "x₁", ylabel: "x₂", grid: !map });
  const on = (name) => layers[name] !== false;
  if (map && on("map")) a.heat(map, size);
  if (manifold && on("manifold"))
    for (const line of manifold) {
      const xs = [], ys = [];
      for (let i = 0; i < line.length; i += 2) xs.push(line[i]), ys.push(line[i + 1]);
      a.line(xs, ys, COLOURS.fake, { width: 0.8, alpha: 0.45 });
    }
  if (real && on("real")) a.points(real, COLOURS.real, 1.8, 0.6);
  if (centres)
    a.clip(() => {
      ctx.strokeStyle = COLOURS.real;
      ctx.lineWidth = 1.6;
      for (let i = 0; i < centres.length; i += 2) {
        ctx.beginPath();
        ctx.arc(a.X(centres[i]), a.Y(centres[i + 1]), 6, 0, 7);
        ctx.stroke();
      }
    });
  if (fake && on("fake")) a.points(fake, COLOURS.fake, 2.2, 0.75);
  if (arrows && on("arrows"))
    a.clip(() => {
      ctx.strokeStyle = ctx.fillStyle = "#222"; // on the map, which has the same colours in every theme
      ctx.lineWidth = 1.4;
      const n = arrows.length / 4; // x, y of the tail, then of the arrow
      let mean = 0;
      for (let i = 0; i < n; i++) mean += Math.hypot(arrows[4 * i + 2], arrows[4 * i + 3]) / n;
      for (let i = 0; i < n; i++) {
        const [x, y, dx, dy] = arrows.slice(4 * i, 4 * i + 4), size = Math.hypot(dx, dy) || 1;
        const length = Math.min(60, (26 * size) / (mean || 1)), scale = length / size; // a mean arrow has 26 pixels
        if (length < 2) continue;
        const from = [a.X(x), a.Y(y)], to = [from[0] + dx * scale, from[1] - dy * scale];
        const turn = Math.atan2(to[1] - from[1], to[0] - from[0]), head = Math.min(6, 0.4 * length);
        ctx.beginPath();
        ctx.moveTo(...from);
        ctx.lineTo(...to);
        ctx.stroke();
        ctx.beginPath();
        ctx.moveTo(...to);
        for (const side of [0.45, -0.45]) ctx.lineTo(to[0] - head * Math.cos(turn + side), to[1] - head * Math.sin(turn + side));
        ctx.fill();
      }
    });
}

/** Both losses over the steps; those after `now` are pale. losses: {step, d, g}. */
function drawLosses(ctx, box, losses, now, last, ink) {
  const upTo = losses.step.filter((s) => s <= now).length;
  const seen = losses.step.map((s, i) => [losses.d[i], losses.g[i]]).flat().filter(Number.isFinite).sort((p, q) => p - q);
  const most = Math.max(1.6, seen.length ? 1.1 * seen[Math.floor(0.99 * (seen.length - 1))] : 0);
  const least = Math.min(0, seen.length ? seen[Math.floor(0.01 * seen.length)] : 0);
  const a = axes(ctx, box, [0, Math.max(1, last)], [least, most], ink, { title: "losses", xlabel: "generator step", ylabel: "nats" });
  if (losses.reference) {
    a.level(Math.log(4), COLOURS.grey, "log 4");
    a.level(Math.log(2), COLOURS.grey, "log 2");
  }
  for (const [values, colour] of [[losses.d, ink], [losses.g, COLOURS.fake]]) {
    a.line(losses.step, values, colour, { width: 1.2, alpha: 0.2 });
    if (upTo > 1) a.line(losses.step.slice(0, upTo), values.slice(0, upTo), colour, { width: 1.7 });
  }
  legend(ctx, box[0] + 60, box[1] - 12, [["discriminator", ink], ["generator", COLOURS.fake]], ink);
}

/** A table of coloured cells: orange above the band ("worse"), purple below it, grey inside. values: row after row. */
function drawMeters(ctx, [left, top, width, height], { rows, columns, band }, values, ink) {
  const w = width / columns.length, h = height / rows.length;
  ctx.font = "12px sans-serif";
  ctx.textBaseline = "middle";
  for (const [j, name] of columns.entries()) {
    ctx.textAlign = "center";
    ctx.fillStyle = ink;
    ctx.fillText(name, left + (j + 0.5) * w, top - 10);
  }
  for (const [i, name] of rows.entries()) {
    ctx.textAlign = "right";
    ctx.fillStyle = ink;
    ctx.fillText(name, left - 8, top + (i + 0.5) * h);
    for (let j = 0; j < columns.length; j++) {
      const value = values[i * columns.length + j], strong = Math.min(1, Math.abs(value) / (10 * band));
      const inside = Math.abs(value) <= band;
      ctx.globalAlpha = inside ? 0.15 : 0.35 + 0.65 * strong;
      ctx.fillStyle = inside ? COLOURS.grey : value > 0 ? COLOURS.fake : COLOURS.purple;
      ctx.fillRect(left + j * w + 1, top + i * h + 1, w - 2, h - 2);
      ctx.globalAlpha = 1;
      ctx.fillStyle = !inside && strong > 0.55 ? "#fff" : ink;
      ctx.textAlign = "center";
      ctx.fillText((value > 0 ? "+" : value < 0 ? "−" : "") + Math.abs(value).toFixed(Math.abs(value) < 10 ? 1 : 0), left + (j + 0.5) * w, top + (i + 0.5) * h);
    }
  }
}

function timemachine(root, config, data, host) {
  const ui = frame(root, config.title), { steps, parts, view, losses, meters } = config;
  const named = (k) => (config.unit || "step {}").replace("{}", steps[k].toLocaleString("en"));
  const last = steps.length - 1;
  let frames = 0, now = last;

  const painters = {
    /** A sheet of pictures. */
    images: () => {
      const [height, width] = config.shape, rows = Math.ceil(config.count / config.columns);
      const zoom = Math.min(2, 560 / (config.columns * (width + 1)));
      return surface(config.columns * (width + 1) * zoom, rows * (height + 1) * zoom, (ctx, w, h, ink, shot) =>
        sheet(ctx, shot.images, config.shape, config.columns, zoom));
    },
    /** Samples in the plane on D's map. */
    plane: () => surface(420, 420, (ctx, w, h, ink, shot) =>
      drawPlane(ctx, [50, 30, 350, 350], config.limit, ink, { ...shot, size: config.size, real: config.real, centres: config.centres, title: "samples on D's map" })),
    /** Densities above, discriminator below. */
    line: () => surface(420, 420, (ctx, w, h, ink, shot) => {
      const { x, p } = config, [low, high] = [x[0], x[x.length - 1]];
      const above = axes(ctx, [50, 30, 360, 150], [low, high], [0, config.top], ink, { title: "densities", xlabel: "", ylabel: "density" });
      above.line(x, p, COLOURS.real, { fill: true });
      above.line(x, Array.from(shot.q), COLOURS.fake, { fill: true });
      legend(ctx, 196, 18, [["data p", COLOURS.real], ["generated q", COLOURS.fake]], ink);
      const below = axes(ctx, [50, 226, 360, 150], [low, high], [0, 1], ink, { title: "discriminator", xlabel: "x", ylabel: "D(x)" });
      const total = p.map((v, i) => v + shot.q[i]), some = x.map((_, i) => i).filter((i) => total[i] > 1e-3);
      below.line(some.map((i) => x[i]), some.map((i) => p[i] / total[i]), COLOURS.green, { width: 4, alpha: 0.6 });
      below.line(x, Array.from(shot.D), ink, { dash: [6, 4] });
      legend(ctx, 196, 214, [["optimal D*", COLOURS.green], ["D", ink, true]], ink);
    }),
  };
  const picture = painters[view]();
  const chart = losses && surface(330, 300, (ctx, w, h, ink) => drawLosses(ctx, [56, 40, 256, 210], losses, steps[now], losses.step[losses.step.length - 1], ink));
  const table = meters && surface(110 + 62 * meters.columns.length, 40 + 24 * meters.rows.length, (ctx, w, h, ink, shot) =>
    drawMeters(ctx, [110, 30, w - 114, h - 36], meters, shot.meters, ink));
  const caption = el("div", { class: "gan-caption", "aria-live": "polite" });
  const unpacked = inflate(data);
  const refresh = ui.coalesce(async () => {
    const shot = snapshot(parts, await unpacked, now);
    picture.draw(shot);
    chart?.draw();
    table?.draw(shot);
    const upTo = losses ? losses.step.filter((s) => s <= steps[now]).length - 1 : -1;
    const numbers = upTo >= 0 ? `; loss of D ${losses.d[upTo].toFixed(3)}, of G ${losses.g[upTo].toFixed(3)}` : "";
    caption.textContent = `${config.caption || ""} ${named(now)}${numbers}`.trim().replaceAll("-", "−");
    picture.describe(`${config.title}, ${caption.textContent}`);
    table?.describe(`${meters.columns.join(", ")} in columns, ${meters.rows.join(", ")} in rows, at ${named(now)}`);
    chart?.describe(`Losses up to step ${steps[now]}${numbers}`);
    picture.node.dataset.frame = ++frames;
  });
  const at = slider({
    label: "snapshot", low: 0, high: last, step: 1, value: last, tip: config.unit ? "" : "Left is the start of training, right its end",
    format: named, change: (k) => ((now = k), refresh()),
  });
  const longest = Math.max(...steps.map((_, k) => named(k).length)); // one width for all texts keeps the slider from changing its own
  at.node.querySelector("output").style.minWidth = `max(6.5em, min(${(0.55 * longest).toFixed(1)}em, 100vw - 15.5em))`; // a phone has less
  const play = player("Play from the start, or go on", 200, (stop) => {
    if (now >= last) return stop();
    at.set(++now);
    refresh();
  });
  play.node.addEventListener("click", () => now >= last && (at.set((now = 0)), refresh()), { capture: true });
  ui.body.append(el("div", { class: "gan-title" }, config.title), el("div", { class: "gan-row" }, play.node, at.node),
    el("div", { class: "gan-pair" }, picture.node, chart?.node, table?.node), caption);
  ui.redraw = refresh;
  refresh();
  return () => (play.stop(), ui.close());
}

KINDS.timemachine = timemachine;
