import type { FieldValue } from '../lead.ts';
import type { OwnerStep } from '../policy/steps.ts';
import { noteReadOwner } from './read-state.ts';
import type { Walk } from './walk.ts';

/** A rep whom something speaks for: by which code, and the id of what was found. */
export interface FoundOwner {
  readonly rep: string;
  readonly code: string;
  /** `<list>/<account>`, an earlier lead's id, or the field's name. */
  readonly id: string;
}

/** Whom a step looks up, the first to be tried first; each rep once. Empty: nobody. */
export const findOwners = (walk: Walk, step: OwnerStep): readonly FoundOwner[] => {
  const all = ownersOf(walk, step);
  return all.filter(({ rep }, i) => all.findIndex((one) => one.rep === rep) === i);
};

const ownersOf = (walk: Walk, step: OwnerStep): readonly FoundOwner[] => {
  const earlier = (walk.lead.history.earlier ?? []).map(({ code, lead, rep }) => ({ rep, code, id: lead }));
  switch (step.of) {
    case 'account':
      return accountOwners(walk);
    case 'sticky':
      return earlier;
    case 'duplicate': {
      const isOpen = (_: unknown, i: number) => walk.lead.history.earlier![i]!.open;
      return [...earlier.filter(isOpen), ...earlier.filter((one, i) => !isOpen(one, i))];
    }
    case 'field':
      return fieldOwner(walk, step.field, walk.lead.values[step.field]);
    default:
      return step satisfies never;
  }
};

/** Owners of the accounts that matched, in the order of the lists. */
const accountOwners = (walk: Walk): readonly FoundOwner[] =>
  (walk.derived.accounts ?? []).flatMap(({ code, entries: [entry], list, verdict }) => {
    const id = `${list}/${entry}`;
    const owner = verdict === 'match' ? walk.compiled.accountOwner(id) : undefined;
    const rep = owner === undefined ? null : repNamed(walk, id, owner);
    return rep === null ? [] : [{ rep, code, id }];
  });

const fieldOwner = (walk: Walk, field: string, value: FieldValue | undefined): readonly FoundOwner[] => {
  const rep = typeof value === 'string' ? repNamed(walk, field, value) : null;
  return rep === null ? [] : [{ rep, code: 'FIELD', id: field }];
};

/** What was looked up is noted under what asked, and not under the name: that may be an address. */
const repNamed = (walk: Walk, asked: string, name: string): string | null => {
  const rep = walk.state.repNamed?.(name, asked) ?? null;
  noteReadOwner(walk, asked, rep);
  return rep;
};
