import { openWorld, type World, type WorldOptions } from '../support/world.ts';
import { inspect } from './inspect.ts';
import type { Trial } from './trial.ts';

export const REPS = 12;

/** What happened outside the service, to hold it against what it remembers. */
export interface Witness {
  /** What was asked about → the decision that was acknowledged for it. */
  readonly acknowledged: Map<string, string>;
  /** Record → the owner a person chose last. */
  readonly choices: Map<string, string>;
  readonly records: string[];
  readonly findings: string[];
}

/** One CRM under load. */
export interface CrashSide {
  readonly world: Omit<WorldOptions, 'reps' | 'databaseUrl'>;
  readonly prepare?: (world: World) => void;
  readonly callers: number;
  /** Makes records and asks about them, again and again until there is an answer. */
  readonly ask: (world: World, witness: Witness, name: string) => Promise<void>;
  /** Owner ids of the reps. */
  readonly reps: (world: World) => readonly string[];
  readonly owner: (world: World, id: string) => string;
  /** Who owned it one after another, and who wrote that, for whoever looks for the cause of a finding. */
  readonly history: (world: World, id: string) => string;
  /** A person gives the record to somebody. */
  readonly give: (world: World, id: string, ownerId: string) => void;
  /** How often a person does. Milliseconds. */
  readonly giveEveryMs: number;
  readonly settle: (world: World) => Promise<void>;
  /** What was written twice, in sentences. */
  readonly repeated: (world: World, witness: Witness) => readonly string[];
}

/**
 * The service is killed at random moments under load, also between a delivery's send and its mark, while people change
 * owners. Nothing acknowledged may be lost, nobody's choice overwritten, and nothing written twice.
 */
export const killUnderLoad =
  (side: CrashSide): Trial =>
  async ({ times, databaseUrl }) => {
    const world = await openWorld({ ...side.world, reps: REPS, ...(databaseUrl ? { databaseUrl } : {}) });
    side.prepare?.(world);
    const witness: Witness = { acknowledged: new Map(), choices: new Map(), records: [], findings: [] };
    const running = { on: true };
    try {
      const load = [
        ...Array.from({ length: side.callers }, (_, caller) => call(side, world, witness, running, caller)),
        changeOwners(side, world, witness, running),
      ];
      for (let round = 0; round < times; round++) await killOnce(world, round);
      running.on = false;
      await Promise.all(load);
      await side.settle(world);
      await world.service().stop();
      return [...witness.findings, ...(await compare(side, world, witness, databaseUrl))];
    } finally {
      running.on = false;
      await world.close();
    }
  };

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A random moment: mostly under full load, sometimes right after the start. */
async function killOnce(world: World, round: number): Promise<void> {
  await pause(50 + Math.random() * 1_500);
  await world.service().kill();
  await world.restart();
  process.stderr.write(`\rkilled ${round + 1} times`);
}

async function call(
  side: CrashSide,
  world: World,
  witness: Witness,
  running: { on: boolean },
  caller: number,
): Promise<void> {
  for (let n = 0; running.on; n++) await side.ask(world, witness, `crash-${caller}-${n}`);
}

/** A person gives a record to somebody else, now and then, once it has a rep. */
async function changeOwners(
  side: CrashSide,
  world: World,
  witness: Witness,
  running: { on: boolean },
): Promise<void> {
  const reps = side.reps(world);
  while (running.on) {
    await pause(side.giveEveryMs);
    const id = witness.records[Math.floor(Math.random() * witness.records.length)];
    if (id === undefined) continue;
    const present = side.owner(world, id);
    const wanted = reps[Math.floor(Math.random() * reps.length)]!;
    if (!reps.includes(present) || present === wanted) continue;
    side.give(world, id, wanted);
    witness.choices.set(id, wanted);
  }
}

async function compare(
  side: CrashSide,
  world: World,
  witness: Witness,
  databaseUrl?: string,
): Promise<readonly string[]> {
  const { decisions, owners, findings } = await inspect(world.dataDir, databaseUrl);
  const lost = [...witness.acknowledged].filter(([, decision]) => !decisions.has(decision));
  const overwritten = [...witness.choices].filter(([id, wanted]) => side.owner(world, id) !== wanted);
  const elsewhere = [...owners].filter(([id, owner]) => side.owner(world, id) !== owner);
  console.log(
    `\n${witness.acknowledged.size} leads acknowledged, ${decisions.size} decisions stored, ${witness.choices.size} records reassigned by people`,
  );
  return [
    ...findings,
    ...lost.map(([name, decision]) => `lost: ${name} was acknowledged with ${decision}`),
    ...overwritten.map(
      ([id, wanted]) =>
        `overwritten: a person gave ${id} to ${wanted}, it is ${side.owner(world, id)}'s (${side.history(world, id)})`,
    ),
    ...elsewhere.map(
      ([id, owner]) =>
        `not followed: ${id} is taken to be ${owner}'s, it is ${side.owner(world, id)}'s (${side.history(world, id)})`,
    ),
    ...side.repeated(world, witness),
  ];
}
