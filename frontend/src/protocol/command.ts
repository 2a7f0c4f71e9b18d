/** `npm run evaluate`: cases in as JSON lines, assessments out as JSON lines, in order. Mirrors command.py. */
import { type Advice, compose } from "./advice";
import { evaluate } from "./evaluate";
import { explain } from "./explain";
import { isObject, own, readFacts } from "./facts";
import { type Assessment, FactError, type Facts, type Protocol } from "./model";
import { put } from "./wording";
import { readBaseline, readParameters, readReviewed } from "./patient";

/** The protocols by drug. "sorafenib" must be one of them: it is the drug of a case that names none. */
export type Protocols = ReadonlyMap<string, Protocol>;
export type Result = {
  id: string | null;
  urgency: string | null;
  grades_ctcae5: Record<string, unknown>;
  grades_ctcae6: Record<string, unknown>;
  rules: string[];
  error: { field: string; detail: string } | null;
  advice?: Advice;
  explained?: string[];
};
/** A case that could be read, and its assessment. */
type Judged = {
  protocol: Protocol;
  days: (Facts | null)[];
  baseline: Record<string, number>;
  assessment: Assessment;
  region: string | null;
};
const USUAL_DRUG = "sorafenib";
const DEEPEST = 50;
const BRACKETS = /"(?:[^"\\]|\\.)*"|[[\]{}]/g;

/** One result line for each line that is not blank. `words` adds the advice and the rules in plain sentences. */
export function* run(lines: Iterable<string>, protocols: Protocols, words = false): Generator<string> {
  for (const line of lines)
    if (/[^ \t\r\n]/.test(line)) yield JSON.stringify(resultOf(line, protocols, words));
}

/** The result of one case: id, urgency, grades, rules that fired, and error (null, or field and detail). */
export function resultOf(line: string, protocols: Protocols, words = false): Result {
  let id: string | null = null;
  try {
    const given = parse(line, protocols);
    const told = own(given, "id");
    id = typeof told === "string" ? told : null;
    const judged = judge(given, protocols);
    return { ...resultFor(id, judged.assessment), ...(words ? wordsOf(judged) : {}) };
  } catch (error) {
    if (error instanceof FactError) return refused(id, error, protocols);
    throw error;
  }
}

function parse(line: string, protocols: Protocols): Record<string, unknown> {
  let given: unknown;
  try {
    given = isTooDeep(line) ? null : JSON.parse(line);
  } catch {
    given = null;
  }
  if (!isObject(given)) throw new FactError("line", errorsOf(protocols)["not_json"]!);
  return given;
}

/** More objects and lists inside each other than any case needs; the same bound in both twins. */
function isTooDeep(line: string): boolean {
  let depth = 0;
  let deepest = 0;
  for (const [part] of line.matchAll(BRACKETS)) {
    if (part === "[" || part === "{") depth += 1;
    else if (part === "]" || part === "}") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest > DEEPEST;
}

function errorsOf(protocols: Protocols): Record<string, string> {
  return protocols.get(USUAL_DRUG)!.texts.errors;
}

/** Read and assess one case. Throws FactError naming the first field that cannot be read. */
function judge(given: Record<string, unknown>, protocols: Protocols): Judged {
  const drug = own(given, "drug") ?? USUAL_DRUG;
  const protocol = protocols.get(drug as string);
  if (!protocol) {
    const known = [...protocols.keys()].sort().join(", ");
    throw new FactError("drug", put(errorsOf(protocols)["unknown_drug"], { drugs: known }));
  }
  const baseline = readBaseline(protocol, own(given, "baseline"));
  const parameters = readParameters(protocol, own(given, "parameters"));
  const reviewed = readReviewed(protocol, own(given, "reviewed"));
  const days = own(given, "days");
  if (!Array.isArray(days) || !isObject(days[0]) || !days.every((day) => day === null || isObject(day))) {
    throw new FactError("days", protocol.texts.errors["not_days"]!);
  }
  const read = days.map((day: unknown) => (day === null ? null : readFacts(protocol, day)));
  const assessment = evaluate(protocol, { days: read, baseline, reviewed, parameters });
  const region = own(given, "region");
  return { protocol, days: read, baseline, assessment, region: typeof region === "string" ? region : null };
}

function wordsOf({
  protocol,
  days,
  baseline,
  assessment,
  region,
}: Judged): Pick<Result, "advice" | "explained"> {
  const advice = compose(protocol, assessment, { days, baseline, region });
  return {
    advice,
    explained: explains(protocol) ? assessment.fired.map((fired) => explain(protocol, fired.id)) : [],
  };
}

/** False for a document made for a phone: it lacks the words. */
const explains = ({ texts }: Protocol): boolean => Object.keys(texts.explain).length > 0;

function resultFor(id: string | null, assessment: Assessment): Result {
  const { urgency, grades_ctcae5, grades_ctcae6 } = assessment;
  return {
    id,
    urgency,
    grades_ctcae5,
    grades_ctcae6,
    rules: assessment.fired.map((fired) => fired.id),
    error: null,
  };
}

function refused(id: string | null, error: FactError, protocols: Protocols): Result {
  const { ownTables, gradedIfAnswered } = protocols.get(USUAL_DRUG)!;
  const graded = Object.keys(ownTables).filter((name) => !gradedIfAnswered.has(name));
  const nothing = Object.fromEntries(graded.map((name) => [name, null]));
  const { field, detail } = error;
  return {
    id,
    urgency: null,
    grades_ctcae5: nothing,
    grades_ctcae6: nothing,
    rules: [],
    error: { field, detail },
  };
}
