import type { types } from '@slack/bolt';
import type { PersonView } from '../../server/assignments/views.ts';
import { button, httpUrl } from './blocks.ts';
import { ACTIONS } from './ids.ts';
import { crmName } from './standing-text.ts';

/** The link to a lead's record, where there is one. */
export const openInCrm = (about: {
  readonly person: PersonView | null;
  readonly crm: string | null;
}): types.Button[] => {
  const url = httpUrl(about.person?.url ?? null);
  return url === null ? [] : [button({ text: `Open in ${crmName(about)}`, action: ACTIONS.open, url })];
};
