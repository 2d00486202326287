// @ts-check
// The way in: JupyterLab (through anywidget and loader.js) and the static site both call the
// `render` that `widget` makes.

import css from "./style.css";
import { el } from "./ui.js";

/**
 * Bytes as the front ends bring them (a DataView, an ArrayBuffer, an array of bytes, nothing), as
 * one kind of array.
 */
function bytesFrom(data) {
  return data
    ? new Uint8Array(data.buffer || data, data.byteOffset || 0, data.byteLength)
    : new Uint8Array();
}

/**
 * What a widget may ask of the world around it: `ask` a kernel, a shipped `generator` of the site.
 */
function hostOf(model, signal) {
  const host = { generator: model.generator, ask: null };
  if (model.send) {
    const waiting = new Map(),
      me = Math.random().toString(36).slice(2); // two views of one model tell their answers apart
    let last = 0;
    const hear = (message, buffers) => {
      const asked = waiting.get(message.id);
      if (!asked) return;
      waiting.delete(message.id);
      if (message.error) asked.reject(new Error(message.error));
      else asked.resolve({ content: message.content, bytes: bytesFrom(buffers?.[0]) });
    };
    model.on("msg:custom", hear);
    signal.addEventListener("abort", () => model.off("msg:custom", hear));
    host.ask = (name, content = {}, buffers = []) =>
      new Promise((resolve, reject) => {
        const id = `${me}-${++last}`;
        waiting.set(id, { resolve, reject });
        model.send({ id, name, content }, undefined, buffers);
      });
  }
  /** Controls that only a kernel can serve stay grey until one has answered. */
  host.alive = (ui, controls) => {
    const wake = (yes) => {
      controls.inert = !yes;
      controls.style.opacity = yes ? "1" : "0.5";
    };
    wake(false);
    ui.note(
      host.ask
        ? "Waiting for the kernel. In a notebook that is not running, run this cell."
        : "These controls need the notebook with its kernel. The picture is the first one.",
    );
    host
      .ask?.("hello")
      .then(() => {
        wake(true);
        ui.note(null);
      })
      .catch(ui.fail);
  };
  return host;
}

/** The style sheet, once a page. */
function dress() {
  if (document.getElementById("gan-course-style")) return;
  document.head.append(el("style", { id: "gan-course-style" }, css));
}

/**
 * What anywidget and the static site load: `render` draws a widget of this kind. draw(root, config,
 * data, host).
 */
export function widget(draw) {
  function render({ model, el: root }) {
    const stop = new AbortController();
    root.dataset.kind = model.get("kind");
    dress();
    let close = () => {};
    try {
      close = draw(
        root,
        model.get("config"),
        bytesFrom(model.get("data")),
        hostOf(model, stop.signal),
      );
    } catch (error) {
      root.append(
        el(
          "div",
          { class: "gan-error", role: "alert" },
          `This widget could not start: ${error.message}`,
        ),
      );
      console.error(error);
    }
    return () => {
      stop.abort();
      close();
    };
  }
  return { render };
}
