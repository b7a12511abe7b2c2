import type { DecisionSummary } from '../../../server/assignments/queries.ts';

export type Tone = 'given' | 'offered' | 'waiting' | 'queue' | 'quiet' | 'trouble';

export interface OutcomeLook {
  readonly label: string;
  readonly tone: Tone;
}

const LOOKS: Readonly<Record<DecisionSummary['outcome'], OutcomeLook>> = {
  assigned: { label: 'Assigned', tone: 'given' },
  offered: { label: 'Offered', tone: 'offered' },
  waiting: { label: 'Waiting', tone: 'waiting' },
  in_queue: { label: 'In queue', tone: 'queue' },
  merged: { label: 'Merged', tone: 'quiet' },
  not_routed: { label: 'Not routed', tone: 'quiet' },
};

/** How a decision's own outcome reads. */
export const outcomeLook = (decision: Pick<DecisionSummary, 'outcome'>): OutcomeLook =>
  LOOKS[decision.outcome];

/** How the lead stands now: an offer that was claimed shows as claimed, a lead that was only looked at as that. */
export function presentLook(decision: DecisionSummary): OutcomeLook {
  // Nobody has it by this decision: what became of the lead is its CRM's doing.
  if (decision.logOnly && decision.outcome !== 'not_routed') return { label: 'Log only', tone: 'quiet' };
  if (decision.outcome === 'offered' && decision.state === 'assigned')
    return { label: 'Claimed', tone: 'given' };
  if (decision.state === 'closed' && decision.outcome !== 'not_routed')
    return { label: 'Closed', tone: 'quiet' };
  return outcomeLook(decision);
}

const PAGES: readonly (readonly [RegExp, string])[] = [
  [/\/lightning\/r\//, 'Salesforce'],
  [/\/contacts\/\d+\/record\//, 'HubSpot'],
  [/\/main\.aspx\?.*\betn=/, 'Dynamics 365'],
  [/\/crm\/org\d+\/tab\//, 'Zoho CRM'],
  [/\/leads\/inbox\/|\/(deal|person)\/\d+$/, 'Pipedrive'],
];

/** Whose page an address opens: CRMs are known by the form of their records' addresses. */
export const crmOfPage = (url: string): string => PAGES.find(([form]) => form.test(url))?.[1] ?? 'CRM';

/** Ways in that are the same for every CRM: of which one, the lead's page says. */
const BY_CRM: Readonly<Record<string, string>> = { webhook: 'push', poll: 'catch-up' };

const SOURCES: Readonly<Record<string, string>> = {
  hubspot_action: 'HubSpot workflow',
  salesforce: 'Salesforce Flow',
  api: 'API',
  console: 'Console',
  again: 'Looked at again',
};

/** How a lead came in. `url`: where the lead opens. */
export const sourceLabel = (source: string, url: string | null): string =>
  BY_CRM[source] === undefined
    ? (SOURCES[source] ?? source)
    : `${url === null ? 'CRM' : crmOfPage(url)} ${BY_CRM[source]}`;

/** Who the lead is, however little is known. */
export const leadName = (lead: { name: string | null; company: string | null } | null): string =>
  lead === null ? 'Erased person' : (lead.name ?? lead.company ?? 'Unnamed lead');
