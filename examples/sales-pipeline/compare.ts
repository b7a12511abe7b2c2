/**
 * Sets who had the opportunities of the sales data set beside whom the policy gives them to:
 * `npm run -s fairlead -- route … --json | node examples/sales-pipeline/compare.ts FOLDER`. See docs/real-history.md.
 */
import { createInterface } from 'node:readline';
import { pipelineLeads } from './convert.ts';

type Counts = ReadonlyMap<string, number>;

/** Counts by name. */
const countsOf = (names: Iterable<string>): Counts => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

/** One agent a line, those who really had most first. */
const compareShares = (really: Counts, routed: Counts): readonly string[] => {
  const sum = (counts: Counts) => [...counts.values()].reduce((total, count) => total + count, 0);
  const [reallyAll, routedAll] = [sum(really), sum(routed)];
  const names = [...new Set([...really.keys(), ...routed.keys()])];
  const of = (counts: Counts, name: string) => counts.get(name) ?? 0;
  const line = (...cells: readonly (string | number)[]) =>
    cells.map((cell, i) => (i === 0 ? String(cell).padEnd(20) : String(cell).padStart(10))).join('');
  return [
    line('Agent', 'really', 'share', 'routed', 'share'),
    ...names
      .sort((a, b) => of(really, b) - of(really, a) || (a < b ? -1 : 1))
      .map((name) => {
        const [had, gets] = [of(really, name), of(routed, name)];
        return line(name, had, share(had, reallyAll), gets, share(gets, routedAll));
      }),
  ];
};

if (import.meta.main) {
  const folder = process.argv[2];
  if (!folder) throw new Error('Name the folder that holds sales_pipeline.csv, and pipe decisions in');
  const reps: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) {
    const { rep } = JSON.parse(line) as { rep: { name: string } | null };
    if (rep !== null) reps.push(rep.name);
  }
  const really = countsOf(pipelineLeads(folder).map(({ agent }) => agent));
  for (const line of compareShares(really, countsOf(reps))) console.log(line);
}
