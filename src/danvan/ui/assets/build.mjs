// Bundles styles, script and fonts into static/danvan/build/ (kept out of git).
// File names carry no hash: Django's manifest storage adds one in production.
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static", "danvan", "build");

await rm(out, { recursive: true, force: true });
await build({
  entryPoints: [join(here, "app.css"), join(here, "app.js")],
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "eof",
  logLevel: "info",
});
