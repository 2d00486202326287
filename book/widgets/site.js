// @ts-check
// The static site's way in: each widget view that Sphinx left in the page is mounted from the state
// beside it, without a kernel.

import brush from "../../gan_course/widgets/source/brush.js";
import dynamics from "../../gan_course/widgets/source/dynamics.js";
import explore from "../../gan_course/widgets/source/explore.js";
import { bytesOf, compile } from "../../gan_course/widgets/source/generator.js";
import laboratory from "../../gan_course/widgets/source/laboratory.js";
import latent from "../../gan_course/widgets/source/latent.js";
import objective from "../../gan_course/widgets/source/objective.js";
import plane from "../../gan_course/widgets/source/plane.js";
import realfake from "../../gan_course/widgets/source/realfake.js";
import sheets from "../../gan_course/widgets/source/sheets.js";
import sounds from "../../gan_course/widgets/source/sounds.js";
import timemachine from "../../gan_course/widgets/source/timemachine.js";
import { inThisPage } from "../../gan_course/widgets/source/trainer.js";
import { el, random } from "../../gan_course/widgets/source/ui.js";

const KINDS = {
  brush,
  dynamics,
  explore,
  laboratory,
  latent,
  objective,
  plane,
  realfake,
  sheets,
  sounds,
  timemachine,
};
const here = /** @type {HTMLScriptElement} */ (document.currentScript).src.replace(/[^/]*$/, "");

/**
 * A shipped generator, as book/widgets/site.py wrote it; null for one that the site does not have.
 */
const shipped = {};
const page = /** @type {any} */ (globalThis);
page.ganCourseGenerator = (name, value) => (shipped[name] = value);
function generator(name) {
  if (!name || !page.ganCourseGenerators.includes(name)) return null;
  return new Promise((resolve, reject) => {
    if (shipped[name]) return resolve(shipped[name]);
    // a script, since file:// allows no fetch
    const script = el("script", { src: `${here}generators/${name}.js` });
    script.onload = () => resolve(shipped[name]);
    script.onerror = () => reject(new Error(`generators/${name}.js could not be read`));
    document.head.append(script);
  });
}

/**
 * What anywidget's model is in JupyterLab. state: one model's saved state; its buffers are base64.
 */
function savedModel({ state, buffers = [] }) {
  const values = { ...state };
  for (const { path, data } of buffers) values[path[0]] = bytesOf(data);
  return { get: (name) => values[name], on() {}, off() {}, generator };
}

/** The widgets that a notebook saved with the page. */
function mountSaved() {
  const kept = document.querySelector('script[type="application/vnd.jupyter.widget-state+json"]');
  if (!kept) return;
  const models = JSON.parse(kept.textContent).state;
  for (const view of document.querySelectorAll(
    'script[type="application/vnd.jupyter.widget-view+json"]',
  )) {
    const model = models[JSON.parse(view.textContent).model_id];
    if (model?.model_module !== "anywidget") continue;
    const root = el("div", { class: "gan-site" });
    view.replaceWith(root);
    const saved = savedModel(model);
    KINDS[saved.get("kind")].render({ model: saved, el: root });
  }
}

const TEXTS = ["title", "data", "loss", "penalty"];
const NUMBERS = ["units", "lr_d", "lr_g", "d_steps", "seed"];

/** What the address of laboratory.html asks for: ?data=grid&loss=hinge&lr_d=0.001 */
function fromAddress() {
  const found = {};
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (TEXTS.includes(name)) found[name] = value;
    if (NUMBERS.includes(name) && Number.isFinite(Number(value))) found[name] = Number(value);
  }
  return found;
}

/**
 * A training laboratory in place of a picture of it: <div class="gan-laboratory" data-settings>. With
 * data-address the page's address has a say, too.
 */
function mountLaboratories() {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(".gan-laboratory")
  )) {
    const root = el("div", { class: "gan-site" });
    place.replaceChildren(root);
    const asked = "address" in place.dataset ? fromAddress() : {};
    const { title, ...settings } = { ...JSON.parse(place.dataset.settings), ...asked };
    const state = { kind: "laboratory", config: { title, settings } };
    laboratory.render({ model: savedModel({ state }), el: root });
  }
}

function mount() {
  mountSaved();
  mountLaboratories();
}
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
else mount();
page.ganCourse = { bytesOf, compile, generator, inThisPage, random }; // for the tests
