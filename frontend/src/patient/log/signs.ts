/** The warning signs in the order in which they are asked: those that are an emergency by themselves come first. */
import type { ProtocolFile } from "../../protocol/model";
import { signsOf, type Wire } from "../protocol";

/**
 * `first` are an emergency by themselves, `next` are common and often urgent, `rest` are all others; each in the
 * protocol's order.
 */
export type SignOrder = { first: string[]; next: string[]; rest: string[] };

/** Asked below the emergencies, never folded away. Fever is urgent with diarrhea and with sore hands or feet. */
const OFTEN_URGENT = ["fever"];

/** The order of the signs, read from the rules of the protocol on this phone. */
export function signOrder(wire: Wire): SignOrder {
  const { rules } = wire.protocol as ProtocolFile;
  const alone = new Set(
    rules
      .filter(({ urgency, when }) => urgency === "emergency" && Object.keys(when).join() === "sign")
      .map(({ when }) => when["sign"]),
  );
  const signs = signsOf(wire);
  const others = signs.filter((sign) => !alone.has(sign));
  const isNext = (sign: string): boolean => alone.size > 0 && OFTEN_URGENT.includes(sign);
  return {
    first: signs.filter((sign) => alone.has(sign)),
    next: others.filter(isNext),
    rest: others.filter((sign) => !isNext(sign)),
  };
}
