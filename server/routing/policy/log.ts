import { oneOf } from './strict-object.ts';

/** `log: only` on a rule or a pool: what it decides is shown, and nothing is written, sent or counted. */
export const log = oneOf(['only']).optional();
