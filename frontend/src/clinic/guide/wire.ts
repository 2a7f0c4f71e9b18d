/** The shapes of the call guide, by our names. */
import type { components } from "../../lib/api-types";

type Shape<Name extends keyof components["schemas"]> = components["schemas"][Name];

export type CallGuide = Shape<"CallGuideShape">;
export type Guide = Shape<"GuideShape">;
export type Question = Shape<"QuestionShape">;
export type Asked = Shape<"AskedShape">;
/** Question to yes or no. What is not in it was not answered, which is never a No. */
export type Answers = Record<string, boolean>;
