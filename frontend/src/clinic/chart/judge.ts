/** What only the protocol can say about a day's answers: hands and feet graded apart, and the confirmed reading. */
import { ReadyCase } from "../../protocol/day";
import { evaluate, load, readFacts, type Wire } from "../../protocol";
import type { Baseline, Grade, Reading } from "../wire";
import type { Day } from "./days";

export type Place = "hands" | "feet";
export type Judge = {
  gradeAt: (day: Day, place: Place) => Grade | undefined;
  confirmed: (readings: readonly Reading[]) => Reading;
};

export function reportedApart(days: readonly Day[]): boolean {
  return days.some((day) => Boolean(day.log?.facts.hands ?? day.log?.facts.feet));
}

export function judgeBy(wire: unknown, baseline: Baseline): Judge {
  const protocol = load(wire as Wire);
  const known = { ...baseline };

  function gradeAt(day: Day, place: Place): Grade | undefined {
    const facts = day.log?.facts;
    if (!facts) return undefined;
    const skin = facts[place];
    if (!skin) return facts.hands || facts.feet || !facts.hand_foot ? null : "unknown";
    const days = [readFacts(protocol, { hand_foot: skin })];
    // "As usual" says nothing of pain: it was answered, and its grade is not known.
    return evaluate(protocol, { days, baseline: known }).grades_ctcae5["hand_foot"] ?? "unknown";
  }

  function confirmed(readings: readonly Reading[]): Reading {
    const facts = readFacts(protocol, { blood_pressure: readings });
    const values = new ReadyCase(protocol, { days: [facts], baseline: known }).day(0)?.values;
    const of = (name: string) => Number(values?.get(`blood_pressure.${name}`));
    return { systolic: of("systolic"), diastolic: of("diastolic") };
  }

  return { gradeAt, confirmed };
}
