import type { Rep } from '../routing/policy/schema.ts';

/** Reads who had a lead: a rep's id, e-mail or name; anybody else keeps their name; null: the cell is empty. */
export const createOwnerNames = (reps: readonly Rep[]): ((cell: string) => string | null) => {
  const ids = new Map<string, string>();
  for (const { id, email, name } of reps)
    for (const known of [name, email, id]) if (known !== null) ids.set(known.toLowerCase(), id);
  return (cell) => {
    const name = cell.trim();
    return name === '' ? null : (ids.get(name.toLowerCase()) ?? name);
  };
};
