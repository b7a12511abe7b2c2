import { parseArgs } from 'node:util';
import { fairlead } from './fairlead.ts';
import { lowestCount, type Method, rotatingPointer, smoothWeighted, weightedRandom } from './peers.ts';
import { type Shape, worstLag } from './simulate.ts';

const METHODS: readonly (readonly [name: string, method: Method])[] = [
  ['Fairlead', fairlead],
  ['smooth weighted round robin', smoothWeighted],
  ['lowest count per weight', lowestCount],
  ['rotating pointer', rotatingPointer],
  ['weighted random', weightedRandom],
];
const SHAPES: readonly Shape[] = ['equal', 'random 1-10', '1:1000', 'geometric'];

/** Proven for fixed eligibility; for random availability an observation we hold ourselves to. In leads. */
const FIXED_BOUND = 1;
const RANDOM_BOUND = 1.4;

interface Part {
  readonly title: string;
  readonly free: number;
  readonly sizes: readonly number[];
  /** What must hold for Fairlead, for a shape; null: reported as it is. */
  readonly holds: (shape: Shape) => ((worst: number) => boolean) | null;
}

const PARTS: readonly Part[] = [
  {
    title: `Fixed eligibility: the worst lag must stay below ${FIXED_BOUND} lead`,
    free: 1,
    sizes: [2, 3, 5, 10, 20, 50, 100],
    holds: () => (worst) => worst < FIXED_BOUND,
  },
  {
    title: `Each member free with probability 0.7: at most ${RANDOM_BOUND} leads with weights 1-10`,
    free: 0.7,
    sizes: [3, 4, 5, 6, 7, 8, 10, 15, 20, 30, 50, 100],
    holds: (shape) => (shape === 'random 1-10' ? (worst) => worst <= RANDOM_BOUND : null),
  },
];

/** Measures how far any member ever is from what they were owed, beside other ways to take turns. Seeded. */
export const run = async (args: readonly string[]): Promise<void> => {
  const { values } = parseArgs({
    args: [...args],
    options: { leads: { type: 'string', default: '10000' }, seeds: { type: 'string', default: '1' } },
  });
  const leads = Number(values.leads);
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => 20261124 + i);
  console.log(`Worst |owed - received| in leads, over ${leads} leads and ${seeds.length} seeds.\n`);
  const passed = PARTS.map((part) => measure(part, leads, seeds));
  if (passed.includes(false)) process.exitCode = 1;
};

const measure = ({ title, free, sizes, holds }: Part, leads: number, seeds: readonly number[]): boolean => {
  console.log(`## ${title}\n`);
  console.log(`| weights | members | ${METHODS.map(([name]) => name).join(' | ')} | bound |`);
  console.log(`|---|---|${METHODS.map(() => '---:|').join('')}---|`);
  let passed = true;
  for (const shape of SHAPES)
    for (const members of sizes) {
      const worst = METHODS.map(([, method]) =>
        Math.max(...seeds.map((seed) => worstLag(method, { shape, members, leads, free, seed }))),
      );
      const held = holds(shape)?.(worst[0]!);
      passed &&= held !== false;
      const verdict = held === undefined ? 'none' : held ? 'holds' : 'BROKEN';
      console.log(
        `| ${shape} | ${members} | ${worst.map((one) => one.toFixed(3)).join(' | ')} | ${verdict} |`,
      );
    }
  console.log(`\n${passed ? 'PASS' : 'FAIL'}: ${title}\n`);
  return passed;
};
