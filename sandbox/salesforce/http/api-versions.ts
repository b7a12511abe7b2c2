import { notFound, SalesforceError } from '../errors.ts';

/** Versions that answer; older ones are retired. 67 is Summer '26. */
const FIRST = 31;
const LATEST = 67;

/** GET /services/data: open to everybody. */
export const versionList = () =>
  Array.from({ length: LATEST - FIRST + 1 }, (_, index) => {
    const version = `${FIRST + index}.0`;
    return { label: `Version ${version}`, url: `/services/data/v${version}`, version };
  });

/** A version as it stands in addresses. Throws SalesforceError GONE or NOT_FOUND. */
export const checkVersion = (text: string): string => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= FIRST && number <= LATEST) return `${number}.0`;
  if (number < FIRST)
    throw new SalesforceError('GONE', `API version ${text} is retired and no longer supported`);
  throw notFound();
};
