/** The shapes of a patient's treatments, and one function per request. */
import { get, post } from "../../lib/api";
import type { components } from "../../lib/api-types";

type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type Treatments = Shape<"TreatmentsShape">;
export type Course = Shape<"CourseShape">;
export type Span = Shape<"SpanShape">;
export type Drug = Shape<"DrugShape">;
export type Use = Shape<"UseShape">;
export type Decision = Shape<"DoseDecisionShape">;
export type Figures = Shape<"FiguresShape">;
export type Share = Shape<"ShareShape">;
export type Gap = Shape<"DoseGapShape">;
export type Intention = Shape<"IntentionShape">;
export type Consent = Shape<"ConsentShape">;
export type DecisionInput = Required<Shape<"DecisionInputRequest">>;
export type StartInput = Required<Shape<"StartInputRequest">>;

const id = encodeURIComponent;

export const treatments = async (patient: string) =>
  (await get<Treatments>(`patients/${id(patient)}/treatments`)).data;
export const start = (patient: string, body: StartInput) =>
  post<Treatments>(`patients/${id(patient)}/treatments`, body);
export const decide = (course: Course, body: DecisionInput) =>
  post<Treatments>(`treatments/${id(course.id)}/decisions`, { ...body, seen: course.seen });
export const takeBack = (decision: string, why: string) =>
  post<Treatments>(`dose-decisions/${id(decision)}/withdraw`, { why });
export const giveConsent = (patient: string, text_version: string, given_on: string) =>
  post<Treatments>(`patients/${id(patient)}/consents`, { text_version, given_on });
export const withdrawConsent = (consent: string, withdrawn_on: string) =>
  post<Treatments>(`consents/${id(consent)}/withdraw`, { withdrawn_on });
