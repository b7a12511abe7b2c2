import { dynamics } from './troubles/dynamics.ts';
import { troublesSuite } from './troubles/suite.ts';

troublesSuite(dynamics);
