/** The course of a treatment as a line of doses over time: where each stretch begins, ends and stands. Pure. */
import { addDays, daysBetween } from "../calendar";
import { say } from "../words";
import type { Course, Span } from "./wire";

export const WIDTH = 760;
export const LEFT = 190;
const RIGHT = 12;
export const ROW = 34;
export const TOP = 30;
/** The fewest days the line has room for, so that a week does not fill the page. */
const SHORTEST = 14;
const TICKS = 5;

/** A row for each dose of the course, highest first. */
export type Row = { words: string; y: number };
/** One stretch: solid where it happened, dashed where it is on hold or still to come. */
export type Stretch = { from: number; to: number; y: number; dashed: boolean; word: string };
/** Planned days off inside a stretch: drawn thin. */
export type Off = { from: number; to: number; y: number };
export type Line = {
  rows: Row[];
  stretches: Stretch[];
  off: Off[];
  ticks: { x: number; day: string }[];
  today: number;
  height: number;
};

export function lineOf(course: Course, today: string): Line {
  const begun = course.started_on;
  const last = lastDay(course, today);
  const length = Math.max(daysBetween(begun, last) + 1, SHORTEST);
  const at = (day: string) => LEFT + (daysBetween(begun, day) / length) * (WIDTH - LEFT - RIGHT);
  const rows = rowsOf(course.spans);
  const yOf = (span: Span) => rows.find((row) => row.words === span.dose)?.y ?? TOP;
  const stretches = course.spans.flatMap((span) => stretchesOf(span, yOf(span), last, today, at));
  const step = Math.max(1, Math.ceil(length / TICKS / 7)) * 7;
  const ticks = Array.from({ length: Math.ceil(length / step) }, (_, i) => addDays(begun, i * step));
  return {
    rows,
    stretches,
    off: course.spans.flatMap((span) => offOf(course, span, yOf(span), last, at)),
    ticks: ticks.map((day) => ({ x: at(day), day })),
    today: at(addDays(today, 1)),
    height: TOP + rows.length * ROW,
  };
}

/** The line goes to the end of the treatment, or to today, or to the last decision that is planned. */
function lastDay(course: Course, today: string): string {
  if (course.ended_on) return course.ended_on;
  const planned = course.spans.at(-1)?.first ?? today;
  return planned > today ? addDays(planned, 6) : today;
}

function rowsOf(spans: readonly Span[]): Row[] {
  const doses = [...new Map(spans.map((span) => [span.dose, span.mg_a_day])).entries()];
  const inOrder = doses.sort(([, a], [, b]) => (b ?? -1) - (a ?? -1));
  return inOrder.map(([words], i) => ({ words, y: TOP + i * ROW + ROW / 2 }));
}

/** What has happened of a span, and what is still to come of it. */
function stretchesOf(
  span: Span,
  y: number,
  last: string,
  today: string,
  at: (day: string) => number,
): Stretch[] {
  const ends = addDays(span.last ?? last, 1);
  const tomorrow = addDays(today, 1);
  const word = span.held ? say("treatment.on_hold") : "";
  const past = {
    from: at(span.first),
    to: at(ends < tomorrow ? ends : tomorrow),
    y,
    dashed: span.held,
    word,
  };
  const from = span.first > today ? span.first : tomorrow;
  const future = {
    from: at(from),
    to: at(ends),
    y,
    dashed: true,
    word: span.held ? word : say("treatment.planned"),
  };
  return [...(span.first <= today ? [past] : []), ...(ends > tomorrow ? [future] : [])];
}

/** The planned days off of a cycle that began with the treatment; a hold has none, and does not shift them. */
function offOf(course: Course, span: Span, y: number, last: string, at: (day: string) => number): Off[] {
  const { days_on: on = 1, days_off: off = 0 } = course.use ?? {};
  if (!off || span.held) return [];
  const ends = addDays(span.last ?? last, 1);
  const cycles = Math.ceil((daysBetween(course.started_on, ends) + 1) / (on + off));
  return Array.from({ length: cycles }, (_, i) => addDays(course.started_on, i * (on + off) + on))
    .map((first) => ({ first, after: addDays(first, off) }))
    .map(({ first, after }) => ({
      first: first < span.first ? span.first : first,
      after: after > ends ? ends : after,
    }))
    .filter(({ first, after }) => first < after)
    .map(({ first, after }) => ({ from: at(first), to: at(after), y }));
}
