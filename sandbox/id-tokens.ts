import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** ID tokens of one provider, signed with RS256 by a key made at the start, and the keys that prove them. */
export const createIdTokens = (now: () => number) => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const kid = createHash('sha256').update(String(jwk.n)).digest('base64url').slice(0, 20);
  return {
    jwks: { keys: [{ ...jwk, kid, use: 'sig', alg: 'RS256' }] },
    /** `claims` beside the times, which are added: good for five minutes. */
    issue: (claims: Readonly<Record<string, unknown>>): string => {
      const at = Math.floor(now() / 1000);
      const text = `${base64url({ alg: 'RS256', typ: 'JWT', kid })}.${base64url({ ...claims, iat: at, exp: at + 300 })}`;
      return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
    },
  };
};
