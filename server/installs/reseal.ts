import { AppError } from '../base/app-error.ts';
import type { SealedStore, SealedValue } from './sealed-store.ts';
import type { Vault } from './vault.ts';

export interface ResealParts {
  readonly store: SealedStore;
  readonly vault: Vault;
  /** Whether what no key of the ring opens is given up. */
  readonly forget: boolean;
  /** Told of every value that was looked at. */
  readonly step: () => void;
}

/** What became of everything sealed. */
export interface Resealed {
  /** Sealed with the active key already. */
  readonly fresh: number;
  readonly resealed: number;
  /** Given up, as was asked. */
  readonly forgotten: number;
  /** Why a value stayed as it was. */
  readonly failed: readonly { readonly value: SealedValue; readonly error: AppError }[];
}

type Fate = 'fresh' | 'resealed' | 'forgotten' | 'changed' | AppError;

/** A value that somebody else wrote meanwhile is looked at again this often. */
const LOOKS = 5;

/**
 * Seals everything with the active key, while the service runs: what changes meanwhile is left to whoever changes it and
 * looked at again. Another round changes nothing more.
 */
export const resealAll = async (parts: ResealParts): Promise<Resealed> => {
  const counts = { fresh: 0, resealed: 0, forgotten: 0 };
  let failed: Resealed['failed'] = [];
  for (let look = 0; look < LOOKS; look++) {
    const round = await lookThrough(parts, look === 0 ? parts.step : () => undefined);
    counts.resealed += round.resealed;
    counts.forgotten += round.forgotten;
    if (look === 0) counts.fresh = round.fresh;
    failed = round.failed;
    if (!round.changed) break;
  }
  return { ...counts, failed };
};

const lookThrough = async (parts: ResealParts, step: () => void) => {
  const round = { fresh: 0, resealed: 0, forgotten: 0, changed: false };
  const failed: { value: SealedValue; error: AppError }[] = [];
  for await (const page of parts.store.pages())
    for (const value of page) {
      const fate = await reseal(value, parts);
      if (fate instanceof AppError) failed.push({ value, error: fate });
      else if (fate === 'changed') round.changed = true;
      else round[fate]++;
      step();
    }
  return { ...round, failed };
};

const reseal = async (value: SealedValue, { store, vault, forget }: ResealParts): Promise<Fate> => {
  try {
    if (!vault.needsReseal(value.sealed)) return 'fresh';
    const text = await vault.open(value.context, value.sealed);
    return (await store.replace(value, await vault.seal(value.context, text))) ? 'resealed' : 'changed';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!forget) return error;
    await store.drop(value);
    return 'forgotten';
  }
};
