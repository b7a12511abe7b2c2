import { type FlowEdge, minCostFlow } from './min-cost-flow.ts';

/**
 * Items to be given to bins at the least total cost. Each item goes to one of its choices or nowhere; as many as can
 * go somewhere do. A choice names a group, a group belongs to a bin, and what a group and a bin cost grows with how
 * many they take: `steps[k]` for the one after k others, never less than the step before. A bin takes as many as it
 * has steps.
 */
export interface Batch {
  readonly items: number;
  readonly choices: readonly Choice[];
  readonly groups: readonly { readonly bin: number; readonly steps: readonly number[] }[];
  readonly bins: readonly { readonly steps: readonly number[] }[];
}

export interface Choice {
  readonly item: number;
  readonly group: number;
  readonly cost: number;
}

/** The choice each item takes, as its place in `choices`; null: nowhere. */
export const assignAll = ({ items, choices, groups, bins }: Batch): readonly (number | null)[] => {
  const source = items + groups.length + bins.length;
  const sink = source + 1;
  const groupNode = (group: number) => items + group;
  const binNode = (bin: number) => items + groups.length + bin;
  const edges: FlowEdge[] = choices.map(({ item, group, cost }) => ({
    from: item,
    to: groupNode(group),
    capacity: 1,
    cost,
  }));
  for (let item = 0; item < items; item++) edges.push({ from: source, to: item, capacity: 1, cost: 0 });
  groups.forEach(({ bin, steps }, group) => {
    for (const cost of steps.slice(0, items))
      edges.push({ from: groupNode(group), to: binNode(bin), capacity: 1, cost });
  });
  bins.forEach(({ steps }, bin) => {
    for (const cost of steps.slice(0, items)) edges.push({ from: binNode(bin), to: sink, capacity: 1, cost });
  });
  const flow = minCostFlow(sink + 1, edges, source, sink);
  const taken = new Array<number | null>(items).fill(null);
  choices.forEach(({ item }, i) => {
    if (flow[i]! > 0) taken[item] = i;
  });
  return taken;
};
