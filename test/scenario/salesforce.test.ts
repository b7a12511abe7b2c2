import { salesforce } from './crms/salesforce.ts';
import { scenarioSuite } from './scenario-suite.ts';

scenarioSuite(salesforce);
