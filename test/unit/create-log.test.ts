import { expect, test } from 'vitest';
import { createLog } from '../../server/base/create-log.ts';

const logged = (write: (log: ReturnType<typeof createLog>) => void) => {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  return lines.join('');
};

test('no secret and no value of a lead reaches the log', () => {
  const text = logged((log) => {
    log.info({ accessToken: 'hush', connection: { tokens: 'hush', id: 'con_1' } }, 'connected');
    log.info({ lead: { fields: { email: 'hush' }, id: 'led_1' }, person: { name: 'hush' } }, 'decided');
    log.info({ req: { headers: { authorization: 'hush', cookie: 'hush' } } }, 'asked');
  });
  expect(text).not.toContain('hush');
  expect(text).toContain('con_1');
  expect(text).toContain('led_1');
});

test('an error tells where and why, not the values it failed on', () => {
  const failure = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (email)=(hush) exists.',
  });
  const text = logged((log) => log.error({ err: new Error('not stored', { cause: failure }) }, 'failed'));
  expect(text).toContain('not stored');
  expect(text).toContain('23505');
  expect(text).not.toContain('hush');
});

test('what could not be read as JSON is not quoted: an answer of a vendor may break in the middle of a token', () => {
  const parse = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      return error;
    }
  };
  const broken = parse('{"access_token":"hush"hush');
  const text = logged((log) => log.warn({ err: new Error('no token', { cause: broken }) }, 'failed'));
  expect(text).toContain('SyntaxError');
  expect(text).toContain('create-log.test.ts');
  expect(text).not.toContain('hush');
  expect(logged((log) => log.warn({ err: parse('hush') }, 'failed'))).not.toContain('hush');
});
