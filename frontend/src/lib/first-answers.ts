/** What the server answered in the page itself, so that the first screen waits for no second answer. */

function fetchAsPreloaded(path: string): Promise<Response> {
  const answer = fetch(path, { credentials: "same-origin" });
  answer.catch(() => undefined); // whoever takes it hears of it
  return answer;
}

/** The answers by path, as if they had been fetched. They are taken out of the page: what they say is the patient's. */
export function firstAnswers(page: Document = document): Map<string, Promise<Response>> {
  const answers = new Map<string, Promise<Response>>();
  for (const element of page.querySelectorAll<HTMLScriptElement>("script[data-path]")) {
    const { path, etag } = element.dataset;
    const headers = { "content-type": "application/json", ...(etag && { etag }) };
    if (path) answers.set(path, Promise.resolve(new Response(element.textContent, { headers })));
    element.remove();
  }
  // What the page has asked for by itself, fetched as it did, so that the browser gives that answer and asks no second time.
  for (const { href } of page.querySelectorAll<HTMLLinkElement>("link[rel=preload][as=fetch]")) {
    const { pathname, search } = new URL(href, location.href);
    const path = pathname + search;
    answers.set(path, fetchAsPreloaded(path));
  }
  return answers;
}
