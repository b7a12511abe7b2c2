import { readFileSync } from 'node:fs';
import type { ConfigMistake } from './config.ts';
import { blankAsUnset, type Env } from './environment.ts';
import { SECRET_SETTINGS } from './settings.ts';

interface Read {
  /** The environment, with what the files hold under the names of their settings. */
  readonly env: Env;
  readonly mistakes: readonly ConfigMistake[];
}

/**
 * Reads the secrets that come from files, as Docker, Kubernetes and the agents of secrets managers give them:
 * `NAME_FILE` names the file of `NAME`. Never both: nobody could tell which of them serves.
 */
export const readSecretFiles = (given: Env): Read => {
  const env: Record<string, string | undefined> = { ...given };
  const mistakes: ConfigMistake[] = [];
  for (const name of SECRET_SETTINGS) {
    const setting = `${name}_FILE`;
    const path = blankAsUnset(given[setting]);
    if (path === undefined) continue;
    if (blankAsUnset(given[name]) !== undefined)
      mistakes.push({ setting, remedy: `is set beside ${name}: unset one of them` });
    else {
      const read = contentOf(path);
      if ('remedy' in read) mistakes.push({ setting, remedy: read.remedy });
      else env[name] = read.secret;
    }
  }
  return { env, mistakes };
};

/** Never tells what a file holds: only whether it can be read. */
const contentOf = (path: string): { readonly secret: string } | { readonly remedy: string } => {
  try {
    const secret = blankAsUnset(readFileSync(path, 'utf8'));
    return secret === undefined ? { remedy: `is empty (${path}): write the secret into it` } : { secret };
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    return { remedy: `cannot be read (${path}, ${code}): name a file that the service may read` };
  }
};
