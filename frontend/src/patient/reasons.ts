import type { StoppingReason } from "../lib/types";

/** Why people think of stopping, in the order they are asked. */
export const REASONS: StoppingReason[] = ["side_effects", "fear", "cost", "feeling_well", "other"];
