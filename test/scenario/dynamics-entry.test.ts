import { dynamics } from './crms/dynamics.ts';
import { entrySuite } from './entry-suite.ts';

entrySuite(dynamics);
