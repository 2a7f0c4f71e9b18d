/**
 * The condition language, compiled once per protocol to functions. Mirrors conditions.py; described in
 * backend/protocol/language.md. A missing answer, grade, baseline or day makes every comparison false.
 */
import { lastGraded, number, onDays, reading, reviewed, worsened } from "./history";
import type { Case, Condition, ProtocolFile, Shape, Test } from "./model";

type Compile = (condition: Condition, file: ProtocolFile) => Test;
type Read = (given: Case, ago: number) => unknown;
type Compare = (value: number | string | boolean, bound: number | string | boolean) => boolean;

export const COMPARISONS: Record<string, Compare> = {
  is: (value, bound) => value === bound,
  at_least: (value, bound) => value >= bound,
  at_most: (value, bound) => value <= bound,
  above: (value, bound) => value > bound,
  below: (value, bound) => value < bound,
};
const MEAN = "blood_pressure.mean";

/** Turn a condition into a function. The server has checked the protocol, so every name is known. */
export function compileCondition(condition: Condition, file: ProtocolFile): Test {
  return FORMS[formOf(condition)]!(condition, file);
}

/** Which of the forms of the language this is: the name of its leading key. */
export function formOf(condition: Condition): string {
  const form = Object.keys(condition).find((key) => Object.hasOwn(FORMS, key));
  if (form === undefined)
    throw new Error(`This app does not know the condition ${JSON.stringify(condition)}`);
  return form;
}

const all: Compile = (condition, file) => {
  const tests = (condition["all"] as Condition[]).map((part) => compileCondition(part, file));
  return (given, ago) => tests.every((test) => test(given, ago));
};

const any: Compile = (condition, file) => {
  const tests = (condition["any"] as Condition[]).map((part) => compileCondition(part, file));
  return (given, ago) => tests.some((test) => test(given, ago));
};

const not: Compile = (condition, file) => {
  const test = compileCondition(condition["not"] as Condition, file);
  return (given, ago) => !test(given, ago);
};

const named: Compile = (condition, file) =>
  compileCondition(file.conditions[condition["condition"] as string]!, file);

function signs(names: readonly string[]): Test {
  return (given, ago) => {
    const day = given.day(ago);
    return day !== null && names.some((name) => day.signs.has(name));
  };
}

const fact: Compile = (condition, file) => {
  const path = condition["fact"] as string;
  const back = (condition["days_ago"] ?? 0) as number;
  if ("answered" in condition) {
    return (given, ago) => (valueOf(given, ago + back, path) !== null) === condition["answered"];
  }
  const shape = shapeOf(file, path);
  if (!shape.ordered || !shape.values)
    return compare(condition, (given, ago) => valueOf(given, ago + back, path));
  const ranks = new Map(shape.values.map((value, rank) => [value, rank]));
  return compare(
    condition,
    (given, ago) => ranks.get(valueOf(given, ago + back, path) as string) ?? null,
    ranks,
  );
};

function valueOf(given: Case, ago: number, path: string): unknown {
  return given.day(ago)?.values.get(path) ?? null;
}

const grade: Compile = (condition) => {
  const name = condition["grade"] as string;
  const back = (condition["days_ago"] ?? 0) as number;
  if (condition["is"] === "unknown") return (given, ago) => given.grade(name, ago + back) === "unknown";
  return compare(condition, (given, ago) => number(given.grade(name, ago + back)));
};

const change: Compile = (condition, file) => {
  const path = condition["change"] as string;
  if (path === MEAN) return compare(condition, changeOfMean);
  const usual = shapeOf(file, path).baseline!;
  return compare(condition, (given, ago) => {
    const value = valueOf(given, ago, path);
    const before = given.baseline[usual] ?? null;
    return value === null || before === null ? null : (value as number) - before;
  });
};

/** Mean arterial pressure above baseline; the sum is kept whole until here so that 15 is exactly 15. */
function changeOfMean(given: Case, ago: number): number | null {
  const total = valueOf(given, ago, MEAN) as number | null;
  const systolic = given.baseline["systolic"] ?? null;
  const diastolic = given.baseline["diastolic"] ?? null;
  if (total === null || systolic === null || diastolic === null) return null;
  return (total - (systolic + 2 * diastolic)) / 3;
}

const percentBelowBaseline: Compile = (condition, file) => {
  const path = condition["percent_below_baseline"] as string;
  const percent = condition["at_least"] as number;
  const usual = shapeOf(file, path).baseline!;
  return (given, ago) => {
    const value = valueOf(given, ago, path) as number | null;
    const before = given.baseline[usual] ?? null;
    return value !== null && before !== null && (before - value) * 100 >= percent * before;
  };
};

const baseline: Compile = (condition) => (given) =>
  ((given.baseline[condition["baseline"] as string] ?? null) !== null) === condition["known"];

/** Hold what `read` gives against the one bound of the condition: a literal or a named parameter. */
function compare(condition: Condition, read: Read, ranks?: ReadonlyMap<string, number>): Test {
  const name = Object.keys(COMPARISONS).find((key) => key in condition)!;
  const holds = COMPARISONS[name]!;
  const bound = condition[name] as number | string | boolean | { parameter: string };
  const wanted = (given: Case) => (typeof bound === "object" ? given.parameters[bound.parameter]! : bound);
  const rank = ranks?.get(bound as string);
  return (given, ago) => {
    const value = read(given, ago);
    return value !== null && holds(value as number | string | boolean, rank ?? wanted(given));
  };
}

/** The description of a fact such as "hand_foot.pain" or "weight". */
export function shapeOf(file: ProtocolFile, path: string): Shape {
  const [group, name] = path.split(".");
  const shape = file.facts[group!]!;
  return name === undefined ? shape : shape.fields![name]!;
}

const inner =
  (form: (condition: Condition, test: Test) => Test): Compile =>
  (condition, file) =>
    form(condition, compileCondition(condition["when"] as Condition, file));

const FORMS: Record<string, Compile> = {
  all,
  any,
  not,
  condition: named,
  sign: (condition) => signs([condition["sign"] as string]),
  any_sign_of: (condition, file) => signs(file.sign_lists[condition["any_sign_of"] as string]!),
  fact,
  grade,
  change,
  percent_below_baseline: percentBelowBaseline,
  baseline,
  on_days: inner(onDays),
  last_graded: inner(lastGraded),
  reading: inner(reading),
  worsened,
  reviewed: (condition, file) =>
    reviewed(condition, file.symptoms[condition["reviewed"] as string]!.graded_as!),
};
