/** Made-up courses for the tests of this folder. */
import type { Course, Decision, Drug, Span, Use } from "./wire";

export const LADDER: Use = {
  id: "us_liver_kidney",
  words: "US: liver or kidney cancer",
  verified: true,
  source: "label",
  days_on: 1,
  days_off: 0,
  levels: [
    { level: 0, words: "400 mg twice a day", mg_a_day: 800 },
    { level: -1, words: "400 mg once a day", mg_a_day: 400 },
    { level: -2, words: "200 mg once a day", mg_a_day: 200 },
  ],
};
export const DRUGS: Drug[] = [
  { drug: "sorafenib", uses: [LADDER, { ...LADDER, id: "eu_liver_kidney", words: "EU" }] },
  { drug: "regorafenib", uses: [{ ...LADDER, id: "usual", words: "US and EU", days_on: 21, days_off: 7 }] },
  { drug: "immunotherapy", uses: [] },
];

export function spanOf(change: Partial<Span> = {}): Span {
  return {
    first: "2026-05-01",
    last: null,
    dose: "400 mg twice a day",
    level: 0,
    mg_a_day: 800,
    held: false,
    ...change,
  };
}

export function courseOf(change: Partial<Course> = {}): Course {
  const share = { share: 1, taken_mg: 11200, planned_mg: 11200, days: 14, days_not_known: 0 };
  return {
    id: "course",
    drug: "sorafenib",
    use: LADDER,
    started_on: "2026-05-01",
    ended_on: null,
    seen: null,
    spans: [spanOf()],
    decisions: [],
    figures: { days: 14, days_on_hold: 0, days_on_drug: 14, prescribed: share, reported: share },
    gaps: [],
    ...change,
  };
}

export function decisionOf(change: Partial<Decision> = {}): Decision {
  return {
    id: "decision",
    kind: "hold",
    dose: "",
    level: null,
    drug: null,
    effective_on: "2026-05-04",
    reason: "Grade 3",
    decided_by: "Dr. Chidi Okafor",
    recorded_by: "Joan Keller",
    recorded_at: "2026-05-04T13:40:00Z",
    withdrawn: null,
    ...change,
  };
}
