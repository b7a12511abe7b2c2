import { type Burst, runBurst } from '../scenario/burst.ts';
import { crmsNamed } from '../scenario/crms/all.ts';
import type { ScenarioCrm } from '../scenario/scenario-crm.ts';
import { openScenarioDatabase } from '../scenario/scenario-database.ts';
import { openScenarioWorld } from '../scenario/scenario-world.ts';
import { cloneDatabase } from '../support/template-database.ts';
import type { Trial } from './trial.ts';

const PATIENCE_MS = 30 * 60_000;
/** A pool of equal shares is never further off than this. */
const MOST_SPREAD = 1;

/**
 * So many leads at once into each CRM, against its stand-in's limits as they are: every lead ends with its owner, which
 * is written once, and both reps get as many.
 */
export const burst: Trial = async ({ times, databaseUrl, names }) => {
  console.log(HEAD);
  const findings: string[] = [];
  for (const crm of crmsNamed(names)) {
    const seen = await runIn(crm, times, databaseUrl);
    console.log(lineOf(crm, databaseUrl ? 'postgresql' : 'embedded', seen));
    findings.push(...wrongIn(seen).map((what) => `${crm.name}: ${what}`));
  }
  return findings;
};

const runIn = async (crm: ScenarioCrm, leads: number, databaseUrl: string | undefined): Promise<Burst> => {
  const clone = databaseUrl === undefined ? null : await cloneDatabase(databaseUrl);
  const database = await openScenarioDatabase(clone?.url ?? null);
  const world = await openScenarioWorld(crm, database);
  try {
    return await runBurst(world, leads, {
      patienceMs: PATIENCE_MS,
      email: (index) => `visitor.${index}@example.org`,
    });
  } finally {
    await world.close();
    await clone?.drop();
  }
};

const HEAD = `| CRM | database | leads | seconds | CPU s | calls | calls a lead | refused | lost | spread |
|---|---|---|---|---|---|---|---|---|---|`;

const lineOf = ({ name }: ScenarioCrm, database: string, seen: Burst): string => {
  const { leads, calls, refused, lost, spread } = seen;
  const seconds = [seen.ms, seen.cpuMs].map((ms) => (ms / 1000).toFixed(1));
  const perLead = (calls / leads).toFixed(3);
  return `| ${[name, database, leads, ...seconds, calls, perLead, refused, lost, spread].join(' | ')} |`;
};

const wrongIn = ({ leads, refused, lost, rewritten, spread, charged }: Burst): readonly string[] => [
  ...(lost > 0 ? [`${lost} leads without an owner`] : []),
  ...(rewritten > 0 ? [`${rewritten} leads whose owner was not written once`] : []),
  ...(refused > 0 ? [`${refused} calls refused for being too many`] : []),
  ...(spread > MOST_SPREAD ? [`one rep has ${spread} leads more than the other`] : []),
  ...(charged !== leads ? [`${charged} leads charged of ${leads}`] : []),
];
