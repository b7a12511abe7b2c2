import type { PersonName } from './scenario-crm.ts';
import type { ScenarioWorld } from './scenario-world.ts';

/** What became of leads that came all at once. */
export interface Burst {
  readonly leads: number;
  /** From the first one's coming until the last one's owner stood, or patience ended. */
  readonly ms: number;
  /** Processor time of the service and the stand-in until then, with the embedded database that of the database too. */
  readonly cpuMs: number;
  /** API calls, until nothing was left to write. */
  readonly calls: number;
  /** Calls that the CRM refused for being too many. */
  readonly refused: number;
  /** Leads that nobody of the pool owns in the CRM. */
  readonly lost: number;
  /** Owned leads whose owner was not written exactly once. */
  readonly rewritten: number;
  /** Leads that the rep with the most has more than the one with the fewest. */
  readonly spread: number;
  /** Leads charged to the pool. */
  readonly charged: number;
}

/** How soon is looked again: looking costs the thread that everything runs on. Milliseconds. */
const LOOK_MS = 200;

/** Has so many leads come at once and waits, at most `patienceMs`, until each has its owner and nothing is left to write. */
export const runBurst = async (
  world: ScenarioWorld,
  leads: number,
  { patienceMs, email }: { readonly patienceMs: number; readonly email: (index: number) => string },
): Promise<Burst> => {
  const { account } = world;
  const [before, charged, began] = [account.traffic(), await world.charged(), performance.now()];
  const ends = began + patienceMs;
  const cpu = process.cpuUsage();
  const ids = Array.from({ length: leads }, (_, index) =>
    account.arrive({ email: email(index), country: 'US' }),
  );
  let open: readonly string[] = ids;
  await holds(() => {
    open = open.filter((id) => account.ownerOf(id) === null);
    return open.length === 0;
  }, ends);
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  await holds(() => nothingPending(world), ends);
  const after = account.traffic();
  const owned = ids.filter((id) => account.ownerOf(id) !== null);
  return {
    leads,
    ms,
    cpuMs: (user + system) / 1000,
    calls: after.calls - before.calls,
    refused: after.refused - before.refused,
    lost: leads - owned.length,
    rewritten: owned.filter((id) => account.ownerWrites(id) !== 1).length,
    spread: spreadOf(owned.map((id) => account.ownerOf(id))),
    charged: (await world.charged()) - charged,
  };
};

/** Ends when it holds, or at `ends`. */
const holds = async (condition: () => boolean | Promise<boolean>, ends: number): Promise<void> => {
  while (!(await condition()) && performance.now() < ends)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
};

const nothingPending = async ({ storage }: ScenarioWorld): Promise<boolean> => {
  const pending = await storage.directory((trx) =>
    trx.selectFrom('delivery').select('state').where('state', '=', 'pending').limit(1).execute(),
  );
  return pending.length === 0;
};

const spreadOf = (owners: readonly (PersonName | null)[]): number => {
  const [anna, ben] = (['anna', 'ben'] as const).map((rep) => owners.filter((owner) => owner === rep).length);
  return Math.abs(anna! - ben!);
};
