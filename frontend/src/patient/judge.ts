/** The protocol's answer on this phone: the same rules as the server's, with no network. */
import {
  compose,
  evaluate,
  load,
  readFacts,
  secondReadingMinutes,
  type Protocol,
  type Wire,
} from "../protocol";
import { addDays, daysBetween } from "../lib/calendar";
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
export function judge({ wire, me, day, facts, factsOf, past = false }: Case): Judged {
  const protocol = protocolOf(wire);
  const read = (given: Facts | null, of: string) =>
    given === null ? null : readFacts(protocol, withoutWrongTimes(given, of));
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
  const parameters = (me.patient?.parameters ?? {}) as Record<string, number>;
  const assessment = evaluate(protocol, { days, baseline, reviewed, parameters });
  const dues = assessment.fired.map((fired) => fired.nurse_due_minutes).filter((due) => due !== null);
  return {
    advice: compose(protocol, assessment, {
      days,
      baseline,
      region: me.patient?.region ?? null,
      past,
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

/** Minutes to wait before measuring again, from the protocol; null when one reading is enough. */
export function waitBeforeSecond(wire: Wire, first: Reading): number | null {
  return secondReadingMinutes(protocolOf(wire), { systolic: first.systolic, diastolic: first.diastolic });
}
