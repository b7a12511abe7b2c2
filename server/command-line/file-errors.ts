import { BadInput, badInput } from './bad-input.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file; check the path',
  ENOTDIR: 'there is no such file; check the path',
  EISDIR: 'is a folder; name a file in it',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
};

/** Turns a failure to read a file into bad input; any other error stays as it is. */
export const asBadInput = (error: unknown, file: string): unknown => {
  if (error instanceof BadInput) return error;
  const { code } = error as { code?: unknown };
  const reason = typeof code === 'string' ? REASONS[code] : undefined;
  return reason === undefined ? error : badInput(file, null, reason);
};
