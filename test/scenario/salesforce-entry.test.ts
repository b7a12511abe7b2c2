import { salesforce } from './crms/salesforce.ts';
import { entrySuite } from './entry-suite.ts';

entrySuite(salesforce);
