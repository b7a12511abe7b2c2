import { salesforce } from './troubles/salesforce.ts';
import { troublesSuite } from './troubles/suite.ts';

troublesSuite(salesforce);
