import { SLACK_HOSTS } from '../../slack/hosts.ts';
import type { OutgoingRules } from '../base/outgoing/create-outgoing.ts';
import type { Config } from '../config.ts';
import { ENVIRONMENT_HOSTS, LOGIN_HOSTS } from '../crm/dynamics/facts.ts';
import { HUBSPOT_HOSTS } from '../crm/hubspot/facts.ts';
import { PIPEDRIVE_HOSTS } from '../crm/pipedrive/facts.ts';
import { SALESFORCE_HOSTS } from '../crm/salesforce/facts.ts';
import { isZohoHost } from '../crm/zoho/addresses.ts';
import { VENDOR_URLS } from '../settings.ts';

/** Whether a host is one of the vendors'. */
export const isVendorHost = (host: string): boolean =>
  [HUBSPOT_HOSTS, SALESFORCE_HOSTS, ENVIRONMENT_HOSTS, PIPEDRIVE_HOSTS, SLACK_HOSTS].some((hosts) =>
    hosts.test(host),
  ) ||
  LOGIN_HOSTS.has(host) ||
  isZohoHost(host);

/** What the process may call: vendors, and what its settings name beside them. */
export const outgoingRules = (config: Config): OutgoingRules => ({
  trusts: isVendorHost,
  named: new Set([
    ...config.outgoingHosts.map((host) => new URL(`https://${host}`).origin),
    ...configuredUrls(config)
      .filter((url) => !REAL.has(url))
      .flatMap(originsOf),
  ]),
});

const REAL: ReadonlySet<string> = new Set(Object.values(VENDOR_URLS).map((url) => url.replace(/\/+$/, '')));

const configuredUrls = ({ hubspot, salesforce, dynamics, zoho, pipedrive, slack, oidc }: Config): string[] =>
  [
    hubspot.apiUrl,
    salesforce.loginUrl,
    dynamics.loginUrl,
    zoho.accountsUrl,
    pipedrive.oauthUrl,
    slack.apiUrl,
    ...(oidc === null ? [] : [oidc.url]),
  ].map((url) => url.replace(/\/+$/, ''));

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** An address's origin; of this machine under each of its names. */
const originsOf = (text: string): string[] => {
  const url = new URL(text);
  if (!LOOPBACK.includes(url.hostname)) return [url.origin];
  const port = url.port === '' ? '' : `:${url.port}`;
  return LOOPBACK.map((name) => `${url.protocol}//${name}${port}`);
};
