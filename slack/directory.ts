import { setTimeout } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import type { SlackClients } from './clients.ts';
import { slackCode } from './sending/delivery-result.ts';

/** A member of the workspace, found by e-mail address. */
export interface SlackMember {
  readonly id: string;
  readonly name: string;
  /** IANA zone of their Slack profile, where set. */
  readonly timezone: string | null;
}

export interface SlackDirectory {
  /** null: no active member has the address. Waits where Slack asks to; rejects when it does not answer. */
  readonly byEmail: (connectionId: string, email: string) => Promise<SlackMember | null>;
}

/** The longest one look-up waits for Slack's limit (50 look-ups a minute), in milliseconds. */
const PATIENCE = 90_000;

/** Looks up again once Slack allows it: an import asks about every rep, one by one. */
const patiently = async <T>(look: () => Promise<T>, patience = PATIENCE): Promise<T> => {
  try {
    return await look();
  } catch (error) {
    const wait =
      error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1000 : Number.POSITIVE_INFINITY;
    if (wait > patience) throw error;
    await setTimeout(wait);
    return patiently(look, patience - wait);
  }
};

/** Members by e-mail address (scopes users:read and users:read.email). */
export const createSlackDirectory = (clients: SlackClients): SlackDirectory => ({
  byEmail: async (connectionId, email) => {
    const client = await clients.of(connectionId);
    try {
      const { user } = await patiently(() => client.users.lookupByEmail({ email }));
      if (user?.id === undefined || user.deleted === true) return null;
      return { id: user.id, name: user.real_name ?? user.name ?? user.id, timezone: user.tz ?? null };
    } catch (error) {
      if (slackCode(error) === 'users_not_found') return null;
      throw error;
    }
  },
});
