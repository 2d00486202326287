// @ts-check
// A trained generator in the browser: the list of operations that gan_course/widgets/portable.py
// writes, with 16-bit weights.

/**
 * Weights as portable.py packs them: their count, a float32 scale for each 16 of them, a 16-bit
 * integer for each.
 */
function unpack(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float32Array(view.getUint32(0, true)),
    integers = 4 + 4 * Math.ceil(out.length / 16);
  for (let i = 0; i < out.length; i++)
    out[i] = view.getInt16(integers + 2 * i, true) * view.getFloat32(4 + 4 * (i >> 4), true);
  return out;
}

export function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

const OPERATIONS = {
  /** y = W x + b; W is (out, in), row after row. */
  linear(x, { n_in, n_out, weight, bias }, numbers) {
    const y = new Float32Array(n_out);
    for (let o = 0, w = weight; o < n_out; o++) {
      let sum = numbers[bias + o];
      for (let i = 0; i < n_in; i++, w++) sum += numbers[w] * x[i];
      y[o] = sum;
    }
    return y;
  },

  /** Leaky ReLU; slope 0 is the plain one. */
  relu(x, { slope }) {
    for (let i = 0; i < x.length; i++) if (x[i] < 0) x[i] *= slope;
    return x;
  },

  tanh(x) {
    for (let i = 0; i < x.length; i++) x[i] = Math.tanh(x[i]);
    return x;
  },

  /** Each pixel becomes factor x factor. shape: (C, H, W) of the input. */
  upsample(x, { shape: [channels, height, width], factor }) {
    const h = height * factor,
      w = width * factor,
      y = new Float32Array(channels * h * w);
    for (let c = 0, at = 0; c < channels; c++)
      for (let i = 0; i < h; i++)
        for (let j = 0; j < w; j++, at++)
          y[at] = x[(c * height + Math.floor(i / factor)) * width + Math.floor(j / factor)];
    return y;
  },

  /** Convolution; the kernel is (out, in, kh, kw). */
  conv(
    x,
    {
      shape: [n_in, height, width],
      out: [n_out, h, w],
      kernel: [kh, kw],
      stride,
      padding: [ph, pw],
      weight,
      bias,
    },
    numbers,
  ) {
    // the outputs whose input pixel lies inside the picture
    const low = (p, k) => Math.max(0, Math.ceil((p - k) / stride));
    const high = (n, size, p, k) => Math.min(n, Math.floor((size - 1 + p - k) / stride) + 1);
    const y = new Float32Array(n_out * h * w);
    for (let o = 0; o < n_out; o++) {
      if (bias != null) y.fill(numbers[bias + o], o * h * w, (o + 1) * h * w);
      for (let c = 0; c < n_in; c++)
        for (let ki = 0; ki < kh; ki++)
          for (let kj = 0; kj < kw; kj++) {
            const k = numbers[weight + ((o * n_in + c) * kh + ki) * kw + kj];
            const first = low(pw, kj),
              last = high(w, width, pw, kj);
            for (let i = low(ph, ki); i < high(h, height, ph, ki); i++) {
              const from = (c * height + stride * i + ki - ph) * width + kj - pw,
                to = (o * h + i) * w;
              for (let j = first; j < last; j++) y[to + j] += k * x[from + stride * j];
            }
          }
    }
    return y;
  },

  /**
   * Transposed convolution; the kernel is (in, out, kh, kw). Each input pixel adds its kernel to
   * the output; zeros add nothing.
   */
  transposed(
    x,
    {
      shape: [n_in, height, width],
      out: [n_out, h, w],
      kernel: [kh, kw],
      stride,
      padding: [ph, pw],
      weight,
      bias,
    },
    numbers,
  ) {
    const y = new Float32Array(n_out * h * w);
    for (let o = 0; o < n_out; o++) y.fill(numbers[bias + o], o * h * w, (o + 1) * h * w);
    for (let c = 0; c < n_in; c++)
      for (let i = 0; i < height; i++)
        for (let j = 0; j < width; j++) {
          const v = x[(c * height + i) * width + j];
          if (v === 0) continue; // half of them, after a ReLU
          const top = i * stride - ph,
            left = j * stride - pw;
          const a = Math.max(0, -left),
            b = Math.min(kw, w - left);
          for (let o = 0; o < n_out; o++)
            for (let ki = Math.max(0, -top); ki < Math.min(kh, h - top); ki++) {
              const from = weight + ((c * n_out + o) * kh + ki) * kw,
                to = (o * h + top + ki) * w + left;
              for (let kj = a; kj < b; kj++) y[to + kj] += v * numbers[from + kj];
            }
        }
    return y;
  },

  /** A skip of an encoder-decoder: puts a copy on the shelf. */
  keep(x, step, numbers, { shelf }) {
    shelf.push(x.slice());
    return x;
  },

  /** Its other end: what was put on the shelf last, as further channels. */
  join(x, step, numbers, { shelf }) {
    const other = shelf.pop(),
      y = new Float32Array(x.length + other.length);
    y.set(x);
    y.set(other, x.length);
    return y;
  },

  /** The numbers of the input that one style is made of. */
  part(x, { first, count }, numbers, { input }) {
    return input.slice(first, first + count);
  },

  /** To the length of the square root of its size. */
  normalise(x) {
    let sum = 1e-8 * x.length;
    for (const v of x) sum += v * v;
    const length = Math.sqrt(sum / x.length);
    return x.map((v) => v / length);
  },

  /** Truncation in W: towards the mean. */
  truncate(x, { mean }, numbers, { psi }) {
    return x.map((v, i) => numbers[mean + i] + psi * (v - numbers[mean + i]));
  },

  /** What the layers read their scales from. */
  style(x, step, numbers, { styles }) {
    styles.push(x);
    return x;
  },

  /** The learned map at which a style-based generator starts. */
  constant(x, { place, shape }, numbers) {
    return numbers.slice(place, place + shape[0] * shape[1] * shape[2]);
  },

  /**
   * Convolution whose input channels a style scales; demodulate: each output channel is divided by
   * the length of its scaled kernel.
   */
  modulated(x, step, numbers, memory) {
    const { shape, out, kernel, weight, bias, noise, gain } = step,
      scale = OPERATIONS.linear(memory.styles[step.style], step.affine, numbers),
      pixels = shape[1] * shape[2],
      taps = kernel[0] * kernel[1];
    const scaled = x.map((v, i) => v * scale[Math.floor(i / pixels)]);
    const y = OPERATIONS.conv(scaled, { ...step, bias: null }, numbers);
    for (let o = 0; o < out[0]; o++) {
      let power = step.demodulate ? 1e-8 : 1;
      if (step.demodulate)
        for (let c = 0, at = weight + o * shape[0] * taps; c < shape[0]; c++)
          for (let k = 0; k < taps; k++, at++) power += (scale[c] * numbers[at]) ** 2;
      const factor = gain / Math.sqrt(power);
      for (let p = 0; p < pixels; p++)
        y[o * pixels + p] =
          y[o * pixels + p] * factor + numbers[bias + o] + (noise == null ? 0 : numbers[noise + p]);
    }
    return y;
  },

  /** Adds the picture of this size to the enlarged one of the sizes before. */
  draw(x, step, numbers, memory) {
    const y = OPERATIONS.modulated(x, step, numbers, memory),
      [channels, height, width] = step.out;
    if (memory.picture) {
      const before = OPERATIONS.upsample(memory.picture, {
        shape: [channels, height / 2, width / 2],
        factor: 2,
      });
      for (let i = 0; i < y.length; i++) y[i] += before[i];
    }
    memory.picture = y;
    return x;
  },

  picture(x, step, numbers, memory) {
    return memory.picture;
  },

  /** Known pixels come out as they went in: the input's first planes, where the next one is 1. */
  paste(x, { channels = 1 }, numbers, { input }) {
    const size = x.length / channels;
    return x.map((v, i) => (input[x.length + (i % size)] > 0.5 ? input[i] : v));
  },
};

/**
 * A function (z, label, psi) -> Float32Array of one sample. label: a class, or the weight of each.
 * psi: truncation in W, of a style-based generator. program: what portable.program returns; packed:
 * its weights' bytes.
 */
export function compile(program, packed) {
  const numbers = unpack(packed);
  const { latent_dim, num_classes, label_dim, label_table } = program;
  return (z, label = 0, psi = 1) => {
    const x = new Float32Array(latent_dim + label_dim);
    x.set(z.subarray(0, latent_dim));
    for (let c = 0; c < num_classes; c++) {
      const share = typeof label === "number" ? Number(c === label) : label[c];
      if (label_table == null) x[latent_dim + c] = share;
      else
        for (let i = 0; i < label_dim; i++)
          x[latent_dim + i] += share * numbers[label_table + i * num_classes + c];
    }
    const memory = { shelf: [], input: x, styles: [], psi, picture: null };
    return program.operations.reduce(
      (value, step) => OPERATIONS[step.op](value, step, numbers, memory),
      x,
    );
  };
}

/** One sample in [-1, 1] as bytes: grey from 0, paper, to 255, ink; colours from dark to bright. */
export function toInk(sample) {
  return Uint8Array.from(sample, (v) => Math.round((Math.min(1, Math.max(-1, v)) + 1) * 127.5));
}
