import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { BOT_SCOPES } from '../../slack/scopes.ts';
import { COMMAND } from '../../slack/views/ids.ts';

const manifest = parse(await readFile(new URL('../../slack/manifest.yaml', import.meta.url), 'utf8'));
const EVENTS_URL = 'https://HOST/slack/events';

test('the manifest asks for the scopes the code needs, and no other', () => {
  expect(manifest.oauth_config.scopes).toEqual({ bot: [...BOT_SCOPES] });
});

test('everything Slack sends comes to the one address that checks signatures', () => {
  expect(manifest.settings.event_subscriptions.request_url).toBe(EVENTS_URL);
  expect(manifest.settings.interactivity.request_url).toBe(EVENTS_URL);
  expect(manifest.features.slash_commands).toMatchObject([{ command: COMMAND, url: EVENTS_URL }]);
});

test('the manifest has the Home tab and the events it needs', () => {
  expect(manifest.features.app_home).toMatchObject({ home_tab_enabled: true, messages_tab_enabled: true });
  expect(manifest.settings.event_subscriptions.bot_events).toEqual([
    'app_home_opened',
    'app_uninstalled',
    'tokens_revoked',
  ]);
});

test('the manifest keeps to Slack’s lengths', () => {
  const { name, description, long_description } = manifest.display_information;
  expect(name.length).toBeLessThanOrEqual(35);
  expect(description.length).toBeLessThanOrEqual(140);
  expect(long_description.length).toBeGreaterThanOrEqual(174);
  expect(long_description.length).toBeLessThanOrEqual(4000);
});
