import type { Sandbox } from '../../../sandbox/create-sandbox.ts';
import type { ScenarioCrm } from '../scenario-crm.ts';

/** Something that an administrator of the CRM, or of its app, has to mend. */
export interface Trouble {
  /** It goes wrong. A connection it returns is what somebody connects then. */
  readonly begin: () => unknown;
  /** The administrator does what the sentence says. */
  readonly mend: () => unknown;
  /** What the sentence has to say: what is wrong, and what to do. */
  readonly says: RegExp;
}

/** The CRM has no such trouble, by its nature: why. */
export interface Never {
  readonly never: string;
}

/** The six troubles every CRM's administrator must be told of, each with a safe place for the lead meanwhile. */
export interface Troubles {
  /** The vendor no longer knows our app by its secret. */
  readonly wrongSecret: Trouble;
  /** The app may do less than it needs. */
  readonly missingScopes: Trouble;
  /** The account's edition, or app, has no leads. `policy`: fields that are read from them, where others are not. */
  readonly noLeads: (Trouble & { readonly source?: string }) | Never;
  /** A field that the policy reads is deleted. */
  readonly fieldDeleted: Trouble & { readonly source: string };
  /** Anna, who is to have the lead, was deactivated since the people were imported. */
  readonly inactiveOwner: Trouble;
  /** The queue may not own leads. `target`: what a policy calls it in this CRM. */
  readonly queueCannotOwn: Trouble & { readonly target: string | { readonly owner: string } };
}

export interface TroubledCrm {
  readonly crm: ScenarioCrm;
  readonly open: (sandbox: Sandbox) => Troubles;
}

/** The app's secret as its vendor knows it: another one from now on, or the right one again. */
export const secretTrouble = ({
  app,
  expire,
  names,
}: {
  app: { readonly clientSecret: string };
  expire: () => void;
  names: string;
}): Trouble => {
  const { clientSecret } = app;
  const set = (secret: string): void => {
    Object.assign(app, { clientSecret: secret });
  };
  return {
    begin: () => {
      set('another one since this morning');
      expire();
    },
    mend: () => set(clientSecret),
    says: new RegExp(`${names}_CLIENT_ID and ${names}_CLIENT_SECRET`),
  };
};
