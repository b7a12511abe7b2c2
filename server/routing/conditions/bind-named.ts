import { nearest } from '../policy/strict-object.ts';
import type { Condition } from './condition.ts';
import type { ConditionDocument } from './condition-document.ts';
import { askedOf } from './mentions.ts';
import { NEVER, type Report } from './report.ts';
import { eventField, type Scope, TERRITORY, TIER } from './scope.ts';

type Path = readonly (string | number)[];
type NamedDocument = Extract<ConditionDocument, { kind: 'territory' | 'tier' | 'segment' | 'event' }>;

/** Binds `{territory}`, `{tier}`, `{segment}` and `{event}`: what is asked for by a name the policy gives. */
export const bindNamed = (document: NamedDocument, scope: Scope, path: Path, report: Report): Condition => {
  const { kind } = document;
  const at = [...path, kind];
  const name = kind === 'event' ? document.event : document.name;
  switch (kind) {
    case 'territory': {
      const test = { field: TERRITORY, type: 'choice' } as const;
      const known = knownIn(scope.territories, kind, at, report);
      if (known !== null && (name === 'any' || name === 'none'))
        return { kind: 'presence', ...test, present: name === 'any' };
      return isOne(name, kind, known, at, report)
        ? { kind: 'compare', ...test, op: 'eq', value: name }
        : NEVER;
    }
    case 'tier': {
      const known = knownIn(scope.tiers, kind, at, report);
      return isOne(name, kind, known, at, report)
        ? { kind: 'compare', field: TIER, type: 'choice', op: 'eq', value: name }
        : NEVER;
    }
    case 'segment':
      return isOne(name, kind, scope.segments, at, report) ? bindSegment(name, scope, at, report) : NEVER;
    case 'event': {
      const known = knownIn(scope.events, kind, at, report);
      const { within, atLeast } = document;
      return isOne(name, kind, known, at, report)
        ? { kind, event: name, field: eventField(name), within, atLeast }
        : NEVER;
    }
    default:
      return kind satisfies never;
  }
};

const UNKNOWN_HERE = 'is not known where this is asked; test fields of the lead';

const knownIn = (
  names: ReadonlySet<string> | null,
  kind: string,
  path: Path,
  report: Report,
): ReadonlySet<string> | null => {
  if (names === null) report(path, `the ${kind} ${UNKNOWN_HERE}`);
  return names;
};

const isOne = (
  name: string,
  kind: string,
  known: ReadonlySet<string> | null,
  path: Path,
  report: Report,
): boolean => {
  if (known === null || known.has(name)) return known !== null;
  const near = nearest(name, [...known]);
  const list = kind === 'territory' ? 'territories' : `${kind}s`;
  report(
    path,
    `${name} is no ${kind} of this policy; ${near === null ? `declare it under ${list}` : `did you mean ${near}?`}`,
  );
  return false;
};

/** A segment may ask for what is not known where it is used. */
const bindSegment = (name: string, scope: Scope, path: Path, report: Report): Condition => {
  const bound = scope.segment(name);
  const asked = askedOf(bound);
  const strange = [
    ...(scope.territories === null && asked.territory ? ['territory'] : []),
    ...(scope.tiers === null && asked.tier ? ['tier'] : []),
    ...(scope.events === null && asked.event ? ['event'] : []),
    ...(!scope.score && asked.score ? ['score'] : []),
  ];
  for (const one of strange) report(path, `${name} asks for the ${one}, which ${UNKNOWN_HERE}`);
  return bound;
};
