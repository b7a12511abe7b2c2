import type { Candidate, Outcome, OwnerFound } from '../decision.ts';
import type { OwnerStep } from '../policy/steps.ts';
import { type FoundOwner, findOwners } from './find-owners.ts';
import { blockOfRep, chosenRep } from './named-rep.ts';
import type { StepResult, Walk } from './walk.ts';

/**
 * Tries to give the lead to whoever the step looks up. Who takes no leads any more is passed over for the next that
 * was found; who is away or full is waited for, as a named rep is. Keys are written in order: see `canonicalJson`.
 */
export const tryOwner = (walk: Walk, key: string, step: OwnerStep): StepResult => {
  const found = findOwners(walk, step);
  const inactive: Candidate[] = [];
  for (const owner of found) {
    const blocked = blockOfRep(walk, owner.rep);
    if (blocked?.code === 'inactive') inactive.push(blocked);
    else return give(walk, key, step, { owner, blocked, inactive });
  }
  const owner = found[0] === undefined ? nothingOf(step) : foundOf(step, found[0]);
  const because = found.length === 0 ? 'no_owner' : 'rep_unavailable';
  return { trace: { because, candidates: inactive, key, kind: 'owner', owner, took: false }, taken: null };
};

const nothingOf = (step: OwnerStep): OwnerFound =>
  step.of === 'field' ? { by: step.of, id: step.field } : { by: step.of };

const foundOf = ({ of }: OwnerStep, { code, id }: FoundOwner): OwnerFound => ({ by: of, code, id });

const give = (
  walk: Walk,
  key: string,
  step: OwnerStep,
  tried: {
    readonly owner: FoundOwner;
    readonly blocked: Candidate | null;
    readonly inactive: readonly Candidate[];
  },
): StepResult => {
  const { rep } = tried.owner;
  const owner = foundOf(step, tried.owner);
  const candidates = [...tried.inactive, tried.blocked ?? chosenRep(walk, rep)];
  if (tried.blocked !== null)
    return {
      trace: { because: 'rep_unavailable', candidates, key, kind: 'owner', owner, took: false },
      taken: null,
    };
  const outcome: Outcome = {
    ...(step.convert && { convert: step.convert }),
    kind: 'assigned',
    rep,
    via: 'owner',
  };
  return {
    trace: { candidates, key, kind: 'owner', owner, took: true },
    taken: { outcome, pool: null, posting: null },
  };
};
