import type { QueryResult } from 'pg';
import type { Found, Wanted } from '../../assignments/lane-store.ts';
import type { Statement } from '../storage.ts';
import { toLead, toReply, toWaiting } from './from-rows.ts';
import { statement } from './statements.ts';

/** A look-up by keys: the statements it takes, and how their results read. */
export interface LookUp {
  readonly statements: readonly Statement[];
  readonly read: (results: readonly QueryResult[]) => Found;
}

/** Prepares a look-up. What is not wanted is not asked for. */
export const lookUp = (
  tenantId: string,
  { requests, records, assignments, emails = [], people = [], leads: leadIds = [], waiting }: Wanted,
): LookUp => {
  const statements: Statement[] = [];
  const ask = (asked: Statement | null): ((results: readonly QueryResult[]) => QueryResult['rows']) => {
    const at = statements.length;
    if (asked === null) return () => [];
    statements.push(asked);
    return (results) => results[at]!.rows;
  };
  const replies = ask(
    requests.length === 0 ? null : statement('find-replies', tenantId, JSON.stringify(requests)),
  );
  const leads = ask(
    records.length + assignments.length + emails.length + people.length + leadIds.length === 0
      ? null
      : statement(
          'find-leads',
          tenantId,
          recordsJson(records),
          JSON.stringify(assignments),
          JSON.stringify(emails),
          JSON.stringify(people),
          JSON.stringify(leadIds),
        ),
  );
  const waits = ask(waiting === undefined ? null : waitingStatement(tenantId, waiting));
  return {
    statements,
    read: (results) => ({
      replies: replies(results).map(toReply),
      leads: leads(results).map(toLead),
      waiting: waits(results).map(toWaiting),
    }),
  };
};

const recordsJson = (records: Wanted['records']): string =>
  JSON.stringify(
    records.map(({ connectionId, objectType, recordId }) => ({
      connection_id: connectionId,
      object_type: objectType,
      record_id: recordId,
    })),
  );

const waitingStatement = (tenantId: string, { after, limit }: NonNullable<Wanted['waiting']>): Statement =>
  statement(
    'find-waiting',
    tenantId,
    new Date(after?.openedAt ?? 0),
    after?.id ?? '',
    limit,
    after?.urgent === false,
  );
