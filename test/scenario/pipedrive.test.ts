import { pipedrive } from './crms/pipedrive.ts';
import { scenarioSuite } from './scenario-suite.ts';

scenarioSuite(pipedrive);
