/**
 * npm run evaluate -- FILE: judge cases with the phone's evaluator. FILE holds one JSON case a line; "-" or no
 * FILE reads standard input; --words adds the advice and the fired rules in plain sentences, --language=es in that
 * language. --documents=FILE judges by the protocols as phones keep them: {"sorafenib": document}. Needs no build: the evaluator is bundled in memory at call time.
 * Exit status 0 unless the file or a protocol cannot be read.
 */
import { readFileSync, readdirSync } from "node:fs";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

async function evaluator() {
  const build = await rolldown({ input: here("./evaluate.entry.ts"), platform: "node", logLevel: "silent" });
  const { output } = await build.generate({ format: "esm" });
  await build.close();
  return import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString("base64")}`);
}

/** The JSON files of one folder of the protocol by name: "data" or "drugs". */
function filesOf(name) {
  const folder = here(`../../backend/protocol/${name}/`);
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(names.map((name) => [name, JSON.parse(readFileSync(folder + name, "utf8"))]));
}

const options = process.argv.slice(2).filter((one) => one.startsWith("--"));
const language = options.find((one) => one.startsWith("--language="))?.slice("--language=".length) ?? "en";
const [file = "-"] = process.argv.slice(2).filter((one) => !one.startsWith("--"));
try {
  const texts = JSON.parse(readFileSync(here(`../../backend/protocol/texts/${language}.json`), "utf8"));
  const { loaded, protocolsOf, run } = await evaluator();
  const documents = options.find((one) => one.startsWith("--documents="))?.slice("--documents=".length);
  const protocols = documents
    ? loaded(JSON.parse(readFileSync(documents, "utf8")))
    : protocolsOf(filesOf("data"), texts, filesOf("drugs"));
  const results = run(
    (file === "-" ? await text(process.stdin) : readFileSync(file, "utf8")).split("\n"),
    protocols,
    options.includes("--words"),
  );
  process.stdout.write([...results].map((line) => line + "\n").join(""));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
