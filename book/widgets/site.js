// The static site's way in: each widget view that Sphinx left in the page is mounted from the state beside it, without a kernel.

const here = document.currentScript.src.replace(/[^/]*$/, "");

/** A shipped generator, as book/widgets/site.py wrote it; null for one that the site does not have. */
const shipped = {};
globalThis.ganCourseGenerator = (name, value) => (shipped[name] = value);
function generator(name) {
  if (!name || !GENERATORS.includes(name)) return null;
  return new Promise((resolve, reject) => {
    if (shipped[name]) return resolve(shipped[name]);
    const script = el("script", { src: `${here}generators/${name}.js` }); // a script, since file:// allows no fetch
    script.onload = () => resolve(shipped[name]);
    script.onerror = () => reject(new Error(`generators/${name}.js could not be read`));
    document.head.append(script);
  });
}

/** What anywidget's model is in JupyterLab. state: one model's saved state; its buffers are base64. */
function savedModel({ state, buffers = [] }) {
  const values = { ...state };
  for (const { path, data } of buffers) values[path[0]] = bytesOf(data);
  return { get: (name) => values[name], on() {}, off() {}, generator };
}

function mount() {
  const kept = document.querySelector('script[type="application/vnd.jupyter.widget-state+json"]');
  if (!kept) return;
  const models = JSON.parse(kept.textContent).state;
  for (const view of document.querySelectorAll('script[type="application/vnd.jupyter.widget-view+json"]')) {
    const model = models[JSON.parse(view.textContent).model_id];
    if (model?.model_module !== "anywidget") continue;
    const root = el("div", { class: "gan-site" });
    view.replaceWith(root);
    render({ model: savedModel(model), el: root });
  }
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
else mount();
globalThis.ganCourse = { bytesOf, compile, generator, random }; // for the tests
