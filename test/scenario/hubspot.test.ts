import { hubspot } from './crms/hubspot.ts';
import { scenarioSuite } from './scenario-suite.ts';

scenarioSuite(hubspot);
