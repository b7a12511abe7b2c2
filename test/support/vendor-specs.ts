import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Where vendors' own documents may be: FAIRLEAD_SHARED, or ../shared beside the checkout. Not part of the product. */
const shared = process.env.FAIRLEAD_SHARED ?? resolve(checkout, '..', 'shared');

/**
 * A vendor's machine-readable descriptions, or a file of them. null: they are not there, and the console says that
 * nothing is held against them.
 */
export const vendorSpecs = (path = ''): string | null => {
  const found = join(shared, 'specs', path);
  if (existsSync(found)) return found;
  console.warn(`${found} was not found: set FAIRLEAD_SHARED. Nothing is checked against it.`);
  return null;
};
