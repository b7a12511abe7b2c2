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
  /** null: no active member has the address. Rejects when Slack does not answer or asks to wait. */
  readonly byEmail: (connectionId: string, email: string) => Promise<SlackMember | null>;
}

/** Members by e-mail address (scopes users:read and users:read.email). */
export const createSlackDirectory = (clients: SlackClients): SlackDirectory => ({
  byEmail: async (connectionId, email) => {
    const client = await clients.of(connectionId);
    try {
      const { user } = await client.users.lookupByEmail({ email });
      if (user?.id === undefined || user.deleted === true) return null;
      return { id: user.id, name: user.real_name ?? user.name ?? user.id, timezone: user.tz ?? null };
    } catch (error) {
      if (slackCode(error) === 'users_not_found') return null;
      throw error;
    }
  },
});
