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
async function standing() {
  const answer = take(
    await client.GET('/v1/identities/{identity_id}/linkedin/status/{session_id}', {
      params: { path, header: { Prefer: 'wait=20' } },
    }),
  );
  if (typeof answer === 'string') {
    throw new Error('a stream came that nobody asked for');
  }
  return answer.login_result;
}
async function printChallenge() {
  const { status, challenge } = await standing();
  console.log(status, challenge?.kind);
}
await printChallenge();

// Another way, of those that LinkedIn offers.
const kind = (await standing()).challenge?.alternatives[0];
if (kind === undefined) {
  throw new Error('LinkedIn offers no other way');
}
take(
  await client.POST('/v1/identities/{identity_id}/linkedin/challenge/{session_id}', {
    params: { path },
    body: { kind },
  }),
);
await printChallenge();
// LinkedIn has only just sent it.
const again = await client.POST('/v1/identities/{identity_id}/linkedin/code/{session_id}/resend', {
  params: { path },
});
console.log(again.error?.code);
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

// A login that is not wanted any more, and the list of all of them.
const unwanted = take(
  await client.POST('/v1/identities/{identity_id}/linkedin/login', {
    params: { path: { identity_id } },
    body: { username: 'ada+2fa@example.com', password: 'any' },
  }),
);
const cancelled = take(
  await client.DELETE('/v1/identities/{identity_id}/linkedin/sessions/{session_id}', {
    params: { path: { identity_id, session_id: unwanted.login_result.session_id } },
  }),
);
console.log(cancelled.login_result.error_code);
const { sessions } = take(
  await client.GET('/v1/identities/{identity_id}/linkedin/sessions', { params: { path } }),
);
console.log(sessions.map((login) => login.status).join(' '));

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
