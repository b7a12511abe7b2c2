import { z } from 'zod';

/** Requests that tell of a form. */
const ABOUT_A_VIEW: readonly string[] = ['view_submission', 'view_closed'];
const VIEW = z.looseObject({}).optional();

/** What every request of Slack has at least: who pressed or submitted, who commanded, or what happened. */
const slacks = z.union([
  z
    .looseObject({ user: z.looseObject({ id: z.string() }), type: z.string().optional(), view: VIEW })
    .refine(({ type, view }) => view !== undefined || !ABOUT_A_VIEW.includes(type ?? '')),
  z.looseObject({ command: z.string(), user_id: z.string() }),
  z.looseObject({ event: z.looseObject({ type: z.string() }) }),
]);

/** Whether a body, signed or not, is one that Slack sends: Bolt takes any for one, and fails on others. */
export const isSlacks = (body: unknown): boolean => slacks.safeParse(body).success;
