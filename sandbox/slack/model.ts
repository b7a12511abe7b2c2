/** A person in the workspace. `tz` is an IANA zone: dates on the page are shown in it. */
export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly email: string;
  readonly tz: string;
  readonly deleted: boolean;
}

/** A direct message with the app (`im`), or a channel the app was added to. */
export interface SlackChannel {
  readonly id: string;
  readonly kind: 'im' | 'channel';
  readonly name: string;
  /** User ids; for a direct message the one person. */
  readonly members: readonly string[];
}

/** A Block Kit block or view part that has passed validation. */
export type Json = { readonly [key: string]: unknown };

export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly metadata: Json | null;
  readonly edited: boolean;
  /** Seen by this one user only, and gone on reload in the real Slack. */
  readonly ephemeralTo: string | null;
  /** Refuses chat.update, as a workspace's edit policy does. */
  readonly locked: boolean;
}

/** A modal on somebody's screen, or their Home tab. */
export interface SlackView {
  readonly id: string;
  readonly hash: string;
  readonly user: string;
  readonly type: 'modal' | 'home';
  readonly view: Json;
}

/** A bot token. `refreshToken` is null where the app does not rotate tokens. */
export interface SlackToken {
  readonly token: string;
  readonly scopes: readonly string[];
  readonly revoked: boolean;
  /** Epoch milliseconds; null: does not expire. */
  readonly expiresAt: number | null;
  readonly refreshToken: string | null;
}

/** Everything the workspace holds: plain JSON, so that it can be saved and read. */
export interface SlackState {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly bot: {
    readonly id: string;
    readonly userId: string;
    readonly appId: string;
    readonly name: string;
  };
  users: SlackUser[];
  channels: SlackChannel[];
  messages: SlackMessage[];
  views: SlackView[];
  tokens: SlackToken[];
  /** Codes of finished authorisations, until they are exchanged. */
  codes: {
    readonly code: string;
    readonly scopes: readonly string[];
    readonly redirectUri: string;
    readonly user: string;
  }[];
  /** Last message ts read, per user and channel: `U1/D1`. */
  read: Record<string, string>;
  /** Counts ids up so that they never repeat. */
  sequence: number;
}
