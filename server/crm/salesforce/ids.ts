import { OBJECTS } from './facts.ts';

/** The object type an id is of (`lead`), by its first three characters; null: none of ours. */
export const objectTypeOf = (id: string): string | null =>
  Object.entries(OBJECTS).find(([, { prefix }]) => id.startsWith(prefix))?.[0] ?? null;
