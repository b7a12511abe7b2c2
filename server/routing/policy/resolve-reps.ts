import type { Report } from '../conditions/report.ts';
import type { Meanwhile } from '../decision.ts';
import { type Path, type PolicyProblem, problemAt } from './problems.ts';
import { repLookUp } from './rep-names.ts';
import { repProblems } from './rep-problems.ts';
import { reportUnknown } from './report-names.ts';
import type { Member, Policy, Pool, Rep, Step } from './schema.ts';

/**
 * Turns a policy's references to reps (by id or e-mail) into ids. A reference nobody answers to is a problem and
 * stays as it is: whoever publishes refuses it, whoever decides with a policy published earlier finds no such rep.
 */
export const resolveReps = (
  policy: Policy,
  reps: readonly Rep[],
): { readonly policy: Policy; readonly problems: readonly PolicyProblem[] } => {
  const problems = policy.reps === reps ? [...repProblems(reps, ['reps'])] : [];
  const report: Report = (path, message) => problems.push(problemAt(path, message));
  const resolver = makeResolver(reps, report);
  checkOwners(policy, resolver);
  const { hold } = policy;
  return {
    policy: {
      ...policy,
      ...(hold?.meanwhile && {
        hold: { ...hold, meanwhile: resolveMeanwhile(hold.meanwhile, ['hold'], resolver) },
      }),
      pools: policy.pools.map((pool, i) => resolvePool(pool, ['pools', i], resolver)),
      rules: policy.rules.map((rule, i) => ({
        ...rule,
        steps: rule.steps.map((step, j) => resolveStep(step, ['rules', i, 'then', j], resolver)),
      })),
      fallback: policy.fallback.map((step, i) => resolveStep(step, ['fallback', i], resolver)),
    },
    problems,
  };
};

interface Resolver {
  readonly rep: (reference: string, path: Path) => string;
  readonly team: (id: string, path: Path) => void;
}

const makeResolver = (reps: readonly Rep[], report: Report): Resolver => {
  const find = repLookUp(reps);
  const names = new Set(reps.flatMap(({ id, email }) => (email === null ? [id] : [id, email])));
  const teams = new Set(reps.flatMap((rep) => rep.teams));
  return {
    rep: (reference, path) => {
      const id = find(reference);
      if (id === null) reportUnknown(reference, 'rep', names, path, report);
      return id ?? reference;
    },
    team: (id, path) => {
      if (!teams.has(id)) report(path, `${id} is no team of any rep; name it under a rep's teams`);
    },
  };
};

/** Owners of accounts stay as written: whoever they are is looked up when a lead asks. */
const checkOwners = ({ accounts = [] }: Policy, resolver: Resolver): void => {
  accounts.forEach(({ entries }, i) => {
    entries.forEach(({ owner }, j) => {
      if (owner !== null) resolver.rep(owner, ['accounts', i, 'entries', j, 'owner']);
    });
  });
};

const resolvePool = (pool: Pool, path: Path, resolver: Resolver): Pool => ({
  ...pool,
  members: pool.members.map((member, i): Member => {
    const at = [...path, 'members', i];
    if (member.kind === 'rep') return { ...member, rep: resolver.rep(member.rep, [...at, 'rep']) };
    resolver.team(member.team, [...at, 'team']);
    return member;
  }),
});

const resolveMeanwhile = (given: Meanwhile, path: Path, resolver: Resolver): Meanwhile =>
  'queue' in given ? given : { rep: resolver.rep(given.rep, [...path, 'meanwhile', 'rep']) };

const resolveStep = (step: Step, path: Path, resolver: Resolver): Step => {
  const meanwhile = (given: Meanwhile | null): Meanwhile | null =>
    given === null ? null : resolveMeanwhile(given, path, resolver);
  switch (step.kind) {
    case 'rep':
      return { ...step, rep: resolver.rep(step.rep, [...path, 'rep']) };
    case 'wait':
      return { ...step, meanwhile: meanwhile(step.meanwhile) };
    case 'pool':
      if (step.give.mode === 'assign') return step;
      return { ...step, give: { ...step.give, meanwhile: meanwhile(step.give.meanwhile) } };
    case 'queue':
    case 'owner':
      return step;
    default:
      return step satisfies never;
  }
};
