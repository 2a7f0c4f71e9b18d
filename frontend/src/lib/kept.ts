/** What the rooms of this phone's store hold of the patient's own: a form being filled in, and what waits to be sent. */
import type { Advice, Facts, LogToSend, Message, ProblemField } from "./types";

/** A form being filled in: one per day. */
export type Typed = { place: number; systolic: string; diastolic: string };

export type Draft = {
  day: string;
  facts: Facts;
  /** Answers of an older version of this app that cannot be read any more: asked again, and readable until then. */
  older?: Facts;
  /** The step the patient was on. */
  step: string;
  /** The id of the day's current log, when this draft changes it. */
  corrects: string | null;
  /** A log the server refused, kept in the outbox until this draft is saved in its place. */
  replaces: string | null;
  /** A blood pressure being typed, and the place it takes among the readings. */
  typed?: Typed;
  /** The calendar day on which the form was opened: after midnight it differs from today. Empty when nobody knows. */
  begun_on: string;
  /** The day is one that only a wrong clock can show: it is asked once the right day is known. */
  day_unknown?: boolean;
  /** Counts the changes: of two pages with the same form, the higher number knows more. */
  version: number;
  saved_at: string;
};

/** The server's refusal, kept to be shown. `existing` names the log that stands in its place. */
export type Refusal = {
  status: number;
  code: string;
  detail: string;
  fields: ProblemField[];
  existing: string | null;
};

/** A finished log in the outbox: not sent yet, or refused. */
export type Waiting = {
  id: string;
  patient: string;
  log: LogToSend;
  advice: Advice | null;
  /** By when the patient should have reached the team, from the protocol; null when no call is needed. */
  due_at: string | null;
  saved_at: string;
  refusal: Refusal | null;
};

/** The patient's own word on whether a log's call can wait. */
export type Waits = { can_wait: boolean; said_at: string };

/**
 * What the patient said about calling, not told to the server yet. Its key in the store is the id of the log it is
 * about.
 */
export type CallWaiting = {
  patient: string;
  /** "I have called": when. */
  at?: string;
  /** When the patient said that somebody has told them what to do. */
  reached_at?: string;
  waits?: Waits;
  /** When "I have called" was undone, after the server had heard of it. */
  undone_at?: string;
};

/** A photo of one log that has not reached the server whole: scaled, and without the camera's notes. */
export type PhotoWaiting = {
  id: string;
  patient: string;
  day: string;
  /** The id of the log it belongs to, after which it is sent; null until the day's log is saved. */
  log: string | null;
  part: "hands" | "feet";
  type: "image/jpeg" | "image/webp" | "image/png";
  picture: Blob;
  saved_at: string;
  refusal: Refusal | null;
};

/** A message to the team that the server does not have yet, or refused. */
export type MessageWaiting = {
  id: string;
  patient: string;
  text: string;
  written_at: string;
  saved_at: string;
  refusal: Refusal | null;
};

/** The copy of the newest messages between patient and team, newest first, with the tag they came with. */
export type ThreadKept = { etag: string | null; results: Message[]; next: string | null };
