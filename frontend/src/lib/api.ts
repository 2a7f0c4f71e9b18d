/** JSON over fetch: CSRF, ETags, and two kinds of trouble: the server said no, or nobody answered. */
import type { ProblemField } from "./types";

/** The server answered and refused. `extra` holds what a conflict adds: by, at, existing. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly fields: ProblemField[] = [],
    readonly extra: Record<string, unknown> = {},
    /** After how many seconds the server wants to be asked again; 0 when it did not say. */
    readonly retryAfter = 0,
  ) {
    super(detail || code);
    this.name = "Problem";
  }
}

/** Nobody we know answered: no network, a timeout, a server being restarted, a hotel's sign-in page. */
export class NoConnection extends Error {
  /**
   * `answered` is true when somebody did answer, only not in our language: a proxy, a sign-in page. `status` is
   * theirs then, else 0.
   */
  constructor(
    reason: string,
    readonly answered = false,
    readonly status = 0,
    readonly retryAfter = 0,
  ) {
    super(reason);
    this.name = "NoConnection";
  }
}

/**
 * Why the server was not reached, as a patient can act on it: no signal, a Wi-Fi's own page, something on the way that
 * lets nothing through, a server in trouble.
 */
export type Unreached = "no_signal" | "other_page" | "on_the_way" | "server";

/** The status with which a network asks for its own sign-in (RFC 6585). */
const NETWORK_ASKS = 511;

/** What kept us from the server, or null when it answered properly, if only to refuse. */
export function unreachedBy(trouble: unknown): Unreached | null {
  if (trouble instanceof Problem) return trouble.status >= 500 || trouble.status === 429 ? "server" : null;
  if (!(trouble instanceof NoConnection)) return null;
  if (!trouble.answered) return "no_signal";
  if (trouble.status < 400 || trouble.status === NETWORK_ASKS) return "other_page";
  return trouble.status >= 500 ? "server" : "on_the_way";
}

export type Answer<T> = { status: number; data: T; etag: string | null; notModified: boolean };
type Ask = {
  method?: string;
  body?: unknown;
  etag?: string | null;
  timeoutSeconds?: number;
  headers?: Record<string, string>;
};

const SESSION = "/_allauth/browser/v1/auth/session";

function cookie(name: string): string | null {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}

/** Answers asked for before the page was here, by path. Each is taken once; what is written makes them old. */
export const beforehand = new Map<string, Promise<Response>>();

function takeBeforehand(path: string, method?: string): Promise<Response> | undefined {
  const answer = beforehand.get(path);
  beforehand.delete(path);
  if (method === "GET") return answer;
  beforehand.clear();
  return undefined;
}

async function reach(path: string, init: RequestInit, seconds: number): Promise<Response> {
  const early = takeBeforehand(path, init.method);
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), seconds * 1000);
  try {
    const { signal } = waiting;
    return await (early ?? fetch(path, { ...init, credentials: "same-origin", cache: "no-store", signal }));
  } catch (reason) {
    throw new NoConnection(String(reason));
  } finally {
    clearTimeout(timer);
  }
}

/** Reads JSON, or says that whoever answered does not speak our language. */
async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const kind = response.headers.get("content-type") ?? "";
  if (!/\bjson\b/.test(kind)) {
    const reason = `${response.status} ${kind || "without content"}`;
    throw new NoConnection(reason, true, response.status, retryAfter(response));
  }
  try {
    return await response.json();
  } catch (reason) {
    throw new NoConnection(String(reason), true, response.status);
  }
}

/** Gives the answer on when it has what ours always have. Anything else came from somebody between us and the server. */
export function ours<T>(data: T, ...parts: (keyof T & string)[]): T {
  const has = data !== null && typeof data === "object" && parts.every((part) => part in data);
  if (!has) throw new NoConnection("answered with something else", true, 200);
  return data;
}

const KNOWN = new Set(["type", "title", "status", "code", "detail", "fields"]);

/** The seconds of Retry-After, given as seconds or as a date; 0 without it. */
function retryAfter(response: Response): number {
  const given = response.headers.get("retry-after") ?? "";
  const seconds = /^\d+$/.test(given) ? Number(given) : (Date.parse(given) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : 0;
}

function problemFrom(response: Response, body: unknown): Problem {
  const { status } = response;
  const told = (body ?? {}) as Record<string, unknown>;
  return new Problem(
    status,
    String(told.code ?? `status_${status}`),
    String(told.detail ?? told.title ?? ""),
    Array.isArray(told.fields) ? (told.fields as ProblemField[]) : [],
    Object.fromEntries(Object.entries(told).filter(([key]) => !KNOWN.has(key))),
    retryAfter(response),
  );
}

async function headersFor(method: string, ask: Ask): Promise<Record<string, string>> {
  const headers: Record<string, string> = { Accept: "application/json", ...ask.headers };
  if (ask.body instanceof Blob) headers["Content-Type"] = "application/octet-stream";
  else if (ask.body !== undefined) headers["Content-Type"] = "application/json";
  if (ask.etag) headers["If-None-Match"] = ask.etag;
  if (method !== "GET") {
    if (!cookie("csrftoken")) await reach(SESSION, { method: "GET" }, ask.timeoutSeconds ?? 20);
    headers["X-CSRFToken"] = cookie("csrftoken") ?? "";
  }
  return headers;
}

/**
 * Asks the server and gives its JSON answer. A Blob is sent as it is, anything else as JSON. `etag` makes the request conditional: `notModified` is then true
 * and `data` is null. Throws Problem (the server refused) or NoConnection (nobody answered).
 */
export async function ask<T>(path: string, options: Ask = {}): Promise<Answer<T>> {
  const method = options.method ?? "GET";
  const { body: given } = options;
  const body = given === undefined ? null : given instanceof Blob ? given : JSON.stringify(given);
  const headers = await headersFor(method, options);
  const response = await reach(path, { method, headers, body }, options.timeoutSeconds ?? 20);
  const etag = response.headers.get("etag");
  if (response.status === 304) return { status: 304, data: null as T, etag, notModified: true };
  const data = await readJson(response);
  if (!response.ok) throw problemFrom(response, data);
  return { status: response.status, data: data as T, etag, notModified: false };
}

/** GET below /api/v1/. */
export function get<T>(path: string, etag: string | null = null): Promise<Answer<T>> {
  return ask<T>(`/api/v1/${path}`, { etag });
}

/** PUT below /api/v1/. */
export async function put<T>(path: string, body: unknown): Promise<T> {
  return (await ask<T>(`/api/v1/${path}`, { method: "PUT", body })).data;
}

/** POST below /api/v1/. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  return (await ask<T>(`/api/v1/${path}`, { method: "POST", body })).data;
}

/** True when the answer means: sign in again. */
export function needsSignIn(trouble: unknown): boolean {
  return trouble instanceof Problem && trouble.status === 401;
}
