/** What the server answered in the page itself, so that the first screen waits for no second answer. */

/** The answers by path, as if they had been fetched. They are taken out of the page: what they say is the patient's. */
export function firstAnswers(page: Document = document): Map<string, Promise<Response>> {
  const answers = new Map<string, Promise<Response>>();
  for (const element of page.querySelectorAll<HTMLScriptElement>("script[data-path]")) {
    const { path, etag } = element.dataset;
    const headers = { "content-type": "application/json", ...(etag && { etag }) };
    if (path) answers.set(path, Promise.resolve(new Response(element.textContent, { headers })));
    element.remove();
  }
  return answers;
}
