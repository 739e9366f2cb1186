// README's flow, as a TypeScript client writes it. What the API document does not have, does not compile.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema.js';

const [baseUrl, token] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

function take<T>(answer: { data?: T; error?: components['schemas']['Error'] }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.error?.code}: ${answer.error?.error}`);
  }
  return answer.data;
}

const { identity } = take(
  await client.POST('/v1/identities', {
    body: { firstName: 'Ada', lastName: 'Lovelace', role: 'CTO' },
  }),
);
const identity_id = identity.identity_id;
const started = take(
  await client.POST('/v1/identities/{identity_id}/linkedin/login', {
    params: { path: { identity_id }, header: { Prefer: 'wait=20' } },
    body: { username: 'ada+2fa@example.com', password: 'any' },
  }),
);
const path = { identity_id, session_id: started.login_result.session_id };
const standing = take(
  await client.GET('/v1/identities/{identity_id}/linkedin/status/{session_id}', { params: { path } }),
);
if (typeof standing === 'string') {
  throw new Error('a stream came that nobody asked for');
}
console.log(standing.login_result.status, standing.login_result.challenge?.kind);
const answered = take(
  await client.POST('/v1/identities/{identity_id}/linkedin/code/{session_id}', {
    params: { path, header: { Prefer: 'wait=20' } },
    body: { code: '123456' },
  }),
);
console.log(answered.login_result.status);
const checked = take(
  await client.GET('/v1/identities/{identity_id}/linkedin/check', { params: { path } }),
);
console.log('connected', checked.connected);

// Of two who change what they read, the second is told.
const read = await client.GET('/v1/identities/{identity_id}', { params: { path } });
const version = read.response.headers.get('ETag') ?? '';
const change = () =>
  client.PUT('/v1/identities/{identity_id}', {
    params: { path, header: { 'If-Match': version } },
    body: { jobTitle: 'CEO' },
  });
console.log(take(await change()).identity.role);
console.log((await change()).error?.code);

// The list, page by page.
take(
  await client.POST('/v1/identities', {
    body: { firstName: 'Grace', lastName: 'Hopper', jobTitle: 'Admiral' },
  }),
);
let after: string | undefined;
do {
  const page = take(await client.GET('/v1/identities', { params: { query: { limit: 1, after } } }));
  page.identities.forEach((found) => console.log(found.firstName));
  after = page.pagination?.next_after ?? undefined;
} while (after);
