// @ts-check
// The time machine: scrub through the snapshots of a finished run, beside its losses up to that
// point.

import { widget } from "./main.js";
import { drawLosses, drawMeters, drawPlane, inflate, snapshot } from "./scene.js";
import { axes, COLOURS, el, frame, legend, player, sheet, slider, surface } from "./ui.js";

function timemachine(root, config, data, host) {
  const ui = frame(root, config.title),
    { steps, parts, view, losses, meters } = config;
  const named = (k) => (config.unit || "step {}").replace("{}", steps[k].toLocaleString("en"));
  const last = steps.length - 1;
  let frames = 0,
    now = last;

  const painters = {
    /** A sheet of pictures. */
    images: () => {
      const [height, width] = config.shape,
        rows = Math.ceil(config.count / config.columns);
      const zoom = Math.min(2, 560 / (config.columns * (width + 1)));
      return surface(
        config.columns * (width + 1) * zoom,
        rows * (height + 1) * zoom,
        (ctx, w, h, ink, shot) =>
          sheet(ctx, shot.images, config.shape, config.columns, zoom, config.channels),
      );
    },
    /** Samples in the plane on D's map. */
    plane: () =>
      surface(420, 420, (ctx, w, h, ink, shot) =>
        drawPlane(ctx, [50, 30, 350, 350], config.limit, ink, {
          ...shot,
          size: config.size,
          real: config.real,
          centres: config.centres,
          title: "samples on D's map",
        }),
      ),
    /** Densities above, discriminator below. */
    line: () =>
      surface(420, 420, (ctx, w, h, ink, shot) => {
        const { x, p } = config,
          [low, high] = [x[0], x[x.length - 1]];
        const above = axes(ctx, [50, 30, 360, 150], [low, high], [0, config.top], ink, {
          title: "densities",
          xlabel: "",
          ylabel: "density",
        });
        above.line(x, p, COLOURS.real, { fill: true });
        above.line(x, Array.from(shot.q), COLOURS.fake, { fill: true });
        legend(
          ctx,
          196,
          18,
          [
            ["data p", COLOURS.real],
            ["generated q", COLOURS.fake],
          ],
          ink,
        );
        const below = axes(ctx, [50, 226, 360, 150], [low, high], [0, 1], ink, {
          title: "discriminator",
          xlabel: "x",
          ylabel: "D(x)",
        });
        const total = p.map((v, i) => v + shot.q[i]),
          some = x.map((_, i) => i).filter((i) => total[i] > 1e-3);
        below.line(
          some.map((i) => x[i]),
          some.map((i) => p[i] / total[i]),
          COLOURS.green,
          { width: 4, alpha: 0.6 },
        );
        below.line(x, Array.from(shot.D), ink, { dash: [6, 4] });
        legend(
          ctx,
          196,
          214,
          [
            ["optimal D*", COLOURS.green],
            ["D", ink, true],
          ],
          ink,
        );
      }),
  };
  const picture = painters[view]();
  const chart =
    losses &&
    surface(330, 300, (ctx, w, h, ink) =>
      drawLosses(
        ctx,
        [56, 40, 256, 210],
        losses,
        steps[now],
        losses.step[losses.step.length - 1],
        ink,
      ),
    );
  const table =
    meters &&
    surface(
      110 + 62 * meters.columns.length,
      40 + 24 * meters.rows.length,
      (ctx, w, h, ink, shot) =>
        drawMeters(ctx, [110, 30, w - 114, h - 36], meters, shot.meters, ink),
    );
  const caption = el("div", { class: "gan-caption", "aria-live": "polite" });
  const unpacked = inflate(data);
  const refresh = ui.coalesce(async () => {
    const shot = snapshot(parts, await unpacked, now);
    picture.draw(shot);
    chart?.draw();
    table?.draw(shot);
    const upTo = losses ? losses.step.filter((s) => s <= steps[now]).length - 1 : -1;
    const numbers =
      upTo >= 0
        ? `; loss of D ${losses.d[upTo].toFixed(3)}, of G ${losses.g[upTo].toFixed(3)}`
        : "";
    caption.textContent = `${config.caption || ""} ${named(now)}${numbers}`
      .trim()
      .replaceAll("-", "−");
    picture.describe(`${config.title}, ${caption.textContent}`);
    table?.describe(
      `${meters.columns.join(", ")} in columns, ` +
        `${meters.rows.join(", ")} in rows, at ${named(now)}`,
    );
    chart?.describe(`Losses up to step ${steps[now]}${numbers}`);
    picture.node.dataset.frame = String(++frames);
  });
  const at = slider({
    label: "snapshot",
    low: 0,
    high: last,
    step: 1,
    value: last,
    tip: config.unit ? "" : "Left is the start of training, right its end",
    format: named,
    change: (k) => {
      now = k;
      refresh();
    },
  });
  // one width for all texts keeps the slider from changing its own
  const longest = Math.max(...steps.map((_, k) => named(k).length));
  at.node.querySelector("output").style.minWidth =
    `max(6.5em, min(${(0.55 * longest).toFixed(1)}em, 100vw - 15.5em))`; // a phone has less
  const play = player("Play from the start, or go on", 200, (stop) => {
    if (now >= last) return stop();
    at.set(++now);
    refresh();
  });
  play.node.addEventListener(
    "click",
    () => {
      if (now < last) return;
      now = 0;
      at.set(0);
      refresh();
    },
    {
      capture: true,
    },
  );
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    el("div", { class: "gan-row" }, play.node, at.node),
    el("div", { class: "gan-pair" }, picture.node, chart?.node, table?.node),
    caption,
  );
  ui.redraw = refresh;
  refresh();
  return () => {
    play.stop();
    ui.close();
  };
}

export default widget(timemachine);
