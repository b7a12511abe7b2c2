import { dynamics } from './crms/dynamics.ts';
import { scenarioSuite } from './scenario-suite.ts';

scenarioSuite(dynamics);
