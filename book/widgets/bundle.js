// @ts-check
// Bundles the widgets: `npm --prefix book run bundle`, after a change of gan_course/widgets/source.
// The results are committed, so that readers need no node: a file for each kind of widget, and one
// with all of them for the static site. `node bundle.js FOLDER` writes into another folder, for the
// test that compares.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "../../gan_course/widgets/source");
const [folder] = process.argv.slice(2);
const kinds = [
  "brush",
  "dynamics",
  "explore",
  "laboratory",
  "latent",
  "objective",
  "plane",
  "sounds",
  "timemachine",
];
const options = {
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2022",
  loader: { ".css": "text" },
};

await build({
  ...options,
  format: "esm", // anywidget imports it
  entryPoints: ["loader", ...kinds].map((name) => join(source, `${name}.js`)),
  outdir: folder || join(here, "../../gan_course/widgets/bundle"),
});
await build({
  ...options,
  format: "iife", // a page that was opened from a disk loads no modules
  entryPoints: [join(here, "site.js")],
  outfile: join(folder || here, "site.bundle.js"),
});
