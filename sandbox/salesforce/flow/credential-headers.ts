import type { Org } from '../org.ts';
import type { Row } from '../types.ts';

/** What Apex sends through the named credential Fairlead. `requestId` names a call that changes something. */
export const credentialHeaders = (
  org: Org,
  user: Row | undefined,
  requestId: string | null,
): Record<string, string> => ({
  authorization: `Bearer ${org.fairleadCredential}`,
  'x-fairlead-org': org.id,
  'x-fairlead-user': user?.Id ?? '',
  ...(requestId === null ? {} : { 'x-fairlead-request': requestId }),
  'accept-language': String(user?.LocaleSidKey ?? 'en_US').replace('_', '-'),
  'x-fairlead-timezone': String(user?.TimeZoneSidKey ?? org.timezone),
});
