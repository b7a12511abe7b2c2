import { parse } from 'tldts';
import { disposableDomains, freeMailDomains } from './domain-lists.ts';

/**
 * What a domain tells of whoever uses it. `free_mail` and `disposable`: anybody may have an address there;
 * `private_suffix`: it is a host under which strangers have their sites (`github.io`); `corporate`: one organisation's.
 */
export type DomainClass = 'corporate' | 'free_mail' | 'disposable' | 'private_suffix';

export interface Domain {
  /** The registrable domain, private suffixes counted: `acme.github.io`, `acme.co.uk`. */
  readonly name: string;
  readonly class: DomainClass;
}

/** What is in no name of a host, though the parser lets it by: characters that are blank, or steer others. */
const UNSEEN = /[\p{Z}\p{C}]/u;

/** The registrable domain of a host, an address on the web or an e-mail address, and its class; null: there is none. */
export const readDomain = (text: string | null | undefined): Domain | null => {
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return null;
  const { domain, hostname, isPrivate, publicSuffix, isIp } = parse(trimmed, { allowPrivateDomains: true });
  if (isIp === true || hostname === null || UNSEEN.test(hostname)) return null;
  if (domain === null) return isPrivate === true ? { name: publicSuffix!, class: 'private_suffix' } : null;
  return { name: domain, class: classOf(hostname, domain) };
};

/** Lists name hosts as well as registrable domains: both are looked for. */
const classOf = (hostname: string, domain: string): DomainClass => {
  const isIn = (list: ReadonlySet<string>): boolean => list.has(domain) || list.has(hostname);
  if (isIn(disposableDomains())) return 'disposable';
  return isIn(freeMailDomains()) ? 'free_mail' : 'corporate';
};

/** The domain that tells which company it is; null: there is none, or it is anybody's. */
export const companyDomain = (text: string | null | undefined): string | null => {
  const domain = readDomain(text);
  return domain?.class === 'corporate' ? domain.name : null;
};
