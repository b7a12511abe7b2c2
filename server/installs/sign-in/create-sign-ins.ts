import { z } from 'zod';
import type { Identity, SignIns, SignInWay } from '../../assignments/sign-in-ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Clock } from '../../base/clock.ts';
import { RECENT_SIGN_IN_MS } from '../../base/recent-sign-in.ts';
import type { Keyring } from '../keyring.ts';
import { hashOf } from '../oauth/proofs.ts';
import type { Vault } from '../vault.ts';
import { admit } from './admit.ts';
import { ownPath } from './own-path.ts';
import { makeOwnerLink, ownerLinkUrl, readOwnerLink } from './owner-links.ts';
import { type PeopleBook, type SignInStore, signInContext } from './people-book.ts';

/** How long somebody has at the provider's page. Milliseconds. */
const UNDER_WAY_MS = 10 * 60_000;
/** How long the link printed at the start holds: a restart prints another. Milliseconds. */
const FIRST_LINK_MS = 24 * 3_600_000;

export interface SignInParts {
  /** Those that are set up here. */
  readonly ways: readonly SignInWay[];
  /** Those whose app is set up here and that do not tell what is demanded: nobody signs in with them. */
  readonly untold: readonly Pick<SignInWay, 'id' | 'name'>[];
  readonly store: SignInStore;
  readonly book: PeopleBook;
  readonly vault: Vault;
  readonly keyring: Keyring;
  readonly clock: Clock;
  /** 32 random bytes as text. */
  readonly newSecret: () => string;
  /** The origin browsers reach. */
  readonly origin: () => string;
  /** Whether somebody whom no workspace knows may begin one. */
  readonly newWorkspaces: boolean;
  readonly tenantIds: () => Promise<readonly string[]>;
  /** Makes the first workspace of this copy. */
  readonly makeTenant: () => Promise<string>;
}

const details = z.object({
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  linkTo: z.string().nullable(),
  again: z.boolean(),
  /** Absent: begun by a process of before there was such a button. */
  newWorkspace: z.boolean().default(false),
});

const over = (): AppError =>
  new AppError(
    'sign_in_expired',
    'This sign-in was not begun in this browser, was finished before, or took too long. Begin again.',
    { status: 409 },
  );

const stale = (name: string): AppError =>
  new AppError(
    'sign_in_stale',
    `${name} did not ask you to sign in anew: sign out there first, then begin again.`,
    { status: 409 },
  );

const factorsUntold = (name: string): AppError =>
  new AppError(
    'factors_untold',
    `${name} does not tell with how many factors somebody signed in, and more than one is demanded here: choose another way.`,
    { status: 409 },
  );

const linkOver = (): AppError =>
  new AppError(
    'link_over',
    'This link was used, is over, or somebody is owner already. Whoever runs Fairlead can print another: npm run -s fairlead -- owner-link',
    { status: 409 },
  );

export const createSignIns = (parts: SignInParts): SignIns => {
  const { ways, store, book, vault, keyring, clock, newSecret } = parts;

  const wayOf = (id: string): SignInWay => {
    const way = ways.find((one) => one.id === id);
    if (way !== undefined) return way;
    const untold = parts.untold.find((one) => one.id === id);
    if (untold !== undefined) throw factorsUntold(untold.name);
    throw new AppError('not_configured', `Nobody signs in with ${id} here: choose another way.`, {
      status: 503,
    });
  };

  const redirectUri = (provider: string): string => `${parts.origin()}/oauth/${provider}/signed-in`;

  const link = async (personId: string, signedIn: string | null, identity: Identity): Promise<void> => {
    if (signedIn !== personId) throw over();
    if (!(await book.link(personId, identity)))
      throw new AppError('identity_taken', 'Somebody signs in with that already: use another account.', {
        status: 409,
      });
  };

  /** The workspace of a link that names none: the only one, made where there is none yet. null: there are several. */
  const onlyTenant = async (): Promise<string | null> => {
    const ids = await parts.tenantIds();
    if (ids.length === 0) return parts.makeTenant();
    return ids.length === 1 ? (ids[0] as string) : null;
  };

  return {
    ways,
    newWorkspaces: parts.newWorkspaces,
    begin: async ({ provider, returnTo, linkTo, again, newWorkspace }) => {
      const way = wayOf(provider);
      const [state, browser, nonce, verifier] = [newSecret(), newSecret(), newSecret(), newSecret()];
      const ask = { state, nonce, verifier, again, redirectUri: redirectUri(provider) };
      const url = await way.authorizeUrl(ask);
      const hash = hashOf(state);
      const kept = { nonce, verifier, again, newWorkspace, linkTo, returnTo: ownPath(returnTo) };
      const sealed = await vault.seal(
        signInContext(hash),
        JSON.stringify(kept satisfies z.input<typeof details>),
      );
      await store.put(hash, { provider, browser: hashOf(browser), details: sealed }, UNDER_WAY_MS);
      return { url, browser, lastsMs: UNDER_WAY_MS };
    },
    finish: async ({ provider, query, browser, signedIn }) => {
      const way = wayOf(provider);
      const state = query.state ?? '';
      const hash = hashOf(state);
      const begun = await store.take(hash);
      if (begun === null || begun.provider !== provider) throw over();
      if (browser === null || hashOf(browser) !== begun.browser) throw over();
      const { returnTo, linkTo, newWorkspace, ...proofs } = details.parse(
        JSON.parse(await vault.open(signInContext(hash), begun.details)),
      );
      const back = { ...proofs, state, query, redirectUri: redirectUri(provider) };
      const identity = await way.identify(back);
      const { provenAt } = identity;
      if (proofs.again && provenAt !== null && clock.now() - provenAt > RECENT_SIGN_IN_MS)
        throw stale(way.name);
      if (linkTo === null) {
        const mayBegin = newWorkspace && parts.newWorkspaces;
        return admit(book, identity, mayBegin).then(
          (admitted) => ({ kind: 'signed_in' as const, returnTo, provenAt, ...admitted }),
          (because: unknown) => {
            if (!(because instanceof AppError)) throw because;
            return { kind: 'turned_away' as const, returnTo, because };
          },
        );
      }
      await link(linkTo, signedIn, identity);
      return { kind: 'linked', returnTo };
    },
    redeemLink: async (token, name) => {
      const said = readOwnerLink(keyring, token, clock.now());
      const tenantId = said && (said.tenantId ?? (await onlyTenant()));
      if (!said || tenantId === null) throw linkOver();
      if (!(await store.useLink(hashOf(token), said.expiresAt))) throw linkOver();
      const personId = await book.addOwner(tenantId, name, said.kind === 'first');
      if (personId === null) throw linkOver();
      return { personId, tenantId };
    },
    firstLink: async () => {
      const ids = await parts.tenantIds();
      if (ids.length > 1) return null;
      for (const id of ids) if (await book.hasPeople(id)) return null;
      const expiresAt = clock.now() + FIRST_LINK_MS;
      return ownerLinkUrl(
        parts.origin(),
        makeOwnerLink(keyring, { kind: 'first', tenantId: null, expiresAt }),
      );
    },
  };
};
