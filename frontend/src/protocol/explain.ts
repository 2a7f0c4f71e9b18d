/** Turn any rule into one plain sentence. Mirrors explain.py. */
import { COMPARISONS, formOf, shapeOf } from "./conditions";
import type { Condition, Explaining, Protocol, ProtocolFile } from "./model";
import { put } from "./wording";

/** For example "When the estimated diarrhea grade is 3, the patient is asked to call the team now.". */
export function explain(protocol: Protocol, ruleId: string): string {
  const words = protocol.texts.explain;
  const { combination, missed_logs: missed } = protocol.data;
  if (ruleId === combination.id) {
    const at = protocol.texts.urgencies[combination.at]!.word;
    const urgency = words.urgencies[combination.makes];
    return put(words["combination"]!, { number: combination.different_symptoms, at, urgency });
  }
  if (ruleId === missed.id) return put(words["missed_logs"]!, { days: missed.nurse_after_days });
  const rule = protocol.rules.find((one) => one.id === ruleId);
  if (!rule) throw new Error(`There is no rule ${ruleId} in ${protocol.id} ${protocol.version}`);
  const condition = new Sentence(protocol).say(rule.when);
  return put(words["rule"]!, { condition, urgency: words.urgencies[rule.urgency] });
}

type Say = (condition: Condition) => string;

/** Says conditions of one protocol. Each entry of `forms` says one form of the condition language. */
class Sentence {
  private readonly data: ProtocolFile;
  private readonly words: Explaining;
  private readonly forms: Record<string, Say>;

  constructor(private readonly protocol: Protocol) {
    this.data = protocol.data;
    this.words = protocol.texts.explain;
    this.forms = {
      all: (one) => this.all(one["all"] as Condition[]),
      any: (one) => this.any(one["any"] as Condition[]),
      not: (one) => this.not(one),
      condition: (one) => this.say(this.unnamed(one)),
      sign: (one) => this.put("sign", { name: this.signName(one["sign"]) }),
      any_sign_of: (one) => this.put("any_sign", { names: this.namesOf(one["any_sign_of"]) }),
      fact: (one) => this.fact(one),
      grade: (one) =>
        this.onDay(one, this.compared(one, this.put("grade", { name: this.name(one["grade"]) }))),
      change: (one) => this.compared(one, this.put("change", { name: this.name(one["change"]) })),
      percent_below_baseline: (one) => this.percentBelow(one),
      baseline: (one) =>
        put(this.words.baseline[String(one["known"])]!, { name: this.name(one["baseline"]) }),
      on_days: (one) => this.onDays(one),
      last_graded: (one) => this.lastGraded(one),
      reading: (one) =>
        put(this.words.reading[String(one["reading"])]!, { part: this.bracketed(one["when"]) }),
      worsened: (one) => this.worsened(one),
      reviewed: (one) => this.reviewed(one),
    };
  }

  /** The condition as a clause without a full stop. */
  say(condition: Condition): string {
    return this.forms[formOf(condition)]!(condition);
  }

  private put(key: string, values: Record<string, unknown>): string {
    return put(this.words[key]!, values);
  }

  /** What must be so, "unless" what must not: read as a clinician would write it. */
  private all(parts: Condition[]): string {
    const denied = parts.filter((part) => this.isDenied(part));
    const required = parts.filter((part) => !this.isDenied(part));
    const said = (required.length ? required : denied)
      .map((part) => this.inside(part, "any", "any_inside_all"))
      .join(this.words["all"]!);
    if (!required.length || !denied.length) return said;
    return this.put("unless", {
      parts: said,
      unless: this.any(denied.map((part) => part["not"] as Condition)),
    });
  }

  private any(parts: Condition[]): string {
    return parts.map((part) => this.inside(part, "all", "all_inside_any")).join(this.words["any"]!);
  }

  /** A condition negated, other than one of warning signs, which has words of its own. */
  private isDenied(part: Condition): boolean {
    return (
      formOf(part) === "not" &&
      !["sign", "any_sign_of"].includes(formOf(this.unnamed(part["not"] as Condition)))
    );
  }

  private inside(part: Condition, other: string, wrapping: string): string {
    const said = this.say(part);
    return formOf(this.unnamed(part)) === other ? this.put(wrapping, { parts: said }) : said;
  }

  private bracketed(part: unknown): string {
    const inside = this.unnamed(part as Condition);
    const all = formOf(inside) === "all" ? (inside["all"] as Condition[]) : [];
    if (all.some((one) => this.isDenied(one))) return this.put("all_inside_any", { parts: this.say(inside) });
    return this.inside(part as Condition, "any", "any_inside_all");
  }

  private unnamed(part: Condition): Condition {
    let one = part;
    while (formOf(one) === "condition") one = this.data.conditions[one["condition"] as string]!;
    return one;
  }

  private not(condition: Condition): string {
    const part = this.unnamed(condition["not"] as Condition);
    if (formOf(part) === "any_sign_of")
      return this.put("no_sign_of", { names: this.namesOf(part["any_sign_of"]) });
    if (formOf(part) === "sign") return this.put("no_sign", { name: this.signName(part["sign"]) });
    return this.put("not", { part: this.bracketed(part) });
  }

  private namesOf(list: unknown): string {
    return this.data.sign_lists[list as string]!.map((sign) => this.signName(sign)).join(", ");
  }

  private signName(sign: unknown): string {
    const name = this.protocol.texts.signs[sign as string]!.nurse!;
    return name.charAt(0).toLowerCase() + name.slice(1);
  }

  private fact(condition: Condition): string {
    const path = condition["fact"] as string;
    const kind = shapeOf(this.data, path).kind;
    let said: string;
    if ("answered" in condition) {
      said = put(this.words.answered[String(condition["answered"])]!, { name: this.name(path) });
    } else if (kind === "yes_no") said = this.words.yes_no[path]![String(condition["is"])]!;
    else said = this.compared(condition, this.name(path), kind === "choice");
    return this.onDay(condition, said);
  }

  private percentBelow(condition: Condition): string {
    const name = this.name(condition["percent_below_baseline"]);
    return this.put("percent_below_baseline", { name, percent: condition["at_least"] });
  }

  private onDays(condition: Condition): string {
    const span = condition["on_days"] as { at_least: number; from: number; to: number };
    const days = span.to - span.from + 1;
    const part = this.say(condition["when"] as Condition);
    return this.put(days === span.at_least ? "on_all_days" : "on_days", { days, count: span.at_least, part });
  }

  private lastGraded(condition: Condition): string {
    const name = this.name(condition["last_graded"]);
    return this.put("last_graded", {
      name,
      days: condition["within_days"],
      part: this.bracketed(condition["when"]),
    });
  }

  private worsened(condition: Condition): string {
    const name = this.name(condition["worsened"]);
    return this.put("worsened", { name, by: condition["by"], days: condition["within_days"] });
  }

  private reviewed(condition: Condition): string {
    const first = condition["first_graded_after"] ?? condition["from"];
    const words = this.words.reviewed[String(condition["todays_grade"])]!;
    return put(words, { name: this.name(condition["reviewed"]), to: condition["to"], first });
  }

  private onDay(condition: Condition, said: string): string {
    const ago = (condition["days_ago"] ?? 0) as number;
    return ago ? put(this.words.days_ago[ago === 1 ? "1" : "more"]!, { part: said, days: ago }) : said;
  }

  private compared(condition: Condition, name: string, choice = false): string {
    const key = Object.keys(COMPARISONS).find((comparison) => comparison in condition)!;
    const value = this.value(condition[key]);
    return this.put(choice && key === "at_least" ? "at_least_choice" : key, { name, value });
  }

  private value(bound: unknown): string {
    if (typeof bound === "string") return this.words.choices[bound] ?? bound;
    if (typeof bound !== "object") return String(bound);
    const { parameter } = bound as { parameter: string };
    return this.put("parameter", { value: this.data.parameters[parameter]!.default });
  }

  /** The plain name of a fact, grade or baseline. */
  private name(path: unknown): string {
    return this.words.names[path as string] ?? String(path);
  }
}
