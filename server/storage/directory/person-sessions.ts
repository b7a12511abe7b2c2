import { sql } from 'kysely';
import type { People } from '../../assignments/people-ports.ts';
import type { Role } from '../../base/roles.ts';
import type { Storage, Trx } from '../storage.ts';
import { inUse, standing } from './ends-by-itself.ts';
import { hashSecret } from './secrets.ts';

/** What people see of a session's hash: enough to tell a person's own apart. */
const id = sql<string>`left(session.hash, 12)`;

/** Those that serve still. */
const sessionsOf = (trx: Trx, personId: string) =>
  trx.selectFrom('session').where('person_id', '=', personId).where(standing).where(inUse);

const endOf = (trx: Trx, personId: string) => trx.deleteFrom('session').where('person_id', '=', personId);

const list: (storage: Storage) => People['sessions'] = (storage) => (personId, token) =>
  storage.directory(async (trx) => {
    const rows = await sessionsOf(trx, personId)
      .select([id.as('id'), 'hash', 'agent', 'opened_at', 'seen_at'])
      .orderBy('opened_at', 'desc')
      .orderBy('hash')
      .execute();
    const here = hashSecret(token);
    return rows.map(({ hash, opened_at: openedAt, seen_at: seenAt, ...one }) => ({
      id: one.id,
      agent: one.agent,
      openedAt,
      seenAt,
      here: hash === here,
    }));
  });

const endAll: (storage: Storage) => People['endSessionsOf'] = (storage) => (tenantId, personId, asked) =>
  storage.directory(async (trx) => {
    const person = await trx
      .selectFrom('person')
      .select('role')
      .where('id', '=', personId)
      .where('tenant_id', '=', tenantId)
      .where('removed_at', 'is', null)
      // Nobody becomes an owner between the look and the deed.
      .forShare()
      .executeTakeFirst();
    if (person === undefined) return 'not_found';
    if ((person.role as Role | null) === 'owner' && !asked.owners) return 'owner';
    const { length } = await sessionsOf(trx, personId).select('hash').execute();
    await endOf(trx, personId).execute();
    return length;
  });

/** Where people are signed in. */
export const personSessions = (
  storage: Storage,
): Pick<People, 'sessions' | 'endSession' | 'endOtherSessions' | 'endSessionsOf'> => ({
  sessions: list(storage),
  endSession: (personId, sessionId) =>
    storage.directory(async (trx) => {
      const ended = await endOf(trx, personId).where(id, '=', sessionId).executeTakeFirst();
      return ended.numDeletedRows > 0n;
    }),
  endOtherSessions: (personId, token) =>
    storage.directory(async (trx) => {
      const ended = endOf(trx, personId).where('hash', '!=', hashSecret(token));
      return Number((await ended.executeTakeFirst()).numDeletedRows);
    }),
  endSessionsOf: endAll(storage),
});
