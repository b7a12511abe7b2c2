import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Providers that neither list has. */
const OWN = [
  'hey.com',
  'privaterelay.appleid.com',
  'appleid.com',
  'duck.com',
  'fastmail.com',
  'fastmail.fm',
  'tutanota.com',
  'tutanota.de',
  'tutamail.com',
  'tuta.io',
  'tuta.com',
  'keemail.me',
  'proton.me',
  'pm.me',
  'skiff.com',
  'mozmail.com',
  'simplelogin.com',
  'posteo.de',
  'mailbox.org',
  'zohomail.com',
  'zohomail.eu',
] as const;

/**
 * Where anybody may have an address: email-providers, those that free-email-domains 1.12.6 (MIT, Kiko Beats) has besides,
 * kept beside this file because installing that package asks the network, and a few of our own.
 */
export const freeMailDomains = once(
  () =>
    new Set<string>([
      ...(require('./free-mail-domains.json') as readonly string[]),
      ...(require('email-providers/all.json') as readonly string[]),
      ...OWN,
    ]),
);

/** Addresses for a few minutes. Source: mailchecker, which has forwarders that people keep as well. */
export const disposableDomains = once(() => {
  const { blacklist } = require('mailchecker') as { readonly blacklist: () => Set<string> };
  return blacklist().difference(new Set<string>(OWN));
});

/** The lists are long, and read only when a domain is asked about. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
