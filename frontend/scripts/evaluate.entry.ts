/** What scripts/evaluate.mjs bundles: the evaluator, and the composing of protocol files that the server does. */
import type { Protocols } from "../src/protocol/command";
import { load } from "../src/protocol/load";
import type { Protocol, ProtocolFile, RawRule, Wire } from "../src/protocol/model";

export { run } from "../src/protocol/command";

type File = ProtocolFile & { like?: string; changes?: Record<string, Partial<RawRule>> };

type Leaflet = {
  topics: Record<string, Record<string, { verified: boolean; says: string[]; numbers?: object }>>;
};

/** Protocols by drug from the documents that phones keep. */
export function loaded(documents: Record<string, Wire>): Protocols {
  return new Map(Object.entries(documents).map(([drug, document]) => [drug, load(document)]));
}

/** The newest protocol of each drug from files by name ("sorafenib.v1.json"); `leaflets` by "sorafenib.json". */
export function protocolsOf(
  files: Record<string, File>,
  texts: { language: string },
  leaflets: Record<string, Leaflet>,
): Protocols {
  const newest = new Map<string, Protocol>();
  for (const file of Object.values(files)) {
    const medicine = medicineOf(leaflets[`${file.drug}.json`]);
    const protocol = load({
      protocol: composed(file, files),
      texts,
      language: texts.language,
      signature: null,
      medicine,
    });
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

/** The verified rows by region. Mirrors backend/protocol/medicine.py. */
function medicineOf(leaflet: Leaflet | undefined): Record<string, Record<string, object>> {
  const found: Record<string, Record<string, object>> = {};
  for (const [topic, byRegion] of Object.entries(leaflet?.topics ?? {})) {
    for (const [region, { verified, says, numbers = {} }] of Object.entries(byRegion)) {
      if (verified) (found[region] ??= {})[topic] = { says, numbers };
    }
  }
  return found;
}
