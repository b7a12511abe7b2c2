import { z } from 'zod';

/**
 * How far a type has been looked through: to this instant (epoch ms). `after`: more changed in that one millisecond
 * than a search can reach, and the look goes on within it, after this record id.
 */
export interface TypeMark {
  readonly at: number;
  readonly after?: string;
}

/** Where a look for changes begins: by object type, and when the open leads' records were last asked for. */
export interface LookCursor {
  readonly types: Readonly<Record<string, TypeMark>>;
  readonly goneAt: number;
}

const stored = z.object({
  types: z.record(z.string(), z.object({ at: z.number(), after: z.string().exactOptional() })),
  goneAt: z.number(),
});

/** A stored cursor, of this form or of the one before it, an instant; null: neither. */
export const parseCursor = (text: string): LookCursor | null => {
  if (/^\d+$/.test(text)) return { types: { contact: { at: Number(text) } }, goneAt: Number(text) };
  try {
    return stored.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};
