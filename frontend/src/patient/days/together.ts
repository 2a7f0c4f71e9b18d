/** Two logs of one day that answer different questions: what they say together. */
import { inOrder } from "../../lib/same";
import type { Facts } from "../../lib/types";

type Together = { facts: Facts; differ: boolean };

/**
 * The answers of both, mine where both answered the same question. `differ` is true when some of those are not the same.
 * Null when one of them has no answer of its own: then there is nothing to put together.
 */
export function together(mine: Facts, theirs: Facts): Together | null {
  const [ours, others] = [answered(mine), answered(theirs)];
  const common = ours.filter((key) => others.includes(key));
  if (common.length === ours.length || common.length === others.length) return null;
  const differ = common.some((key) => inOrder(mine[key]) !== inOrder(theirs[key]));
  return { facts: { ...theirs, ...mine }, differ };
}

const answered = (facts: Facts): (keyof Facts)[] =>
  (Object.keys(facts) as (keyof Facts)[]).filter((key) => facts[key] !== undefined && facts[key] !== null);
