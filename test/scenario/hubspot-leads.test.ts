import { hubspotLeads } from './crms/hubspot-leads.ts';
import { scenarioSuite } from './scenario-suite.ts';

scenarioSuite(hubspotLeads);
