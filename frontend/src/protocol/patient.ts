/** Read what is known of a patient beside the logs: baseline, reviews, personal parameters. Mirrors patient.py. */
import { isObject, numberIn, orRefuse, own, Refused, unknownKey } from "./facts";
import { FactError, type Protocol, type Review, type Shape } from "./model";
import { put } from "./wording";

const LONGEST_AGO = 100_000;
const HIGHEST_GRADE = 4;

/** The usual values, unknown ones left out. Throws FactError("baseline"). */
export function readBaseline(protocol: Protocol, raw: unknown): Record<string, number> {
  const baseline = readNumbers(protocol, raw, protocol.data.baseline, "baseline");
  const { systolic, diastolic } = baseline;
  if (systolic !== undefined && diastolic !== undefined && diastolic >= systolic) {
    throw new FactError("baseline", protocol.texts.errors["not_below"]!);
  }
  return baseline;
}

/** Personal or clinic values of the named parameters, within their bounds. Throws FactError("parameters"). */
export function readParameters(protocol: Protocol, raw: unknown): Record<string, number> {
  const shapes = Object.entries(protocol.data.parameters).map(
    ([name, { from, to, unit }]): [string, Shape] => [
      name,
      { kind: "whole_number", from, to, unit: unit ?? "" },
    ],
  );
  return readNumbers(protocol, raw, Object.fromEntries(shapes), "parameters");
}

function readNumbers(protocol: Protocol, raw: unknown, shapes: Record<string, Shape>, field: string) {
  const errors = protocol.texts.errors;
  const numbers: Record<string, number> = {};
  if (raw === null || raw === undefined) return numbers;
  if (!isObject(raw)) throw new FactError(field, errors["not_a_group"]!);
  const unknown = unknownKey(raw, shapes);
  if (unknown !== null) throw new FactError(field, put(errors["unknown_field"], { name: unknown }));
  for (const [name, shape] of Object.entries(shapes)) {
    const value = own(raw, name);
    if (value !== null) numbers[name] = orRefuse(field, errors, () => numberIn(value, shape));
  }
  return numbers;
}

/** Reviews as a list; one may stand alone; "hypertension" is "blood_pressure". Throws FactError("reviewed"). */
export function readReviewed(protocol: Protocol, raw: unknown): Review[] {
  if (raw === null || raw === undefined) return [];
  return (Array.isArray(raw) ? raw : [raw]).map((entry: unknown) => {
    try {
      return review(protocol, entry);
    } catch (error) {
      if (error instanceof Refused) throw new FactError("reviewed", protocol.texts.errors["not_a_review"]!);
      throw error;
    }
  });
}

function review(protocol: Protocol, entry: unknown): Review {
  if (!isObject(entry) || unknownKey(entry, { symptom: 0, days_ago: 0, grade: 0 }) !== null) {
    throw new Refused("not_a_review");
  }
  const told = own(entry, "symptom");
  const graded = Object.entries(protocol.data.symptoms).find(([, symptom]) => symptom.graded_as === told);
  const symptom = graded && told !== null ? graded[0] : told;
  if (typeof symptom !== "string" || !protocol.symptoms.has(symptom)) throw new Refused("not_a_review");
  const grade = own(entry, "grade");
  return {
    symptom,
    days_ago: numberIn(own(entry, "days_ago"), { kind: "whole_number", from: 0, to: LONGEST_AGO }),
    grade: grade === null ? null : numberIn(grade, { kind: "whole_number", from: 0, to: HIGHEST_GRADE }),
  };
}
