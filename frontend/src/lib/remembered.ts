/** Small things this phone remembers beside its store. A browser that keeps nothing for us remembers none of them. */

/** What was remembered under this name, or null. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers it, or forgets it when it is null. A phone without room goes without. */
export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name);
    else if (value !== localStorage.getItem(name)) localStorage.setItem(name, value);
  } catch {
    // Nothing depends on it.
  }
}

/** Forgets everything, of this window too. */
export function forgetEverything(): void {
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // Nothing was remembered.
  }
}
