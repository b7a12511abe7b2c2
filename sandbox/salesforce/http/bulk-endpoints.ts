import { z } from 'zod';
import { SalesforceError } from '../errors.ts';
import type { ApiCall, ApiReply, Endpoint } from './api-call.ts';

const jobRequest = z.strictObject({
  object: z.string(),
  operation: z.enum(['update', 'upsert']),
  externalIdFieldName: z.string().optional(),
  contentType: z.literal('CSV').default('CSV'),
  lineEnding: z.literal('LF').default('LF'),
  columnDelimiter: z.literal('COMMA').default('COMMA'),
});
const stateChange = z.strictObject({ state: z.enum(['UploadComplete', 'Aborted']) });

const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SalesforceError('INVALIDJOB', `${issue?.path.join('.')}: ${issue?.message}`);
};

const jobReply = (call: ApiCall, id: string, status = 200): ApiReply => {
  const job = call.api.bulk.job(id);
  return {
    status,
    body: {
      id,
      operation: job.operation,
      object: job.object,
      state: job.state,
      externalIdFieldName: job.externalIdFieldName,
      contentType: 'CSV',
      apiVersion: Number(call.version),
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      contentUrl: `services/data/v${call.version}/jobs/ingest/${id}/batches`,
      numberRecordsProcessed: job.successful.length + job.failed.length,
      numberRecordsFailed: job.failed.length,
      ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
    },
  };
};

const results = (name: 'successful' | 'failed' | 'unprocessed', path: RegExp): Endpoint => ({
  kind: 'bulk.results',
  method: 'GET',
  path,
  run: (call, { id = '' }) => ({ status: 200, csv: call.api.bulk[name](id) }),
});

/** The Bulk API 2.0: jobs that take CSV. */
export const bulkEndpoints: readonly Endpoint[] = [
  {
    kind: 'bulk.create',
    method: 'POST',
    path: /^\/jobs\/ingest\/?$/,
    run: (call) => {
      const { object, operation, externalIdFieldName } = parse(jobRequest, call.body);
      const job = call.api.bulk.make(
        { object, operation, externalIdFieldName: externalIdFieldName ?? null },
        call.write.actor,
      );
      return jobReply(call, job.id);
    },
  },
  {
    kind: 'bulk.upload',
    method: 'PUT',
    path: /^\/jobs\/ingest\/(?<id>\w+)\/batches\/?$/,
    run: (call, { id = '' }) => {
      if (typeof call.body !== 'string')
        throw new SalesforceError('UNSUPPORTED_MEDIA_TYPE', 'The content type must be text/csv');
      call.api.bulk.upload(id, call.body);
      return { status: 201 };
    },
  },
  {
    kind: 'bulk.state',
    method: 'PATCH',
    path: /^\/jobs\/ingest\/(?<id>\w+)\/?$/,
    run: (call, { id = '' }) => {
      call.api.bulk.setState(id, parse(stateChange, call.body).state);
      return jobReply(call, id);
    },
  },
  {
    kind: 'bulk.read',
    method: 'GET',
    path: /^\/jobs\/ingest\/(?<id>\w+)\/?$/,
    run: (call, { id = '' }) => jobReply(call, id),
  },
  results('successful', /^\/jobs\/ingest\/(?<id>\w+)\/successfulResults\/?$/),
  results('failed', /^\/jobs\/ingest\/(?<id>\w+)\/failedResults\/?$/),
  results('unprocessed', /^\/jobs\/ingest\/(?<id>\w+)\/unprocessedrecords\/?$/),
];
