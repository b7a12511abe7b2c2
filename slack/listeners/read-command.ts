/** What somebody typed after `/leads`. `forMs` null: until they switch back. */
export type LeadsCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'away'; readonly forMs: number | null }
  | { readonly kind: 'back' }
  /** `away` with something that is no length of time. */
  | { readonly kind: 'unclear' };

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const LENGTH = /^(\d{1,4}) ?(m|h|d)(?:in|ins|inutes?|ours?|ays?)?$/;

/** Reads `away`, `away 3h`, `away 2 days`, `back`; everything else asks for help. */
export const readCommand = (typed: string): LeadsCommand => {
  const [word = '', ...rest] = typed.trim().toLowerCase().split(/\s+/);
  if (word === 'back') return { kind: 'back' };
  if (word !== 'away') return { kind: 'help' };
  if (rest.length === 0) return { kind: 'away', forMs: null };
  const [, count, unit] = LENGTH.exec(rest.join(' ')) ?? [];
  const forMs = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  return forMs > 0 ? { kind: 'away', forMs } : { kind: 'unclear' };
};
