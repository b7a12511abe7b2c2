import { METHODS } from './facts.ts';

export interface LoggedCall {
  readonly method: string;
  readonly args: readonly string[];
  /** Arguments the method's page does not know: Slack ignores them, we show them. */
  readonly superfluous: readonly string[];
  readonly status: number;
  readonly error: string | null;
}

export interface RequestLog {
  readonly add: (
    method: string,
    args: Readonly<Record<string, unknown>>,
    status: number,
    body: Readonly<Record<string, unknown>>,
  ) => void;
  readonly calls: () => readonly LoggedCall[];
  readonly clear: () => void;
}

const KEPT = 1_000;

/** The latest calls by name and argument names only: values may hold what people said. */
export const createRequestLog = (): RequestLog => {
  let calls: LoggedCall[] = [];
  return {
    add: (method, args, status, body) => {
      const names = Object.keys(args).filter((name) => name !== 'token');
      const facts = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
      const known = new Set([...(facts?.required ?? []), ...(facts?.optional ?? [])]);
      const error = typeof body.error === 'string' ? body.error : null;
      calls.push({
        method,
        args: names,
        superfluous: names.filter((name) => !known.has(name)),
        status,
        error,
      });
      if (calls.length > KEPT) calls = calls.slice(-KEPT / 2);
    },
    calls: () => calls,
    clear: () => {
      calls = [];
    },
  };
};
