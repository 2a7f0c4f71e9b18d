/** Conditions that look over several days, readings or reviews. Mirrors history.py. */
import type { Case, Condition, Grade, Test } from "./model";

/** A grade as a number; null when it is unknown or not answered. */
export function number(grade: Grade): number | null {
  return typeof grade === "number" ? grade : null;
}

/** On at least N of the days `from` to `to` days back. A day without a log never counts. */
export function onDays(condition: Condition, test: Test): Test {
  const span = condition["on_days"] as { at_least: number; from: number; to: number };
  return (given, ago) => {
    let count = 0;
    for (let back = span.from; back <= span.to; back++) {
      if (given.day(ago + back) !== null && test(given, ago + back)) count++;
    }
    return count >= span.at_least;
  };
}

/** On the last day before this one on which the symptom was graded, if that is within so many days. */
export function lastGraded(condition: Condition, test: Test): Test {
  const name = condition["last_graded"] as string;
  const within = condition["within_days"] as number;
  return (given, ago) => {
    for (let back = 1; back <= within; back++) {
      if (number(given.grade(name, ago + back)) !== null) return test(given, ago + back);
    }
    return false;
  };
}

/** The grade is at least `by` above that of the last day on which it was a number, within so many days. */
export function worsened(condition: Condition): Test {
  const name = condition["worsened"] as string;
  const by = condition["by"] as number;
  const within = condition["within_days"] as number;
  return (given, ago) => {
    const today = number(given.grade(name, ago));
    if (today === null || today < by) return false;
    for (let back = 1; back <= within; back++) {
      const before = number(given.grade(name, ago + back));
      if (before !== null) return today - before >= by;
    }
    return false;
  };
}

/** Of the last reading of the day, or of any reading before the last. */
export function reading(condition: Condition, test: Test): Test {
  const beforeLast = condition["reading"] === "any_before_last";
  return (given, ago) => {
    const day = given.day(ago);
    if (day === null || day.readings.length === 0) return false;
    const looked = beforeLast ? day.readings.slice(0, -1) : day.readings.slice(-1);
    const held = looked.some((one) => {
      given.ready.set(ago, day.withReading(one));
      return test(given, ago);
    });
    given.ready.set(ago, day);
    return held;
  };
}

/**
 * A nurse reviewed the symptom between `from` and `to` days ago, and the grades compare as asked.
 * `first_graded_after` n: the review is exactly n days old, or this is the first graded day at or after n days.
 */
export function reviewed(condition: Condition, gradedAs: string): Test {
  const earliest = condition["from"] as number;
  const latest = condition["to"] as number;
  const least = (condition["reviewed_grade"] ?? 0) as number;
  const firstAfter = (condition["first_graded_after"] ?? null) as number | null;
  const notBelow = condition["todays_grade"] === "not_below";
  return (given, ago) =>
    given.reviewed.some((review) => {
      const daysAgo = review.days_ago - ago;
      if (review.symptom !== condition["reviewed"] || daysAgo < earliest || daysAgo > latest) return false;
      const today = number(given.grade(gradedAs, ago));
      if (review.grade === null || today === null || review.grade < least) return false;
      if (notBelow ? today < review.grade : today > review.grade) return false;
      return firstAfter === null || firstGradedDay(given, ago, gradedAs, daysAgo - firstAfter);
    });
}

function firstGradedDay(given: Case, ago: number, name: string, days: number): boolean {
  for (let back = 1; back <= days; back++) if (number(given.grade(name, ago + back)) !== null) return false;
  return true;
}
