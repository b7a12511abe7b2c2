import { pipedrive } from './troubles/pipedrive.ts';
import { troublesSuite } from './troubles/suite.ts';

troublesSuite(pipedrive);
