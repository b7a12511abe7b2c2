import { z } from 'zod';
import type { Claims } from './identify.ts';

/** What counts as proof that somebody signed in with more than one factor, beside `amr`. */
export interface SeveralFactors {
  /** Values of `acr` that mean it at the company's own provider. */
  readonly acrValues: readonly string[];
  /** The authentication context whose policy demands it in Entra; null: Entra does not tell. */
  readonly entraContext: string | null;
}

/** Those that can say how somebody signed in, and be asked for more. */
export type TellingProvider = 'microsoft' | 'oidc';

/**
 * What each method of RFC 8176 proves: that somebody knows something, has it, or is it. Others (place, risk, presence)
 * are no factor.
 */
const KINDS: Readonly<Record<string, 'knows' | 'has' | 'is'>> = {
  kba: 'knows',
  pin: 'knows',
  pwd: 'knows',
  hwk: 'has',
  otp: 'has',
  pop: 'has',
  sc: 'has',
  sms: 'has',
  swk: 'has',
  tel: 'has',
  face: 'is',
  fpt: 'is',
  iris: 'is',
  retina: 'is',
  vbm: 'is',
};

const list = z.array(z.string());
const contexts = z.union([list, z.string().transform((one) => [one])]);

/** Methods of two kinds are two factors; two passwords are one. */
const saysSeveral = (amr: readonly string[]): boolean =>
  amr.includes('mfa') ||
  new Set(amr.map((one) => (Object.hasOwn(KINDS, one) ? KINDS[one] : null)).filter(Boolean)).size > 1;

/**
 * Whether the claims of an ID token say so. @unverified ENTRA_ACRS Entra's tokens of version 2 have no `amr`; it says in
 * `acrs` which authentication contexts a sign-in satisfied.
 */
export const usedSeveralFactors = (
  provider: TellingProvider,
  claims: Claims,
  { acrValues, entraContext }: SeveralFactors,
): boolean => {
  if (provider === 'microsoft')
    return entraContext !== null && (contexts.safeParse(claims.acrs).data ?? []).includes(entraContext);
  if (typeof claims.acr === 'string' && acrValues.includes(claims.acr)) return true;
  return saysSeveral(list.safeParse(claims.amr).data ?? []);
};

/** What a provider is asked so that it demands several factors itself, and says that they were used. */
export const severalFactorsAsk = (
  provider: TellingProvider,
  { acrValues, entraContext }: SeveralFactors,
): Readonly<Record<string, string>> => {
  if (provider === 'oidc') return acrValues.length === 0 ? {} : { acr_values: acrValues.join(' ') };
  return { claims: JSON.stringify({ id_token: { acrs: { essential: true, value: entraContext } } }) };
};

/** Whether a provider tells how somebody signed in. Slack, Salesforce and HubSpot document no claim for it. */
export const tellsFactors = (provider: string, { entraContext }: SeveralFactors): boolean =>
  provider === 'oidc' || (provider === 'microsoft' && entraContext !== null);
