/** The common axis: where each day stands, for every lane. The chart's library measures and scales it. */
import type { ScaleBand } from "d3-scale";
import { getLayerCakeContext } from "layercake";
import type { Day } from "./days";

export type Axis = {
  /** Left edge and middle of a day's column, in pixels from the first column. */
  left: (day: Day | undefined) => number;
  middle: (day: Day | undefined) => number;
  /** Width of a cell, and the right end of the last column. */
  readonly wide: number;
  readonly end: number;
};

/** Call it while a lane is made. What it gives follows the width of the chart. */
export function axis(): Axis {
  const chart = getLayerCakeContext<{ x: ScaleBand<string> }>();
  const left = (day: Day | undefined): number => (day && chart.xScale(day.day)) ?? 0;
  return {
    left,
    middle: (day) => left(day) + chart.xScale.bandwidth() / 2,
    get wide() {
      return chart.xScale.bandwidth();
    },
    get end() {
      return chart.width;
    },
  };
}
