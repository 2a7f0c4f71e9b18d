/**
 * The Blood Pressure Measurement characteristic (0x2A35) of a cuff: one byte of flags, three SFLOATs (top, bottom,
 * mean), then what the flags announce, each in its place: a time, the pulse, the person, the state of the measurement.
 */
import { sfloat } from "./sfloat";

/** What the cuff noticed. It does not make the numbers wrong; the person decides whether to measure again. */
export type Notice = "moved" | "too_loose" | "uneven_pulse" | "wrong_place";

export type Measurement = {
  /** mmHg, whole. */
  systolic: number;
  diastolic: number;
  /** By the cuff's own clock, which knows no time zone: "2026-05-14T08:12:05"; null when it has none. */
  at: string | null;
  /** Which of its people the cuff was set to; "unknown" when it does not know who it was, null when it knows no people. */
  person: number | "unknown" | null;
  notices: Notice[];
};

const KILOPASCALS = 0x01;
const HAS_TIME = 0x02;
const HAS_PULSE = 0x04;
const HAS_PERSON = 0x08;
const HAS_STATE = 0x10;

const NOTICES: [number, Notice][] = [
  [0x01, "moved"],
  [0x02, "too_loose"],
  [0x04, "uneven_pulse"],
  [0x20, "wrong_place"],
];
const UNKNOWN_PERSON = 0xff;
const FIRST_YEAR = 1582;
const LAST_YEAR = 9999;
const MMHG_OF_A_KILOPASCAL = 7.500617;

/** Takes the bytes of one indication apart, from the first on. Reading past their end throws a RangeError. */
class Bytes {
  #next = 0;
  constructor(private readonly data: DataView) {}
  one(): number {
    return this.data.getUint8(this.#next++);
  }
  two(): number {
    this.#next += 2;
    return this.data.getUint16(this.#next - 2, true);
  }
}

/** The measurement in these bytes, or null when there is none in them: too short, or its numbers are no numbers. */
export function measurementIn(data: DataView): Measurement | null {
  try {
    return readFrom(new Bytes(data));
  } catch (trouble) {
    if (trouble instanceof RangeError) return null;
    throw trouble;
  }
}

function readFrom(bytes: Bytes): Measurement | null {
  const flags = bytes.one();
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const pressure = (): number | null => {
    const value = sfloat(bytes.two());
    return value === null ? null : Math.round(has(KILOPASCALS) ? value * MMHG_OF_A_KILOPASCAL : value);
  };
  const systolic = pressure();
  const diastolic = pressure();
  bytes.two(); // the mean, which many cuffs leave out
  const at = has(HAS_TIME) ? timeIn(bytes) : null;
  if (has(HAS_PULSE)) bytes.two();
  const person = has(HAS_PERSON) ? personIn(bytes) : null;
  const state = has(HAS_STATE) ? bytes.two() : 0;
  if (systolic === null || diastolic === null) return null;
  return {
    systolic,
    diastolic,
    at,
    person,
    notices: NOTICES.filter(([bit]) => (state & bit) !== 0).map(([, notice]) => notice),
  };
}

function personIn(bytes: Bytes): number | "unknown" {
  const person = bytes.one();
  return person === UNKNOWN_PERSON ? "unknown" : person;
}

/**
 * A time of seven bytes; null when it shows a time that does not exist. A year, a month or a day of zero is "not
 * known"; years begin with 1582 (Bluetooth's date time characteristic).
 */
function timeIn(bytes: Bytes): string | null {
  const year = bytes.two();
  const rest = [bytes.one(), bytes.one(), bytes.one(), bytes.one(), bytes.one()];
  const [month, day, hour, minute, second] = rest.map((part) => String(part).padStart(2, "0"));
  const text = `${String(year).padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}`;
  const moment = new Date(`${text}Z`);
  if (year < FIRST_YEAR || year > LAST_YEAR) return null;
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) ? text : null;
}
