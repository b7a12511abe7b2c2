import { z } from 'zod';

/** What every request of Slack has at least: who pressed or submitted, who commanded, or what happened. */
const slacks = z.union([
  z.looseObject({ user: z.looseObject({ id: z.string() }) }),
  z.looseObject({ command: z.string(), user_id: z.string() }),
  z.looseObject({ event: z.looseObject({ type: z.string() }) }),
]);

/** Whether a body, signed or not, is one that Slack sends: Bolt takes any for one, and fails on others. */
export const isSlacks = (body: unknown): boolean => slacks.safeParse(body).success;
