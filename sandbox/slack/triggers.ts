import { ApiError } from './api-error.ts';
import { RESPONSE_URL, TRIGGER_MS } from './facts.ts';

interface Trigger {
  readonly user: string;
  readonly expiresAt: number;
  readonly used: boolean;
}

interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  /** The message the press came from; null for a command. */
  readonly ts: string | null;
  readonly expiresAt: number;
  readonly usesLeft: number;
}

/** What an interaction hands the app: a trigger (3 s, once) and a response_url (30 min, 5 uses). */
export interface Handles {
  readonly trigger: (user: string) => string;
  /** The user whose screen the trigger opens; throws as views.open does. */
  readonly useTrigger: (id: unknown) => string;
  readonly responseUrl: (target: Pick<ResponseUrl, 'user' | 'channel' | 'ts'>) => string;
  /** null: never given out. A string: the error Slack answers. */
  readonly useResponseUrl: (id: string) => ResponseUrl | 'expired_url' | 'used_url' | null;
}

/** Handles live in memory only: none outlasts a restart in practice. `makeId` gives unguessable text. */
export const createHandles = (now: () => number, makeId: () => string): Handles => {
  const triggers = new Map<string, Trigger>();
  const urls = new Map<string, ResponseUrl>();
  const forgetOld = (): void => {
    for (const [id, one] of triggers) if (now() > one.expiresAt + 60_000) triggers.delete(id);
    for (const [id, one] of urls) if (now() > one.expiresAt + 60_000) urls.delete(id);
  };
  return {
    trigger: (user) => {
      forgetOld();
      const id = makeId();
      triggers.set(id, { user, expiresAt: now() + TRIGGER_MS, used: false });
      return id;
    },
    useTrigger: (id) => {
      const found = typeof id === 'string' ? triggers.get(id) : undefined;
      if (found === undefined) throw new ApiError('invalid_trigger_id');
      if (found.used) throw new ApiError('exchanged_trigger_id');
      if (now() > found.expiresAt) throw new ApiError('expired_trigger_id');
      triggers.set(id as string, { ...found, used: true });
      return found.user;
    },
    responseUrl: (target) => {
      const id = makeId();
      urls.set(id, { ...target, expiresAt: now() + RESPONSE_URL.ms, usesLeft: RESPONSE_URL.uses });
      return id;
    },
    useResponseUrl: (id) => {
      const found = urls.get(id);
      if (found === undefined) return null;
      if (now() > found.expiresAt) return 'expired_url';
      if (found.usesLeft === 0) return 'used_url';
      urls.set(id, { ...found, usesLeft: found.usesLeft - 1 });
      return found;
    },
  };
};
