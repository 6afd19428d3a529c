// Bundles every css/*.css and js/*.js that stands beside this file into ../static/dist; folders below them are parts.
// The letters get the same fonts, as files that typst reads.
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const out = join(here, "..", "static", "dist");
const kit = join(root, "node_modules/bootstrap-italia");
const fonts = join(root, "desk/letters/fonts");
const sources = (folder, ending) =>
  readdirSync(join(here, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(here, folder, name));

for (const made of [out, fonts]) rmSync(made, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [...sources("css", ".css"), ...sources("js", ".js")],
  entryNames: "[name]",
  assetNames: "fonts/[name]",
  outdir: out,
  bundle: true,
  metafile: true,
  minify: true,
  format: "iife",
  target: ["es2020", "chrome100", "firefox100", "safari15"],
  legalComments: "linked",
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty", ".eot": "empty", ".svg": "dataurl" },
  logLevel: "warning",
});
copyFileSync(join(kit, "dist/svg/sprites.svg"), join(out, "sprites.svg"));

const printed = (path) => statSync(path).isDirectory() || [".ttf", ".txt"].includes(extname(path));
for (const family of ["Titillium_Web", "Roboto_Mono"])
  cpSync(join(kit, "dist/fonts", family), join(fonts, family), { recursive: true, filter: printed });

// Whoever passes the bundles on passes on the licence of every package in them.
const packages = Object.keys(metafile.inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
const licence = (name) => {
  const folder = join(root, "node_modules", name);
  const read = (file) => readFileSync(join(folder, file), "utf8").trim();
  const texts = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  return [`== ${name}: ${JSON.parse(read("package.json")).license}`, ...texts.map(read)].join("\n\n");
};
writeFileSync(join(out, "licences.txt"), [...new Set(packages)].filter(Boolean).sort().map(licence).join("\n\n"));
