import { afterEach } from 'vitest';
import type { SeedCompany } from '../../sandbox/pipedrive/company.ts';
import { createManualScheduler } from '../../sandbox/scheduler.ts';
import { apiCaller } from './api-caller.ts';
import { sandboxForAllTests } from './sandbox-for-all-tests.ts';

export const TEST_COMPANY: SeedCompany = {
  domain: 'test',
  name: 'Test company',
  plan: 'lite',
  users: [
    { email: 'admin@example.com', name: 'Ada Admin', admin: true },
    { email: 'anna@example.com', name: 'Anna Rep' },
    { email: 'gone@example.com', name: 'Gone Away', active: false },
  ],
};
const NOON = Date.parse('2026-11-24T12:00:00Z');

/** A stand-in with one small company for a file's tests, on a clock they move on; each test finds its limits whole. */
export const companyForAllTests = () => {
  const time = createManualScheduler(NOON);
  const sandbox = sandboxForAllTests({ companies: [TEST_COMPANY], scheduler: time });
  const pipedrive = () => sandbox().pipedrive;
  afterEach(() => {
    pipedrive().limits().set({ burst: null, dailyTokens: null });
    time.advance(120_000);
  });
  return {
    time,
    pipedrive,
    /** Where the stand-ins listen. */
    url: () => sandbox().url,
    /** A call of the API; the reply with its body parsed where it is JSON. */
    call: (method: string, path: string, body?: unknown, token = pipedrive().install().accessToken) =>
      apiCaller((at) => pipedrive().apiUrl() + at, `Bearer ${token}`)(method, path, body),
    person: () => pipedrive().create({ objectType: 'person', values: { name: 'Ada Lovelace' } }),
    lead: (values: Record<string, unknown> = {}) =>
      pipedrive().create({ values: { title: 'Engines', person: { name: 'Ada' }, ...values } }),
  };
};
