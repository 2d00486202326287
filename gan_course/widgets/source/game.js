// @ts-check
// The game of two networks in the plane: what each player minimises, and one step of each. The same
// losses, penalties and order as gan_course/game.py; a test compares twenty steps.

import {
  accumulate,
  accumulatePenalty,
  adam,
  backward,
  forward,
  ones,
  parameters,
  zerosLike,
} from "./networks.js";

const sigmoid = (s) => 1 / (1 + Math.exp(-s));
/** log(1 + e^s), finite at any score. */
const softplus = (s) => Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));

const minimax = {
  d: (r, f) => softplus(-r) + softplus(f),
  dReal: (r, f) => -sigmoid(-r),
  dFake: (r, f) => sigmoid(f),
  g: (r, f) => -softplus(f),
  gFake: (r, f) => -sigmoid(f),
};
const wasserstein = {
  d: (r, f) => f - r,
  dReal: (r, f) => -1,
  dFake: (r, f) => 1,
  g: (r, f) => -f,
  gFake: (r, f) => -1,
};
/**
 * Each loss from the raw scores r of a real and f of a generated sample; a batch's loss is the mean
 * over such pairs. d, g: what the players minimise. dReal, dFake, gFake: their derivatives.
 * usesReal: whether G's looks at r.
 * @type {Record<string, any>}
 */
export const LOSSES = {
  "non-saturating": { ...minimax, g: (r, f) => softplus(-f), gFake: (r, f) => -sigmoid(-f) },
  minimax,
  "least squares": {
    d: (r, f) => 0.5 * (r - 1) ** 2 + 0.5 * f ** 2,
    dReal: (r, f) => r - 1,
    dFake: (r, f) => f,
    g: (r, f) => 0.5 * (f - 1) ** 2,
    gFake: (r, f) => f - 1,
  },
  hinge: {
    ...wasserstein,
    d: (r, f) => Math.max(0, 1 - r) + Math.max(0, 1 + f),
    dReal: (r, f) => (r < 1 ? -1 : 0),
    dFake: (r, f) => (f > -1 ? 1 : 0),
  },
  Wasserstein: wasserstein,
  relativistic: {
    usesReal: true,
    d: (r, f) => softplus(f - r),
    dReal: (r, f) => -sigmoid(f - r),
    dFake: (r, f) => sigmoid(f - r),
    g: (r, f) => softplus(r - f),
    gFake: (r, f) => -sigmoid(r - f),
  },
};

/**
 * real, fake: half that number times the mean of |slope of the score|² there (R1, R2). between: that
 * number times the mean of (|slope| - 1)² at random points between real and fake (gradient penalty).
 * clip: D's parameters are cut to ± that number after its step.
 * @type {Record<string, { real?: number, fake?: number, between?: number, clip?: number }>}
 */
export const PENALTIES = {
  none: {},
  "R1 (0.1)": { real: 0.1 },
  "R1 + R2 (0.1)": { real: 0.1, fake: 0.1 },
  "gradient penalty (1)": { between: 1 },
  "weight clipping (0.1)": { clip: 0.1 },
};

/** A game between two networks. loss, penalty: of the tables above; rates: of Adam. */
export function start(G, D) {
  const betas = [0.5, 0.99];
  return {
    G,
    D,
    updateG: adam(G, betas),
    updateD: adam(D, betas),
    loss: LOSSES["non-saturating"],
    penalty: PENALTIES.none,
    rateG: 2e-3,
    rateD: 2e-3,
  };
}

/** Generated samples: the trace of G at z (n, 2); the samples are its output. */
export function fakesAt(game, z) {
  return forward(game.G, z, z.length / 2);
}

/**
 * One step of D on as many real (n, 2) as generated samples. mix: n numbers in [0, 1), where the
 * gradient penalty looks between them. Returns D's loss, without the penalty.
 */
export function dStep(game, real, fake, mix) {
  const { D, loss, penalty } = game;
  const onReal = scored(D, real);
  const onFake = scored(D, fake);
  const value = meanOverPairs(loss.d, onReal, onFake);
  const gradients = zerosLike(D);
  const ofReal = slopes(loss.dReal, onReal, onFake);
  const ofFake = slopes(loss.dFake, onReal, onFake);
  accumulate(D, gradients, onReal.slope.at, onReal.trace.inputs, ofReal);
  accumulate(D, gradients, onFake.slope.at, onFake.trace.inputs, ofFake);

  if (penalty.real) zeroCentred(D, gradients, onReal, penalty.real);
  if (penalty.fake) zeroCentred(D, gradients, onFake, penalty.fake);
  if (penalty.between) {
    const between = fake.map((f, i) => f + mix[i >> 1] * (real[i] - f));
    towardsOne(D, gradients, scored(D, between), penalty.between);
  }
  game.updateD(gradients, game.rateD);
  if (penalty.clip) clip(D, penalty.clip);
  return value;
}

/**
 * One step of G. made: the trace of G that gave the generated samples; real: for the relativistic
 * loss, which compares. Returns G's loss.
 */
export function gStep(game, real, made) {
  const { G, D, loss } = game;
  const onFake = scored(D, made.output);
  const onReal = loss.usesReal ? scored(D, real) : onFake; // the others do not look at it
  const pulled = timesEach(onFake.slope.x, slopes(loss.gFake, onReal, onFake));
  const gradients = zerosLike(G);
  accumulate(G, gradients, backward(G, made, pulled).at, made.inputs, ones(made.n));
  game.updateG(gradients, game.rateG);
  return meanOverPairs(loss.g, onReal, onFake);
}

/** Where G would move each fake: -d(its loss)/dx times n, (n, 2). */
export function pull(game, real, fake) {
  const onReal = scored(game.D, real);
  const onFake = scored(game.D, fake);
  const { n } = onFake.trace;
  const moved = timesEach(onFake.slope.x, slopes(game.loss.gFake, onReal, onFake));
  return moved.map((d) => -n * d);
}

/** D's scores of samples x (n, 2), and how each score changes within D and with its sample. */
function scored(D, x) {
  const trace = forward(D, x, x.length / 2);
  return { trace, score: trace.output, slope: backward(D, trace, ones(trace.n)) };
}

function meanOverPairs(f, onReal, onFake) {
  const { n } = onFake.trace;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += f(onReal.score[i], onFake.score[i]);
  return sum / n;
}

/** The derivative of a mean over pairs in each score, (n). */
function slopes(derivative, onReal, onFake) {
  const { n } = onFake.trace;
  const each = (_, i) => derivative(onReal.score[i], onFake.score[i]) / n;
  return Float64Array.from({ length: n }, each);
}

/** Each row of x (n, 2) times its factor. */
function timesEach(x, factors) {
  return x.map((value, i) => factors[i >> 1] * value);
}

/** Add the gradient of weight / 2 times the mean of |slope|². */
function zeroCentred(D, gradients, { trace, slope }, weight) {
  const v = slope.x.map((g) => (weight / trace.n) * g);
  accumulatePenalty(D, gradients, trace, slope, v);
}

/** Add the gradient of weight times the mean of (|slope| - 1)²; where the slope is 0 it has none. */
function towardsOne(D, gradients, { trace, slope }, weight) {
  const v = new Float64Array(2 * trace.n);
  for (let i = 0; i < v.length; i += 2) {
    const [g1, g2] = [slope.x[i], slope.x[i + 1]];
    const norm = Math.hypot(g1, g2);
    if (norm === 0) continue;
    const factor = (2 * weight * (norm - 1)) / (norm * trace.n);
    v[i] = factor * g1;
    v[i + 1] = factor * g2;
  }
  accumulatePenalty(D, gradients, trace, slope, v);
}

function clip(D, bound) {
  for (const values of parameters(D)) {
    for (let i = 0; i < values.length; i++) {
      values[i] = Math.min(bound, Math.max(-bound, values[i]));
    }
  }
}
