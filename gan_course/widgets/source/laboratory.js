// @ts-check
// The training laboratory: a GAN in the plane, trained by the kernel while one looks on. Each
// picture asks for the next few steps, so a pause is heard within one picture, and the kernel
// serves other cells in between.

import { widget } from "./main.js";
import { drawLosses, drawPlane, snapshot } from "./scene.js";
import { axes, button, COLOURS, choice, el, frame, legend, slider, surface } from "./ui.js";

function laboratory(root, config, data, host) {
  const ui = frame(root, config.title);
  const settings = { ...config.settings },
    layers = { map: true, real: true, fake: true, manifold: true, arrows: true };
  const past = { step: [], d: [], g: [] },
    scores = { step: [], modes: [], quality: [], kl: [] };
  let shot = null,
    real = Float32Array.from(config.first.real),
    about = config.first,
    playing = false,
    frames = 0,
    began = 0,
    drawn = 0;

  const scene = surface(470, 470, (ctx, w, h, ink) =>
    drawPlane(ctx, [50, 30, 400, 400], about.limit, ink, {
      ...shot,
      size: config.size,
      real,
      layers,
      title: "data (blue), generated (orange), D's map",
    }),
  );
  const chart = surface(376, 210, (ctx, w, h, ink) => {
    const keep = { ...past, reference: settings.loss === "non-saturating" };
    drawLosses(ctx, [56, 40, 300, 120], keep, Infinity, about.step, ink);
  });
  const tally = surface(376, 210, (ctx, w, h, ink) => {
    const a = axes(ctx, [56, 40, 300, 120], [0, Math.max(1, about.step)], [0, 1], ink, {
      title: "coverage",
      xlabel: "generator step",
      ylabel: "share",
    });
    if (scores.step.length < 2) return;
    a.line(
      scores.step,
      scores.modes.map((m) => m / about.of),
      COLOURS.real,
    );
    a.line(scores.step, scores.quality, COLOURS.green);
    a.line(
      scores.step,
      scores.kl.map((k) => k / Math.log(about.of)),
      COLOURS.purple,
      { dash: [5, 3] },
    );
    legend(
      ctx,
      126,
      28,
      [
        ["modes", COLOURS.real],
        ["quality", COLOURS.green],
        ["KL / log K", COLOURS.purple, true],
      ],
      ink,
    );
  });
  const caption = el("div", { class: "gan-caption", "aria-live": "off" });

  function show({ content, bytes }) {
    about = content;
    shot = snapshot(content.parts, bytes, 0);
    const lines = [],
      n = 2 * content.along;
    for (let i = 0; i < shot.manifold.length; i += n) lines.push(shot.manifold.subarray(i, i + n));
    shot.manifold = lines;
    if (content.real) real = Float32Array.from(content.real);
    for (const key of ["step", "d", "g"]) past[key].push(...content.losses[key]);
    if (past.step.length > 1200)
      // thin out the past: a chart has some 300 pixels
      for (const key of ["step", "d", "g"]) past[key] = past[key].filter((_, i) => i % 2);
    if (content.of) {
      for (const key of Object.keys(scores)) scores[key].push(content[key]);
      if (scores.step.length > 1200)
        for (const key of Object.keys(scores)) scores[key] = scores[key].filter((_, i) => i % 2);
    }
    paint();
  }
  function paint() {
    if (!shot) return;
    scene.draw();
    tally.node.hidden = !about.of;
    if (!playing || frames % 4 === 0) {
      // the charts change slowly, and cost as much as the scene
      chart.draw();
      if (about.of) tally.draw();
    }
    const count = about.of
      ? `${about.modes} of ${about.of} modes, ` +
        `${(100 * about.quality).toFixed(1)} % high quality, KL ${about.kl.toFixed(2)}`
      : "no modes to count";
    const speed =
      playing && drawn > 3
        ? `; ${((1000 * drawn) / (performance.now() - began)).toFixed(0)} pictures a second`
        : "";
    caption.textContent = `step ${about.step.toLocaleString("en")}: ${count}${speed}`;
    scene.describe(`Samples of the generator on the discriminator's map, ${caption.textContent}`);
    const k = past.step.length - 1;
    chart.describe(
      k < 0
        ? "Losses, none yet"
        : `Losses at step ${past.step[k]}: D ${past.d[k].toFixed(3)}, G ${past.g[k].toFixed(3)}`,
    );
    tally.describe(`Coverage: ${count}`);
    scene.node.dataset.frame = String(++frames);
  }
  const forget = () =>
    [past, scores].forEach((book) =>
      Object.keys(book).forEach((key) => {
        book[key] = [];
      }),
    );

  // one request at a time; what the reader changes while one is under way goes with the next
  /** @type {Promise<any>} */
  let queue = Promise.resolve();
  function ask(name, content) {
    queue = queue.then(async () => {
      const answer = await host.ask(name, content);
      ui.fail(null);
      return answer;
    });
    return queue;
  }
  async function act(name, content = {}) {
    try {
      show(await ask(name, { ...content, settings }));
    } catch (error) {
      pause();
      queue = Promise.resolve();
      ui.fail(error);
    }
  }
  // while playing, two requests are under way: the kernel works on one while the other travels or
  // is drawn
  let era = 0,
    runs = 0; // answers from before a reset are not shown; of two runs the later asks on
  async function run() {
    const mine = era,
      number = ++runs,
      next = () => host.ask("advance", { settings, steps: speed.value });
    const flight = [next(), next()];
    try {
      while (flight.length) {
        const answer = await flight.shift();
        if (mine !== era) continue;
        if (playing && number === runs && root.isConnected) flight.push(next());
        show(answer);
        drawn++;
        await new Promise(requestAnimationFrame);
      }
    } catch (error) {
      flight.forEach((request) => request.catch(() => {})); // they fail for the same reason
      pause();
      ui.fail(error);
    }
  }
  function pause() {
    playing = false;
    play.textContent = "▶ Play";
    root.dataset.playing = "false";
  }
  const play = button("▶ Play", "Train, a few steps a picture", () => {
    if (playing) {
      pause();
      return paint();
    }
    ui.fail(null);
    playing = true;
    root.dataset.playing = "true";
    play.textContent = "❚❚ Pause";
    began = performance.now();
    drawn = 0;
    run();
  });

  const { options } = config;
  const pick = (key, label, tip, fresh) =>
    choice(
      label,
      options[key],
      settings[key],
      (value) => {
        settings[key] = value;
        if (fresh) restart();
      },
      tip,
    ).node;
  const rate = (key, label) =>
    slider({
      label,
      low: -5,
      high: -2,
      step: 0.1,
      value: Math.log10(settings[key]),
      tip: "Adam's learning rate; takes effect at once",
      format: (v) => (10 ** v).toExponential(1).replace("-", "−"),
      change: (v) => {
        settings[key] = 10 ** v;
      },
    });
  const restart = () => {
    era++;
    pause();
    forget();
    act("reset");
  };
  const ratio = slider({
    label: "D steps per G step",
    low: 1,
    high: 5,
    step: 1,
    value: settings.d_steps,
    tip: "How often D moves before G does",
    change: (v) => {
      settings.d_steps = v;
    },
  });
  const speed = slider({
    label: "G steps a picture",
    low: 1,
    high: 30,
    step: 1,
    value: 5,
    tip: "Faster training, fewer pictures",
  });
  const check = (key, label) => {
    const box = el("input", {
      type: "checkbox",
      checked: true,
      onchange: (e) => {
        layers[key] = e.target.checked;
        paint();
      },
    });
    return el("label", { class: "gan-check" }, box, label);
  };
  const controls = el(
    "div",
    { class: "gan-controls" },
    el(
      "div",
      { class: "gan-row" },
      play,
      button("D step", "One step of the discriminator alone", () => {
        pause();
        act("d_step");
      }),
      button("G step", "One step of the generator alone", () => {
        pause();
        act("g_step");
      }),
      button("Reset", "New networks, from the seed", restart),
    ),
    pick("data", "data", "What G has to imitate; starts anew", true),
    pick("loss", "loss", "What both players minimise; takes effect at once"),
    pick(
      "penalty",
      "penalty",
      "A term of D's loss, or clipping of its weights; takes effect at once",
    ),
    rate("lr_d", "learning rate of D").node,
    rate("lr_g", "learning rate of G").node,
    ratio.node,
    speed.node,
    slider({
      label: "seed",
      low: 0,
      high: 20,
      step: 1,
      value: settings.seed,
      tip: "Another start of both networks; starts anew",
      change: (v) => {
        settings.seed = v;
        restart();
      },
    }).node,
    el(
      "div",
      { class: "gan-row" },
      check("map", "D's map"),
      check("real", "data"),
      check("fake", "samples"),
      check("manifold", "G's sheet"),
      check("arrows", "arrows"),
    ),
  );
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    el("div", { class: "gan-split" }, el("figure", {}, scene.node, caption), controls),
    el("div", { class: "gan-pair" }, chart.node, tally.node),
  );
  ui.redraw = paint;
  show({ content: config.first, bytes: data });
  host.alive(ui, controls);
  return () => {
    pause();
    ui.close();
  };
}

export default widget(laboratory);
