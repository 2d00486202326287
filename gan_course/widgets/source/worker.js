// @ts-check
// What the training laboratory runs in a worker where there is no kernel: one run in the plane that
// answers the questions of laboratory.js as `Laboratory` in laboratory.py does: go on, one step of
// one player, start anew. The bundler makes this file a text; trainer.js starts it.

import { dStep, fakesAt, gStep, LOSSES, PENALTIES, pull, start } from "./game.js";
import { create, forward, parameters } from "./networks.js";
import { DATA, drawn, modeCoverage, OWN, sampler } from "./toys.js";
import { random } from "./ui.js";

const BATCH = 128;
const SIZE = 36; // of D's map, in points a side
const SHOWN = 400; // samples in the picture
const COUNTED = 500; // samples that are counted
const ARROWS = 40;
const LONGEST = 40; // milliseconds of training between two pictures

/** What one step needs: a batch of data, latent vectors, places for the gradient penalty. */
function draw(run) {
  const real = run.sample(BATCH);
  const z = Float64Array.from(run.stream.normal(2 * BATCH));
  const mix = Float64Array.from({ length: BATCH }, run.stream.uniform);
  return { real, z, mix };
}

/** A run before its first step. weights: of both players, for a test; else from the seed. */
function begin(settings, points, weights) {
  const { data, seed, units } = settings;
  const stream = random(seed);
  const G = create([2, units, units, 2], stream.uniform);
  const D = create([2, units, units, 1], stream.uniform);
  if (weights) {
    for (const [k, values] of parameters(G).entries()) values.set(weights.G[k]);
    for (const [k, values] of parameters(D).entries()) values.set(weights.D[k]);
  }
  const run = { data, seed, units, stream, game: start(G, D), step: 0, d: 0, g: 0, past: [] };
  const z = Float64Array.from(random(1).normal(2 * COUNTED)); // the same in every picture
  return { ...run, z, ...target(data, points, stream) };
}

/** What G has to imitate: the mixture, a function that samples it, some samples to show. */
function target(data, points, stream) {
  const mixture = data === OWN ? drawn(points) : DATA[data]();
  const real = mixture.means.length ? sampler(mixture, random(2))(600) : new Float64Array();
  const reach = real.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const limit = data === OWN ? 3 : Math.round(13.5 * reach) / 10;
  return { mixture, real, limit, sample: sampler(mixture, stream) };
}

/** Loss, penalty and rates may change between any two steps. */
function apply(run, settings) {
  run.game.loss = LOSSES[settings.loss];
  run.game.penalty = PENALTIES[settings.penalty];
  run.game.rateD = settings.lr_d;
  run.game.rateG = settings.lr_g;
}

/** Some steps of D, then of G; the last fakes serve both. drawn: for a test, what steps need. */
function step(run, dSteps, gSteps, drawn) {
  if (!run.mixture.means.length) throw new Error("there are no data yet: draw some first");
  let batch, made;
  for (let k = 0; k < Math.max(dSteps, 1); k++) {
    batch = drawn ? drawn.shift() : draw(run);
    made = fakesAt(run.game, batch.z);
    if (dSteps) run.d = dStep(run.game, batch.real, made.output, batch.mix);
  }
  if (gSteps) {
    run.g = gStep(run.game, batch.real, made);
    run.step += 1;
  }
  if (!Number.isFinite(run.d + run.g))
    throw new Error(
      `step ${run.step}: a loss is not finite. Lower the learning rates, or add a penalty, and ` +
        "press Reset",
    );
  run.past.push([run.step, run.d, run.g]);
}

/** Straight lines of the latent plane, both ways, as one batch; and the points of each. */
const ALONG = 25;
const LINES = latentLines(9, 2.5);
function latentLines(count, reach) {
  const at = (i, n) => -reach + (2 * reach * i) / (n - 1);
  const points = [];
  for (const swap of [false, true])
    for (let k = 0; k < count; k++)
      for (let i = 0; i < ALONG; i++) {
        const [u, v] = [at(k, count), at(i, ALONG)];
        points.push(...(swap ? [v, u] : [u, v]));
      }
  return Float64Array.from(points);
}

/** D's probability from 0 to 255 on a grid, first row at the bottom. */
function mapOf(D, limit) {
  const points = new Float64Array(2 * SIZE * SIZE);
  const at = (i) => -limit + (2 * limit * i) / (SIZE - 1);
  for (let i = 0; i < SIZE * SIZE; i++) {
    points[2 * i] = at(i % SIZE);
    points[2 * i + 1] = at(Math.floor(i / SIZE));
  }
  const { output } = forward(D, points, SIZE * SIZE);
  return Float32Array.from(output, (score) => 255 / (1 + Math.exp(-score)));
}

/** What the picture needs; see `Laboratory.snapshot`. */
function snapshot(run) {
  const { game, mixture, step, limit } = run;
  const samples = fakesAt(game, run.z).output;
  const lines = fakesAt(game, LINES).output;
  const some = samples.subarray(0, Math.min(2 * ARROWS, run.real.length));
  const pulls = pull(game, run.real.subarray(0, some.length), some);
  const arrows = new Float32Array(2 * some.length);
  for (let i = 0; i < some.length; i += 2) {
    arrows.set([some[i], some[i + 1], pulls[i], pulls[i + 1]], 2 * i);
  }
  const past = run.past;
  run.past = [];
  const column = (k) => past.map((record) => record[k]);
  const losses = { step: column(0), d: column(1), g: column(2) };
  const counts = mixture.modes ? modeCoverage(samples, mixture) : {};
  const shot = {
    map: mapOf(game.D, limit),
    size: SIZE,
    fake: Float32Array.from(samples.subarray(0, 2 * SHOWN)),
    manifold: Float32Array.from(lines),
    arrows,
  };
  const content = { step, limit, along: ALONG, losses, of: mixture.modes, ...counts };
  return { content, shot };
}

/** @type {any} */
let run = null;
let points = []; // that the reader drew

function ready(settings, weights = null) {
  const same = run && ["data", "seed", "units"].every((key) => run[key] === settings[key]);
  if (!same || weights) run = begin(settings, points, weights);
  apply(run, settings);
}

const ANSWERS = {
  reset({ settings, weights }) {
    run = null;
    ready(settings, weights);
    const { content, shot } = snapshot(run);
    return { content: { ...content, real: Array.from(run.real) }, shot };
  },
  /** Up to so many steps of G, each after d_steps of D, but not for long. */
  advance({ settings, steps, drawn }) {
    ready(settings);
    const until = performance.now() + LONGEST;
    for (let k = 0; k < steps; k++) {
      step(run, settings.d_steps, 1, drawn);
      if (!drawn && performance.now() > until) break;
    }
    return snapshot(run);
  },
  d_step({ settings }) {
    ready(settings);
    step(run, 1, 0);
    return snapshot(run);
  },
  g_step({ settings }) {
    ready(settings);
    step(run, 0, 1);
    return snapshot(run);
  },
  /** The reader has drawn: the networks stay as they are, and so a run goes on with new data. */
  draw(content) {
    points = content.points;
    if (run?.data === OWN) Object.assign(run, target(OWN, points, run.stream));
    return {};
  },
  /** The parameters of both players, in torch's order. */
  weights: () => ({ content: { G: parameters(run.game.G), D: parameters(run.game.D) } }),
};

const scope = /** @type {any} */ (globalThis);
scope.onmessage = ({ data: { id, name, content } }) => {
  try {
    scope.postMessage({ id, ...ANSWERS[name](content) });
  } catch (error) {
    scope.postMessage({ id, error: error.message });
  }
};
