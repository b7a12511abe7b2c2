import type { Portal } from '../hubspot/portal.ts';
import { type Org, tableOf } from '../salesforce/org.ts';

const same = (a: unknown, b: unknown): boolean => String(a).toLowerCase() === String(b).toLowerCase();

/** The lead owner for a contact's owner: the active user with that e-mail. */
export const toLeadOwner = (portal: Portal, org: Org, ownerId: string | undefined): string | null => {
  const owner = ownerId === undefined ? undefined : portal.owners.get(ownerId);
  const user =
    owner && [...tableOf(org, 'User').values()].find((one) => one.IsActive && same(one.Email, owner.email));
  return user?.Id ?? null;
};

/** The contact owner for a lead's owner; a queue has no counterpart. */
export const toContactOwner = (portal: Portal, org: Org, ownerId: string): string | null => {
  const user = tableOf(org, 'User').get(ownerId);
  const owner =
    user && [...portal.owners.values()].find((one) => one.userId !== null && same(one.email, user.Email));
  return owner?.id ?? null;
};
