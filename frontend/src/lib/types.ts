/**
 * The shapes of the REST API by our names. They are generated from its OpenAPI document (`npm run api-types`);
 * only what JSON Schema cannot say is said here. Times are ISO 8601 with offset, days are YYYY-MM-DD.
 */
import type { components } from "./api-types";

type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];
/** The server leaves unanswered facts out, and so do we: a fact is given or it is not there, never null. */
type Given<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

export type Urgency = Shape<"UrgencyEnum">;
export type SkinChange = Shape<"SkinChangeEnum">;
export type Pain = Shape<"PainEnum">;
export type StoppingReason = "side_effects" | "fear" | "cost" | "feeling_well" | "other";
export type Adherence =
  | "as_prescribed"
  | "missed_one_dose"
  | "missed_two_or_more_in_7_days"
  | "took_too_much"
  | "wants_to_stop"
  | "stopped"
  | "held_by_team";

export type MissedReason = "forgot" | "side_effects" | "no_tablets" | "felt_well" | "told_to" | "other";
/** Answers only some give, each a choice of the protocol. */
type Extras = {
  mouth_sores?: string;
  nausea?: string;
  appetite?: string;
  rash?: string;
  rash_symptoms?: string;
  headache?: string;
};

export type Skin = Given<Shape<"HandFoot">>;
export type Limits = Pick<Skin, "limits_daily_activities" | "limits_self_care">;
export type Stools = Given<Shape<"Diarrhea">>;
export type Fatigue = Given<Shape<"Fatigue">>;
export type Reading = Pick<Shape<"Reading">, "systolic" | "diastolic"> &
  Given<Pick<Shape<"Reading">, "taken_at" | "source">>;

/** What a patient answered for one day. A missing key was not answered: it is never zero and never "no". */
export type Facts = Omit<
  Given<Shape<"Facts">>,
  | "hand_foot"
  | "hands"
  | "feet"
  | "blood_pressure"
  | "diarrhea"
  | "fatigue"
  | "adherence"
  | "stopping_reason"
  | "missed_reason"
  | "tablets_left"
  | keyof Extras
> &
  Extras & {
    hand_foot?: Skin;
    hands?: Skin;
    feet?: Skin;
    blood_pressure?: Reading[];
    diarrhea?: Stools;
    fatigue?: Fatigue;
    adherence?: Adherence;
    stopping_reason?: StoppingReason;
    missed_reason?: MissedReason;
    tablets_left?: number;
  };

/** Who is signed in. Both pages are for people of a clinic: an operator without one has the administration site. */
export type Me = Omit<Shape<"Me">, "clinic" | "unreached" | "unread_messages"> & {
  clinic: NonNullable<Shape<"Me">["clinic"]>;
  unreached?: number;
  unread_messages?: number;
};
export type Baseline = Partial<Shape<"BaselineShape">>;
/** An estimated grade; null is not answered. */
export type Grade = number | "unknown" | null;
export type Advice = Shape<"AdviceShape">;
export type TeamAnswer = Shape<"TeamAnswer">;
/** What the team answered about one alert of a log. */
export type AlertAnswer = Shape<"AlertAnswer">;
export type TeamState = TeamAnswer["state"];
export type Log = Omit<Shape<"LogShape">, "facts"> & { facts: Facts };
export type ProblemField = Shape<"FieldProblem">;

/** A message between the patient and the team, as the server has it. */
export type Message = Shape<"MessageShape">;

/** What the phone showed the patient when the log was saved; the server counts disagreements. */
export type Shown = Shape<"ShownRequest">;

/** The body of PUT logs/{id}. */
export type LogToSend = {
  day: string;
  facts: Facts;
  corrects: string | null;
  written_at: string | null;
  shown: Shown | null;
};
