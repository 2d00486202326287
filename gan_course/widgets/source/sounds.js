// @ts-check
// Sounds along a path: drawn as wave and spectrogram, played by the browser. All the samples are in
// the widget; it needs no kernel.

import { widget } from "./main.js";
import { axes, button, COLOURS, choice, el, frame, player, slider, surface } from "./ui.js";

/**
 * A wave at a rate four times higher, by a windowed sinc: browsers play no less than 8,000 samples
 * a second everywhere.
 */
function upsampled(wave) {
  const up = 4,
    reach = 8,
    found = new Float32Array(up * wave.length);
  for (let i = 0; i < found.length; i++) {
    const at = i / up,
      from = Math.max(0, Math.ceil(at - reach)),
      to = Math.min(wave.length - 1, Math.floor(at + reach));
    for (let k = from; k <= to; k++) {
      const t = Math.PI * (at - k);
      found[i] += wave[k] * (t ? (Math.sin(t) / t) * Math.cos(t / (2 * reach)) ** 2 : 1);
    }
  }
  return found;
}

/**
 * Power in decibels of short stretches under a Hann window: rows of frames, `size / 2` bins each.
 */
function spectrogram(wave, size = 128, hop = 16) {
  const cos = Float32Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size));
  const frames = [];
  for (let start = -size / 2; start <= wave.length - size / 2; start += hop) {
    const part = Float32Array.from(
      { length: size },
      (_, i) => (wave[start + i] || 0) * (0.5 - 0.5 * cos[i]),
    );
    frames.push(
      Float32Array.from({ length: size / 2 }, (_, k) => {
        let re = 0,
          im = 0;
        for (let i = 0; i < size; i++) {
          re += part[i] * cos[(i * k) % size];
          im += part[i] * cos[(i * k + (3 * size) / 4) % size]; // sin(x) = cos(x + 3/4 turn)
        }
        // 0 dB: a sine of amplitude 1
        return 10 * Math.log10((16 * (re * re + im * im)) / (size * size) + 1e-9);
      }),
    );
  }
  return frames;
}

function sounds(root, config, data, host) {
  const ui = frame(root, config.title),
    { rate, rows, captions, count, samples } = config;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength),
    LOUDEST = 0,
    QUIETEST = -60; // dB
  let row = 0,
    now = config.start,
    drawn = 0,
    played = 0,
    audio = null,
    playing = null;

  const wave = () =>
    Float32Array.from(
      { length: samples },
      (_, i) => view.getInt16(2 * ((row * count + now) * samples + i), true) / 32767,
    );
  const colour = () => (config.real.includes(rows[row]) ? COLOURS.real : COLOURS.fake);
  const last = (1000 * samples) / rate; // ms
  const left = surface(400, 250, (ctx, w, h, ink, x) => {
    const a = axes(ctx, [54, 28, 334, 176], [0, last], [-1, 1], ink, {
      title: "wave",
      xlabel: "time (ms)",
      ylabel: "pressure",
    });
    a.line(
      Array.from(x, (_, i) => (1000 * i) / rate),
      Array.from(x),
      colour(),
      { width: 1 },
    );
  });
  const right = surface(400, 250, (ctx, w, h, ink, x) => {
    const a = axes(ctx, [54, 28, 334, 176], [0, last], [0, rate / 2], ink, {
      title: "spectrogram (darker is louder)",
      xlabel: "time (ms)",
      ylabel: "frequency (Hz)",
      grid: false,
    });
    const frames = spectrogram(x),
      bins = frames[0].length,
      image = new ImageData(frames.length, bins);
    const [paper, full] = [[255, 255, 255], colour() === COLOURS.real ? [0, 48, 92] : [92, 30, 0]];
    frames.forEach((powers, i) =>
      powers.forEach((power, k) => {
        const t = Math.min(1, Math.max(0, (power - QUIETEST) / (LOUDEST - QUIETEST)));
        image.data.set(
          [...paper.map((p, c) => p + t * (full[c] - p)), 255],
          4 * ((bins - 1 - k) * frames.length + i),
        );
      }),
    );
    const small = new OffscreenCanvas(frames.length, bins);
    small.getContext("2d").putImageData(image, 0, 0);
    a.clip(() => {
      ctx.imageSmoothingEnabled = true;
      ctx.drawImage(small, 54, 28, 334, 176);
    });
  });
  const caption = el("div", { class: "gan-caption", "aria-live": "polite" });
  const refresh = ui.coalesce(async () => {
    const x = wave(),
      said = captions[row][now];
    left.draw(x);
    right.draw(x);
    caption.textContent = said.replaceAll("-", "−");
    left.describe(`Wave: ${rows[row]}, ${said}`);
    right.describe(`Spectrogram: ${rows[row]}, ${said}`);
    right.node.dataset.frame = String(++drawn);
    root.dataset.values = JSON.stringify({ row: rows[row], at: now, caption: said, played });
  });

  /** Play the present sound; the first call comes from a click or a key, as browsers ask. */
  function sound() {
    try {
      audio ||= new AudioContext();
      audio.resume();
      playing?.stop();
      const x = upsampled(wave()),
        buffer = audio.createBuffer(1, x.length, 4 * rate),
        volume = audio.createGain();
      buffer.copyToChannel(x, 0);
      volume.gain.value = 0.4;
      playing = audio.createBufferSource();
      playing.buffer = buffer;
      playing.connect(volume).connect(audio.destination);
      playing.start();
      played++;
      ui.fail(null);
    } catch (error) {
      ui.fail(error);
    }
  }
  const hear = el("input", { type: "checkbox", checked: true });
  const move = (k) => {
    now = k;
    if (hear.checked) sound();
    refresh();
  };
  const at = slider({
    label: config.label,
    low: 0,
    high: count - 1,
    step: 1,
    value: now,
    tip: "From one sound to the other: arrow keys move, Enter plays again",
    format: (k) => `${k + 1} of ${count}`,
    change: move,
  });
  at.input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    sound();
    refresh();
  });
  const walk = player(
    "Play the whole row, one sound after the other",
    Math.max(300, last + 60),
    (stop) => {
      if (now >= count - 1) return stop();
      at.set(now + 1);
      now += 1;
      sound();
      refresh();
    },
  );
  walk.node.addEventListener("click", () => {
    if (now >= count - 1) {
      now = 0;
      at.set(0);
    }
    if (!walk.node.textContent.includes("Pause")) return;
    sound();
    refresh();
  });
  const which =
    rows.length > 1 &&
    choice(
      "sounds",
      rows,
      rows[0],
      (name) => {
        row = rows.indexOf(name);
        if (hear.checked) sound();
        refresh();
      },
      "Which row of sounds",
    );
  ui.body.append(
    el("div", { class: "gan-title" }, config.title),
    el(
      "div",
      { class: "gan-row" },
      button("♪ Listen", "Play this sound", () => {
        sound();
        refresh();
      }),
      walk.node,
      which ? which.node : null,
      el("label", { class: "gan-check" }, hear, "play on each move"),
    ),
    el("div", { class: "gan-row" }, at.node),
    el("div", { class: "gan-pair" }, left.node, right.node),
    caption,
  );
  ui.redraw = refresh;
  refresh();
  return () => {
    walk.stop();
    audio?.close();
    ui.close();
  };
}

export default widget(sounds);
