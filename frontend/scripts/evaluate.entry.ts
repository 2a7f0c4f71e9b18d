/** What scripts/evaluate.mjs bundles: the evaluator, and the composing of protocol files that the server does. */
import type { Protocols } from "../src/protocol/command";
import { load } from "../src/protocol/load";
import type { Protocol, ProtocolFile, RawRule } from "../src/protocol/model";

export { run } from "../src/protocol/command";

type File = ProtocolFile & { like?: string; changes?: Record<string, Partial<RawRule>> };

/** The newest protocol of each drug from files by name ("sorafenib.v1.json"). */
export function protocolsOf(files: Record<string, File>, texts: unknown): Protocols {
  const newest = new Map<string, Protocol>();
  for (const file of Object.values(files)) {
    const protocol = load({ protocol: composed(file, files), texts, language: "en", signature: null });
    if ((newest.get(protocol.drug)?.version ?? 0) < protocol.version) newest.set(protocol.drug, protocol);
  }
  return newest;
}

/** The flat protocol of a file that is "like" another one. Mirrors backend/protocol/compose.py. */
function composed(file: File, files: Record<string, File>): ProtocolFile {
  const { like, changes = {}, ...own } = file;
  if (!like) return file;
  const whole = files[`${like.replace(/\.(\d+)$/, ".v$1")}.json`];
  if (!whole) throw new Error(`${file.id}: there is no protocol ${like}`);
  return { ...whole, ...own, rules: whole.rules.map((rule) => ({ ...rule, ...changes[rule.id] })) };
}
