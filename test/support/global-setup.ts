/**
 * Offers a database to the test files that ask for one. Nothing is started before the first asks, so a run of unit
 * tests pays for nothing; whatever was started is stopped at the end of the run.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type Embedded, startPostgres } from './embedded-postgres.ts';
import { memorySnapshot } from './memory-snapshot.ts';
import { prepareTemplate } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test file asks for its databases. */
    databaseBroker: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<Embedded> | null = null;
  let template: Promise<string> | null = null;
  let snapshot: Promise<string> | null = null;

  const templateUrl = async (): Promise<string> => {
    server ??= startPostgres();
    return prepareTemplate((await server).url);
  };
  const offers: Record<string, () => Promise<string>> = {
    '/postgresql': () => (template ??= templateUrl()),
    '/pglite': () => (snapshot ??= memorySnapshot()),
  };

  const broker = createServer((request, response) => {
    const offer = offers[request.url ?? ''];
    const answer = offer === undefined ? Promise.reject(new Error('No such database.')) : offer();
    answer.then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve));
  project.provide('databaseBroker', `http://127.0.0.1:${(broker.address() as AddressInfo).port}`);

  return async () => {
    broker.closeAllConnections();
    broker.close();
    await (await server)?.stop();
  };
}
