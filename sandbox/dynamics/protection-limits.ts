import { DynamicsError } from './errors.ts';

/** Service protection limits of one user. Source: Dataverse's API limits; each window slides. */
export interface LimitSettings {
  readonly requests: number;
  /** Combined execution time, milliseconds. */
  readonly executionMs: number;
  readonly windowMs: number;
  readonly concurrent: number;
}

export const DYNAMICS_LIMITS: LimitSettings = {
  requests: 6000,
  executionMs: 1_200_000,
  windowMs: 300_000,
  concurrent: 52,
};

const comma = (n: number): string => n.toLocaleString('en-US');

const messages = (settings: LimitSettings) => {
  const seconds = settings.windowMs / 1000;
  return {
    requests: [
      '0x80072322',
      `Number of requests exceeded the limit of ${settings.requests} over time window of ${seconds} seconds.`,
    ],
    executionMs: [
      '0x80072321',
      `Combined execution time of incoming requests exceeded limit of ${comma(settings.executionMs)} milliseconds over time window of ${seconds} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
    ],
    concurrent: ['0x80072326', `Number of concurrent requests exceeded the limit of ${settings.concurrent}.`],
  } as const;
};

interface Spent {
  readonly at: number;
  readonly ms: number;
}

/** One user's requests and their execution time over the last minutes. */
const createUser = (now: () => number, settings: () => LimitSettings) => {
  let requests: number[] = [];
  let spent: Spent[] = [];
  let totalMs = 0;
  let running = 0;
  /** Refusals while over a limit: whoever goes on asking waits longer. */
  let pressed = 0;

  const prune = (): void => {
    const since = now() - settings().windowMs;
    const fresh = requests.findIndex((at) => at > since);
    if (fresh !== 0) requests = fresh < 0 ? [] : requests.slice(fresh);
    const from = spent.findIndex(({ at }) => at > since);
    const gone = from < 0 ? spent : spent.slice(0, from);
    for (const { ms } of gone) totalMs -= ms;
    spent = from < 0 ? [] : spent.slice(from);
  };

  const refuse = (kind: keyof ReturnType<typeof messages>): never => {
    const oldest = (kind === 'requests' ? requests[0] : spent[0]?.at) ?? now();
    const frees = kind === 'concurrent' ? 1000 : oldest + settings().windowMs - now();
    const seconds = Math.min(settings().windowMs / 1000, Math.max(1, Math.ceil(frees / 1000)) + pressed++);
    const [code, message] = messages(settings())[kind];
    throw new DynamicsError(429, code, message, { 'Retry-After': String(seconds) });
  };

  return {
    enter: (): (() => void) => {
      prune();
      if (running >= settings().concurrent) refuse('concurrent');
      if (requests.length >= settings().requests) refuse('requests');
      if (totalMs >= settings().executionMs) refuse('executionMs');
      pressed = 0;
      requests.push(now());
      running++;
      return () => void running--;
    },
    spend: (ms: number): void => {
      spent.push({ at: now(), ms });
      totalMs += ms;
    },
    left: () => {
      prune();
      return {
        requests: settings().requests - requests.length,
        executionMs: settings().executionMs - totalMs,
        running,
      };
    },
    reset: (): void => {
      requests = [];
      spent = [];
      totalMs = 0;
    },
  };
};

/** The limits of one environment, by user. */
export const createProtectionLimits = (now: () => number, initial: Partial<LimitSettings> = {}) => {
  let settings: LimitSettings = { ...DYNAMICS_LIMITS, ...initial };
  const users = new Map<string, ReturnType<typeof createUser>>();
  const of = (userId: string) => {
    const user = users.get(userId) ?? createUser(now, () => settings);
    users.set(userId, user);
    return user;
  };
  return {
    /** Takes a request in; the returned function says that it was answered. Throws DynamicsError 429. */
    enter: (userId: string): (() => void) => of(userId).enter(),
    /** Execution time of what a request did. */
    spend: (userId: string, ms: number): void => of(userId).spend(ms),
    left: (userId: string) => of(userId).left(),
    set: (change: Partial<LimitSettings>): void => {
      settings = { ...settings, ...change };
    },
    /** As if the window had passed. */
    reset: (): void => {
      for (const user of users.values()) user.reset();
    },
  };
};

export type ProtectionLimits = ReturnType<typeof createProtectionLimits>;
