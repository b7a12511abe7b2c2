import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { DecideReply } from '../../assignments/use-cases.ts';
import { AppError } from '../../base/app-error.ts';
import { objectTypeOf } from '../../crm/salesforce/ids.ts';
import { LIMITS, parseVendorJson, readBody } from '../body.ts';
import { parseInput } from '../parse-input.ts';
import type { HttpParts } from '../ports.ts';
import { decisionFor } from '../schemas/decision.ts';
import { sendJson } from '../send-json.ts';
import { orgCaller, requestIdOf, salesforceId } from './org-caller.ts';

const MOST_RECORDS = 200;

const record = z
  .strictObject({
    id: salesforceId,
    objectType: z.string().max(100),
    fields: z
      .record(z.string().max(200), z.union([z.string().max(40_000), z.number(), z.boolean(), z.null()]))
      .optional()
      .describe(
        'Values by source, such as `Lead.Country`; with all the policy reads the record is not read.',
      ),
  })
  .superRefine(({ id, objectType }, ctx) => {
    const type = objectTypeOf(id);
    if (type === objectType.toLowerCase()) return;
    const message =
      type === null ? 'is of no object leads stand on' : `is the type of another object than ${id}`;
    ctx.addIssue({ code: 'custom', path: ['objectType'], message, input: objectType });
  });
type Asked = z.infer<typeof record>;

export const decisionsRequest = z.strictObject({
  records: z
    .array(record)
    .min(1, 'must hold a record')
    .max(MOST_RECORDS, `must hold at most ${MOST_RECORDS} records: split it`),
  logOnly: z
    .boolean()
    .optional()
    .describe('Decide and keep it, and write and send nothing for these records, now or later.'),
});

const failed = z.object({
  record: z.string(),
  outcome: z.literal('failed'),
  error: z.object({ code: z.string(), detail: z.string() }),
});

export const decisionsReply = z.object({
  decisions: z.array(
    z.union([
      decisionFor({
        record: z.string(),
        ownerId: z.string().nullable().describe('Whom to write as OwnerId; null: leave it alone.'),
      }),
      failed,
    ]),
  ),
});

/**
 * Decides up to two hundred records for Apex, which writes their owners; delivery looks afterwards and makes good. The
 * same record twice is one lead; the same request twice gets the same decisions.
 */
export const decisions =
  (parts: HttpParts): RequestHandler =>
  async (request, response) => {
    const { connection } = await orgCaller(request, parts);
    const requestId = requestIdOf(request);
    const body = parseInput(decisionsRequest, parseVendorJson(await readBody(request, LIMITS.batch)));
    const replies = await Promise.all(
      body.records.map((asked) =>
        decideOne(asked, { requestId, logOnly: body.logOnly === true }, connection, parts),
      ),
    );
    sendJson(response, { decisions: replies });
  };

const decideOne = async (
  { id, fields }: Asked,
  { requestId, logOnly }: { readonly requestId: string; readonly logOnly: boolean },
  connection: ConnectionInfo,
  parts: HttpParts,
) => {
  try {
    const objectType = objectTypeOf(id)!;
    const sent = { objectType, recordId: id, fields: fields ?? {} };
    const snapshot = fields && (await parts.salesforce.snapshot(connection, sent));
    const reply = await parts.useCases.decideLead({
      tenantId: connection.tenantId,
      source: 'salesforce',
      request: { endpoint: 'salesforce/decisions', key: `${connection.id}/${requestId}/${id}` },
      record: { connectionId: connection.id, objectType, recordId: id },
      ...(logOnly ? { logOnly } : { writtenByCaller: true }),
      ...(snapshot && { snapshot }),
    });
    return toReply(id, reply);
  } catch (error) {
    // One record that fails must not take the others' decisions with it: those are stored.
    if (!(error instanceof AppError)) throw error;
    return failure(id, error.code, error.message);
  }
};

const toReply = (record: string, reply: DecideReply) =>
  reply.ok
    ? { ...reply.decision, record, ownerId: reply.ownerId }
    : failure(record, reply.code, reply.message);

const failure = (record: string, code: string, detail: string) => ({
  record,
  outcome: 'failed' as const,
  error: { code, detail },
});
