import { pipedrive } from './crms/pipedrive.ts';
import { entrySuite } from './entry-suite.ts';

entrySuite(pipedrive);
