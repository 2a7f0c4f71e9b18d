/**
 * How much JavaScript the patient's page loads before it can be used; how much the nurse's page, with a patient and the
 * chart; and how much there is of the nurse's page with all that comes later. Fails above a limit.
 */
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";

const KILOBYTE = 1024;
const PAGES = [
  {
    page: "index.html",
    manifest: "manifest",
    later: [],
    limit: 36 * KILOBYTE,
    what: "first load of the patient page",
  },
  {
    page: "clinic.html",
    manifest: "clinic",
    later: ["src/clinic/chart/", "src/clinic/photos/"],
    limit: 107 * KILOBYTE,
    what: "the nurse page, with the chart",
  },
  {
    page: "clinic.html",
    manifest: "clinic",
    later: ["src/clinic/"],
    limit: 132 * KILOBYTE,
    what: "all of the nurse's pages: the roster, messages, treatment, passwords as well",
  },
];

/** The scripts a page needs, with those of the sources under `later` that it asks for while it is used. */
function scriptsOf(page, manifest, later) {
  const built = JSON.parse(readFileSync(`dist/.vite/${manifest}.json`, "utf8"));
  const walked = new Set();
  const walk = (key) => {
    if (!built[key] || walked.has(key)) return;
    walked.add(key);
    for (const next of built[key].imports ?? []) walk(next);
    for (const next of built[key].dynamicImports ?? [])
      if (later.some((folder) => next.startsWith(folder))) walk(next);
  };
  walk(page);
  return new Set([...walked].map((key) => built[key].file).filter((file) => file.endsWith(".js")));
}

/** Prints each script and the sum. True when the sum is within its limit. */
function weigh({ page, manifest, later, limit, what }) {
  let sum = 0;
  for (const file of scriptsOf(page, manifest, later)) {
    const size = brotliCompressSync(readFileSync(`dist/${file}`)).length;
    sum += size;
    console.log(`${String(size).padStart(7)}  ${file}`);
  }
  console.log(`${String(sum).padStart(7)}  ${what}, brotli (limit ${limit})`);
  return sum <= limit;
}

process.exit(PAGES.map(weigh).every(Boolean) ? 0 : 1);
