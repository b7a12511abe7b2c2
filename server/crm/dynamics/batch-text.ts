import { API_PATH } from './facts.ts';
import type { Answer } from './failures.ts';

/** One request inside a batch. */
export interface BatchRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below the Web API's address, its query encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const EOL = '\r\n';

/** A batch's body. Parts stand for themselves: no change set, so that one's refusal is no other's. */
export const batchText = (requests: readonly BatchRequest[], boundary: string): string =>
  [
    ...requests.flatMap(({ method, path, headers = {}, body }) => [
      `--${boundary}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `${method} ${API_PATH}/${path} HTTP/1.1`,
      'Accept: application/json',
      ...(body === undefined ? [] : ['Content-Type: application/json; type=entry']),
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      body === undefined ? '' : JSON.stringify(body),
    ]),
    `--${boundary}--`,
    '',
  ].join(EOL);

/** The parts' answers, in order. A reply that was cut short has fewer; one that is no batch has none. */
export const readBatchReply = (contentType: string, text: string): readonly Answer[] => {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const pieces = text.split(`--${boundary}`).slice(1);
  // The last piece stands behind the closing boundary; without it, the last answer may be cut.
  const whole = pieces.at(-1)?.startsWith('--') ? pieces : pieces.slice(0, -1).concat('--');
  return whole.slice(0, -1).flatMap((piece) => readAnswer(piece) ?? []);
};

const readAnswer = (piece: string): Answer | null => {
  const found = /HTTP\/1\.1 (\d{3})[^\r\n]*\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*)$/.exec(piece);
  if (!found) return null;
  const [, status, head = '', body = ''] = found;
  const headers = new Headers();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  return { status: Number(status), headers, body: parse(body.trim()) };
};

const parse = (text: string): unknown => {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};
