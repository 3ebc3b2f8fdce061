// Writes the viewer as the page needs it: scene.js (the program), scene.html (template with the styles and what the browser may
// run), LICENSES.txt. The first argument is the folder, by default resources/viewer of the repository.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2] ?? join(here, "..", "resources", "viewer");
const shared = { bundle: true, minify: true, write: false, charset: "ascii", legalComments: "none", absWorkingDir: here, logLevel: "warning" };

const output = async (options) => (await build({ ...shared, ...options })).outputFiles[0].text.trim();
const hash = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
const licence = (name) => readFileSync(join(here, "node_modules", name, name === "esbuild" ? "LICENSE.md" : "LICENSE"), "utf8").trim();
const version = (name) => JSON.parse(readFileSync(join(here, "node_modules", name, "package.json"), "utf8")).version;

const shortened = {
  name: "shaders",
  setup(build) {
    // The programs of the graphics card lose comments and indents.
    build.onLoad({ filter: /shaders\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/[ \t]+\/\/ .*$/gm, "").replace(/^[ \t]+/gm, "").replace(/\n{2,}/g, "\n"),
      loader: "js",
    }));
  },
};

const program = await output({ entryPoints: ["src/main.js"], format: "iife", target: "es2022", plugins: [shortened] });
const style = await output({ entryPoints: ["scene.css"], target: "es2022" });
for (const forbidden of ["</script", "<!--", "\r"]) {
  if (program.toLowerCase().includes(forbidden) || style.includes(forbidden)) throw new Error(`the bundle contains ${JSON.stringify(forbidden)}`);
}
const parts = { "program-hash": hash(program), "style-hash": hash(style), style };
const template = readFileSync(join(here, "scene.html"), "utf8").replace(/\{\{([\w-]+)\}\}/g, (mark, name) => parts[name] ?? mark);

const licences = `The program of 3D scenes, scene.js, was made by esbuild ${version("esbuild")} from the sources of City Twin (folder viewer of
its repository, under the licence of City Twin) and of three.js ${version("three")}. The texts below belong to the parts of others.

three.js ${version("three")}
${"-".repeat(60)}
${licence("three")}

esbuild ${version("esbuild")} (the program that joined the parts; a few lines of it may stand in the result)
${"-".repeat(60)}
${licence("esbuild")}
`;

mkdirSync(target, { recursive: true });
writeFileSync(join(target, "scene.js"), program);
writeFileSync(join(target, "scene.html"), template);
writeFileSync(join(target, "LICENSES.txt"), licences);
