import type { SealContext } from './vault.ts';

/** Something sealed, where it stands, and what it belongs to. */
export interface SealedValue {
  readonly place: 'connection' | 'install' | 'parked_install' | 'sign_in' | 'sealed_secret';
  /** Its row. */
  readonly key: string;
  readonly context: SealContext;
  readonly sealed: string;
}

/** Everything the database holds that was sealed. Implemented in `storage/directory/sealed-values`. */
export interface SealedStore {
  readonly count: () => Promise<number>;
  /** All of it, some at a time. */
  readonly pages: () => AsyncIterable<readonly SealedValue[]>;
  /** Headers of the seals, each once for every value that has it: they name the keys, and are little to read. */
  readonly headers: () => Promise<readonly string[]>;
  /** Only while it still reads as it did: false where somebody wrote another meanwhile. */
  readonly replace: (value: SealedValue, sealed: string) => Promise<boolean>;
  /** Gives up what cannot be opened any more; an account has to be connected again. */
  readonly drop: (value: SealedValue) => Promise<void>;
  /** A secret that belongs to no tenant; null: there is none of that name. */
  readonly secret: (name: string) => Promise<string | null>;
  /** Keeps one unless there is one. */
  readonly putSecret: (name: string, sealed: string) => Promise<void>;
}

/** What secrets that belong to no tenant are sealed for. */
export const secretContext = (name: string): SealContext => ({ tenantId: '', connectionId: '', field: name });
