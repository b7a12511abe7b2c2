import type { FieldValue, Lead } from '../lead.ts';
import type { Requirement } from '../policy/schema.ts';
import type { RepState } from '../state.ts';

/** The first of a pool's requirements that the rep does not meet for this lead, or null. */
export const unmetRequirement = (
  requires: readonly Requirement[],
  rep: RepState,
  lead: Lead,
): Requirement | null => {
  for (const requirement of requires) {
    const wanted = wantedOf(lead.values[requirement.field]) ?? wantedOf(requirement.whenMissing ?? undefined);
    if (wanted === null || !meets(requirement, rep.skills[requirement.skill], wanted)) return requirement;
  }
  return null;
};

/** A lead's value as lower-case words; a list asks for each of its elements. Null: the lead has no such value. */
const wantedOf = (value: FieldValue | undefined): readonly string[] | null => {
  if (value === undefined || (typeof value === 'object' && 'amount' in value)) return null;
  const words = typeof value === 'object' ? value : [String(value)];
  return words.length === 0 ? null : words.map((word) => word.toLowerCase());
};

const meets = (
  requirement: Requirement,
  skill: string | readonly string[] | undefined,
  wanted: readonly string[],
): boolean => {
  if (skill === undefined) return false;
  const has = (typeof skill === 'string' ? [skill] : skill).map((word) => word.toLowerCase());
  if (requirement.op === 'eq' && has.length !== wanted.length) return false;
  return wanted.every((word) => has.includes(word));
};
