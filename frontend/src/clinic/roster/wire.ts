/** The shapes of the roster and of handovers, generated from the API's own description. */
import type { components } from "../../lib/api-types";

type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type Roster = Shape<"RosterShape">;
export type Shift = Shape<"ShiftShape">;
export type Gap = Shape<"GapShape">;
export type Place = Shape<"PlaceEnum">;
export type Duty = Shape<"DutyShape">;
export type DayHours = Shape<"DayHours">;
export type Copied = Shape<"CopiedShape">;
export type Handovers = Shape<"HandoversShape">;
export type Handover = Shape<"HandoverShape">;
export type HandoverWork = Shape<"HandoverWork">;
export type HandoverItem = Shape<"HandoverItem">;
export type Left = Shape<"LeftShape">;
export type ShiftInput = Shape<"ShiftInputRequest">;
export type OfferInput = Shape<"OfferInputRequest">;
export const PLACES: Place[] = ["nurse", "second_nurse", "on_call"];
