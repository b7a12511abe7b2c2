import type { Names } from '../routing/render/render-decision.ts';
import type { SimulationResult, Speed } from '../routing/simulate/simulation-result.ts';
import { durationsText, leadsText, percentText, wholeText } from '../routing/words/figures.ts';
import { textTable } from './text-table.ts';

/** How soon somebody at work had the leads, by one policy or by two. Lines. */
export const speedText = (
  { speed }: SimulationResult,
  against: SimulationResult | null,
  other: string | null,
): readonly string[] => {
  const runs: readonly (readonly [string, Speed])[] = [
    ['this policy', speed],
    ...(against === null ? [] : [[other ?? 'other policy', against.speed] as const]),
  ];
  const limits = speed.within.map(({ minutes }) => `within ${minutes} min`);
  return [
    '',
    ...textTable([
      ['Somebody at work has it (working time)', ...limits, 'never'],
      ...runs.map(([name, { within, never }]) => [
        name,
        ...within.map(({ share }) => percentText(share)),
        wholeText(never),
      ]),
    ]),
    ...runs.map(([name, { working, elapsed }]) =>
      [`${name}: working time: ${durationsText(working)};`, `by the clock: ${durationsText(elapsed)}.`].join(
        ' ',
      ),
    ),
  ];
};

/** Leads that waited, and leads nobody has. Lines. */
export const unownedText = ({ waited, unowned }: SimulationResult, names: Names): readonly string[] => [
  '',
  waited.leads === 0
    ? 'No lead waited.'
    : `${leadsText(waited.leads)} waited: ${wholeText(waited.found.count)} found somebody (${durationsText(waited.found)}), ` +
      `${wholeText(waited.leads - waited.found.count - waited.never)} went to a queue, ${wholeText(waited.never)} wait to the end.`,
  ...unowned.queues.map(({ queue, leads }) => `${leadsText(leads)} in queue ${names.queue(queue)}.`),
  ...(unowned.notRouted > 0 ? [`${leadsText(unowned.notRouted)} not routed: outside the intake.`] : []),
  ...(unowned.logOnly > 0 ? [`${leadsText(unowned.logOnly)} decided for the log only.`] : []),
];
