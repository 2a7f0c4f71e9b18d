/** What is asked beside the six questions, as far as the protocol on this phone knows it. No bound is ours. */
import { addDays } from "../../lib/calendar";
import type { Facts } from "../../lib/types";
import type { Shape } from "../../protocol/model";
import type { Wire } from "../protocol";
import { EXTRAS, type Extra } from "./steps";

type File = { facts: Record<string, Shape>; route?: string };
const fileOf = (wire: Wire): File => wire.protocol as File;

/** The shape of a fact in the protocol on this phone, or null when it does not know that fact. */
export function shapeOf(wire: Wire, fact: keyof Facts): Shape | null {
  return fileOf(wire).facts[fact] ?? null;
}

/** The extra questions this protocol knows. A fact it does not know would be refused, so it is not asked for. */
export function offered(wire: Wire): Extra[] {
  return EXTRAS.filter((extra) => shapeOf(wire, extra) !== null);
}

/** True when the medicine is taken at home: only then doses can be missed and tablets be left over. */
export function takenAtHome(wire: Wire): boolean {
  return fileOf(wire).route !== "by_infusion";
}

type Treatment = { started_on: string; ended_on: string | null; held_since: string | null };

/** False for a day on which nothing was to be taken: before the treatment, after its end, while the team has it on
    hold. Where this phone knows of no treatment, it was to be taken. */
export function wasToBeTaken(treatment: Treatment | null | undefined, day: string): boolean {
  if (!treatment) return true;
  const { started_on, ended_on, held_since } = treatment;
  return (
    day >= started_on && (ended_on === null || day <= ended_on) && (held_since === null || day < held_since)
  );
}

const WEEK = 7;

/** True once a week: no count of tablets is known of the six days before this one. */
export function tabletsAreDue(wire: Wire, day: string, factsOf: (day: string) => Facts | null): boolean {
  if (!takenAtHome(wire) || !shapeOf(wire, "tablets_left")) return false;
  const before = Array.from({ length: WEEK - 1 }, (_, back) => factsOf(addDays(day, -back - 1)));
  return before.every((facts) => facts?.tablets_left === undefined);
}
