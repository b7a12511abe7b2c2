import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { badQuery, DynamicsError } from '../errors.ts';
import { transact } from '../rows/transaction.ts';
import { type BatchRequest, readBatch } from './batch-parts.ts';
import { dispatch } from './dispatch.ts';
import { API_PATH, type Operation, type Reply } from './operation.ts';
import { kindOf, runOperation } from './run-operation.ts';

const MOST_REQUESTS = 1000;

/** A batch: its own status is 200 whatever became of its parts, which answer in order. */
export const runBatch = (outer: Operation): { readonly contentType: string; readonly text: string } => {
  const parts = readBatch(outer.body, outer.header('content-type'));
  const requests = parts.reduce((sum, part) => sum + (part.kind === 'request' ? 1 : part.requests.length), 0);
  if (requests > MOST_REQUESTS)
    throw badQuery(`The number of requests in the batch exceeds the limit of ${MOST_REQUESTS}.`);
  const goOn = /odata\.continue-on-error(?!=false)/.test(outer.header('prefer'));
  const boundary = `batchresponse_${randomUUID()}`;
  const made = new Map<string, string>();
  const texts: string[] = [];
  for (const part of parts) {
    const result =
      part.kind === 'request' ? oneOf(outer, part.request, made) : changeset(outer, part.requests, made);
    texts.push(result.text);
    if (result.failed && !goOn) break;
  }
  const text = texts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return { contentType: `multipart/mixed; boundary=${boundary}`, text: `${text}--${boundary}--\r\n` };
};

interface Part {
  readonly text: string;
  readonly failed: boolean;
}

const oneOf = (outer: Operation, request: BatchRequest, made: Map<string, string>): Part => {
  const reply = runOperation(toOperation(outer, request, made));
  remember(request, reply, made);
  return { text: partText(reply, request.contentId), failed: reply.status >= 400 };
};

/** All or nothing: a failure is the only answer of its change set. */
const changeset = (outer: Operation, requests: readonly BatchRequest[], made: Map<string, string>): Part => {
  const { environment, stats } = outer.api;
  try {
    const replies = transact(environment, outer.actor, (tx) =>
      requests.map((request) => {
        const operation = toOperation(outer, request, made);
        stats.countPart(kindOf(operation));
        const reply = dispatch(operation, tx);
        remember(request, reply, made);
        return partText(reply, request.contentId);
      }),
    );
    const boundary = `changesetresponse_${randomUUID()}`;
    const inner = replies.map((reply) => `--${boundary}\r\n${reply}\r\n`).join('');
    return {
      text: `Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n${inner}--${boundary}--`,
      failed: false,
    };
  } catch (error) {
    if (!(error instanceof DynamicsError)) throw error;
    return { text: partText({ status: error.status, body: error.body }, null), failed: true };
  }
};

const toOperation = (
  outer: Operation,
  request: BatchRequest,
  made: ReadonlyMap<string, string>,
): Operation => {
  const referred = (text: string) => text.replace(/\$(\d+)(?=\b)/g, (all, id: string) => made.get(id) ?? all);
  const url = new URL(referred(request.url), `${outer.api.url()}${API_PATH}/`);
  const at = url.pathname.indexOf(`${API_PATH}/`);
  if (at < 0) throw badQuery(`The address '${request.url}' is not of this environment.`);
  const path = decodeURIComponent(url.pathname.slice(at + API_PATH.length + 1));
  if (path === '$batch') throw badQuery('A batch holds no batch.');
  return {
    ...outer,
    method: request.method,
    path,
    search: url.searchParams,
    header: (name) => request.headers.get(name) ?? '',
    body: referred(request.body),
    actor: { ...outer.actor, tag: url.searchParams.get('tag') },
  };
};

const remember = ({ contentId }: BatchRequest, reply: Reply, made: Map<string, string>): void => {
  const id = reply.headers?.['OData-EntityId'];
  if (contentId !== null && id !== undefined) made.set(contentId, id);
};

const partText = ({ status, headers = {}, body }: Reply, contentId: string | null): string => {
  const lines = Object.entries({
    ...(body !== undefined && { 'Content-Type': 'application/json; odata.metadata=minimal' }),
    'OData-Version': '4.0',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  const outer = `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${contentId === null ? '' : `Content-ID: ${contentId}\r\n`}`;
  const text = body === undefined ? '' : JSON.stringify(body);
  return `${outer}\r\nHTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${text}`;
};
