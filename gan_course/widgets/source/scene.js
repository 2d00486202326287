// @ts-check
// What the time machine and the laboratory draw: snapshots unpacked, the plane, the losses, meters.

import { axes, COLOURS, legend } from "./ui.js";

/**
 * The arrays of snapshot k. parts: [name, type, count, scale] in the order in which packing.py
 * wrote them.
 */
export function snapshot(parts, data, k) {
  const sizes = { u1: 1, i2: 2, f4: 4 },
    found = {};
  let at = k * parts.reduce((sum, [, type, count]) => sum + sizes[type] * count, 0);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (const [name, type, count, scale] of parts) {
    const read = {
      u1: (i) => view.getUint8(at + i),
      i2: (i) => view.getInt16(at + 2 * i, true),
      f4: (i) => view.getFloat32(at + 4 * i, true),
    }[type];
    found[name] = Float32Array.from({ length: count }, (_, i) => scale * read(i));
    at += sizes[type] * count;
  }
  return found;
}

/** What zlib packed, unpacked. */
export async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * D's map, data, samples, G's sheet and arrows in one square; used by the time machine and by the
 * laboratory.
 */
export function drawPlane(
  ctx,
  box,
  limit,
  ink,
  { map, size, real, centres, fake, arrows, manifold, title, layers = {} },
) {
  const a = axes(ctx, box, [-limit, limit], [-limit, limit], ink, {
    title,
    xlabel: "x₁",
    ylabel: "x₂",
    grid: !map,
  });
  const on = (name) => layers[name] !== false;
  if (map && on("map")) a.heat(map, size);
  if (manifold && on("manifold"))
    for (const line of manifold) {
      const xs = [],
        ys = [];
      for (let i = 0; i < line.length; i += 2) {
        xs.push(line[i]);
        ys.push(line[i + 1]);
      }
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
      // on the map, which has the same colours in every theme
      ctx.strokeStyle = ctx.fillStyle = "#222";
      ctx.lineWidth = 1.4;
      const n = arrows.length / 4; // x, y of the tail, then of the arrow
      let mean = 0;
      for (let i = 0; i < n; i++) mean += Math.hypot(arrows[4 * i + 2], arrows[4 * i + 3]) / n;
      for (let i = 0; i < n; i++) {
        const [x, y, dx, dy] = arrows.slice(4 * i, 4 * i + 4),
          size = Math.hypot(dx, dy) || 1;
        const length = Math.min(60, (26 * size) / (mean || 1)),
          scale = length / size; // a mean arrow has 26 pixels
        if (length < 2) continue;
        const from = [a.X(x), a.Y(y)],
          to = [from[0] + dx * scale, from[1] - dy * scale];
        const turn = Math.atan2(to[1] - from[1], to[0] - from[0]),
          head = Math.min(6, 0.4 * length);
        ctx.beginPath();
        ctx.moveTo(...from);
        ctx.lineTo(...to);
        ctx.stroke();
        ctx.beginPath();
        ctx.moveTo(...to);
        for (const side of [0.45, -0.45])
          ctx.lineTo(to[0] - head * Math.cos(turn + side), to[1] - head * Math.sin(turn + side));
        ctx.fill();
      }
    });
}

/** Both losses over the steps; those after `now` are pale. losses: {step, d, g}. */
export function drawLosses(ctx, box, losses, now, last, ink) {
  const upTo = losses.step.filter((s) => s <= now).length;
  const seen = losses.step
    .flatMap((s, i) => [losses.d[i], losses.g[i]])
    .filter(Number.isFinite)
    .sort((p, q) => p - q);
  const most = Math.max(1.6, seen.length ? 1.1 * seen[Math.floor(0.99 * (seen.length - 1))] : 0);
  const least = Math.min(0, seen.length ? seen[Math.floor(0.01 * seen.length)] : 0);
  const a = axes(ctx, box, [0, Math.max(1, last)], [least, most], ink, {
    title: "losses",
    xlabel: "generator step",
    ylabel: "nats",
  });
  if (losses.reference) {
    a.level(Math.log(4), COLOURS.grey, "log 4");
    a.level(Math.log(2), COLOURS.grey, "log 2");
  }
  for (const [values, colour] of [
    [losses.d, ink],
    [losses.g, COLOURS.fake],
  ]) {
    a.line(losses.step, values, colour, { width: 1.2, alpha: 0.2 });
    if (upTo > 1) a.line(losses.step.slice(0, upTo), values.slice(0, upTo), colour, { width: 1.7 });
  }
  legend(
    ctx,
    box[0] + 60,
    box[1] - 12,
    [
      ["discriminator", ink],
      ["generator", COLOURS.fake],
    ],
    ink,
  );
}

/**
 * A table of coloured cells: orange above the band ("worse"), purple below it, grey inside. values:
 * row after row.
 */
export function drawMeters(ctx, [left, top, width, height], { rows, columns, band }, values, ink) {
  const w = width / columns.length,
    h = height / rows.length;
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
      const value = values[i * columns.length + j],
        strong = Math.min(1, Math.abs(value) / (10 * band));
      const inside = Math.abs(value) <= band;
      ctx.globalAlpha = inside ? 0.15 : 0.35 + 0.65 * strong;
      ctx.fillStyle = inside ? COLOURS.grey : value > 0 ? COLOURS.fake : COLOURS.purple;
      ctx.fillRect(left + j * w + 1, top + i * h + 1, w - 2, h - 2);
      ctx.globalAlpha = 1;
      ctx.fillStyle = !inside && strong > 0.55 ? "#fff" : ink;
      ctx.textAlign = "center";
      ctx.fillText(
        (value > 0 ? "+" : value < 0 ? "−" : "") +
          Math.abs(value).toFixed(Math.abs(value) < 10 ? 1 : 0),
        left + (j + 0.5) * w,
        top + (i + 0.5) * h,
      );
    }
  }
}
