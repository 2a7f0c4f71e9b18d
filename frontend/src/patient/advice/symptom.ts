/** The symptom that a follow-up is about. */
import type { ProtocolFile, Wire } from "../../protocol/model";

/** The symptom of the most urgent of these rules; null for none the protocol knows. */
export function symptomOf(wire: Wire, rules: string[]): string | null {
  const known = (wire.protocol as ProtocolFile).rules;
  const found = rules.map((id) => known.find((rule) => rule.id === id)).find((rule) => rule);
  return found?.symptom ?? null;
}
