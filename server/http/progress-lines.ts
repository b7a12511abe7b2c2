import type { Request, Response } from 'express';
import { AppError } from '../base/app-error.ts';
import type { HttpParts } from './ports.ts';
import { toProblem } from './problem.ts';
import { requestIdOf } from './request-log.ts';

const LINES = 'application/x-ndjson';

/** Whether the caller takes a reply line by line. */
export const takesLines = (request: Request): boolean => (request.headers.accept ?? '').includes(LINES);

/** How far something is, told while it runs. */
export type Progress = (done: number, of: number) => void;

/**
 * Answers line by line: `{"progress": {"done", "of"}}` as often as `work` tells, and last `{"reply"}` or, of something
 * that failed under way, `{"problem"}`. What fails before anything was told rejects, and is answered as ever.
 */
export const answerInLines = async (
  request: Request,
  response: Response,
  log: HttpParts['log'],
  work: (progress: Progress) => Promise<unknown>,
): Promise<void> => {
  const write = (line: object): void => {
    if (!response.headersSent)
      response.writeHead(200, { 'content-type': `${LINES}; charset=utf-8`, 'cache-control': 'no-store' });
    response.write(`${JSON.stringify(line)}\n`);
  };
  try {
    write({ reply: await work((done, of) => write({ progress: { done, of } })) });
  } catch (error) {
    if (!response.headersSent) throw error;
    const id = requestIdOf(request);
    if (!(error instanceof AppError))
      log.error({ requestId: id, path: request.path, err: error }, 'a request failed unexpectedly');
    write({ problem: toProblem(error, id) });
  }
  response.end();
};
