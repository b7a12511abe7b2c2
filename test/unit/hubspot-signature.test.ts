import { Signature } from '@hubspot/api-client';
import { describe, expect, it } from 'vitest';
import {
  type SignatureVersion,
  type SignedRequest,
  verifySignature,
} from '../../server/crm/hubspot/signature.ts';

/** HubSpot's published example, and values computed with its own library. */
const SECRET = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const URL_ = 'https://www.example.com/webhook_uri';
const BODY = '{"example_field":"example_value"}';
const AT = 1693657560000;
const V3 = 'oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go=';
const V2 = '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900';
const V1 = '54b2530692e3a3982727206aeee670ed1d85319cad55d4ddbafcf41725ebf2b3';
const V2_GET = 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e';

const request = (
  headers: Record<string, string | string[]>,
  changed: Partial<SignedRequest> = {},
): SignedRequest => ({
  method: 'POST',
  url: URL_,
  rawBody: Buffer.from(BODY),
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()])),
  ...changed,
});

const verify = (signed: SignedRequest, accept: SignatureVersion[] = ['v3', 'v2', 'v1'], now = AT) =>
  verifySignature(signed, { secret: SECRET, now, accept });

const v3 = (signature: string, timestamp = String(AT)) => ({
  'x-hubspot-signature-v3': signature,
  'x-hubspot-request-timestamp': timestamp,
});

const signV3 = (url: string, body: string, timestamp = AT): string =>
  Signature.getSignature('POST', 'v3', {
    url,
    requestBody: body,
    timestamp,
    clientSecret: SECRET,
    signature: '',
  });

describe('the published examples pass', () => {
  it('v3', () => expect(verify(request(v3(V3)))).toEqual({ ok: true, version: 'v3' }));
  it('v2, with and without a body', () => {
    const v2 = { 'x-hubspot-signature': V2, 'x-hubspot-signature-version': 'v2' };
    expect(verify(request(v2))).toEqual({ ok: true, version: 'v2' });
    const get = request(
      { ...v2, 'x-hubspot-signature': V2_GET },
      { method: 'GET', rawBody: Buffer.alloc(0) },
    );
    expect(verify(get)).toEqual({ ok: true, version: 'v2' });
  });
  it('v1', () => {
    const headers = { 'x-hubspot-signature': V1, 'x-hubspot-signature-version': 'v1' };
    expect(verify(request(headers))).toEqual({ ok: true, version: 'v1' });
  });
});

describe('the address is signed with twelve escapes undone and the others kept', () => {
  it.each([
    ['/a?q=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B', "/a?q=:/?@!$'()*,;"],
    ['/a?q=x%20y%26z%3Dw%2Bv', '/a?q=x%20y%26z%3Dw%2Bv'],
    ['/a?email=dana%40example.com&name=D%C3%A5', '/a?email=dana@example.com&name=D%C3%A5'],
    ['/a?q=%253A', '/a?q=%253A'],
  ])('%s', (sent, signed) => {
    const signature = signV3(`https://www.example.com${signed}`, BODY);
    expect(verify(request(v3(signature), { url: `https://www.example.com${sent}` })).ok).toBe(true);
  });
});

describe('what is refused', () => {
  it('a changed body, address or method', () => {
    expect(verify(request(v3(V3), { rawBody: Buffer.from(`${BODY} `) }))).toEqual({
      ok: false,
      code: 'mismatch',
    });
    expect(verify(request(v3(V3), { url: `${URL_}?a=1` }))).toEqual({ ok: false, code: 'mismatch' });
    expect(verify(request(v3(V3), { method: 'PUT' }))).toEqual({ ok: false, code: 'mismatch' });
  });
  it('a signature older than five minutes, to the millisecond', () => {
    expect(verify(request(v3(V3)), ['v3'], AT + 300_000).ok).toBe(true);
    expect(verify(request(v3(V3)), ['v3'], AT + 300_001)).toEqual({ ok: false, code: 'stale' });
  });
  it('a signature from the future', () => {
    expect(verify(request(v3(V3)), ['v3'], AT - 60_000).ok).toBe(true);
    expect(verify(request(v3(V3)), ['v3'], AT - 60_001)).toEqual({ ok: false, code: 'future' });
  });
  it.each(['', 'NaN', '-1', '1e12', ' 1693657560000', '9'.repeat(20)])(
    'a timestamp such as "%s"',
    (timestamp) => {
      expect(verify(request(v3(V3, timestamp)))).toEqual({ ok: false, code: 'bad_timestamp' });
    },
  );
  it('two values of one signature header', () => {
    const twice = { ...v3(V3), 'x-hubspot-signature-v3': [V3, V3] };
    expect(verify(request(twice))).toEqual({ ok: false, code: 'duplicate_header' });
    const dates = { ...v3(V3), 'x-hubspot-request-timestamp': [String(AT), '1'] };
    expect(verify(request(dates))).toEqual({ ok: false, code: 'duplicate_header' });
  });
  it('a good old signature beside a bad v3 one', () => {
    const both = { ...v3('AAAA'), 'x-hubspot-signature': V2, 'x-hubspot-signature-version': 'v2' };
    expect(verify(request(both))).toEqual({ ok: false, code: 'mismatch' });
  });
  it('a version the endpoint does not take, and no signature at all', () => {
    const old = { 'x-hubspot-signature': V2, 'x-hubspot-signature-version': 'v2' };
    expect(verify(request(old), ['v3'])).toEqual({ ok: false, code: 'not_accepted' });
    expect(verify(request({}))).toEqual({ ok: false, code: 'unsigned' });
  });
  it("somebody else's secret", () => {
    const other = Signature.getSignature('POST', 'v3', {
      url: URL_,
      requestBody: BODY,
      timestamp: AT,
      clientSecret: 'z',
      signature: '',
    });
    expect(verify(request(v3(other)))).toEqual({ ok: false, code: 'mismatch' });
  });
});
