/** Whether a text is an ISO date and time of the years 1900 to 2199. Mirrors moment.py. */
const FORM =
  /^(19[0-9]{2}|2[01][0-9]{2})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(?:Z|[+-]([0-9]{2}):([0-9]{2}))?$/;
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isMoment(text: string): boolean {
  const found = FORM.exec(text);
  if (!found) return false;
  const parts = found.slice(1).map((part) => Number(part ?? 0));
  const [year, month, day, hour, minute, second, offHour, offMinute] = parts as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || Math.max(hour, offHour) > 23 || Math.max(minute, second, offMinute) > 59)
    return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= LENGTHS[month - 1]! + leap;
}
