import type { Identity } from '../../assignments/sign-in-ports.ts';
import { disposableDomains, freeMailDomains } from '../../routing/match/domain-lists.ts';

/** What a workspace is called after whoever begins it: their company's domain, or themselves. */
export const workspaceNameOf = ({ email, name }: Pick<Identity, 'email' | 'name'>): string => {
  const domain = email?.split('@').at(-1)?.toLowerCase();
  if (!domain || freeMailDomains().has(domain) || disposableDomains().has(domain)) return name;
  return domain;
};
