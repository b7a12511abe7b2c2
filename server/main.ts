import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import type { Logger } from 'pino';
import { setGlobalDispatcher } from 'undici';
import { AppError } from './base/app-error.ts';
import { createLog } from './base/create-log.ts';
import { createOutgoing } from './base/outgoing/create-outgoing.ts';
import { outgoingRules } from './compose/outgoing-hosts.ts';
import { composeService, type Service } from './compose.ts';
import { type Config, ConfigError, readConfig } from './config.ts';

/** Longer than proxies keep an idle connection, so that it is never us who closes one they are about to use. */
const KEEP_ALIVE_MS = 65_000;
/** A request that hangs must not keep the process from stopping. */
const LAST_REPLIES_MS = 10_000;

/** V8 lets a heap grow to several times what lives in it before it collects; a service beside others should not. */
setFlagsFromString('--heap-growing-percent=12');

const run = async (config: Config): Promise<void> => {
  const log = createLog(config.logLevel);
  setGlobalDispatcher(createOutgoing(outgoingRules(config)));
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS });
  const publicBaseUrl = () => config.publicBaseUrl ?? `http://localhost:${portOf(server) ?? config.port}`;
  const service = await composeService(config, { log, publicBaseUrl });
  server.on('request', service.app);
  await service.start();
  server.listen(config.port, config.host);
  await once(server, 'listening');
  console.log(
    `Fairlead is ready: console http://localhost:${portOf(server)}, API http://localhost:${portOf(server)}/api/v1`,
  );
  const link = await service.firstLink();
  if (link !== null)
    console.log(`Nobody can sign in yet. Open this within a day, once, to become the owner:\n  ${link}`);
  stopOnSignal(() => drain(server, service, log));
};

const portOf = (server: Server): number | null => (server.address() as AddressInfo | null)?.port ?? null;

/** Takes no more requests, answers those in hand, then lets everything else finish. */
const drain = async (server: Server, service: Service, log: Logger): Promise<void> => {
  log.info('stopping: no more requests are taken');
  service.drain();
  const closed = once(server, 'close');
  server.close();
  const timer = setTimeout(() => server.closeAllConnections(), LAST_REPLIES_MS);
  await closed;
  clearTimeout(timer);
  await service.stop();
  log.info('stopped');
};

/** The first signal drains; a second one ends the process at once. */
const stopOnSignal = (stop: () => Promise<void>): void => {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
};

try {
  await run(readConfig(process.env));
} catch (error) {
  // These say what to do; where they were thrown helps nobody.
  console.error(error instanceof ConfigError || error instanceof AppError ? error.message : error);
  process.exit(1);
}
