import { sharedFile } from './shared.ts';

/** A vendor's machine-readable descriptions, or a file of them; null: they are not there. */
export const vendorSpecs = (path = ''): string | null => sharedFile('specs', path);
