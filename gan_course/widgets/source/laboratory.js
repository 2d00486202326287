// @ts-check
// The training laboratory: a GAN in the plane, trained while one looks on, by a worker of this page
// or by the kernel (trainer.js). Each picture asks for the next few steps, so a pause is heard
// within one picture.

import { LOSSES, PENALTIES } from "./game.js";
import { widget } from "./main.js";
import { drawLosses, drawPlane } from "./scene.js";
import { DATA, OWN } from "./toys.js";
import { inTheKernel, inThisPage, unpacked } from "./trainer.js";
import { axes, button, COLOURS, choice, el, frame, legend, slider, surface } from "./ui.js";

const USUAL = {
  data: "ring",
  loss: "non-saturating",
  penalty: "none",
  d_steps: 1,
  lr_d: 2e-3,
  lr_g: 2e-3,
  seed: 0,
  units: 128,
};
const PATIENCE = 4000; // milliseconds until a kernel that does not answer is taken for absent
const REMEMBERED = 1200; // records; a chart has some 300 pixels

/**
 * A table of columns that is thinned out when it grows long.
 * @template {string} Name
 * @param {Name[]} names
 */
function book(...names) {
  const columns = /** @type {Record<Name, number[]>} */ ({});
  const clear = () => {
    for (const name of names) columns[name] = [];
  };
  clear();
  return {
    columns,
    clear,
    add(records) {
      for (const name of names) columns[name].push(...records[name]);
      if (columns[names[0]].length <= REMEMBERED) return;
      for (const name of names) columns[name] = columns[name].filter((_, i) => i % 2);
    },
  };
}

/** Shares of modes and of good samples, and the spread, over the steps. */
function drawCoverage(ctx, box, { step, modes, high_quality, spread }, last, of, ink) {
  const a = axes(ctx, box, [0, Math.max(1, last)], [0, 1.6], ink, {
    title: "coverage",
    xlabel: "generator step",
    ylabel: "share, ratio",
  });
  const lines = [
    ["modes", modes.map((m) => m / of), COLOURS.real, []],
    ["quality", high_quality, COLOURS.green, []],
    ["spread", spread, COLOURS.purple, [5, 3]],
  ];
  if (step.length > 1)
    for (const [, values, colour, dash] of lines) a.line(step, values, colour, { dash });
  const names = lines.map(([name, , colour, dash]) => [name, colour, dash.length > 0]);
  legend(ctx, box[0] + 10, box[1] + 10, names, ink);
}

/**
 * Drawing on the picture: points along the strokes of a pointer, or from the keyboard. change: called
 * with all points, x, y, x, y, ...
 */
function pencil(canvas, place, change) {
  const GAP = 0.06; // between two points of a stroke
  const MOST = 2400; // numbers; the oldest go
  let points = [];
  let from = null;
  let on = false;
  const cursor = [0, 0];

  function add(x, y) {
    points.push(x, y);
    if (points.length > MOST) points = points.slice(points.length - MOST);
  }
  function strokeTo([x, y]) {
    const [x0, y0] = from || [x, y];
    const count = Math.max(1, Math.ceil(Math.hypot(x - x0, y - y0) / GAP));
    for (let k = 1; k <= count; k++) add(x0 + ((x - x0) * k) / count, y0 + ((y - y0) * k) / count);
    from = [x, y];
    change(points);
  }
  canvas.addEventListener("pointerdown", (event) => {
    if (!on || event.button) return;
    canvas.setPointerCapture(event.pointerId);
    from = null;
    strokeTo(place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (on && event.buttons & 1) strokeTo(place(event));
  });
  canvas.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const move = moves[event.key];
    if (!on || !(move || event.key === " ")) return;
    event.preventDefault();
    for (const k of [0, 1])
      if (move) cursor[k] = Math.max(-2.9, Math.min(2.9, cursor[k] + 0.15 * move[k]));
    if (event.key === " ") add(cursor[0], cursor[1]);
    change(points);
  });
  return {
    cursor,
    get points() {
      return points;
    },
    get on() {
      return on;
    },
    set on(yes) {
      on = yes;
      canvas.style.cursor = yes ? "crosshair" : "";
      canvas.style.touchAction = yes ? "none" : "";
      if (yes) canvas.tabIndex = 0;
      else canvas.removeAttribute("tabindex");
    },
    clear() {
      points = [];
      change(points);
    },
  };
}

/** A line of text on a light card in the middle of the picture. */
function invite(ctx, [left, top, width, height], lines) {
  ctx.font = "600 15px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const wide = Math.max(...lines.map((line) => ctx.measureText(line).width)) + 36;
  const high = 24 * lines.length + 22;
  const [x, y] = [left + width / 2, top + height / 2];
  ctx.fillStyle = "rgb(255 255 255 / 0.92)";
  ctx.beginPath();
  ctx.roundRect(x - wide / 2, y - high / 2, wide, high, 10);
  ctx.fill();
  ctx.fillStyle = "#222";
  for (const [k, line] of lines.entries())
    ctx.fillText(line, x, y + 24 * (k - (lines.length - 1) / 2));
}

function laboratory(root, config, data, host) {
  const ui = frame(root, config.title);
  const settings = { ...USUAL, ...config.settings };
  const layers = { map: true, real: true, fake: true, manifold: true, arrows: true };
  const past = book("step", "d", "g");
  const scores = book("step", "modes", "high_quality", "spread");
  /** @type {any} what the latest answer said */
  let about = { step: 0, limit: 3, of: 0 };
  let shot = null;
  let real = new Float32Array();
  let trainer = null; // who trains
  let playing = false;
  let frames = 0;
  let began = null; // when playing began, at which step and picture

  // ---- the pictures: as wide as the page allows, so that their text keeps its size

  const side = Math.min(470, (root.clientWidth || 470) - 36);
  const wide = Math.min(376, side);
  /** @type {[number, number, number, number]} */
  const square = [52, 30, side - 66, side - 66];
  /** @type {[number, number, number, number]} */
  const chartBox = [52, 40, wide - 66, 120];
  const scene = surface(side, side + 4, (ctx, w, h, ink) => {
    drawPlane(ctx, square, about.limit, ink, {
      ...shot,
      real,
      layers,
      title: "data (blue) and generated (orange)",
    });
    if (!drawing.on) return;
    if (!drawing.points.length) invite(ctx, square, ["Draw your data here,", "then press Play"]);
    if (document.activeElement === scene.node) drawCursor(ctx);
  });
  const toX = (x) => square[0] + ((x + about.limit) / (2 * about.limit)) * square[2];
  const toY = (y) => square[1] + square[3] - ((y + about.limit) / (2 * about.limit)) * square[3];
  function drawCursor(ctx) {
    const [x, y] = [toX(drawing.cursor[0]), toY(drawing.cursor[1])];
    ctx.strokeStyle = "#222";
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x - 8, y);
    ctx.lineTo(x + 8, y);
    ctx.moveTo(x, y - 8);
    ctx.lineTo(x, y + 8);
    ctx.stroke();
  }
  /** Where an event of the pointer is, in the data's coordinates, kept within the picture. */
  function place(event) {
    const box = scene.node.getBoundingClientRect();
    const scale = side / box.width;
    const x = ((event.clientX - box.left) * scale - square[0]) / square[2];
    const y = ((event.clientY - box.top) * scale - square[1]) / square[3];
    const within = (share) => Math.max(-0.98, Math.min(0.98, share)) * about.limit;
    return [within(2 * x - 1), within(1 - 2 * y)];
  }
  const chart = surface(wide, 210, (ctx, w, h, ink) => {
    const keep = { ...past.columns, reference: settings.loss === "non-saturating" };
    drawLosses(ctx, chartBox, keep, Infinity, about.step, ink);
  });
  const tally = surface(wide, 210, (ctx, w, h, ink) =>
    drawCoverage(ctx, chartBox, scores.columns, about.step, about.of, ink),
  );
  const caption = el("div", { class: "gan-caption", "aria-live": "off" });
  const speed = el("div", { class: "gan-caption gan-speed", "aria-live": "off" });

  function show(answer) {
    about = answer.content;
    shot = answer.shot;
    const lines = [];
    const n = 2 * about.along;
    for (let i = 0; i < shot.manifold.length; i += n) lines.push(shot.manifold.subarray(i, i + n));
    shot.manifold = lines;
    if (drawing.on) real = Float32Array.from(drawing.points);
    else if (about.real) real = Float32Array.from(about.real);
    past.add(about.losses);
    if (about.of) {
      const { step, modes, high_quality, spread = NaN } = about;
      scores.add({
        step: [step],
        modes: [modes],
        high_quality: [high_quality],
        // of a few samples it says nothing
        spread: [high_quality < 0.1 ? NaN : spread],
      });
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
      ? `${about.modes} of ${about.of} modes, ${(100 * about.high_quality).toFixed(1)} % high quality` +
        (about.spread === undefined ? "" : `, spread ${about.spread.toFixed(2)}`)
      : "no modes to count";
    caption.textContent = `step ${about.step.toLocaleString("en")}: ${count}`;
    speed.textContent = paceText();
    scene.describe(`Samples of the generator on the discriminator's map, ${caption.textContent}`);
    const { step, d, g } = past.columns;
    const k = step.length - 1;
    chart.describe(
      k < 0
        ? "Losses, none yet"
        : `Losses at step ${step[k]}: D ${d[k].toFixed(3)}, G ${g[k].toFixed(3)}`,
    );
    tally.describe(`Coverage: ${count}`);
    scene.node.dataset.frame = String(++frames);
  }
  function paceText() {
    if (!trainer) return "";
    const where = `trained by ${trainer.name}`;
    const seconds = began ? (performance.now() - began.time) / 1000 : 0;
    if (!playing || seconds < 0.5) return where;
    const pictures = (frames - began.frames) / seconds;
    const steps = (about.step - began.step) / seconds;
    return `${where}: ${pictures.toFixed(0)} pictures, ${steps.toFixed(0)} steps a second`;
  }

  // ---- training

  // one request at a time; what the reader changes while one is under way goes with the next
  /** @type {Promise<any>} */
  let queue = Promise.resolve();
  let era = 0; // answers from before a reset are not shown
  function act(name) {
    const mine = era;
    queue = queue
      .then(() => trainer.ask(name, { settings }))
      .then((answer) => {
        if (mine !== era) return;
        ui.fail(null);
        show(answer);
      })
      .catch(fail);
  }
  function fail(error) {
    pause();
    ui.fail(error);
  }
  // while playing, two requests are under way: one is worked on while the other travels or is drawn
  let runs = 0; // of two runs the later asks on
  async function run() {
    const mine = era;
    const number = ++runs;
    const next = () => trainer.ask("advance", { settings, steps: pace.value });
    const flight = [next(), next()];
    try {
      while (flight.length) {
        const answer = await flight.shift();
        if (mine !== era) continue;
        if (playing && number === runs && root.isConnected) flight.push(next());
        show(answer);
        await new Promise(requestAnimationFrame);
      }
    } catch (error) {
      for (const request of flight) request.catch(() => {}); // they fail for the same reason
      if (mine === era && playing) fail(error);
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
    began = { time: performance.now(), step: about.step, frames };
    run();
  });
  play.classList.add("gan-primary");
  function restart() {
    era++;
    pause();
    past.clear();
    scores.clear();
    drawing.on = settings.data === OWN;
    wipe.hidden = !drawing.on;
    if (drawing.on) sendPoints();
    act("reset");
  }
  const single = (name) => () => {
    pause();
    act(name);
  };

  // ---- the reader's own data

  const sendPoints = ui.coalesce(async () => {
    await trainer.ask("draw", { points: drawing.points });
  });
  const drawing = pencil(scene.node, place, (points) => {
    real = Float32Array.from(points);
    sendPoints();
    scene.draw();
  });
  const wipe = button("Clear", "Take all points away", () => {
    pause();
    drawing.clear();
  });
  wipe.hidden = true;
  scene.node.addEventListener("focus", () => scene.draw());
  scene.node.addEventListener("blur", () => scene.draw());

  // ---- the controls

  const pick = (key, label, options, tip, change = (value) => {}) =>
    choice(
      label,
      options,
      settings[key],
      (value) => {
        settings[key] = value;
        change(value);
      },
      tip,
    );
  const dataChoice = pick(
    "data",
    "data",
    [...Object.keys(DATA), OWN],
    "What G has to imitate; starts anew",
    () => {
      if (settings.data === OWN && trainer === kernel) use(inThisPage());
      else restart();
    },
  );
  const draw = button("✎ Draw", "Draw data of your own on the picture", () => {
    dataChoice.select.value = OWN;
    dataChoice.select.dispatchEvent(new Event("change"));
  });
  const loss = pick(
    "loss",
    "loss",
    Object.keys(LOSSES),
    "What both players minimise; takes effect at once",
  );
  const penalty = pick(
    "penalty",
    "penalty",
    Object.keys(PENALTIES),
    "A term of D's loss, or clipping of its weights; takes effect at once",
  );
  const units = choice(
    "networks",
    [64, 96, 128].map((n) => [String(n), `2 × ${n} units`]),
    String(settings.units),
    (value) => {
      settings.units = Number(value);
      restart();
    },
    "The size of both networks; starts anew",
  );
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
  const pace = slider({
    label: "G steps a picture",
    low: 1,
    high: 30,
    step: 1,
    value: 5,
    tip: "Faster training, fewer pictures",
  });
  const seed = slider({
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
  const where = choice(
    "trained by",
    ["the kernel", "this browser"],
    "the kernel",
    (value) => use(value === "the kernel" ? kernel : inThisPage()),
    "The kernel is faster; this browser goes on while the kernel is busy. Starts anew",
  );
  where.node.hidden = true;
  const controls = el(
    "div",
    { class: "gan-controls" },
    el(
      "div",
      { class: "gan-row" },
      play,
      button("D step", "One step of the discriminator alone", single("d_step")),
      button("G step", "One step of the generator alone", single("g_step")),
      button("Reset", "New networks, from the seed", restart),
      draw,
      wipe,
    ),
    dataChoice.node,
    loss.node,
    penalty.node,
    units.node,
    rate("lr_d", "learning rate of D").node,
    rate("lr_g", "learning rate of G").node,
    ratio.node,
    pace.node,
    seed.node,
    where.node,
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
    el("div", { class: "gan-split" }, el("figure", {}, scene.node, caption, speed), controls),
    el("div", { class: "gan-pair" }, chart.node, tally.node),
  );
  ui.redraw = paint;

  // ---- who trains: the kernel where one answers, else this page

  const kernel = host.ask ? inTheKernel(host, config.size) : null;
  /** Let another one train; anew, unless the picture shown is where the kernel stands. */
  function use(next, anew = true) {
    trainer?.close();
    trainer = next;
    root.dataset.engine = trainer.name;
    where.select.value = trainer.name;
    controls.inert = false;
    controls.classList.remove("gan-waiting");
    ui.note(null);
    if (trainer === kernel && settings.data === OWN) {
      settings.data = USUAL.data;
      dataChoice.select.value = USUAL.data;
      anew = true;
    }
    queue = Promise.resolve();
    if (anew) restart();
    else paint();
  }
  let patience = null;
  if (kernel) {
    show({ content: config.first, shot: unpacked(config.first, data, config.size) });
    controls.inert = true;
    controls.classList.add("gan-waiting");
    ui.note("Waiting for the kernel. Without one this browser will train.");
    const alone = () => {
      if (!trainer) use(inThisPage());
    };
    patience = setTimeout(alone, PATIENCE);
    kernel.hello().then(() => {
      clearTimeout(patience);
      where.node.hidden = false;
      // where nothing has been trained yet, the kernel takes over, which is faster
      if (!trainer) use(kernel, false);
      else if (about.step === 0 && !playing && !drawing.on) use(kernel);
    }, alone);
  } else {
    use(inThisPage());
  }
  return () => {
    clearTimeout(patience);
    pause();
    trainer?.close();
    ui.close();
  };
}

export default widget(laboratory);
