import type { ConfigMistake } from './config.ts';
import { blankAsUnset, type Env } from './environment.ts';

const SOCKET = /^(\/|%2f)/i;
const THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/** What is wrong about the way to the database: that it leaves this machine without proof of whom it leads to. */
export const databaseMistakes = (env: Env): readonly ConfigMistake[] => {
  const url = blankAsUnset(env.DATABASE_URL);
  if (url === undefined || !URL.canParse(url) || env.DATABASE_PRIVATE_NETWORK?.trim() === 'on') return [];
  const asked = new URL(url);
  const host = hostOf(asked, env);
  // A path is a socket. As the driver does, the last of several says what holds.
  if (SOCKET.test(host) || THIS_MACHINE.test(host)) return [];
  if (asked.searchParams.getAll('sslmode').at(-1) === 'verify-full') return [];
  const remedy =
    `leads to ${host} without proof that it is your database: add sslmode=verify-full to it (an authority of your ` +
    'own by sslrootcert or NODE_EXTRA_CA_CERTS), or set DATABASE_PRIVATE_NETWORK=on where nobody else is on the way';
  return [{ setting: 'DATABASE_URL', remedy }];
};

/** As the driver finds it: a parameter, else the address, else the environment, else this machine. */
const hostOf = (url: URL, env: Env): string => {
  const written = url.hostname.replace(/^\[(.+)\]$/, '$1');
  return (url.searchParams.getAll('host').at(-1) || written || env.PGHOST) ?? 'localhost';
};
