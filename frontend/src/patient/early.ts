/**
 * Runs before the page itself is here. On the first visit, over a slow line, what Today needs is asked for while the
 * page is still on its way; later the page comes from the phone and asks by itself, with what it knows already.
 */
const FIRST = ["/api/v1/me", "/api/v1/protocol"];

const ask = (path: string): Promise<Response> => {
  const headers = { Accept: "application/json" };
  const signal = AbortSignal.timeout(20_000);
  const answer = fetch(path, { headers, credentials: "same-origin", cache: "no-store", signal });
  answer.catch(() => undefined); // whoever takes it hears of it
  return answer;
};

/** The answers that are coming, by path. */
export const asked = new Map<string, Promise<Response>>(
  navigator.serviceWorker?.controller ? [] : FIRST.map((path) => [path, ask(path)]),
);
