/** The shapes this page reads and sends, by our names; generated from the API's own description. */
import type { components } from "../lib/api-types";
import type { Facts, Grade } from "../lib/types";

export type { Baseline, Facts, Grade, Me, Reading, Skin, Urgency } from "../lib/types";

type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type { Message } from "../lib/types";
export type Thread = Shape<"PatientThread">;
export type ThreadRow = Shape<"ThreadRow">;
export type ThreadPage = Shape<"ThreadPage">;

export type Named = Shape<"Named">;
export type Symptom = string;
export type Outcome = Shape<"OutcomeEnum">;
export type NextCode = Shape<"NextCodeEnum">;
export type DoseKind = Shape<"DecisionKindEnum">;

export type Alert = Shape<"AlertShape">;
export type Reopened = Shape<"Reopened">;
export type AlertPage = Shape<"AlertPage">;
export type Counts = Shape<"Counts">;
export type Contact = Shape<"ContactShape">;
export type Label = Shape<"LabelShape">;
export type LabelRow = Shape<"LabelRowShape">;
export type WorkItem = Shape<"WorkItemShape">;
export type WorkItemPage = Shape<"WorkItemPage">;
export type PlainContactInput = Required<Shape<"PlainContactInputRequest">>;
export type Snooze = Shape<"SnoozeShape">;
export type ConfirmedGrade = Shape<"GradeShape">;
export type GradeInput = Required<Shape<"GradeInputRequest">>;
export type StaffMember = Shape<"Colleague">;
export type PatientLine = Shape<"PatientRow">;
export type PatientPage = Shape<"PatientPage">;
export type DoseDecision = Shape<"DecisionShape">;
export type Patient = Shape<"WholePatient">;
export type Enrollment = Shape<"EnrollmentShape">;
export type ContactInput = Required<Shape<"ContactInputRequest">>;

type Grades = Record<string, Grade>;
/** One day with a log. A fact that is missing was not answered, which never means zero. */
export type DayLog = Omit<Shape<"DayShape">, "facts" | "grades_ctcae5" | "grades_ctcae6"> & {
  facts: Facts;
  grades_ctcae5: Grades;
  grades_ctcae6: Grades;
};
export type DayLogs = Omit<Shape<"Days">, "results"> & { results: DayLog[] };
