/** The people of a tenant: who may sign in and as what. Implemented in `storage/directory`. */
import type { Role } from '../base/roles.ts';
import type { NamedRef } from './views.ts';

/** Somebody who can sign in, or waits to. */
export interface PersonEntry {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  /** null: they wait to be let in. */
  readonly role: Role | null;
  readonly signedInAt: Date | null;
  /** What they sign in with, by provider id. */
  readonly providers: readonly string[];
  /** Their browsers that are signed in. */
  readonly sessions: number;
}

export interface InvitationEntry {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

/** A browser that is signed in. */
export interface SessionEntry {
  /** Not the token: its person can end it by this, and nobody can do anything else. */
  readonly id: string;
  /** What the browser said it is. */
  readonly agent: string | null;
  readonly openedAt: Date;
  readonly seenAt: Date;
  /** The one that asks. */
  readonly here: boolean;
}

/** `last_owner`: nobody would be left to let others in. */
export type ChangeReply = 'done' | 'not_found' | 'last_owner';

export interface People {
  /** By name. Who was removed is not among them. */
  readonly list: (tenantId: string) => Promise<readonly PersonEntry[]>;
  /** Who was removed: what they did before stands with their name. */
  readonly removed: (tenantId: string) => Promise<readonly NamedRef[]>;
  /** Gives a role, or lets somebody in who waits. Their sessions end. */
  readonly setRole: (tenantId: string, personId: string, role: Role) => Promise<ChangeReply>;
  /** Keeps somebody out from now on. Their sessions end; their e-mail address is forgotten. */
  readonly remove: (tenantId: string, personId: string) => Promise<ChangeReply>;
  /** Newest first. */
  readonly invitations: (tenantId: string) => Promise<readonly InvitationEntry[]>;
  /** A second one to the same address replaces the first. `known`: somebody of that verified address is in already. */
  readonly invite: (
    tenantId: string,
    invitation: { readonly email: string; readonly role: Role; readonly by: string },
  ) => Promise<InvitationEntry | 'known'>;
  /** false: there is none of that id. */
  readonly uninvite: (tenantId: string, invitationId: string) => Promise<boolean>;
  /** The role of who comes with a connected account, uninvited; null: they wait. */
  readonly admits: (tenantId: string) => Promise<Role | null>;
  readonly setAdmits: (tenantId: string, role: Role | null) => Promise<void>;
  /** Whom a person is in the directory of reps, by their verified e-mail address; null: nobody. */
  readonly repOf: (tenantId: string, personId: string) => Promise<NamedRef | null>;
  /** The workspace's name. */
  readonly workspace: (tenantId: string) => Promise<string>;
  /** Where a person is signed in; the newest first. `token`: of the session that asks. */
  readonly sessions: (personId: string, token: string) => Promise<readonly SessionEntry[]>;
  /** Ends one of a person's sessions. false: they have none of that id. */
  readonly endSession: (personId: string, sessionId: string) => Promise<boolean>;
  /** Ends all of a person's but the one of `token`; how many those were. */
  readonly endOtherSessions: (personId: string, token: string) => Promise<number>;
  /** Ends all of somebody's; how many served still. `owner`: they are one, and only `owners` may. */
  readonly endSessionsOf: (
    tenantId: string,
    personId: string,
    asked: { readonly owners: boolean },
  ) => Promise<number | 'not_found' | 'owner'>;
}
