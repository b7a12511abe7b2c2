import { ConfigError, readConfig } from '../config.ts';
import { readKeyring } from '../installs/keyring.ts';
import { makeOwnerLink, ownerLinkUrl } from '../installs/sign-in/owner-links.ts';
import { badInput } from './bad-input.ts';
import type { ExitCode } from './exit-code.ts';
import { parseOptions } from './options.ts';
import { createLineWriter, type Terminal } from './terminal.ts';

/** Whoever runs the service opens it now. Milliseconds. */
const HOLDS_MS = 3_600_000;

const OPTIONS = { workspace: { type: 'string' }, url: { type: 'string' } } as const;

/**
 * `owner-link`: prints an address that makes whoever opens it an owner, once. It is proven by the keys in the settings,
 * so neither the service nor its database is asked. Throws BadInput.
 */
export const ownerLink = async (
  args: readonly string[],
  terminal: Terminal,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ExitCode> => {
  const { workspace = null, url } = parseOptions(args, OPTIONS);
  const { keys, publicBaseUrl, port } = settingsOf(env);
  const expiresAt = terminal.now() + HOLDS_MS;
  const token = makeOwnerLink(readKeyring(keys), { kind: 'owner', tenantId: workspace, expiresAt });
  const origin = url?.replace(/\/+$/, '') ?? publicBaseUrl ?? `http://localhost:${port}`;
  const writer = createLineWriter(terminal.out);
  await writer.line(ownerLinkUrl(origin, token));
  await writer.flush();
  return 0;
};

const settingsOf = (env: NodeJS.ProcessEnv) => {
  try {
    return readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw badInput(null, null, `run this with the settings of the service. ${error.message}`);
  }
};
