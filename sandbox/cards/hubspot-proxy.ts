import type { Outcome, Outgoing, Target } from '../hubspot/outgoing.ts';
import { signV2, signV3 } from '../hubspot/signatures.ts';

/** What the proxy knows by itself: HubSpot says it, the card cannot. */
export interface ProxiedCaller {
  readonly portalId: number;
  readonly userId: number;
  readonly userEmail: string;
}

interface ProxyDeps {
  readonly app: { readonly appId: number; readonly clientSecret: string };
  readonly target: Target;
  readonly outgoing: Outgoing;
  readonly now: () => number;
}

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The address with who calls added to it, as HubSpot adds it. */
const addressed = (pathAndQuery: string, appId: number, caller: ProxiedCaller): string => {
  const who = new URLSearchParams({
    portalId: String(caller.portalId),
    userId: String(caller.userId),
    userEmail: caller.userEmail,
    appId: String(appId),
  });
  return `${pathAndQuery}${pathAndQuery.includes('?') ? '&' : '?'}${who}`;
};

const failed = (outcome: Outcome): boolean => !outcome.ok || outcome.status >= 500;

/**
 * HubSpot's proxy, which `hubspot.fetch` goes through: it says who calls from which account, signs the request with the
 * app's secret, follows no redirect, and tries once more where nobody answered or the answer was a 5xx.
 */
export const createHubSpotProxy = ({ app, target, outgoing, now }: ProxyDeps) => {
  const send = (method: string, path: string, body: string): Promise<Outcome> => {
    const timestamp = String(now());
    const signedUri = target.publicUrl + path;
    return outgoing.send(method, target.url + path, body === '' ? null : body, {
      'x-hubspot-request-timestamp': timestamp,
      'x-hubspot-signature-v3': signV3(app.clientSecret, method, signedUri, body, timestamp),
      'x-hubspot-signature': signV2(app.clientSecret, method, signedUri, body),
      'x-hubspot-signature-version': 'v2',
    });
  };

  return async (
    method: string,
    pathAndQuery: string,
    body: string,
    caller: ProxiedCaller,
  ): Promise<Outcome> => {
    if (!METHODS.includes(method)) return { ok: false, why: `hubspot.fetch knows no ${method}` };
    const path = addressed(pathAndQuery, app.appId, caller);
    const first = await send(method, path, body);
    return failed(first) ? send(method, path, body) : first;
  };
};
