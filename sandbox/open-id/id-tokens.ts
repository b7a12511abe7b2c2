import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

type Members = Readonly<Record<string, unknown>>;

/** What a broken or hostile provider would send. Everything else of the token is as it should be. */
export interface Lie {
  /** In place of the honest claims; one that is undefined is left out. */
  readonly claims?: Members;
  /**
   * `none`: by nobody, with `alg: none`. `forged`: with somebody else's key under the name of ours. `unknown`: with a
   * key that is not published. `other`: with the published key that is not for these tokens.
   */
  readonly signed?: 'none' | 'forged' | 'unknown' | 'other';
}

export interface IdTokenOptions {
  readonly now: () => number;
  /** How long a token holds. Seconds. */
  readonly lastsS: number;
  /** What is published of each key beside the key itself. */
  readonly published?: (kid: string) => Members;
  /** The same of a key that is published for other tokens; unset: there is none. */
  readonly other?: (kid: string) => Members;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: Members;
}

/** Of the provider's own keys: the one that signs, and the one before, whose tokens are still about. */
const PUBLISHED = 2;

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const makeKey = (published: (kid: string) => Members): SigningKey => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const kid = createHash('sha256').update(String(jwk.n)).digest('base64url').slice(0, 20);
  return { kid, privateKey, jwk: { ...jwk, kid, use: 'sig', ...published(kid) } };
};

/** What `at_hash` says of the access token beside an ID token: OpenID Connect Core 3.1.3.6, for RS256. */
export const hashOfToken = (accessToken: string): string =>
  createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');

/** ID tokens of one provider, signed with RS256, and the keys that prove them. Keys are made when first needed. */
export const createIdTokens = ({
  now,
  lastsS,
  published = () => ({ alg: 'RS256' }),
  other,
}: IdTokenOptions) => {
  let own: readonly SigningKey[] = [];
  let otherKey: SigningKey | null = null;
  let lie: Lie = {};

  const keys = (): readonly SigningKey[] => {
    if (own.length === 0) own = [makeKey(published)];
    if (other !== undefined) otherKey ??= makeKey(other);
    return otherKey === null ? own : [...own, otherKey];
  };

  /** The key a token is signed with, and the name it gives of it. */
  const signer = (signed: Exclude<Lie['signed'], 'none'>): Omit<SigningKey, 'jwk'> => {
    const ours = keys()[0] as SigningKey;
    if (signed === undefined) return ours;
    if (signed === 'other') return otherKey ?? ours;
    const { kid, privateKey } = makeKey(published);
    return { kid: signed === 'forged' ? ours.kid : kid, privateKey };
  };

  const write = (claims: Members, signed: Lie['signed']): string => {
    if (signed === 'none') return `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(claims)}.`;
    const { kid, privateKey } = signer(signed);
    const text = `${base64url({ alg: 'RS256', typ: 'JWT', kid })}.${base64url(claims)}`;
    return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
  };

  return {
    /** The document with the keys. */
    jwks: () => ({ keys: keys().map(({ jwk }) => jwk) }),
    /** `claims` beside the times, which are added. */
    issue: (claims: Members): string => {
      const at = Math.floor(now() / 1000);
      const told = lie;
      lie = {};
      return write({ ...claims, iat: at, exp: at + lastsS, ...told.claims }, told.signed);
    },
    /** Signs with a new key from now on. */
    rotate: (): void => {
      own = [makeKey(published), ...own].slice(0, PUBLISHED);
    },
    /** The next token is as a broken or hostile provider would have it. */
    lieOnce: (told: Lie): void => {
      lie = told;
    },
  };
};

export type IdTokens = ReturnType<typeof createIdTokens>;
