import { readDatetimeJson } from '../routing/policy/read-moments.ts';
import { Refusal } from '../routing/policy/refusal.ts';
import { badInput } from './bad-input.ts';
import { parseOptions } from './parse-options.ts';

/** What `route` is asked to do. */
export interface RouteOptions {
  readonly policy: string;
  readonly leads: string;
  /** When leads without an arrival arrive, in epoch milliseconds. */
  readonly at: number;
  readonly explain: boolean;
  readonly json: boolean;
}

const OPTIONS = {
  policy: { type: 'string' },
  leads: { type: 'string' },
  at: { type: 'string' },
  explain: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

/** Reads the arguments after `route`. `now`: epoch milliseconds. Throws BadInput. */
export const routeOptions = (args: readonly string[], now: number): RouteOptions => {
  const { policy, leads, at, explain = false, json = false } = parseOptions(args, OPTIONS);
  if (policy === undefined) throw badInput(null, null, '--policy is missing; name the policy file');
  if (leads === undefined) throw badInput(null, null, '--leads is missing; name the file of leads');
  return { policy, leads, at: at === undefined ? now : instant(at), explain, json };
};

const instant = (text: string): number => {
  const read = readDatetimeJson(text);
  if (read instanceof Refusal) throw badInput(null, null, `--at: ${read.message}`);
  return read;
};
