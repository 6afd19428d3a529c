// Bundles every style and script below css/ and js/ into ../static/dist, in the same folders; a folder that is
// named as a file beside it holds the parts of that file.
// The letters get the same fonts, and some of other scripts, as files that typst reads.
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const out = join(here, "..", "static", "dist");
const kit = join(root, "node_modules/bootstrap-italia");
const fonts = join(root, "desk/letters/fonts");
const sources = (folder, ending) => {
  const inside = readdirSync(join(here, folder), { withFileTypes: true });
  const files = inside.filter((each) => each.isFile() && each.name.endsWith(ending));
  const stems = new Set(files.map((each) => each.name.slice(0, -ending.length)));
  const folders = inside.filter((each) => each.isDirectory() && !stems.has(each.name));
  return [
    ...files.map((each) => `${folder}/${each.name}`),
    ...folders.flatMap((each) => sources(`${folder}/${each.name}`, ending)),
  ];
};
const entry = (source) => ({ in: join(here, source), out: source.replace(/^[a-z]+\/|\.[a-z]+$/g, "") });

for (const made of [out, fonts]) rmSync(made, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [...sources("css", ".css"), ...sources("js", ".js")].map(entry),
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
for (const family of ["noto-emoji", "noto-sans-gurmukhi", "noto-sans-sinhala"]) {
  const pack = join(root, "node_modules/@expo-google-fonts", family);
  cpSync(join(pack, "400Regular"), join(fonts, family), { recursive: true, filter: printed });
  copyFileSync(join(pack, "LICENSE_FONT"), join(fonts, family, "OFL.txt"));
}

// Whoever passes the bundles on passes on the licence of every package in them.
const packages = Object.keys(metafile.inputs).map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
const licence = (name) => {
  const folder = join(root, "node_modules", name);
  const read = (file) => readFileSync(join(folder, file), "utf8").trim();
  const texts = readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  return [`== ${name}: ${JSON.parse(read("package.json")).license}`, ...texts.map(read)].join("\n\n");
};
writeFileSync(join(out, "licences.txt"), [...new Set(packages)].filter(Boolean).sort().map(licence).join("\n\n"));
