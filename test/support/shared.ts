import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Where documents and data of others may be: FAIRLEAD_SHARED, or ../shared beside the checkout. Not part of the product. */
const shared = process.env.FAIRLEAD_SHARED ?? resolve(checkout, '..', 'shared');

/** A file or folder there. null: it is not there, and the console says that nothing is held against it. */
export const sharedFile = (...path: readonly string[]): string | null => {
  const found = join(shared, ...path);
  if (existsSync(found)) return found;
  console.warn(`${found} was not found: set FAIRLEAD_SHARED. Nothing is checked against it.`);
  return null;
};
