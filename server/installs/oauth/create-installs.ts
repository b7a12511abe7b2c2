import { z } from 'zod';
import type { GrantedAccount, InstallReturn, Installs, InstallWay } from '../../assignments/install-ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Connections } from '../connections.ts';
import type { Vault } from '../vault.ts';
import { type InstallStore, installContext, parkedContext } from './install-store.ts';
import { challengeOf, hashOf } from './proofs.ts';

/** How long an administrator has at the vendor's page. Milliseconds. */
const UNDER_WAY_MS = 10 * 60_000;
/** How long an account from a marketplace waits for an administrator to sign in. Milliseconds. */
const PARKED_MS = 30 * 60_000;

export interface InstallParts {
  /** Those whose app is set up here. */
  readonly ways: readonly InstallWay[];
  readonly store: InstallStore;
  readonly vault: Vault;
  readonly put: Connections['put'];
  /** 32 random bytes as text. */
  readonly newSecret: () => string;
  /** Where a vendor sends browsers back to. */
  readonly redirectUri: (vendor: string) => string;
}

const details = z.object({ verifier: z.string(), answers: z.record(z.string(), z.string()) });

const account = z.object({
  externalId: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  tokens: z.object({
    accessToken: z.string().nullable(),
    refreshToken: z.string().nullable(),
    expiresIn: z.number().nullable(),
  }),
  settings: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<GrantedAccount>;

const expired = (): AppError =>
  new AppError(
    'install_expired',
    'This install was not begun in this browser, was finished before, or took too long. Begin again from Connections.',
    { status: 409 },
  );

const declined = (name: string): AppError =>
  new AppError('install_declined', `Nothing was connected: it was declined at ${name}.`, { status: 409 });

export const createInstalls = (parts: InstallParts): Installs => {
  const { ways, store, vault, put, newSecret } = parts;

  const wayOf = (vendor: string): InstallWay => {
    const way = ways.find((one) => one.vendor === vendor);
    if (way !== undefined) return way;
    throw new AppError(
      'not_configured',
      `There is no app for ${vendor} here: set its client id and secret, and start again.`,
      { status: 503 },
    );
  };

  const redeem = (way: InstallWay, returned: Omit<InstallReturn, 'redirectUri'>): Promise<GrantedAccount> =>
    way.redeem({ ...returned, redirectUri: parts.redirectUri(way.vendor) });

  const finishBegun: Installs['finish'] = async ({ vendor, query, browser, tenantId }) => {
    const way = wayOf(vendor);
    const hash = hashOf(query.state ?? '');
    const install = await store.takeUnderWay(hash);
    if (install === null || install.vendor !== vendor) throw expired();
    if (browser === null || hashOf(browser) !== install.browser || tenantId !== install.tenantId)
      throw expired();
    if (query.error !== undefined || !query.code) throw declined(way.name);
    const sealed = await vault.open(installContext(tenantId, hash), install.details);
    const { verifier, answers } = details.parse(JSON.parse(sealed));
    const granted = await redeem(way, { code: query.code, verifier, answers, query });
    const { id } = await put(tenantId, { vendor: way.vendor, ...granted, keepsChoices: true });
    return { kind: 'connected', vendor, tenantId, connectionId: id };
  };

  /** Nobody here began it: whoever brings the code may have been sent it by somebody else, so it is connected to nothing yet. */
  const park: Installs['finish'] = async ({ vendor, query }) => {
    const way = wayOf(vendor);
    if (query.error !== undefined || !query.code) throw declined(way.name);
    const granted = await redeem(way, { code: query.code, verifier: null, answers: {}, query });
    const token = newSecret();
    const hash = hashOf(token);
    const sealed = await vault.seal(parkedContext(hash), JSON.stringify(granted));
    await store.park(hash, { vendor: way.vendor, account: sealed }, PARKED_MS);
    return { kind: 'parked', token, lastsMs: PARKED_MS };
  };

  const openParked = async (hash: string, sealed: string): Promise<GrantedAccount> =>
    account.parse(JSON.parse(await vault.open(parkedContext(hash), sealed)));

  return {
    ways,
    begin: async (tenantId, vendor, given) => {
      const way = wayOf(vendor);
      const answers = await way.begin(given);
      const [state, browser, verifier] = [newSecret(), newSecret(), newSecret()];
      const hash = hashOf(state);
      await store.putUnderWay(
        hash,
        {
          tenantId,
          vendor: way.vendor,
          browser: hashOf(browser),
          details: await vault.seal(
            installContext(tenantId, hash),
            JSON.stringify({ verifier, answers } satisfies z.input<typeof details>),
          ),
        },
        UNDER_WAY_MS,
      );
      const url = way.authorizeUrl({
        state,
        redirectUri: parts.redirectUri(vendor),
        challenge: challengeOf(verifier),
        answers,
      });
      return { url, browser, lastsMs: UNDER_WAY_MS };
    },
    finish: (back) => (back.query.state === undefined ? park(back) : finishBegun(back)),
    parked: async (token) => {
      const hash = hashOf(token);
      const found = await store.parked(hash);
      return found && { vendor: found.vendor, name: (await openParked(hash, found.account)).name };
    },
    claim: async (tenantId, token) => {
      const hash = hashOf(token);
      const found = await store.takeParked(hash);
      if (found === null) throw expired();
      const { id } = await put(tenantId, {
        vendor: found.vendor,
        ...(await openParked(hash, found.account)),
        keepsChoices: true,
      });
      return { id, vendor: found.vendor };
    },
  };
};
