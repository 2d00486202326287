// @ts-check
// Networks of linear layers with ReLU between them, and their gradients by hand. A batch of n
// vectors is one Float64Array, row after row. The training laboratory's arithmetic is all here.

/**
 * A layer maps n_in numbers to n_out: weight (n_out, n_in), row after row, and bias (n_out).
 * @typedef {{ n_in: number, n_out: number, weight: Float64Array, bias: Float64Array }} Layer
 * @typedef {Layer[]} Network
 */

/**
 * Layers of the given sizes, weights and biases uniform in ±1/√n_in as in torch. uniform: a
 * function that draws from [0, 1).
 * @returns {Network}
 */
export function create(sizes, uniform) {
  const net = [];
  for (let k = 0; k + 1 < sizes.length; k++) {
    const [n_in, n_out] = [sizes[k], sizes[k + 1]];
    const reach = 1 / Math.sqrt(n_in);
    const draw = () => reach * (2 * uniform() - 1);
    const weight = Float64Array.from({ length: n_out * n_in }, draw);
    const bias = Float64Array.from({ length: n_out }, draw);
    net.push({ n_in, n_out, weight, bias });
  }
  return net;
}

export function ones(n) {
  return new Float64Array(n).fill(1);
}

/** All parameters of a network, in torch's order: weight and bias of each layer. */
export function parameters(net) {
  return net.flatMap((layer) => [layer.weight, layer.bias]);
}

/** An array of zeros for each parameter: where gradients are summed up. */
export function zerosLike(net) {
  return parameters(net).map((values) => new Float64Array(values.length));
}

/**
 * The batch x (n, n_in) through the network. inputs[k]: what went into layer k, (n, its n_in); all
 * but the first are outputs of a ReLU, so they are positive where it was open.
 * @param {Network} net
 * @param {Float64Array} x
 */
export function forward(net, x, n) {
  const inputs = [x];
  let output = x;
  for (const [k, layer] of net.entries()) {
    output = products(output, layer.weight, n, layer.n_out, layer.n_in);
    addBias(output, layer.bias, n);
    if (k + 1 < net.length) {
      for (let i = 0; i < output.length; i++) output[i] = Math.max(0, output[i]);
      inputs.push(output);
    }
  }
  return { n, inputs, output };
}

/**
 * The chain rule, from the last layer to the first. slope (n, n_out): how a sum over the batch
 * changes with each output. Returns `at`: at[k], (n, n_out of layer k), is how it changes with what
 * layer k gives before its ReLU; and `x`, (n, n_in), how it changes with the input.
 * @param {Network} net
 */
export function backward(net, trace, slope) {
  const at = new Array(net.length);
  let d = slope;
  for (let k = net.length - 1; k >= 0; k--) {
    const { weight, n_out, n_in } = net[k];
    at[k] = d;
    d = products(d, transposed(weight, n_out, n_in), trace.n, n_in, n_out);
    if (k > 0) closeGates(d, trace.inputs[k]);
  }
  return { at, x: d };
}

/**
 * Add to the gradients of the weights: for layer k the sum over the batch of at[k] times inputs[k],
 * sample i times factors[i]; and to those of the biases the same sum of at[k], unless biases is
 * false. So slopes of the score alone serve any function of it.
 * @param {Network} net
 */
export function accumulate(net, gradients, at, inputs, factors, biases = true) {
  const n = factors.length;
  for (const [k, { n_in, n_out }] of net.entries()) {
    const left = transposed(at[k], n, n_out);
    for (let o = 0; o < n_out; o++) {
      for (let i = 0; i < n; i++) left[o * n + i] *= factors[i];
    }
    const right = transposed(inputs[k], n, n_in);
    const sum = products(left, right, n_out, n_in, n);
    const weight = gradients[2 * k];
    for (let i = 0; i < sum.length; i++) weight[i] += sum[i];
    if (!biases) continue;
    const bias = gradients[2 * k + 1];
    for (let o = 0; o < n_out; o++) {
      for (let i = 0; i < n; i++) bias[o] += left[o * n + i];
    }
  }
}

/**
 * Add the gradient of a penalty on the slope of the score. At each sample x the score's slope is
 * g = W1ᵀ M1 W2ᵀ M2 w3, where M closes the gates that the ReLU closes; it is linear in each W, and
 * the gates do not move with a small change. So with v (n, n_in) = d penalty / dg,
 *
 *   d penalty / dWk = sum over the batch of at[k] times t[k],
 *   t[0] = v,  t[k + 1] = M W t[k]:
 *
 * v goes through the network as a sample does, without biases and through the same gates.
 * score: what `backward` gives for a slope of 1.
 * @param {Network} net
 */
export function accumulatePenalty(net, gradients, trace, score, v) {
  const t = [v];
  for (let k = 0; k + 1 < net.length; k++) {
    const { weight, n_out, n_in } = net[k];
    const next = products(t[k], weight, trace.n, n_out, n_in);
    closeGates(next, trace.inputs[k + 1]);
    t.push(next);
  }
  accumulate(net, gradients, score.at, t, ones(trace.n), false);
}

/** Adam (Kingma and Ba 2015) for one player. betas: as in torch. */
export function adam(net, betas) {
  const [first, second] = betas;
  const mean = zerosLike(net);
  const square = zerosLike(net);
  let steps = 0;

  /** Move the parameters against their gradients. */
  return function update(gradients, rate) {
    steps += 1;
    const stride = rate / (1 - first ** steps);
    const correction = Math.sqrt(1 - second ** steps);
    for (const [k, values] of parameters(net).entries()) {
      const g = gradients[k];
      const m = mean[k];
      const s = square[k];
      for (let i = 0; i < values.length; i++) {
        m[i] += (1 - first) * (g[i] - m[i]);
        s[i] = second * s[i] + (1 - second) * g[i] * g[i];
        values[i] -= (stride * m[i]) / (Math.sqrt(s[i]) / correction + 1e-8);
      }
    }
  };
}

function addBias(x, bias, n) {
  const width = bias.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < width; j++) x[i * width + j] += bias[j];
  }
}

/** Zero where the ReLU gave zero. */
function closeGates(d, relu) {
  for (let i = 0; i < d.length; i++) if (relu[i] <= 0) d[i] = 0;
}

/** (rows, columns) -> (columns, rows). */
function transposed(x, rows, columns) {
  const out = new Float64Array(x.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[j * rows + i] = x[i * columns + j];
  }
  return out;
}

/**
 * Every row of a (n, k) times every row of b (m, k): out (n, m). Nearly all the time of a step goes
 * here, and most of a plain loop's goes into reading numbers. So four rows of a and two of b are
 * read at a time: six numbers for eight products, where one by one takes sixteen.
 * @param {Float64Array} a
 * @param {Float64Array} b
 */
function products(a, b, n, m, k) {
  const out = new Float64Array(n * m);
  const wholeN = n - (n % 4);
  const wholeM = m - (m % 2);
  for (let i = 0; i < wholeN; i += 4) {
    const a0 = i * k;
    const a1 = a0 + k;
    const a2 = a1 + k;
    const a3 = a2 + k;
    for (let j = 0; j < wholeM; j += 2) {
      const b0 = j * k;
      const b1 = b0 + k;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let l = 0; l < k; l++) {
        const u = b[b0 + l];
        const v = b[b1 + l];
        s00 += a[a0 + l] * u;
        s01 += a[a0 + l] * v;
        s10 += a[a1 + l] * u;
        s11 += a[a1 + l] * v;
        s20 += a[a2 + l] * u;
        s21 += a[a2 + l] * v;
        s30 += a[a3 + l] * u;
        s31 += a[a3 + l] * v;
      }
      const at = i * m + j;
      out[at] = s00;
      out[at + 1] = s01;
      out[at + m] = s10;
      out[at + m + 1] = s11;
      out[at + 2 * m] = s20;
      out[at + 2 * m + 1] = s21;
      out[at + 3 * m] = s30;
      out[at + 3 * m + 1] = s31;
    }
  }
  // what is left over at the edges
  for (let i = 0; i < n; i++) {
    for (let j = i < wholeN ? wholeM : 0; j < m; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += a[i * k + l] * b[j * k + l];
      out[i * m + j] = sum;
    }
  }
  return out;
}
