import type { ScenarioCrm } from '../scenario-crm.ts';
import { dynamics } from './dynamics.ts';
import { hubspot } from './hubspot.ts';
import { pipedrive } from './pipedrive.ts';
import { salesforce } from './salesforce.ts';
import { zoho } from './zoho.ts';

/** Every CRM there is. */
export const SCENARIO_CRMS: readonly ScenarioCrm[] = [hubspot, salesforce, dynamics, zoho, pipedrive];
