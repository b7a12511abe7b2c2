import type { RecordCard } from '../record-card.ts';
import { type Answer, type TroubleKind, trouble } from './answer.ts';

type Json = Readonly<Record<string, unknown>>;

/** Codes of the service that say why there is no card. */
const BY_CODE: Readonly<Record<string, TroubleKind>> = {
  unknown_portal: 'not_connected',
  unknown_tenant: 'not_connected',
  disconnected: 'not_connected',
  not_connected: 'not_connected',
  unauthenticated: 'not_known',
  unknown_user: 'not_known',
  unknown_rep: 'not_known',
  not_a_rep: 'not_known',
  forbidden: 'not_known',
  invalid_signature: 'not_accepted',
  not_configured: 'not_accepted',
};

/** What a response of the service says. Never throws: an answer nobody can read is trouble too. */
export async function readAnswer(response: Response): Promise<Answer> {
  const body = await bodyOf(response);
  const status = upstreamStatus(body) ?? response.status;
  if (status >= 200 && status < 300) return readReply(body);
  const detail = text(body?.detail);
  const what = BY_CODE[String(body?.code)] ?? byStatus(status);
  return trouble(what, detail);
}

function readReply(body: Json | null): Answer {
  const card = cardOf(body?.card);
  if (body?.ok === true && card) return { kind: 'card', card };
  const error = objectOf(body?.error);
  if (body?.ok !== false || !error) return trouble('unreadable');
  const code = String(error.code);
  const detail = text(error.detail);
  const what = BY_CODE[code];
  if (!card && what) return trouble(what, detail);
  return { kind: 'refused', code, detail: detail ?? code, card };
}

const byStatus = (status: number): TroubleKind => {
  if (status === 401 || status === 403) return 'not_known';
  // The one thing the card asks for is its account's: a card that cannot be found is an account nobody connected.
  if (status === 404) return 'not_connected';
  if (status === 429) return 'busy';
  return status >= 500 ? 'unreachable' : 'unreadable';
};

/** HubSpot's proxy wraps an upstream failure into an answer of its own that names the status. */
const upstreamStatus = (body: Json | null): number | null => {
  if (body?.category !== 'BAD_GATEWAY') return null;
  const given = objectOf(body.context)?.appServerStatusCode;
  return Number(Array.isArray(given) ? given[0] : given) || null;
};

const bodyOf = async (response: Response): Promise<Json | null> => {
  try {
    return objectOf(await response.json());
  } catch {
    return null;
  }
};

const objectOf = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The members a card cannot be drawn without. */
const cardOf = (value: unknown): RecordCard | null => {
  const card = objectOf(value);
  const whole = card && objectOf(card.may) && Array.isArray(card.reps) && Array.isArray(card.declineReasons);
  return whole ? (card as unknown as RecordCard) : null;
};
