/** Makes the logs of one patient ready for questions, each day when it is first asked for. Mirrors day.py. */
import { confirmed, lookUp } from "./grade";
import type { Baseline, Case, Day, Facts, Grade, Protocol, Reading, Review, Shape } from "./model";

class ReadyDay implements Day {
  readonly grades = new Map<string, Grade>();

  constructor(
    readonly values: Map<string, unknown>,
    readonly signs: ReadonlySet<string>,
    readonly readings: readonly Reading[],
  ) {}

  withReading(reading: Reading): ReadyDay {
    const day = new ReadyDay(new Map(this.values), this.signs, this.readings);
    day.read(reading);
    return day;
  }

  /** Make this the reading that "blood_pressure.systolic" and "blood_pressure.diastolic" name. */
  read({ systolic, diastolic }: Reading): void {
    this.values.set("blood_pressure.systolic", systolic);
    this.values.set("blood_pressure.diastolic", diastolic);
    this.values.set("blood_pressure.mean", systolic + 2 * diastolic);
  }
}

export type Given = {
  days: readonly (Facts | null)[];
  baseline?: Baseline;
  reviewed?: readonly Review[];
  parameters?: Record<string, number>;
};

/** Day 0 is the day judged, day 1 the day before; null is no log. */
export class ReadyCase implements Case {
  readonly baseline: Baseline;
  readonly reviewed: readonly Review[];
  readonly parameters: Record<string, number>;
  readonly ready = new Map<number, Day | null>();
  private readonly days: readonly (Facts | null)[];

  constructor(
    readonly protocol: Protocol,
    { days, baseline = {}, reviewed = [], parameters = {} }: Given,
  ) {
    this.days = days;
    this.baseline = baseline;
    this.reviewed = reviewed;
    this.parameters = { ...protocol.parameters, ...parameters };
  }

  day(ago: number): Day | null {
    const known = this.ready.get(ago);
    if (known !== undefined) return known;
    const facts = this.days[ago] ?? null;
    const day = facts === null ? null : flatten(this.protocol, facts);
    this.ready.set(ago, day);
    if (day && day.readings.length > 0) day.read(confirmed(this, ago, day));
    return day;
  }

  grade(name: string, ago: number): Grade {
    const day = this.day(ago);
    if (day === null) return null;
    let grade = day.grades.get(name);
    if (grade === undefined) {
      grade = lookUp(this.protocol.ownTables[name] ?? [], this, ago);
      day.grades.set(name, grade);
    }
    return grade;
  }
}

type Fields = Record<string, unknown>;

/** Lay the answers of one log flat. Hands and feet count as the worse of each field. */
function flatten(protocol: Protocol, facts: Facts): ReadyDay {
  const values = new Map<string, unknown>();
  const parts: Fields[] = [];
  for (const [name, shape] of Object.entries(protocol.data.facts)) {
    const value = Object.hasOwn(facts, name) ? facts[name] : null;
    if (value === null || value === undefined) continue;
    if (name === "hand_foot" || shape.part_of === "hand_foot") parts.push(value as Fields);
    else if (shape.kind === "group") {
      for (const [key, answer] of Object.entries(value as Fields)) {
        if (answer !== null) values.set(`${name}.${key}`, answer);
      }
    } else values.set(name, value);
  }
  worseOf(protocol.data.facts["hand_foot"]?.fields ?? {}, parts, values);
  const signs = (values.get("warning_signs") ?? []) as string[];
  return new ReadyDay(values, new Set(signs), (values.get("blood_pressure") ?? []) as Reading[]);
}

/** Hands, feet and hand_foot as one: the worst choice of each field; yes if any says yes. */
function worseOf(fields: Record<string, Shape>, parts: readonly Fields[], into: Map<string, unknown>): void {
  for (const [name, shape] of Object.entries(fields)) {
    const answers = parts
      .map((part) => part[name])
      .filter((answer) => answer !== null && answer !== undefined);
    if (answers.length === 0) continue;
    const order = (answer: unknown) =>
      shape.values ? shape.values.indexOf(answer as string) : Number(answer as boolean);
    into.set(
      `hand_foot.${name}`,
      answers.reduce((worst, answer) => (order(answer) > order(worst) ? answer : worst)),
    );
  }
}
