import { check } from '../../server/routing/check/check.ts';
import type { Condition } from '../../server/routing/conditions/condition.ts';
import { compilePolicy } from '../../server/routing/decide/compile-policy.ts';
import { parseReps } from '../../server/routing/policy/parse-reps.ts';
import { makeRandom } from '../rules/random.ts';
import { makeFields, policyOf, randomCondition } from './random-policy.ts';

const RULES = 200;
const FIELDS = 20;
const SEEDS = [1, 2, 3];
const NOW = Date.parse('2026-11-24T15:00:00Z');

/** `npm run bench -- check`: how long 200 rules over 20 fields take, in a process that has checked nothing before. */
export const run = async (): Promise<void> => {
  console.log('| rules of | seed | seconds | of CPU | findings | undetermined |');
  console.log('|---|---:|---:|---:|---:|---:|');
  for (const [name, tests] of [
    ['three tests', 3],
    ['nested tests', null],
  ] as const)
    for (const seed of SEEDS) {
      const { seconds, cpu, findings, undetermined } = measure(tests, seed);
      console.log(
        `| ${name} | ${seed} | ${seconds.toFixed(2)} | ${cpu.toFixed(2)} | ${findings} | ${undetermined} |`,
      );
    }
};

const measure = (tests: number | null, seed: number) => {
  const random = makeRandom(seed);
  const fields = makeFields(FIELDS);
  const condition = (): Condition =>
    tests === null
      ? randomCondition(fields, random, 3)
      : { kind: 'all', of: Array.from({ length: tests }, () => randomCondition(fields, random, 0)) };
  const policy = policyOf(fields, Array.from({ length: RULES }, condition));
  const parsed = parseReps([{ id: 'dana' }]);
  const input = {
    compiled: compilePolicy({ version: 1, hash: 'sha256:', policy }),
    reps: parsed.ok ? parsed.reps : [],
    holidays: () => new Set<string>(),
    now: NOW,
    zones: 'bench',
  };
  const before = process.cpuUsage();
  const start = performance.now();
  const findings = check(input);
  const used = process.cpuUsage(before);
  return {
    seconds: (performance.now() - start) / 1000,
    cpu: (used.user + used.system) / 1e6,
    findings: findings.length,
    undetermined: findings.filter(({ code }) => code === 'undetermined').length,
  };
};
