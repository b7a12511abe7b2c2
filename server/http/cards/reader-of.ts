import type { Request } from 'express';
import { languageOf } from '../../routing/render/catalogue.ts';

/** How the person who looks reads: their languages, and the zone a caller says they are in. */
export const readerOf = (
  request: Request,
  timezone: string | undefined,
): { readonly language: string; readonly timezone: string | null } => ({
  language: languageOf(request.acceptsLanguages()),
  timezone: timezone !== undefined && isZone(timezone) ? timezone : null,
});

const isZone = (text: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: text }));
  } catch {
    return false;
  }
};
