// @ts-check
// Data in the plane, as gan_course/data.py and the training laboratory have them: mixtures of round
// Gaussians. And how well samples cover the modes, as metrics.mode_coverage counts it.

/**
 * means: x, y, x, y, ... std: of every Gaussian. weights: of each, or null where all are equal.
 * modes: their number where they are few enough to be counted, else 0.
 * @typedef {{ means: Float64Array, std: number, weights: number[] | null, modes: number }} Mixture
 */

/** @returns {Mixture} */
function mixture(points, std, weights = null) {
  const modes = points.length <= 50 ? points.length : 0;
  return { means: Float64Array.from(points.flat()), std, weights, modes };
}

const range = (n) => Array.from({ length: n }, (_, i) => i);

function ring() {
  const angles = range(8).map((k) => (k * 2 * Math.PI) / 8);
  return mixture(
    angles.map((a) => [2 * Math.cos(a), 2 * Math.sin(a)]),
    0.02,
  );
}

function grid() {
  return mixture(
    range(25).map((k) => [Math.floor(k / 5) - 2, (k % 5) - 2]),
    0.025,
  );
}

function twoMoons() {
  const t = range(200).map((k) => (k * Math.PI) / 199);
  const upper = t.map((a) => [Math.cos(a) - 0.5, Math.sin(a) - 0.25]);
  return mixture([...upper, ...upper.map(([x, y]) => [-x, -y])], 0.1);
}

function swissRoll() {
  const t = range(400).map((k) => 1.5 * Math.PI * (1 + (2 * k) / 399));
  const scale = 2 / t[399];
  const curve = t.map((a) => [scale * a * Math.cos(a), scale * a * Math.sin(a)]);
  return mixture(curve, 0.1, t); // weights t: the density along the curve is even
}

export const OWN = "your own drawing";
/** @type {Record<string, () => Mixture>} */
export const DATA = { ring, grid, "two moons": twoMoons, "Swiss roll": swissRoll };

/** Points that a reader drew, each a narrow Gaussian. points: x, y, x, y, ... */
export function drawn(points) {
  return { means: Float64Array.from(points), std: 0.04, weights: null, modes: 0 };
}

/**
 * A function that draws n samples (n, 2). stream: of `random` in ui.js.
 * @param {Mixture} from
 */
export function sampler({ means, std, weights }, stream) {
  const count = means.length / 2;
  let pick = () => Math.floor(stream.uniform() * count);
  if (weights) {
    let sum = 0;
    const upTo = weights.map((w) => (sum += w));
    pick = () => {
      const at = stream.uniform() * sum;
      return upTo.findIndex((s) => s > at);
    };
  }
  return function sample(n) {
    const x = Float64Array.from(stream.normal(2 * n), (e) => std * e);
    for (let i = 0; i < n; i++) {
      const k = pick();
      x[2 * i] += means[2 * k];
      x[2 * i + 1] += means[2 * k + 1];
    }
    return x;
  };
}

/**
 * Modes reached, share of samples within 3 deviations of a mean, and the deviation of these within
 * a mode over the true one. samples: (N, 2).
 * @param {Float64Array} samples
 * @param {Mixture} mixture
 */
export function modeCoverage(samples, { means, std }) {
  const modes = means.length / 2;
  const count = new Float64Array(modes);
  const sumX = new Float64Array(modes);
  const sumY = new Float64Array(modes);
  const sumSquares = new Float64Array(modes);
  const n = samples.length / 2;
  for (let i = 0; i < n; i++) {
    let nearest = 0;
    let least = Infinity;
    for (let k = 0; k < modes; k++) {
      const square =
        (samples[2 * i] - means[2 * k]) ** 2 + (samples[2 * i + 1] - means[2 * k + 1]) ** 2;
      if (square < least) [least, nearest] = [square, k];
    }
    if (least > (3 * std) ** 2) continue;
    // from the mode's centre, so that little is lost in the difference of squares below
    const dx = samples[2 * i] - means[2 * nearest];
    const dy = samples[2 * i + 1] - means[2 * nearest + 1];
    count[nearest] += 1;
    sumX[nearest] += dx;
    sumY[nearest] += dy;
    sumSquares[nearest] += dx * dx + dy * dy;
  }
  const good = count.reduce((a, b) => a + b, 0);
  const reached = count.filter((c) => c > 0).length;
  let squares = 0; // about each mode's own mean
  for (let k = 0; k < modes; k++) {
    if (count[k] === 0) continue;
    squares += sumSquares[k] - (sumX[k] ** 2 + sumY[k] ** 2) / count[k];
  }
  const free = 2 * (good - reached);
  const spread = free ? Math.sqrt(Math.max(0, squares) / free) / std : 0;
  return { modes: reached, high_quality: good / n, spread };
}
