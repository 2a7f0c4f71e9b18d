/** Hands and feet: what "As usual" says. "As usual, but they hurt" is another answer, so it says that nothing hurts. */
import type { Skin } from "../../lib/types";

export const AS_USUAL = { skin_change: "none", pain: "none" } as const satisfies Skin;

/** True when the answer leads to the questions about pain and about what is hard. */
export function asksFurther({ skin_change: change, pain }: Skin): boolean {
  if (change === undefined) return false;
  return change !== "none" || (pain !== undefined && pain !== "none");
}

/** The answer with what was asked further. Pain alone is said of skin that looks as usual. */
export const asked = (skin: Skin, further: Skin): Skin => ({ skin_change: "none", ...skin, ...further });

/** Yesterday's answer given again. Earlier versions of this app sent "As usual" without the pain it says. */
export function sameAgain(skin: Skin): Skin {
  return skin.skin_change === "none" && skin.pain === undefined ? { ...skin, ...AS_USUAL } : { ...skin };
}
