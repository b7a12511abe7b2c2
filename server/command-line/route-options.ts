import { instantOption, needed, parseOptions } from './options.ts';

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
  return {
    policy: needed(policy, '--policy is missing; name the policy file'),
    leads: needed(leads, '--leads is missing; name the file of leads'),
    at: instantOption('--at', at) ?? now,
    explain,
    json,
  };
};
