/** What a condition speaks about: the facts, grades, signs and baseline that can make a rule fire. Mirrors needs.py. */
import { formOf } from "./conditions";
import type { Condition, ProtocolFile, Use } from "./model";

/** What can have made the rule fire, each once: ["fact", "diarrhea.stools"], ["grade", "diarrhea"]. */
export function usesOf(condition: Condition, file: ProtocolFile): Use[] {
  const found = new Map<string, Use>();
  for (const part of partsOf(condition, file)) {
    for (const use of usesOfOne(part, file)) if (!found.has(use.join(":"))) found.set(use.join(":"), use);
  }
  return [...found.values()];
}

/** The condition and everything inside it, named conditions included. */
function partsOf(condition: Condition, file: ProtocolFile): Condition[] {
  const form = formOf(condition);
  let inner: Condition[] = [];
  if (form === "all" || form === "any") inner = condition[form] as Condition[];
  else if (form === "not") inner = [condition["not"] as Condition];
  else if (form === "condition") inner = [file.conditions[condition["condition"] as string]!];
  else if ("when" in condition) inner = [condition["when"] as Condition];
  return [condition, ...inner.flatMap((part) => partsOf(part, file))];
}

function usesOfOne(part: Condition, file: ProtocolFile): Use[] {
  const form = formOf(part);
  const name = part[form] as string;
  if (form === "sign") return [["sign", name]];
  if (form === "any_sign_of") return file.sign_lists[name]!.map((sign): Use => ["sign", sign]);
  if (form === "grade" || form === "worsened" || form === "last_graded") {
    return [["grade", name], ...answersOf(symptomGradedAs(name, file), file)];
  }
  if (form === "reviewed") return [["grade", file.symptoms[name]!.graded_as!]];
  if (form === "fact" || form === "change" || form === "percent_below_baseline") {
    return answersOf(name.split(".")[0]!, file);
  }
  return [];
}

function symptomGradedAs(grade: string, file: ProtocolFile): string {
  return Object.keys(file.symptoms).find((name) => file.symptoms[name]!.graded_as === grade)!;
}

/** Every answer of a group, what is asked further about it, and the baseline it is held against. */
function answersOf(group: string, file: ProtocolFile): Use[] {
  const shape = file.facts[group]!;
  const inside = shape.fields
    ? Object.entries(shape.fields).map(([name, field]) => [`${group}.${name}`, field] as const)
    : [[group, shape] as const];
  const further = Object.entries(file.facts).filter(([, one]) => one.part_of === group && !one.fields);
  const fields = [...inside, ...further];
  const usual = fields
    .filter(([, field]) => field.baseline)
    .map(([, field]): Use => ["baseline", field.baseline!]);
  return [...fields.map(([path]): Use => ["fact", path]), ...usual];
}
