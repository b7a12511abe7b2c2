import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { AppError } from '../app-error.ts';
import { isPublicAddress } from './special-addresses.ts';

export interface OutgoingRules {
  /** Whether a host is a vendor's: called by https at its usual port, and only where it lies on the public internet. */
  readonly trusts: (host: string) => boolean;
  /** Origins an operator named, wherever they lie: stand-ins on this machine, a login server of the company. */
  readonly named: ReadonlySet<string>;
  /** Stands for the system's resolver. */
  readonly lookup?: LookupFunction;
}

/** AppError `address_refused`: a call to a host that is nobody's we know. Never sent, never retried. */
const refused = (where: string): AppError =>
  new AppError(
    'address_refused',
    `${where} is not called: it is no host of a connected vendor, or lies on a private network. Where it is yours, name it in OUTGOING_HOSTS.`,
    { status: 502 },
  );

/**
 * What every outgoing request of the process goes through (`setGlobalDispatcher`): fetch, the vendors' libraries, and
 * each hop of a redirect. A host's address is judged when it is connected to, so a name that answers otherwise the
 * second time gains nothing.
 */
export const createOutgoing = (rules: OutgoingRules): Dispatcher => {
  const named = new Agent();
  const vendors = new Agent({ connect: { lookup: publicOnly(rules.lookup ?? systemLookup) } });
  return named.compose(
    () => (options, handler) =>
      agentFor(options.origin, rules, { named, vendors }).dispatch(options, handler),
  );
};

const agentFor = (
  origin: string | URL | undefined,
  { named, trusts }: OutgoingRules,
  agents: { readonly named: Agent; readonly vendors: Agent },
): Agent => {
  const url = new URL(origin ?? '');
  if (named.has(url.origin)) return agents.named;
  if (url.protocol === 'https:' && url.port === '' && trusts(url.hostname)) return agents.vendors;
  throw refused(url.origin);
};

/** Of the addresses of a name those on the public internet; an error where it has none. */
const publicOnly =
  (lookup: LookupFunction): LookupFunction =>
  (hostname, options, answer) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return answer(error, [], 0);
      const all = Array.isArray(found) ? found : [];
      const usable = all.filter(({ address }) => isPublicAddress(address));
      const [first] = usable;
      if (first === undefined) return answer(refused(hostname), [], 0);
      return options.all ? answer(null, usable) : answer(null, first.address, first.family);
    });
