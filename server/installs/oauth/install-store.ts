/** What installs under way need of the database. Implemented in `storage/directory/installs`. */
import type { Vendor } from '../../assignments/types.ts';
import type { SealContext } from '../vault.ts';

/** An install that an administrator began: where the browser comes back to, once. */
export interface InstallUnderWay {
  readonly tenantId: string;
  readonly vendor: Vendor;
  /** Hash of the secret the browser holds. */
  readonly browser: string;
  /** Sealed. */
  readonly details: string;
}

/** An account that was connected in a vendor's marketplace, by somebody nobody here knows yet. */
export interface ParkedAccount {
  readonly vendor: Vendor;
  /** Sealed. */
  readonly account: string;
}

/** Both kinds are known by the hash of a secret, are taken once, and end by themselves. */
export interface InstallStore {
  readonly putUnderWay: (hash: string, install: InstallUnderWay, lastsMs: number) => Promise<void>;
  /** null: unknown, used, or over. */
  readonly takeUnderWay: (hash: string) => Promise<InstallUnderWay | null>;
  readonly park: (hash: string, account: ParkedAccount, lastsMs: number) => Promise<void>;
  /** As it stands, without taking it. */
  readonly parked: (hash: string) => Promise<ParkedAccount | null>;
  readonly takeParked: (hash: string) => Promise<ParkedAccount | null>;
}

/** What the details of an install under way are sealed for: they open for it alone. */
export const installContext = (tenantId: string, hash: string): SealContext => ({
  tenantId,
  connectionId: hash,
  field: 'install',
});

/** The same of an account that waits. */
export const parkedContext = (hash: string): SealContext => ({
  tenantId: '',
  connectionId: hash,
  field: 'parked',
});
