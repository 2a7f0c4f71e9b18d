/** Who is signed in at this desk, refreshed each minute so that the banner and the names on duty stay true. */
import { needsSignIn, Problem } from "../lib/api";
import { signIn, signOut, whoAmI } from "../lib/session";
import { belongTo, forget, onForget } from "./forget";
import { clock } from "./now.svelte";
import type { Me, StaffMember } from "./wire";
import * as server from "./server";

type State = "loading" | "out" | "in" | "no_answer";
const STAFF_ROLES = ["nurse", "prescriber", "administrator"];

class Session {
  state = $state<State>("loading");
  me = $state.raw<Me | null>(null);
  staff = $state.raw<StaffMember[]>([]);
  /** True when the session ended by itself, so that the sign-in page can say so. */
  ended = $state(false);

  readonly isStaff = $derived(STAFF_ROLES.includes(this.me?.person.role ?? ""));

  async refresh(): Promise<void> {
    try {
      this.me = await whoAmI();
      belongTo(this.me.person.id);
      clock.setBy(this.me.now);
      this.state = "in";
      this.ended = false;
    } catch (trouble) {
      this.trouble(trouble);
    }
  }

  /** Any request that learns of a lost session tells it here. */
  trouble(trouble: unknown): void {
    const signedOut =
      needsSignIn(trouble) ||
      (this.state === "loading" && trouble instanceof Problem && trouble.status === 403);
    if (signedOut) {
      this.ended = this.state === "in";
      this.state = "out";
      this.me = null;
    } else if (this.state === "loading") this.state = "no_answer";
  }

  async signIn(email: string, password: string): Promise<void> {
    await signIn(email, password);
    await this.refresh();
  }

  async signOut(): Promise<void> {
    await signOut();
    forget();
    this.ended = false;
    this.state = "out";
    this.me = null;
    location.hash = "#/";
  }

  /** Colleagues of this clinic, asked for once. */
  async loadStaff(): Promise<void> {
    if (this.staff.length) return;
    const asker = this.me?.person.id;
    const staff = await server.staff();
    if (asker === this.me?.person.id) this.staff = staff;
  }

  forget(): void {
    this.staff = [];
  }
}

export const session = new Session();
onForget(() => session.forget());
