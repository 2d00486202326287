// @ts-check
// Bundles the widgets: `npm --prefix book run bundle`, after a change of gan_course/widgets/source.
// The results are committed, so that readers need no node: a file for each kind of widget, and one
// with all of them for the static site. `node bundle.js FOLDER` writes into another folder, for the
// test that compares.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";

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
  "realfake",
  "sheets",
  "sounds",
  "timemachine",
];
const common = {
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2022",
};
/** `import code from "worker:./worker.js"`: that file, bundled, as a text to start a worker from. */
const workers = {
  name: "workers",
  setup(build) {
    build.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice("worker:".length)),
      namespace: "worker",
    }));
    build.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
      const built = await bundle({
        ...common,
        format: "iife",
        entryPoints: [path],
        write: false,
      });
      return { contents: built.outputFiles[0].text, loader: "text" };
    });
  },
};
const options = { ...common, loader: { ".css": "text" }, plugins: [workers] };

await bundle({
  ...options,
  format: "esm", // anywidget imports it
  entryPoints: ["loader", ...kinds].map((name) => join(source, `${name}.js`)),
  outdir: folder || join(here, "../../gan_course/widgets/bundle"),
});
await bundle({
  ...options,
  format: "iife", // a page that was opened from a disk loads no modules
  entryPoints: [join(here, "site.js")],
  outfile: join(folder || here, "site.bundle.js"),
});
