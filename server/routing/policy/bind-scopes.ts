import type { Report } from '../conditions/report.ts';
import type { Scope } from '../conditions/scope.ts';
import { bindSegments } from './bind-segments.ts';
import type { PolicyDocument } from './schema.ts';

/** What conditions may use, by where they stand. */
export interface Scopes {
  /** In rules, the intake and a hold: everything. */
  readonly all: Scope;
  /** In tiers: everything but tiers. */
  readonly tiers: Scope;
  /** In the score: fields, territories and segments. */
  readonly score: Scope;
  /** Of records in a CRM: their fields, and segments that look at no more. */
  readonly fields: Scope;
}

/** The names a policy's conditions may use. Its segments are bound here. */
export const bindScopes = (document: PolicyDocument, report: Report): Scopes => {
  const { segments = [], score, territories, tiers, events, fields = {} } = document;
  const named = {
    fields,
    territories: idsOf(territories),
    tiers: idsOf(tiers),
    events: new Set(events),
    score: score !== undefined,
    segments: idsOf(segments),
  };
  if (score !== undefined && Object.hasOwn(fields, 'score'))
    report(['fields', 'score'], 'the score of the policy has this name; call the field something else');
  const all: Scope = { ...named, segment: bindSegments(segments, named, report) };
  const ofTiers: Scope = { ...all, tiers: null };
  const ofScore: Scope = { ...ofTiers, score: false };
  return { all, tiers: ofTiers, score: ofScore, fields: { ...ofScore, territories: null, events: null } };
};

const idsOf = (list: readonly { readonly id: string }[] = []): ReadonlySet<string> =>
  new Set(list.map(({ id }) => id));
