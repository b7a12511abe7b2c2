import type { Report } from '../conditions/bind-condition.ts';
import type { Meanwhile } from '../decision.ts';
import { checkAccounts } from './check-accounts.ts';
import type { Path } from './problems.ts';
import { type Known, reportTwice, reportUnknown } from './report-names.ts';
import type { PolicyDocument, Step } from './schema.ts';

type Ids = readonly { readonly id: string }[];

/** Checks that ids are given once, and that every pool, queue and field named exists. Reps: see `resolve-reps`. */
export const checkReferences = (document: PolicyDocument, report: Report): void => {
  const { pools = [], queues = [], rules = [], fallback = [] } = document;
  for (const [key, list] of Object.entries({ pools, queues, rules })) reportTwice([key], list, report);
  const known = { pools: idsOf(pools), queues: idsOf(queues) };
  rules.forEach((rule, i) => {
    rule.then.forEach((step, j) => {
      checkStep(step, ['rules', i, 'then', j], known, report);
    });
  });
  fallback.forEach((step, i) => {
    checkStep(step, ['fallback', i], known, report);
  });
  checkPools(document, report);
  checkAccounts(document, report);
};

const idsOf = (list: Ids): Known => new Set(list.map(({ id }) => id));

const checkStep = (step: Step, path: Path, known: { pools: Known; queues: Known }, report: Report): void => {
  if (step.kind === 'pool') {
    reportUnknown(step.pool, 'pool', known.pools, [...path, 'pool'], report);
    if (step.give.mode !== 'assign') checkMeanwhile(step.give.meanwhile, path, known.queues, report);
  } else if (step.kind === 'queue')
    reportUnknown(step.queue, 'queue', known.queues, [...path, 'queue'], report);
  else if (step.kind === 'wait') checkMeanwhile(step.meanwhile, path, known.queues, report);
};

const checkMeanwhile = (meanwhile: Meanwhile | null, path: Path, queues: Known, report: Report): void => {
  if (meanwhile !== null && 'queue' in meanwhile)
    reportUnknown(meanwhile.queue, 'queue', queues, [...path, 'meanwhile', 'queue'], report);
};

const checkPools = (document: PolicyDocument, report: Report): void => {
  const fields = document.fields ?? {};
  const names = new Set(Object.keys(fields));
  document.pools?.forEach((pool, i) => {
    pool.requires.forEach(({ field }, j) => {
      const path = ['pools', i, 'requires', j, 'lead'];
      reportUnknown(field, 'field', names, path, report);
      const type = fields[field]?.type;
      if (type !== undefined && type !== 'text' && type !== 'choice' && type !== 'country')
        report(path, `${field} is ${type}; a skill is compared with a text, choice or country field`);
    });
    pool.members.forEach((member, j) => {
      if (pool.method === 'longest_waiting' && member.weight !== 1)
        report(
          ['pools', i, 'members', j, 'weight'],
          'longest_waiting takes no weights; remove it or use round_robin',
        );
    });
  });
};
