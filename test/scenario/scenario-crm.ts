import type { Sandbox, SandboxOptions } from '../../sandbox/create-sandbox.ts';

/** The people of every scenario's account. Anna and Ben are reps; Zoe works there and takes no leads. */
export const PEOPLE = {
  anna: { email: 'anna@example.com', first: 'Anna', last: 'Quist' },
  ben: { email: 'ben@example.com', first: 'Ben', last: 'Ode' },
  zoe: { email: 'zoe@example.com', first: 'Zoe', last: 'Marsh' },
} as const;
export type PersonName = keyof typeof PEOPLE;

/** What a visitor writes into the form. */
export interface Visitor {
  readonly email: string;
  readonly name?: string;
  /** Empty: not told. */
  readonly country?: string;
}

/** One account of a stand-in CRM, with the strings every scenario pulls. Records are named by their id in the CRM. */
export interface ScenarioAccount {
  /** What `POST /api/v1/connections` takes, with fresh tokens. */
  readonly connection: () => object;
  readonly objectType: string;
  /** A lead comes in through the CRM's own form, and is pushed as the vendor pushes. */
  readonly arrive: (visitor: Visitor) => string;
  /** Ids of the records that stand for an address. */
  readonly withEmail: (email: string) => readonly string[];
  readonly setCountry: (id: string, country: string) => void;
  /** null: none. */
  readonly countryOf: (id: string) => string | null;
  /** null: nobody of PEOPLE, such as a queue, the integration's user, or nobody at all. */
  readonly ownerOf: (id: string) => PersonName | null;
  /** How often Fairlead wrote an owner on the record. */
  readonly ownerWrites: (id: string) => number;
  /** Somebody gives the record away in the CRM. */
  readonly giveTo: (id: string, to: PersonName) => void;
  /** Absent: the CRM says into which record one was merged. `silent`: it only says that it is gone. */
  readonly merges?: 'silent';
  /** null: leads cannot be merged there. */
  readonly mergeInto: ((id: string, survivor: string) => void) | null;
  readonly remove: (id: string) => void;
  /** Turned into what the CRM turns leads into; null: the CRM has no such thing. */
  readonly convert: ((id: string) => void) | null;
  /** Whose each thing is that a lead was converted into; none: it was not. */
  readonly heirsOf: (id: string) => readonly (PersonName | null)[];
  /** Whether the CRM has been asked to push to Fairlead, and would. */
  readonly pushing: () => boolean;
  /** Pushes: `lost`: none arrives; `twice`: each arrives twice, out of order; null: the CRM's are not sent at all. */
  readonly pushes: ((how: 'well' | 'lost' | 'twice') => void) | null;
  readonly expireTokens: () => void;
  readonly revoke: () => void;
  /** Whether Fairlead holds a permission there that somebody could still use. */
  readonly allowed: () => boolean;
  /** `limited`: refuses so many calls for being too many; `no_writes`: serves reads only; `down`: nothing at all. */
  readonly trouble: (kind: 'none' | 'down' | 'no_writes' | { readonly limited: number }) => void;
  /** API calls so far, and how many of them the CRM refused for being too many. */
  readonly traffic: () => Traffic;
  /** The CRM's own automation gives every record that changes to somebody; null: it does not. */
  readonly nativeRule: ((to: PersonName | null) => void) | null;
}

export interface Traffic {
  readonly calls: number;
  /** In what the vendor's limit counts; the calls themselves, for most. */
  readonly units: number;
  readonly refused: number;
  /** What the stand-in itself takes for a call. Milliseconds. */
  readonly handlingMs: number;
}

/** One CRM as the scenarios see it. */
export interface ScenarioCrm {
  readonly name: string;
  readonly vendor: 'hubspot' | 'salesforce' | 'dynamics' | 'zoho' | 'pipedrive';
  /** Where the policy's country and e-mail are kept. */
  readonly sources: { readonly country: string; readonly email: string };
  readonly sandbox: Partial<SandboxOptions>;
  /** The service's settings for the stand-in. */
  readonly settings: (sandbox: Sandbox) => Record<string, string>;
  readonly open: (sandbox: Sandbox) => ScenarioAccount;
}
