/** The protocol's answer on this phone: the same rules as the server's, with no network. */
import {
  compose,
  evaluate,
  load,
  readableFacts,
  readFacts,
  secondReadingMinutes,
  type Protocol,
  type Wire,
} from "../protocol";
import { addDays, daysBetween } from "../lib/calendar";
import { unitsOfRegion, unitsUsed, type Units } from "../lib/units";
import type { Advice, Facts, Me, Reading, Shown } from "../lib/types";
import { withoutWrongTimes } from "./times";

type Judged = { advice: Advice; shown: Shown; dueMinutes: number | null };
type Case = {
  wire: Wire;
  me: Me;
  day: string;
  facts: Facts;
  factsOf: (day: string) => Facts | null;
  /** The day is over: its facts are of "that day". */
  past?: boolean;
  /** Without them, those this person uses. */
  units?: Units;
};

const compiled = new WeakMap<Wire, Protocol>();

/** The protocol ready to be asked, compiled once. */
export function protocolOf(wire: Wire): Protocol {
  const known = compiled.get(wire);
  if (known) return known;
  const protocol = load(wire);
  compiled.set(wire, protocol);
  return protocol;
}

/** How far back a rule may look; more days than it needs do no harm. */
const DAYS = 28;

/** Judges one day with what this phone knows of the days before. `factsOf` gives null for a day without a log. */
export function judge({ wire, me, day, facts, factsOf, past = false, units }: Case): Judged {
  const protocol = protocolOf(wire);
  // A day of an older version of this app is judged by what can be read of it: the advice never fails to come.
  const read = (given: Facts | null, of: string) =>
    given === null
      ? null
      : readFacts(protocol, readableFacts(protocol.data.facts, withoutWrongTimes(given, of)).facts);
  const before = Array.from({ length: DAYS }, (_, back) => {
    const earlier = addDays(day, -back - 1);
    return read(factsOf(earlier), earlier);
  });
  const days = [read(facts, day), ...before];
  const baseline = me.patient?.baseline ?? {};
  const reviewed = (me.patient?.reviewed ?? [])
    .map((review) => ({
      symptom: review.symptom,
      grade: review.grade,
      days_ago: daysBetween(review.on, day),
    }))
    .filter((review) => review.days_ago >= 0);
  const region = me.patient?.region ?? null;
  const parameters = (me.patient?.parameters ?? {}) as Record<string, number>;
  const assessment = evaluate(protocol, { days, baseline, reviewed, parameters });
  const dues = assessment.fired.map((fired) => fired.nurse_due_minutes).filter((due) => due !== null);
  return {
    advice: compose(protocol, assessment, {
      days,
      baseline,
      region,
      past,
      units: units ?? unitsUsed(region),
    }) as Advice,
    shown: {
      protocol: protocol.id,
      version: protocol.version,
      urgency: assessment.urgency as Shown["urgency"],
      rules: assessment.fired.map((fired) => fired.id),
    },
    dueMinutes: dues.length ? Math.min(...dues) : null,
  };
}

/** The server's advice in the units this person uses. It is written in those of the region; what differs is swapped. */
export function inOwnUnits(advice: Advice, given: Omit<Case, "units">): Advice {
  const region = given.me.patient?.region ?? null;
  if (unitsUsed(region) === unitsOfRegion(region)) return advice;
  const theirs = judge({ ...given, units: unitsOfRegion(region) }).advice.because;
  const own = judge(given).advice.because;
  const swapped = (line: string): string => own[theirs.indexOf(line)] ?? line;
  return { ...advice, because: advice.because.map(swapped) };
}

/** Minutes to wait before measuring again, from the protocol; null when one reading is enough. */
export function waitBeforeSecond(wire: Wire, first: Reading): number | null {
  return secondReadingMinutes(protocolOf(wire), { systolic: first.systolic, diastolic: first.diastolic });
}
