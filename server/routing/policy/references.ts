import type { Report } from '../conditions/report.ts';
import type { Meanwhile } from '../decision.ts';
import { checkAccounts } from './check-accounts.ts';
import type { Path } from './problems.ts';
import { shown } from './refusal.ts';
import { type Known, reportTwice, reportUnknown } from './report-names.ts';
import type { Member, PolicyDocument, Step } from './schema.ts';
import { nearest } from './strict-object.ts';

type Ids = readonly { readonly id: string }[];

/** Checks that ids are given once, and that every pool, queue and field named exists. Reps: see `resolve-reps`. */
export const checkReferences = (document: PolicyDocument, report: Report): void => {
  const { pools = [], queues = [], rules = [], fallback = [] } = document;
  const { territories = [], segments = [], tiers = [] } = document;
  for (const [key, list] of Object.entries({ pools, queues, rules, territories, segments, tiers }))
    reportTwice([key], list, report);
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
  checkMeanwhile(document.hold?.meanwhile ?? null, ['hold'], known.queues, report);
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
  const territories = idsOf(document.territories ?? []);
  document.pools?.forEach((pool, i) => {
    pool.requires.forEach(({ field }, j) => {
      const path = ['pools', i, 'requires', j, 'lead'];
      reportUnknown(field, 'field', names, path, report);
      const type = fields[field]?.type;
      if (type !== undefined && type !== 'text' && type !== 'choice' && type !== 'country')
        report(path, `${field} is ${type}; a skill is compared with a text, choice or country field`);
    });
    pool.members.forEach((member, j) => {
      checkTerritories(member, pool.byTerritory === true, territories, ['pools', i, 'members', j], report);
      if (pool.method === 'longest_waiting' && member.weight !== 1)
        report(
          ['pools', i, 'members', j, 'weight'],
          'longest_waiting takes no weights; remove it or use round_robin',
        );
    });
  });
};

/** A pool either goes by territory, and each member works some, or it does not. */
const checkTerritories = (
  { territories = [] }: Member,
  byTerritory: boolean,
  known: Known,
  path: Path,
  report: Report,
): void => {
  const at = [...path, 'territories'];
  territories.forEach((id, i) => {
    if (!known.has(id)) reportUnknownTerritory(id, known, [...at, i], report);
  });
  if (byTerritory && territories.length === 0)
    report(at, 'the pool requires territories, so a member without any gets nothing; list theirs');
  if (!byTerritory && territories.length > 0)
    report(
      at,
      'says nothing unless the pool has requires: [{rep: territories, op: contains, lead: territory}]; add it',
    );
};

const reportUnknownTerritory = (id: string, known: Known, path: Path, report: Report): void => {
  const near = nearest(id, [...known]);
  const remedy = near === null ? 'declare it under territories' : `did you mean ${near}?`;
  report(path, `${shown(id)} is no territory of this policy; ${remedy}`);
};
