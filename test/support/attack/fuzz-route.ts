import fc from 'fast-check';
import { z } from 'zod';
import type { AttackedWorld } from './attacked-world.ts';
import { type Attempt, attemptsAt } from './attempts.ts';
import { writesSeen } from './digest.ts';
import { knownIds } from './known-ids.ts';
import { prove } from './prove.ts';
import { nameOf, type Route } from './routes.ts';
import { type Answer, send } from './send.ts';
import { noteWrites, type WrittenSince } from './written.ts';

/** What so many attempts at a route came to. */
export interface Fuzzed {
  readonly route: string;
  readonly tried: number;
  readonly accepted: number;
  readonly refused: number;
  /** Nobody knows what became of them: the attempt hung up. */
  readonly unanswered: number;
  /** Answers by status; 0: none. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
}

/** Refusals that are a vendor's, which answers nothing here but refusals. */
const VENDORS_FAULT = new Set(['vendor_unavailable', 'read_failed', 'crm_read_failed']);
const CHUNK = 200;

/** Tries a route so many times; the same seed makes the same attempts at the same data. */
export const fuzzRoute = async (
  route: Route,
  world: AttackedWorld,
  { times, seed }: { readonly times: number; readonly seed: number },
): Promise<Fuzzed> => {
  const tally = createTally(route);
  const [{ id, keyId, restore }] = world.tenants;
  const writtenSince = await noteWrites(world.storage);
  await restore();
  if ((await writtenSince()).length === 0)
    throw new Error('What is written is not noted: nothing would be found.');
  // The key that every attempt is proven by is not among them: revoked, it would prove nothing any more.
  const known = (await knownIds(world.storage, id, 3)).filter((one) => one !== keyId);
  const arbitrary = attemptsAt(route, known);
  for (let done = 0; done < times; done += CHUNK) {
    const attempts = fc.sample(arbitrary, { numRuns: Math.min(CHUNK, times - done), seed: seed + done });
    if (route.security === 'slackSignature') await allAtOnce(route, attempts, world, tally);
    else await oneByOne(route, attempts, world, { tally, writtenSince });
  }
  return { route: nameOf(route), tried: times, ...tally.read() };
};

type Tally = ReturnType<typeof createTally>;

const createTally = (route: Route) => {
  const statuses: Record<string, number> = {};
  const findings: string[] = [];
  const counts = { accepted: 0, refused: 0, unanswered: 0 };
  return {
    add: (attempt: Attempt, answer: Answer | null): void => {
      const status = answer?.status ?? 0;
      statuses[status] = (statuses[status] ?? 0) + 1;
      counts[status === 0 ? 'unanswered' : status < 400 ? 'accepted' : 'refused'] += 1;
      const wrong = answer === null ? null : judge(route, answer);
      if (wrong !== null) findings.push(`${wrong}: ${told(route, attempt)}`);
    },
    found: (attempt: Attempt, what: string) => findings.push(`${what}: ${told(route, attempt)}`),
    read: () => ({ ...counts, statuses, findings }),
  };
};

/**
 * Whether an attempt must have changed nothing. One that hung up before its body was whole was never there; where no body
 * is read it may have been taken, and the answer got lost.
 */
const mayChangeNothing = (route: Route, answer: Answer | null): boolean =>
  answer === null ? route.body !== null : answer.status >= 400 && !isHalfAnAgreement(answer);

const told = ({ method }: Route, { target, headers, body }: Attempt): string =>
  `${method} ${target.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)} ${body?.toString('utf8').slice(0, 400) ?? ''}`;

const oneByOne = async (
  route: Route,
  attempts: readonly Attempt[],
  world: AttackedWorld,
  { tally, writtenSince }: { readonly tally: Tally; readonly writtenSince: WrittenSince },
): Promise<void> => {
  await writtenSince();
  let seen = await writesSeen(world.storage);
  for (const made of attempts) {
    const attempt = prove(route, made, world.tenants[0], world);
    const answer = await send(world.port, route.method, attempt);
    tally.add(attempt, answer);
    // Who hangs up does not end what was begun: it is theirs, and not the next one's.
    if (answer === null) await world.settled();
    const at = await writesSeen(world.storage);
    if (at === seen) continue;
    const changed = (await writtenSince()).filter((table) => !BESIDE.has(table));
    if (changed.length > 0 && mayChangeNothing(route, answer))
      tally.found(attempt, `answered ${answer?.status ?? 'nothing'}, and yet changed ${changed.join(', ')}`);
    seen = await writesSeen(world.storage);
  }
};

/** A refusal is remembered under its idempotency key and in the audit log; what was accepted before is sent meanwhile. */
const BESIDE = new Set(['reply', 'lease', 'delivery', 'audit_begun', 'audit_line']);

/** Who asks for looser rules of publishing is refused until a second person asks for the same: that is kept. */
const isHalfAnAgreement = ({ text }: Answer): boolean => codeOf(text) === 'approval_needed';

/** Bolt answers what nobody listens for after three seconds. */
const allAtOnce = async (
  route: Route,
  attempts: readonly Attempt[],
  world: AttackedWorld,
  tally: Tally,
): Promise<void> => {
  await Promise.all(
    attempts.map(async (made) => {
      const attempt = prove(route, made, world.tenants[0], world);
      tally.add(attempt, await send(world.port, route.method, attempt));
    }),
  );
};

/** What is wrong with an answer; null: nothing. */
const judge = (route: Route, { status, type, text }: Answer): string | null => {
  if (status < 400) return null;
  const code = codeOf(text);
  if (status >= 500 && !VENDORS_FAULT.has(code)) return `${status} ${code} ${text.slice(0, 200)}`;
  // Slack's library answers its requests itself.
  if (route.security === 'slackSignature' || isProtocolError(status, text)) return null;
  if (!type.startsWith('application/problem+json')) return `${status} is ${type}`;
  return isProblem(status, text) ? null : `${status} is no whole problem: ${text.slice(0, 300)}`;
};

/** A code to branch on, a sentence that says what to do, and of each field that is wrong which (empty: all of it), and what. */
const PROBLEM = z.object({
  status: z.number(),
  title: z.string().min(1),
  code: z.string().regex(/^[a-z]+(_[a-z]+)*$/),
  detail: z.string().regex(/^\p{Lu}.*\S.*[.!?)]$/su),
  errors: z
    .array(z.object({ field: z.string(), message: z.string().min(1) }))
    .nonempty()
    .optional(),
});

const isProblem = (status: number, text: string): boolean => {
  const { success, data } = PROBLEM.safeParse(JSON.parse(text));
  return success && data.status === status && (data.errors !== undefined || !/in errors/.test(data.detail));
};

/** What Node itself refuses before there is a request. */
const isProtocolError = (status: number, text: string): boolean =>
  [400, 408, 413, 417, 431].includes(status) && text === '';

const codeOf = (text: string): string => {
  try {
    return String((JSON.parse(text) as { code?: unknown }).code);
  } catch {
    return 'none';
  }
};
