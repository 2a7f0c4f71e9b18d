/** The warning signs in the order in which they are asked: those that are an emergency by themselves come first. */
import type { ProtocolFile } from "../../protocol/model";
import { signsOf, type Wire } from "../protocol";

/** `first` are an emergency by themselves, `rest` are all others; each in the protocol's order. */
export type SignOrder = { first: string[]; rest: string[] };

/** The order of the signs, read from the rules of the protocol on this phone. */
export function signOrder(wire: Wire): SignOrder {
  const { rules } = wire.protocol as ProtocolFile;
  const alone = new Set(
    rules
      .filter(({ urgency, when }) => urgency === "emergency" && Object.keys(when).join() === "sign")
      .map(({ when }) => when["sign"]),
  );
  const signs = signsOf(wire);
  return { first: signs.filter((sign) => alone.has(sign)), rest: signs.filter((sign) => !alone.has(sign)) };
}
