import { zoho } from './crms/zoho.ts';
import { scenarioSuite } from './scenario-suite.ts';

scenarioSuite(zoho);
