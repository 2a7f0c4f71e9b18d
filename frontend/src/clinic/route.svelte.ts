/** The address after the # says which page is open. Only opaque ids ever stand in it. */
export type Route =
  | { page: "worklist" }
  | { page: "roster" }
  | { page: "patients" }
  | { page: "patient" | "treatment"; id: string }
  | { page: "threads" }
  | { page: "thread"; id: string };

/** Each list of patients, and the page of one of them. */
const LISTS = {
  patients: { list: "patients", one: "patient" },
  messages: { list: "threads", one: "thread" },
} as const;

export function routeOf(hash: string): Route {
  const [name = "", id, part] = hash.replace(/^#?\/?/, "").split("/");
  if (name === "roster") return { page: name };
  if (name !== "patients" && name !== "messages") return { page: "worklist" };
  const { list, one } = LISTS[name];
  if (!id) return { page: list };
  try {
    return { page: part === "treatment" && one === "patient" ? part : one, id: decodeURIComponent(id) };
  } catch {
    return { page: list };
  }
}

/** The address of the messages with a patient. */
export const threadOf = (patientId: string): string => `#/messages/${encodeURIComponent(patientId)}`;

export const hrefOf = (patientId: string): string => `#/patients/${encodeURIComponent(patientId)}`;
export const treatmentOf = (patientId: string): string => `${hrefOf(patientId)}/treatment`;

class Router {
  now = $state<Route>(routeOf(location.hash));
  constructor() {
    addEventListener("hashchange", () => (this.now = routeOf(location.hash)));
  }
  openPatient(id: string): void {
    location.hash = hrefOf(id);
  }
}

export const router = new Router();
