import type { ScenarioCrm } from '../scenario-crm.ts';
import { dynamics } from './dynamics.ts';
import { hubspot } from './hubspot.ts';
import { hubspotLeads } from './hubspot-leads.ts';
import { pipedrive } from './pipedrive.ts';
import { salesforce } from './salesforce.ts';
import { zoho } from './zoho.ts';

/** Every CRM there is. */
export const SCENARIO_CRMS: readonly ScenarioCrm[] = [hubspot, salesforce, dynamics, zoho, pipedrive];

/** `hubspot`, `hubspot-leads`, `salesforce`, `dynamics-365`, `zoho-crm`, `pipedrive`. */
const wordFor = ({ name }: ScenarioCrm): string => name.toLowerCase().replaceAll(' ', '-');

/** Those that the words name, each by its own or its vendor's name; all, HubSpot's leads too, where there are none. */
export const crmsNamed = (words: readonly string[]): readonly ScenarioCrm[] =>
  [...SCENARIO_CRMS, hubspotLeads].filter(
    (crm) => words.length === 0 || words.includes(wordFor(crm)) || words.includes(crm.vendor),
  );
