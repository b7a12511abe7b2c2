import { afterAll, afterEach, beforeAll } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/create-sandbox.ts';

/** The stand-ins of a file's tests, there while they run; after each test the CRMs fail no more and count anew. */
export const sandboxForAllTests = (options: Partial<SandboxOptions> = {}): (() => Sandbox) => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ port: 0, ...options });
  });
  afterEach(() => {
    const { hubspot, salesforce, dynamics, zoho, pipedrive } = sandbox;
    for (const crm of [hubspot, salesforce, dynamics, zoho, pipedrive]) {
      crm.setFaults([]);
      crm.resetStats();
    }
  });
  afterAll(() => sandbox.close());
  return () => sandbox;
};
