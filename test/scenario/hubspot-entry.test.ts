import { hubspot } from './crms/hubspot.ts';
import { entrySuite } from './entry-suite.ts';

entrySuite(hubspot);
