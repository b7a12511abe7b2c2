import { hubspot } from './troubles/hubspot.ts';
import { troublesSuite } from './troubles/suite.ts';

troublesSuite(hubspot);
