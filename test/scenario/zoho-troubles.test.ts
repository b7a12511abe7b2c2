import { troublesSuite } from './troubles/suite.ts';
import { zoho } from './troubles/zoho.ts';

troublesSuite(zoho);
