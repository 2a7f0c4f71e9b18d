/** The address after the # says which page is open. Only opaque ids ever stand in it. */
export type Route =
  { page: "worklist" } | { page: "patients" } | { page: "roster" } | { page: "patient"; id: string };

export function routeOf(hash: string): Route {
  const [page, id] = hash.replace(/^#?\/?/, "").split("/");
  if (page === "roster") return { page };
  if (page !== "patients") return { page: "worklist" };
  if (!id) return { page: "patients" };
  try {
    return { page: "patient", id: decodeURIComponent(id) };
  } catch {
    return { page: "patients" };
  }
}

export const hrefOf = (patientId: string): string => `#/patients/${encodeURIComponent(patientId)}`;

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
