import type { Rep } from './reps.ts';

/** Finds a rep by id or e-mail address; null: nobody. */
export const repLookUp = (reps: readonly Rep[]): ((name: string) => string | null) => {
  const ids = new Set(reps.map(({ id }) => id));
  const byEmail = new Map(reps.flatMap(({ email, id }) => (email === null ? [] : [[email, id] as const])));
  return (name) => (ids.has(name) ? name : (byEmail.get(name.trim().toLowerCase()) ?? null));
};
