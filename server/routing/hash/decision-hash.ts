import { hash } from 'node:crypto';
import type { Decided } from '../decision.ts';
import type { LeadValues } from '../lead.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * `sha256:<hex>` over the canonical JSON of a decision's inputs and result: engine, policy version, zone-data version,
 * everything that was read, and what came of it. Deciding the same inputs again gives the same hash, bit for bit.
 */
export const hashDecided = (decided: Decided): string => sha256(canonicalJson(decided));

/** `sha256:<hex>` that stands for a lead's values in its decision. The salt is kept, and erased, with the values. */
export const digestLead = (values: LeadValues, salt: string): string =>
  sha256(`${salt}\n${canonicalJson(values)}`);

const sha256 = (text: string): string => `sha256:${hash('sha256', text, 'hex')}`;
