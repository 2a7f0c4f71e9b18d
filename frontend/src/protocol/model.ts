/** What a protocol is once it has been loaded, and what an assessment is. Mirrors backend/protocol/model.py. */

export type Grade = number | "unknown" | null;
export type Value = number | string | boolean;
/** Answers of one log, as the server stores them: groups of fields, readings, signs, single answers. */
export type Facts = Record<string, unknown>;
export type Baseline = Record<string, number | null | undefined>;
export type Review = { symptom: string; days_ago: number; grade: number | null };
export type Reading = { systolic: number; diastolic: number };
export type Test = (given: Case, ago: number) => boolean;
export type Table = readonly (readonly [Grade, Test])[];

/** Answers of one day laid flat ("hand_foot.pain": "mild"), its signs, readings and grades. */
export type Day = {
  readonly values: ReadonlyMap<string, unknown>;
  readonly signs: ReadonlySet<string>;
  readonly readings: readonly Reading[];
  readonly grades: Map<string, Grade>;
  /** The same day, judged by this one reading. */
  withReading(reading: Reading): Day;
};

/** The days, baseline, reviews and parameters of one patient: all that an assessment may look at. */
export type Case = {
  readonly protocol: Protocol;
  readonly baseline: Baseline;
  readonly reviewed: readonly Review[];
  readonly parameters: Record<string, number>;
  /** The days asked for so far. */
  readonly ready: Map<number, Day | null>;
  /** The day so many days ago, or null if there is no log. Blood pressure is the confirmed reading. */
  day(ago: number): Day | null;
  /** The estimated grade the rules use: a number, "unknown", or null if not answered. Worked out once. */
  grade(name: string, ago: number): Grade;
};

/** A condition of the closed language, as it stands in the protocol file. */
export type Condition = Record<string, unknown>;
export type Shape = {
  kind: string;
  fields?: Record<string, Shape>;
  values?: string[];
  ordered?: boolean;
  part_of?: string;
  from?: number;
  to?: number;
  most?: number;
  unit?: string;
  required?: boolean;
  baseline?: string;
  lower_first?: [string, string];
};
export type RawRule = {
  id: string;
  symptom: string;
  urgency: string;
  advice: string;
  when: Condition;
  /** Not on a patient's phone. */
  source?: string;
  nurse_due?: string;
  tags?: string[];
};
export type RawTable = { grade: number | "unknown"; when: Condition }[];
export type ProtocolFile = {
  id: string;
  version: number;
  drug: string;
  urgencies: { id: string; nurse_due: string | null; escalation_step: string | null }[];
  symptoms: Record<string, { graded_as?: string; optional?: boolean }>;
  /** How the medicine is given; by infusion there are no doses to ask about. */
  route?: "by_mouth" | "by_infusion";
  facts: Record<string, Shape>;
  baseline: Record<string, Shape>;
  parameters: Record<string, { default: number; from: number; to: number; unit?: string }>;
  sign_lists: Record<string, string[]>;
  conditions: Record<string, Condition>;
  second_reading: { waits: { when: Condition; minutes: number }[]; counts_alone_after: string };
  grading: Record<string, Record<string, RawTable | { same_as: string }>>;
  rules_use: string;
  combination: {
    id: string;
    symptom: string;
    different_symptoms: number;
    at: string;
    makes: string;
    advice: string;
    source: string;
  };
  missed_logs: { id: string; nurse_after_days: number };
  rules: RawRule[];
};

export type Fragment = { text: string; if?: string; unless?: string };
export type Texts = {
  urgencies: Record<string, Urgency>;
  drugs: Record<string, string>;
  decimal: string;
  /** Missing from what an older server gave this phone. */
  weight_units?: { kept: string; other: string };
  symptoms: Record<string, { patient: string; nurse: string }>;
  /** The nurse's words are not on a patient's phone. */
  signs: Record<string, { patient: string; nurse?: string }>;
  choices: Record<string, Record<string, string>>;
  nurse_choices: Record<string, Record<string, string>>;
  counted: Record<string, [string, string]>;
  /** "today" and "yesterday", and what is said of a day that is over. Missing in words kept by an older phone. */
  days?: Record<string, [string, string]>;
  joined: { and: string; comma: string; sentences: string };
  advice: Record<string, AdviceWords>;
  medicine: { missed_dose_in_the_pack: string } & Record<Topic, Record<string, string>>;
  fatigue_words: Fragment[];
  confirmed: { one: string; two: string };
  explain: Explaining;
  /** What a nurse may name as the next step. Missing in words kept by an older phone. */
  next_steps?: Record<string, { step: string; by: string }>;
  errors: Record<string, string>;
};
export type Explaining = Record<string, string> & {
  urgencies: Record<string, string>;
  days_ago: Record<string, string>;
  answered: Record<string, string>;
  baseline: Record<string, string>;
  reading: Record<string, string>;
  reviewed: Record<string, string>;
  names: Record<string, string>;
  yes_no: Record<string, Record<string, string>>;
  choices: Record<string, string>;
};
/** Lists that are others for one drug, for a day that is over, or for one answer of the day ("stopping_reason": "cost"). */
export type Own<T> = T & {
  by_drug?: Record<string, T>;
  past?: T;
  by_answer?: Record<string, Record<string, T>>;
};
export type Urgency = { word: string } & Own<{ title?: string; paragraphs?: string[] }>;
export type AdviceWords = { because: string[] } & Own<Lists>;
export type Lists = {
  while_you_wait?: string[];
  what_it_means?: string[];
  watch_for?: string[];
  when_to_call?: string[];
};
export type Topic = "missed_dose" | "food";
/** What the drug's leaflet says in each region: keys of sentences in the texts, and the numbers in them. */
export type Medicine = Record<string, Partial<Record<Topic, Row>>>;
export type Row = { says: string[]; numbers: Record<string, number> };
/** What GET /api/v1/protocol sends: the composed protocol, its words, and what the leaflets say by region. */
export type Wire = {
  protocol: unknown;
  texts: unknown;
  language: string;
  signature: string | null;
  medicine?: unknown;
};

export type Rule = {
  id: string;
  symptom: string;
  urgency: string;
  advice: string;
  when: Condition;
  source: string;
  tags: string[];
  nurse_due_minutes: number | null;
  test: Test;
  uses: readonly Use[];
};
export type Use = readonly ["fact" | "grade" | "sign" | "baseline", string];

/** One released version of a drug's protocol, ready to be asked. Rules stand most urgent first. */
export type Protocol = {
  id: string;
  version: number;
  drug: string;
  signature: string | null;
  language: string;
  data: ProtocolFile;
  texts: Texts;
  medicine: Medicine;
  urgencies: string[];
  symptoms: ReadonlySet<string>;
  parameters: Record<string, number>;
  gradeTables: Record<string, Record<string, Table>>;
  ownTables: Record<string, Table>;
  /** Grades of optional questions: left out of an assessment when not answered. */
  gradedIfAnswered: ReadonlySet<string>;
  rules: Rule[];
  nurseDueMinutes: Record<string, number | null>;
  secondReading: readonly (readonly [number, Test])[];
};

/** One rule that fired on one log, with the facts that made it. */
export type Fired = {
  id: string;
  symptom: string;
  urgency: string;
  advice: string;
  nurse_due_minutes: number | null;
  facts: Record<string, unknown>;
  source: string;
  tags: string[];
};

/** What the protocol says about one day. Grades are estimates; null is not answered. */
export type Assessment = {
  urgency: string;
  grades_ctcae5: Record<string, Grade>;
  grades_ctcae6: Record<string, Grade>;
  fired: Fired[];
};

/** An answer that is refused: which field (a group of facts), and in detail what is wrong and what to do. */
export class FactError extends Error {
  constructor(
    readonly field: string,
    readonly detail: string,
  ) {
    super(`${field}: ${detail}`);
    this.name = "FactError";
  }
}
