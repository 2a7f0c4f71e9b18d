/** The protocols this clinic's alerts are judged by, as the server sends them, read once for each drug. */
import { onForget } from "./forget";
import * as server from "./server";

type Parameter = { default: number };
export type Wire = {
  protocol: { id: string; version: number; parameters?: Record<string, Parameter> };
  signature?: unknown;
  texts?: unknown;
};

const asked = new Map<string, Promise<Wire>>();
onForget(() => asked.clear()); // another clinic may have adopted another version

export function protocolOf(drug: string): Promise<Wire> {
  let wire = asked.get(drug);
  if (!wire) {
    wire = server.protocol(drug) as Promise<Wire>;
    wire.catch(() => asked.delete(drug));
    asked.set(drug, wire);
  }
  return wire;
}

/** The bounds a blood pressure is drawn against: those at which the team is contacted, and those that are high. */
export type Bounds = {
  systolic: number;
  diastolic: number;
  high: { systolic: number; diastolic: number } | null;
};

export function boundsOf(wire: Wire | null): Bounds | null {
  const of = (name: string) => wire?.protocol.parameters?.[name]?.default;
  const [systolic, diastolic] = [of("systolic_contact"), of("diastolic_contact")];
  if (systolic === undefined || diastolic === undefined) return null;
  const [highSystolic, highDiastolic] = [of("systolic_high"), of("diastolic_high")];
  const high =
    highSystolic === undefined || highDiastolic === undefined
      ? null
      : { systolic: highSystolic, diastolic: highDiastolic };
  return { systolic, diastolic, high };
}
