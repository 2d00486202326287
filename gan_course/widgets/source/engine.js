// @ts-check
// Who draws the pictures of a generator: this browser, or the kernel; and the way between two z.

import { bytesOf, compile, toInk } from "./generator.js";

/**
 * The arc from a to b: their directions turn at constant speed, their lengths change in a straight
 * line.
 */
export function arc(a, b, t) {
  const norm = (v) => Math.hypot(...v),
    [na, nb] = [norm(a), norm(b)];
  const cosine = Math.min(
    1,
    Math.max(-1, a.reduce((sum, v, i) => sum + v * b[i], 0) / (na * nb || 1)),
  );
  const angle = Math.acos(cosine),
    length = (1 - t) * na + t * nb;
  if (angle < 1e-4 || !na || !nb) return a.map((v, i) => (1 - t) * v + t * b[i]);
  const [wa, wb] = [
    Math.sin((1 - t) * angle) / Math.sin(angle),
    Math.sin(t * angle) / Math.sin(angle),
  ];
  return a.map((v, i) => length * (wa * (v / na) + wb * (b[i] / nb)));
}

/**
 * How pictures are made: in this browser if the weights can be had, else by the kernel, else not at
 * all. data: the first pictures, and behind them the weights where they travel with the page.
 */
export async function engineOf(config, host, data) {
  const { shape, channels = 1 } = config,
    size = channels * shape[0] * shape[1];
  const local = (compiled) => ({
    where: "this browser",
    draw: async (zs, label, psi = 1) => {
      const pixels = new Uint8Array(zs.length * size);
      for (const [i, z] of zs.entries()) pixels.set(toInk(compiled(z, label, psi)), i * size);
      return pixels;
    },
  });
  if (config.portable) {
    const shipped = await host.generator?.(config.name);
    if (shipped) return local(compile(shipped.program, bytesOf(shipped.weights)));
    if (config.program) return local(compile(config.program, data.subarray(config.pictures)));
  }
  if (!host.ask) return null;
  if (config.portable) {
    const answer = await host.ask("weights");
    return local(compile(answer.content, answer.bytes));
  }
  return {
    where: "the kernel",
    draw: async (zs, label) => {
      const flat = new Float32Array(zs.length * config.latent_dim);
      zs.forEach((z, i) => flat.set(z, i * config.latent_dim));
      return (await host.ask("draw", { count: zs.length, label }, [flat.buffer])).bytes;
    },
  };
}

/** What to do where no pictures can be made. */
export function whyNot({ weights = 0 }) {
  const size = weights
    ? ` It has ${Math.ceil(weights / 1000)} kB of weights; up to 300 travel.`
    : "";
  return (
    "This generator was trained in the notebook and is too large to travel with the page." +
    `${size} To move the sliders, download the notebook (the link is at the top of the page) and ` +
    "run it, or use the explorer of a generator that comes with the course, in notebook 00. The " +
    "picture is the first one."
  );
}
