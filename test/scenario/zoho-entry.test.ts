import { zoho } from './crms/zoho.ts';
import { entrySuite } from './entry-suite.ts';

entrySuite(zoho);
