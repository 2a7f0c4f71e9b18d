/** The call guides as the server sends them, read once for each drug, and which of them an alert is asked by. */
import { get } from "../../lib/api";
import type { Alert } from "../wire";
import type { Answers, CallGuide, Guide } from "./wire";

const asked = new Map<string, Promise<CallGuide>>();

export function callGuide(drug: string): Promise<CallGuide> {
  let guide = asked.get(drug);
  if (!guide) {
    guide = get<CallGuide>(`guides/${encodeURIComponent(drug)}`).then((answer) => answer.data);
    guide.catch(() => asked.delete(drug));
    asked.set(drug, guide);
  }
  return guide;
}

type About = { symptom: string; rule: { id: string } };

/** The first guide that names the alert's rule, else its symptom, else the general one, which is the last. */
export function guideFor(guide: CallGuide, { symptom, rule }: About): Guide | null {
  const fits = (one: Guide) =>
    one.symptoms.includes(symptom) && (!one.rules.length || one.rules.includes(rule.id));
  return guide.guides.find(fits) ?? guide.guides.at(-1) ?? null;
}

/** The kept answers that may still be sent: the server knows no others about this symptom. */
export function stillAsked(guide: CallGuide, alert: Pick<Alert, "symptom">, answers: Answers): Answers {
  const about = guide.guides.filter((one) => one.symptoms.includes(alert.symptom));
  const guides = about.length ? about : guide.guides.slice(-1);
  const known = new Set(guides.flatMap((one) => one.questions.map((question) => question.id)));
  return Object.fromEntries(Object.entries(answers).filter(([question]) => known.has(question)));
}
