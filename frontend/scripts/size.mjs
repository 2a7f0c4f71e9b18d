/** How much JavaScript the patient page loads before it can be used. Fails above the limit. */
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const LIMIT = 40 * 1024;
const built = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const files = new Set();

function walk(key) {
  const chunk = built[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) walk(next);
}
walk("index.html");

let sum = 0;
for (const file of files) {
  const size = brotliCompressSync(readFileSync(`dist/${file}`)).length;
  sum += size;
  console.log(`${String(size).padStart(7)}  ${file}`);
}
console.log(`${String(sum).padStart(7)}  first load of the patient page, brotli (limit ${LIMIT})`);
process.exit(sum > LIMIT ? 1 : 0);
