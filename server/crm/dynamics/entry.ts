import type { ConnectionInfo } from '../../assignments/ports.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import type { Entered, EntryWays, NewRecord } from '../connector.ts';
import { asResult } from '../delivery/record-write.ts';
import type { CallDynamics } from './client.ts';
import { columnValues } from './column-values.ts';
import type { Columns } from './columns.ts';
import { convertLeads } from './convert.ts';
import { REASON_COLUMNS, TAG, WRITE_LIMIT } from './facts.ts';
import { fillLead } from './fill.ts';
import { findLeads } from './find-leads.ts';
import { guidFor } from './ids.ts';
import { ownerBind } from './owners.ts';
import { reasonValues } from './record-writes.ts';
import { type Answered, failureOf, sendBatches } from './send-batches.ts';

/**
 * How leads that come in elsewhere enter Dataverse: as leads, with an id that follows from our key, so that entering
 * one twice makes no second one.
 */
export const createDynamicsEntry = (call: CallDynamics, columns: Columns): EntryWays => ({
  objectType: 'lead',
  batchLimit: WRITE_LIMIT,
  find: (connection, people) => findLeads(call, connection, people),
  create: async (connection, records, until) => {
    const known = await columns.of(connection, 'lead', until);
    const answers = await sendBatches(
      records.map((record) => toRequest(record, known)),
      { call, connection, until },
    );
    return records.map((record, index) => enteredOf(connection, record, answers[index]!));
  },
  fill: (connection, ref, values, until) => fillLead(ref, values, { call, connection, columns, until }),
  convert: (connection, leads, until) => convertLeads(leads, { call, connection, until }),
});

const idOf = ({ key }: NewRecord): string => guidFor(`lead ${key}`);

const toRequest = (record: NewRecord, known: ReadonlyMap<string, string>) =>
  ({
    method: 'PATCH',
    path: `leads(${idOf(record)})?tag=${TAG}`,
    headers: { 'If-None-Match': '*' },
    body: {
      ...personValues(record),
      ...columnValues(record.values, known),
      ...(known.has(REASON_COLUMNS.decision) && reasonValues(record)),
      ...(record.ownerId !== null && { 'ownerid@odata.bind': ownerBind(record.ownerId) }),
    },
  }) as const;

/** A name's last word is the family name: a guess that a person can correct. */
const personValues = ({ person }: NewRecord): Readonly<Record<string, string>> => {
  const words = (person.name ?? '').trim().split(/\s+/).filter(Boolean);
  const given = {
    subject: cutText(
      [person.company ?? person.name ?? person.email ?? 'New lead', person.source].filter(Boolean).join(', '),
      300,
    ),
    firstname: cutText(words.slice(0, -1).join(' '), 50),
    lastname: cutText(words.at(-1) ?? '', 50),
    companyname: cutText(person.company ?? '', 100),
    emailaddress1: cutText(person.email ?? '', 100),
    telephone1: cutText(person.phone ?? '', 50),
    description: cutText(person.message ?? '', 2_000),
  };
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
};

const enteredOf = (connection: ConnectionInfo, record: NewRecord, answer: Answered): Entered => {
  const ref = { connectionId: connection.id, objectType: 'lead', recordId: idOf(record) };
  // 412: an earlier try made it, whatever became of its reply.
  if (answer.status === 412) return { kind: 'entered', ref, existed: true };
  if (answer.status !== null && answer.status < 300) return { kind: 'entered', ref, existed: false };
  return { kind: 'failed', result: asResult(failureOf(answer)) };
};
