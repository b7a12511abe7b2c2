// What every browser has and jsdom has not.
const { randomUUID } = require('node:crypto');

if (!globalThis.crypto?.randomUUID) {
  Object.defineProperty(globalThis, 'crypto', { value: { randomUUID } });
}
