/** Read the answers of one log: shape, range and spelling. What is refused throws FactError. Mirrors facts.py. */
import { isMoment } from "./moment";
import { FactError, type Facts, type Protocol, type Shape } from "./model";
import { put } from "./wording";

type Fields = Record<string, unknown>;
type Reader = (raw: unknown, shape: Shape) => unknown;
const HALF_A_CHARACTER = /\p{Surrogate}/u;

/** Why one value cannot be taken: a key of the "errors" texts and what fills its placeholders. */
export class Refused extends Error {
  constructor(
    readonly key: string,
    readonly values: Record<string, unknown> = {},
  ) {
    super(key);
  }
}

/** The answers as plain data: unanswered (null) ones left out, signs once each in protocol order. */
export function readFacts(protocol: Protocol, raw: unknown): Facts {
  const errors = protocol.texts.errors;
  if (!isObject(raw)) throw new FactError("facts", errors["not_an_object"]!);
  const unknown = unknownKey(raw, protocol.data.facts);
  if (unknown !== null) throw new FactError(unknown, put(errors["unknown_fact"], { name: unknown }));
  const facts: Facts = {};
  for (const [name, shape] of Object.entries(protocol.data.facts)) {
    const value = orRefuse(name, errors, () => readOne(own(raw, name), shape));
    if (value !== null) facts[name] = value;
  }
  return facts;
}

export type Readable = { facts: Facts; older: Facts };

/**
 * The answers of a log from another version of this app: those that can be read, and apart from them those that
 * cannot. Nothing is guessed. Phone only: the server refuses such a log.
 */
export function readableFacts(shapes: Record<string, Shape>, raw: unknown): Readable {
  const found: Readable = { facts: {}, older: {} };
  for (const [name, value] of Object.entries(isObject(raw) ? raw : {})) {
    if (value === null || value === undefined) continue;
    const shape = Object.hasOwn(shapes, name) ? shapes[name]! : null;
    const [read, left] = shape ? partsOf(value, shape) : [null, value];
    if (read !== null) found.facts[name] = read;
    if (left !== null) found.older[name] = left;
  }
  return found;
}

/** What can be read of one answer, and what cannot; null for nothing. Fields, signs and readings are read one by one. */
function partsOf(raw: unknown, shape: Shape): [unknown, unknown] {
  if (shape.kind === "group" && isObject(raw)) {
    const { facts, older } = readableFacts(shape.fields ?? {}, raw);
    return [orNull(facts), orNull(older)];
  }
  if ((shape.kind === "signs" || shape.kind === "readings") && Array.isArray(raw) && raw.length > 0) {
    const given = shape.kind === "readings" ? raw.map((one) => numbersOf(one, shape)) : raw;
    const good = given.filter((one) => reads([one], shape));
    if (good.length > 0 && !reads(good, shape)) return [null, raw];
    const left = given.filter((one) => !good.includes(one));
    return [good.length ? readOne(good, shape) : null, left.length ? left : null];
  }
  return reads(raw, shape) ? [readOne(raw, shape), null] : [null, raw];
}

/** A reading counts without a time or a source that cannot be read. */
function numbersOf(reading: unknown, shape: Shape): unknown {
  const { facts } = readableFacts(shape.fields ?? {}, reading);
  const whole = Object.entries(shape.fields ?? {}).every(([name, field]) => !field.required || name in facts);
  return whole ? facts : reading;
}

const orNull = (facts: Facts): Facts | null => (Object.keys(facts).length > 0 ? facts : null);

function reads(raw: unknown, shape: Shape): boolean {
  try {
    readOne(raw, shape);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

/** Run `read`; what it refuses becomes a FactError of this field in the words of the protocol. */
export function orRefuse<T>(field: string, errors: Record<string, string>, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) throw new FactError(field, put(errors[error.key], error.values));
    throw error;
  }
}

export function isObject(raw: unknown): raw is Fields {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}

export function own(raw: Fields, name: string): unknown {
  return Object.hasOwn(raw, name) ? (raw[name] ?? null) : null;
}

/** The first key, in an order both twins share, that is not known. */
export function unknownKey(raw: Fields, known: object): string | null {
  return (
    Object.keys(raw)
      .filter((key) => !Object.hasOwn(known, key))
      .sort()[0] ?? null
  );
}

function readOne(raw: unknown, shape: Shape): unknown {
  return raw === null ? null : READERS[shape.kind]!(raw, shape);
}

/** A group of fields; null when none of them is answered. */
const group = (raw: unknown, shape: Shape): Fields | null => {
  const fields = shape.fields ?? {};
  if (!isObject(raw)) throw new Refused("not_a_group");
  const unknown = unknownKey(raw, fields);
  if (unknown !== null) throw new Refused("unknown_field", { name: unknown });
  const answered: Fields = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = own(raw, name);
    if (value !== null) answered[name] = readOne(value, field);
    else if (field.required) throw new Refused("missing_field", { name });
  }
  return Object.keys(answered).length > 0 ? answered : null;
};

const readings: Reader = (raw, shape) => {
  const most = shape.most!;
  if (!Array.isArray(raw) || raw.length < 1 || raw.length > most) throw new Refused("not_readings", { most });
  const [lower, upper] = shape.lower_first!;
  return raw.map((one: unknown) => {
    const reading = group(one, shape)!;
    if ((reading[lower] as number) >= (reading[upper] as number)) throw new Refused("not_below");
    return reading;
  });
};

const signs: Reader = (raw, shape) => {
  const known = shape.values!;
  if (!Array.isArray(raw)) throw new Refused("not_a_list");
  if (!raw.every((sign) => known.includes(sign as string))) throw new Refused("unknown_sign");
  return known.filter((sign) => raw.includes(sign));
};

const choice: Reader = (raw, shape) => {
  if (typeof raw !== "string" || !shape.values!.includes(raw)) {
    throw new Refused("unknown_choice", { choices: shape.values!.join(", ") });
  }
  return raw;
};

const yesNo: Reader = (raw) => {
  if (typeof raw !== "boolean") throw new Refused("not_yes_no");
  return raw;
};

/** A number within the bounds of its shape. */
export function numberIn(raw: unknown, shape: Shape): number {
  const bounds = { lowest: shape.from, highest: shape.to, unit: shape.unit ?? "" };
  if (typeof raw !== "number" || !Number.isFinite(raw)) throw new Refused("not_a_number", bounds);
  if (raw < shape.from! || raw > shape.to!) throw new Refused("out_of_range", bounds);
  if (shape.kind === "whole_number" && !Number.isInteger(raw)) throw new Refused("not_whole", bounds);
  return raw;
}

const time: Reader = (raw) => {
  if (typeof raw !== "string" || !isMoment(raw)) throw new Refused("not_a_time");
  return raw;
};

const text: Reader = (raw, shape) => {
  if (typeof raw !== "string" || raw.includes("\0") || HALF_A_CHARACTER.test(raw))
    throw new Refused("not_text");
  if ([...raw].length > shape.most!) throw new Refused("too_long", { most: shape.most });
  return raw;
};

const READERS: Record<string, Reader> = {
  group,
  readings,
  signs,
  choice,
  yes_no: yesNo,
  whole_number: numberIn,
  number: numberIn,
  time,
  text,
};
