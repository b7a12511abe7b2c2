import type { ServerResponse } from 'node:http';
import { AppError, type FieldProblem } from '../base/app-error.ts';
import { PROBLEMS, type ProblemCode } from './problems.ts';

/** The body of every error (RFC 9457): a stable `code`, what to do next in `detail`, and the fields at fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
  /** Names the request in the log. */
  readonly requestId?: string;
}

/** An AppError with a status and title of the table. `detail` says what to do next. */
export const problem = (
  code: ProblemCode,
  detail: string,
  problems: readonly FieldProblem[] = [],
): AppError => new AppError(code, detail, { status: PROBLEMS[code].status, problems });

/** The wire form of any error. What is not an AppError tells nothing of itself: it is in the log. */
export const toProblem = (error: unknown, requestId?: string): Problem => {
  const known =
    error instanceof AppError
      ? error
      : problem('internal_error', 'Try again; if it stays, report the request id.');
  return {
    type: 'about:blank',
    title: known.code in PROBLEMS ? PROBLEMS[known.code as ProblemCode].title : titleOf(known.code),
    status: known.status,
    code: known.code,
    detail: known.message,
    ...(known.problems.length > 0 && { errors: known.problems }),
    ...(requestId !== undefined && { requestId }),
  };
};

const titleOf = (code: string): string => {
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Answers with a problem. Does nothing when the reply has begun. */
export const sendProblem = (response: ServerResponse, error: unknown, requestId?: string): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = toProblem(error, requestId);
  response.statusCode = body.status;
  response.setHeader('content-type', 'application/problem+json');
  response.setHeader('cache-control', 'no-store');
  if (body.status === 401) response.setHeader('www-authenticate', 'Bearer');
  if (error instanceof AppError && error.retryAfterMs !== null)
    response.setHeader('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  else if (error instanceof AppError && error.retryable) response.setHeader('retry-after', '5');
  response.end(JSON.stringify(body));
};
