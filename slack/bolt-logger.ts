import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';

const text = (parts: readonly unknown[]): string =>
  parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');

/** Bolt's and the Web API client's logger over ours. Their debug lines hold what people said, so they are dropped. */
export const boltLogger = (log: Logger): BoltLogger => ({
  debug: () => undefined,
  info: (...parts) => log.debug({ from: 'slack' }, text(parts)),
  warn: (...parts) => log.warn({ from: 'slack' }, text(parts)),
  error: (...parts) => log.error({ from: 'slack' }, text(parts)),
  setLevel: () => undefined,
  getLevel: () => LogLevel.INFO,
  setName: () => undefined,
});
