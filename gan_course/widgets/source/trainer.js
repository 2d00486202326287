// @ts-check
// Who trains in the laboratory: a worker of this page, or the kernel. Both answer `ask(name,
// content)` with {content, shot}: numbers, and the arrays of a picture.

import code from "worker:./worker.js";
import { snapshot } from "./scene.js";

/** A worker made from a text, since a page that was opened from a disk may load no script. */
export function inThisPage() {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  const worker = new Worker(address);
  const waiting = new Map();
  let last = 0;
  worker.onmessage = ({ data: { id, error, content, shot } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked.reject(new Error(error));
    else asked.resolve({ content, shot });
  };
  worker.onerror = (event) => {
    for (const asked of waiting.values())
      asked.reject(new Error(`this page may not train: ${event.message || "no worker starts"}`));
    waiting.clear();
  };
  return {
    name: "this browser",
    /** @returns {Promise<{ content: any, shot: any }>} */
    ask: (name, content = {}) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, name, content });
      }),
    close() {
      worker.terminate();
      URL.revokeObjectURL(address);
    },
  };
}

/** The kernel's answers, unpacked. size: of D's map. */
export function inTheKernel(host, size) {
  return {
    name: "the kernel",
    hello: () => host.ask("hello"),
    /** @returns {Promise<{ content: any, shot: any }>} */
    async ask(name, sent = {}) {
      const { content, bytes } = await host.ask(name, sent);
      return { content, shot: unpacked(content, bytes, size) };
    },
    close() {},
  };
}

/** The arrays of a picture as packing.py wrote them. */
export function unpacked(content, bytes, size) {
  return { ...snapshot(content.parts, bytes, 0), size };
}
