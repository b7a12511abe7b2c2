import { z } from 'zod';
import { cutText } from '../../routing/render/cut-text.ts';
import type { Failure } from '../failures.ts';
import { NO_TABLE, OWNER_REFUSALS } from './facts.ts';

const errorBody = z.object({
  error: z.object({ code: z.string().default(''), message: z.string().default('') }),
});

/** The platform's code, in hexadecimal, and its words; empty where a body tells none. */
export const errorOf = (body: unknown): { readonly code: string; readonly message: string } =>
  errorBody.safeParse(body).data?.error ?? { code: '', message: '' };

/** Without a Retry-After. Milliseconds. */
const PAUSE_MS = 10_000;

/** When a 429 says to come back. Milliseconds. */
export const retryAfterMs = ({
  headers,
}: {
  readonly headers: { get: (name: string) => string | null };
}): number => {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : PAUSE_MS;
};

/** A reply, or a part of a batch's. */
export interface Answer {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | null };
  readonly body: unknown;
}

/** What a reply with a status of 300 or more means. 412 is a matter for whoever set the condition. */
export const toFailure = (answer: Answer): Failure => {
  const { status, body } = answer;
  if (status === 429) return { kind: 'retry', code: 'rate_limited', afterMs: retryAfterMs(answer) };
  if (status >= 500 || status === 408) return { kind: 'retry', code: 'vendor_unavailable', afterMs: null };
  if (status === 401) return { kind: 'retry', code: 'needs_reconnecting', afterMs: null };
  if (status === 412) return { kind: 'retry', code: 'record_changed', afterMs: null };
  const { code, message } = errorOf(body);
  const words = [cutText(message, 300), code && `(${code})`].filter(Boolean).join(' ') || `HTTP ${status}`;
  if (status === 404 && NO_TABLE.test(message))
    return {
      kind: 'refused',
      code: 'no_such_object',
      remedy: `This environment does not have these records: ${words}. Leads come with Dynamics 365 Sales: have Sales installed in the environment, or disconnect it and connect the one that has it.`,
    };
  if (status === 404)
    return {
      kind: 'refused',
      code: 'record_gone',
      remedy: 'The record is no longer in Dynamics 365: nothing needs to be done.',
    };
  const owner = ownerRefusal(message, words);
  if (owner !== null) return { kind: 'refused', code: 'owner_inactive', remedy: owner };
  if (status === 403)
    return {
      kind: 'refused',
      code: 'missing_scope',
      remedy: `Dynamics 365 allows Fairlead's application user too little: ${words}. Give it the security role docs/dynamics.md describes, then retry.`,
    };
  return {
    kind: 'refused',
    code: 'rejected',
    remedy: `Dynamics 365 rejected the request: ${words}. Correct the record or the setting it names, then retry.`,
  };
};

/** Why somebody may not own a record, with what to do; null: it is about something else. */
const ownerRefusal = (message: string, words: string): string | null => {
  if (OWNER_REFUSALS.person.test(message))
    return `Dynamics 365 gives nothing to people who are disabled there or have no licence: ${words}. Enable them in the environment, or take them out of their pools and import its people again; then retry or reassign. The record stays with whoever has it.`;
  if (OWNER_REFUSALS.team.test(message))
    return `This team may not own such records: ${words}. Give the team a security role that reads leads, or name another team under queues in the policy, then retry. The record stays with whoever has it.`;
  return null;
};
