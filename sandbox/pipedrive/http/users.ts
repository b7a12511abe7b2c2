import { badRequest } from '../errors.ts';
import { rowOf } from '../rows.ts';
import { type ApiCall, type Endpoint, ok } from './endpoint.ts';

const READ = ['users:read', 'admin'];

const all = ({ account }: ApiCall) => [...account.tables.user.values()];

export const USERS: readonly Endpoint[] = [
  { version: 'v1', method: 'GET', path: '/users', scopes: READ, cost: 'list', run: (call) => ok(all(call)) },
  {
    version: 'v1',
    method: 'GET',
    path: '/legacyTeams',
    scopes: READ,
    cost: 'list',
    run: ({ account }) => ok(account.teams),
  },
  {
    version: 'v1',
    method: 'GET',
    path: '/users/me',
    scopes: ['base'],
    cost: 'single',
    run: ({ account, by }) =>
      ok({
        ...rowOf(account, 'user', by.userId),
        is_you: true,
        company_id: account.id,
        company_name: account.name,
        company_domain: account.domain,
        company_country: 'EE',
        company_industry: null,
        language: { language_code: 'en', country_code: 'US' },
      }),
  },
  {
    version: 'v1',
    method: 'GET',
    path: '/users/find',
    scopes: READ,
    cost: 'search',
    run: (call) => {
      const { term, search_by_email: byEmail } = call.query;
      if (!term) throw badRequest('Validation failed: term: is required');
      const field = byEmail === '1' || byEmail === 'true' ? 'email' : 'name';
      return ok(all(call).filter((user) => String(user[field]).toLowerCase().includes(term.toLowerCase())));
    },
  },
  {
    version: 'v1',
    method: 'GET',
    path: '/users/{id}',
    scopes: READ,
    cost: 'single',
    run: ({ account, params }) => ok(rowOf(account, 'user', params.id ?? '')),
  },
];
