import { badQuery } from '../errors.ts';

/** One request inside a batch, as it was written. */
export interface BatchRequest {
  readonly contentId: string | null;
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export type BatchPart =
  | { readonly kind: 'request'; readonly request: BatchRequest }
  /** All of its requests, or none. */
  | { readonly kind: 'changeset'; readonly requests: readonly BatchRequest[] };

const malformed = (why: string): Error => badQuery(`The batch request is malformed: ${why}.`);

/** The boundary a content type names. Throws DynamicsError. */
export const boundaryOf = (contentType: string): string => {
  const found = /^multipart\/mixed\s*;\s*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (found === undefined) throw malformed('its content type must be multipart/mixed with a boundary');
  return found;
};

const headersAndRest = (text: string): { readonly headers: Map<string, string>; readonly rest: string } => {
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const headers = new Map(
    head
      .split('\r\n')
      .filter((line) => line !== '')
      .map((line) => {
        const colon = line.indexOf(':');
        if (colon <= 0) throw malformed(`'${line.slice(0, 40)}' is no header`);
        return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
  );
  return { headers, rest: end < 0 ? '' : text.slice(end + 4) };
};

/** The texts between a boundary's lines. Lines end in CRLF; the last boundary is closed by two hyphens. */
const split = (text: string, boundary: string): readonly string[] => {
  const pieces = `\r\n${text}`.split(`\r\n--${boundary}`);
  const last = pieces.at(-1);
  if (pieces.length < 3 || !last?.startsWith('--'))
    throw malformed('its lines must end in CRLF and its boundary be closed');
  return pieces.slice(1, -1).map((piece) => piece.replace(/^\r\n/, ''));
};

const readRequest = (part: string): BatchRequest => {
  const outer = headersAndRest(part);
  if (outer.headers.get('content-type') !== 'application/http')
    throw malformed('each part must be application/http');
  if (outer.headers.get('content-transfer-encoding') !== 'binary')
    throw malformed('each part must be binary');
  const line = /^(GET|POST|PATCH|DELETE) (\S+) HTTP\/1\.1\r\n/.exec(outer.rest);
  if (!line) throw malformed('a part must begin with a request line');
  const inner = headersAndRest(outer.rest.slice(line[0].length));
  return {
    contentId: outer.headers.get('content-id') ?? null,
    method: line[1]!,
    url: line[2]!,
    headers: inner.headers,
    body: inner.rest.trim(),
  };
};

/** Source: OData's batch format, as the Web API takes it. Throws DynamicsError. */
export const readBatch = (text: string, contentType: string): readonly BatchPart[] =>
  split(text, boundaryOf(contentType)).map((part): BatchPart => {
    const { headers, rest } = headersAndRest(part);
    const type = headers.get('content-type') ?? '';
    if (!type.startsWith('multipart/mixed')) return { kind: 'request', request: readRequest(part) };
    const requests = split(rest, boundaryOf(type)).map(readRequest);
    if (requests.some(({ method }) => method === 'GET')) throw malformed('a change set holds no GET');
    return { kind: 'changeset', requests };
  });
