import { hubspot } from '@hubspot/ui-extensions';
import { type Answer, trouble } from './answer.ts';
import { readAnswer } from './read-answer.ts';

/** A thing the person who looks may do about an assignment. */
export type Deed =
  | { readonly kind: 'claim' }
  | { readonly kind: 'decline'; readonly reason: string; readonly note?: string }
  | { readonly kind: 'reassign'; readonly rep: string; readonly note?: string };

export interface Service {
  /** The card of the record that is open. */
  readonly look: () => Promise<Answer>;
  /** Does it once: the same `requestId` again gets the same answer, so that a repeat is safe. */
  readonly act: (assignment: string, deed: Deed, requestId: string) => Promise<Answer>;
}

interface Place {
  readonly serviceUrl: string;
  readonly objectTypeId: string;
  readonly objectId: number;
  readonly locale: string;
  readonly timezone: string;
}

/** Longer than the service takes, shorter than HubSpot waits. */
const TIMEOUT_MS = 12_000;

/** The service behind the card. HubSpot signs each request and adds who asks from which account. */
export function createService(place: Place): Service {
  const reader = { timezone: place.timezone, locale: place.locale };
  const record = { objectType: place.objectTypeId, objectId: String(place.objectId) };
  const url = (path: string, query: Record<string, string>) =>
    `${place.serviceUrl}/hubspot/assignments${path}?${new URLSearchParams(query)}`;
  return {
    look: () => ask(url('', { ...record, ...reader }), { method: 'GET' }),
    act: (assignment, { kind, ...body }, requestId) =>
      ask(url(`/${encodeURIComponent(assignment)}/${kind}`, reader), {
        method: 'POST',
        body: { ...body, requestId },
      }),
  };
}

async function ask(url: string, options: Parameters<typeof hubspot.fetch>[1]): Promise<Answer> {
  try {
    return await readAnswer(await hubspot.fetch(url, { ...options, timeout: TIMEOUT_MS }));
  } catch {
    return trouble('unreachable');
  }
}
