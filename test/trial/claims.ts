import { until } from '../support/until.ts';
import { openWorld, repId, type World } from '../support/world.ts';
import { inspect } from './inspect.ts';
import { WITH_OFFERS } from './policies.ts';
import { settle } from './settle.ts';
import type { Trial } from './trial.ts';

const REPS = 200;
/** The Claim button's name in a card's blocks. */
const CLAIM_ACTION = '"lead_claim"';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly winner: string;
}

/** 200 simultaneous claims on one broadcast: one wins, every other is told who. */
export const claims: Trial = async ({ times, databaseUrl }) => {
  const world = await openWorld({
    reps: REPS,
    policy: WITH_OFFERS,
    ...(databaseUrl ? { databaseUrl } : {}),
    slack: true,
    sandbox: {},
  });
  const findings: string[] = [];
  try {
    for (let round = 0; round < times; round++) findings.push(...(await claimAll(world, round)));
    await settle(world);
    findings.push(...cardsStillOffering(world));
    await world.service().stop();
    findings.push(...(await inspect(world.dataDir, databaseUrl)).findings);
  } finally {
    await world.close();
  }
  return findings;
};

/** Every lead has its winner, so no card in Slack may hold one out any more. */
function cardsStillOffering(world: World): readonly string[] {
  return world.sandbox.slack.state.messages
    .filter(({ blocks }) => JSON.stringify(blocks).includes(CLAIM_ACTION))
    .map(({ channel, text }) => `a card in ${channel} still offers: ${text}`);
}

async function claim(world: World, assignment: string, rep: string): Promise<Answer> {
  const answer = await fetch(`${world.service().url}/api/v1/assignments/${assignment}/claim`, {
    method: 'POST',
    headers: { authorization: `Bearer ${world.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rep }),
  });
  const body = (await answer.json()) as { code?: string; detail?: string };
  return { status: answer.status, code: body.code ?? '', winner: body.detail ?? '' };
}

async function claimAll(world: World, round: number): Promise<readonly string[]> {
  const lead = await world.api<{ assignment: string; outcome: string }>('POST', '/api/v1/leads', {
    fields: { country: 'FR' },
    person: { name: `Lead ${round}` },
  });
  if (lead.outcome !== 'offered') return [`round ${round}: ${lead.outcome} instead of offered`];
  const answers = await Promise.all(
    Array.from({ length: REPS }, (_, index) => claim(world, lead.assignment, repId(index))),
  );
  const winners = answers.flatMap(({ status }, index) => (status === 200 ? [index] : []));
  if (winners.length !== 1) return [`round ${round}: ${winners.length} winners`];
  const name = `Rep ${winners[0]}`;
  const untold = answers.filter(
    ({ status, code, winner }) => status !== 200 && !(code === 'claimed_by_other' && winner.includes(name)),
  );
  await until('the assignment shows its winner', async () => {
    const { items } = await world.api<{ items: { assignment: string; current: { name: string } | null }[] }>(
      'GET',
      '/api/v1/decisions?limit=1',
    );
    return items[0]?.assignment === lead.assignment && items[0]?.current?.name === name;
  });
  return untold.length === 0
    ? []
    : [
        `round ${round}: ${untold.length} losers were not told that ${name} won: ${JSON.stringify(untold[0])}`,
      ];
}
