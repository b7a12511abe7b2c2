import type { Response } from 'express';
import { SalesforceError } from '../errors.ts';
import type { ApiReply, OrgApi } from './api-call.ts';

/** Sends an answer. Every one tells how much of the day's allocation is used. */
export const sendReply = (res: Response, api: OrgApi, reply: ApiReply): void => {
  const { used, max } = api.limits.usage();
  res.setHeader('Sforce-Limit-Info', `api-usage=${used}/${max}`);
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
  if (reply.csv !== undefined) res.status(reply.status).type('text/csv').send(reply.csv);
  else if (reply.body === undefined) res.status(reply.status).end();
  else res.status(reply.status).json(reply.body);
};

const isParserError = (error: unknown): error is Error & { readonly type: string } =>
  error instanceof Error && 'type' in error && String(error.type).startsWith('entity.');

const asSalesforceError = (error: unknown): SalesforceError => {
  if (error instanceof SalesforceError) return error;
  if (isParserError(error))
    return new SalesforceError('JSON_PARSER_ERROR', `${error.message} at [line:1, column:1]`);
  console.error(error);
  return new SalesforceError('UNKNOWN_EXCEPTION', 'An unexpected error occurred.');
};

/** A failure as an answer. */
export const errorReply = (error: unknown): ApiReply => {
  const { status, body } = asSalesforceError(error);
  return { status, body };
};
