import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Policy } from './schema.ts';

/**
 * `sha256:<hex>` of what the policy means: layout, defaults written out and the way a duration is written do not
 * change it. Reps are not part of it; a decision keeps what it read of them. Nor are tests, which decide nothing.
 */
export const policyHash = ({ reps: _, tests: __, ...policy }: Policy): string =>
  `sha256:${createHash('sha256').update(canonicalize(policy)!).digest('hex')}`;
