/** Two pages of one phone with the same form: the one that comes to the front goes on with the newest answers. */
import { form } from "./log/form.svelte";
import { phone } from "./phone.svelte";

$effect.root(() => {
  $effect(() => {
    const kept = phone.drafts.find((draft) => draft.day === form.draft?.day);
    if (kept && form.draft && kept.version > form.draft.version) form.draft = kept;
  });
});

addEventListener("focus", () => void phone.refresh());
