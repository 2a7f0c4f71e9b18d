/** The address after the # says which page is open. Only opaque ids ever stand in it. */
export type Route =
  { page: "worklist" } | { page: "patients" } | { page: "patient" | "treatment"; id: string };

export function routeOf(hash: string): Route {
  const [page, id, part] = hash.replace(/^#?\/?/, "").split("/");
  if (page !== "patients") return { page: "worklist" };
  if (!id) return { page: "patients" };
  try {
    return { page: part === "treatment" ? "treatment" : "patient", id: decodeURIComponent(id) };
  } catch {
    return { page: "patients" };
  }
}

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
