// The way in: JupyterLab (through anywidget) and the static site both call `render`.

/** What a widget may ask of the world around it: `ask` a kernel, a shipped `generator` of the site. */
function hostOf(model, signal) {
  const host = { generator: model.generator, ask: null };
  if (model.send) {
    const waiting = new Map(), me = Math.random().toString(36).slice(2); // two views of one model tell their answers apart
    let last = 0, answered = false;
    const hear = (message, buffers) => {
      const asked = waiting.get(message.id);
      if (!asked) return;
      waiting.delete(message.id);
      answered = true;
      if (message.error) asked.reject(new Error(message.error));
      else asked.resolve({ content: message.content, bytes: buffers?.[0] && new Uint8Array(buffers[0].buffer || buffers[0], buffers[0].byteOffset || 0, buffers[0].byteLength) });
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
      controls.style.opacity = yes ? 1 : 0.5;
    };
    wake(false);
    ui.note(host.ask ? "Waiting for the kernel. In a notebook that is not running, run this cell." : "These controls need the notebook with its kernel. The picture is the first one.");
    host.ask?.("hello").then(() => (wake(true), ui.note(null))).catch(ui.fail);
  };
  return host;
}

function render({ model, el: root }) {
  const stop = new AbortController(), kind = model.get("kind"), data = model.get("data");
  const bytes = data ? new Uint8Array(data.buffer || data, data.byteOffset || 0, data.byteLength) : new Uint8Array();
  root.dataset.kind = kind;
  let close = () => {};
  try {
    close = KINDS[kind](root, model.get("config"), bytes, hostOf(model, stop.signal)) || close;
  } catch (error) {
    root.append(el("div", { class: "gan-error", role: "alert" }, `This widget could not start: ${error.message}`));
    console.error(error);
  }
  return () => (stop.abort(), close());
}
