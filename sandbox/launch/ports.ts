import { type AddressInfo, createServer } from 'node:net';

/** Listens for a moment: the port that was got (0 takes any), or null when it is taken. */
const tryPort = (port: number, host: string): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(port, host, () => {
      const { port: got } = server.address() as AddressInfo;
      server.close(() => resolve(got));
    });
  });

/** A free port: `wanted` itself, or any when it is taken and `elseAny` allows it. Null: taken. */
export const choosePort = async (wanted: number, host: string, elseAny: boolean): Promise<number | null> =>
  (await tryPort(wanted, host)) ?? (elseAny ? tryPort(0, host) : null);
