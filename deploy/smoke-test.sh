#!/bin/sh
# Tries the packaged program as production runs it: it migrates, starts, gets ready, serves the README's
# five calls and ends on SIGTERM; and without its settings it says so and ends with 78.
#
#   DATABASE_URL=postgresql://localhost:5432/identities DATABASE_USER=owner DATABASE_PASSWORD=secret \
#     deploy/smoke-test.sh target/identities-1.0.0-SNAPSHOT-runner     (or …/quarkus-app/quarkus-run.jar)
#
# Needs sh, curl and openssl, and a database that it may fill. Exit code 0: everything held.
set -eu

program=${1:?usage: deploy/smoke-test.sh EXECUTABLE-OR-JAR}
: "${DATABASE_URL:?postgresql://host:5432/database}" "${DATABASE_USER:?the owner of the schema}"

for tool in curl openssl sed grep; do
  command -v "$tool" > /dev/null || { echo "smoke test: $tool is not installed" >&2; exit 1; }
done
test -e "$program" || { echo "smoke test: there is no $program" >&2; exit 1; }

work=$(mktemp -d)
server=
cleanup() {
  test -z "$server" || kill -9 "$server" 2> /dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
# dash runs the trap above on an exit, but not on a signal.
trap 'exit 1' HUP INT TERM

fail() {
  echo "smoke test: $*" >&2
  # What was written last says why.
  log=$(ls -t "$work"/*.log | head -n 1)
  test ! -s "$log" || { echo "--- $(basename "$log")" >&2; tail -n 40 "$log" >&2; }
  exit 1
}

# The settings come from here alone.
for name in $(env | sed -n 's/^\(\(QUARKUS\|MP_JWT\|IDENTITIES\)_[A-Z0-9_]*\)=.*/\1/p'); do
  unset "$name"
done

start() {
  case $program in
    *.jar) exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -jar "$program" ;;
    *) exec "$program" ;;
  esac
}

base64url() {
  openssl base64 -A | tr '+/' '-_' | tr -d '='
}

# --- Without settings: exit code 78, one line for each
code=0
(start) > "$work/unset.log" 2>&1 || code=$?
test "$code" = 78 || fail "without settings it should end with 78, not $code"
test "$(grep -c '^Cannot start: ' "$work/unset.log")" = 6 || fail "it should name six settings"

# --- The settings, all of them given in the environment
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/key.pem" 2> /dev/null \
  || openssl genrsa -out "$work/key.pem" 2048 2> /dev/null
openssl pkey -in "$work/key.pem" -pubout -out "$work/public.pem"
printf '{"keys":[{"kty":"oct","kid":"smoke","alg":"A256GCMKW","k":"%s"}]}' \
  "$(openssl rand 32 | base64url)" > "$work/sealing.json"
export QUARKUS_DATASOURCE_REACTIVE_URL="$DATABASE_URL"
export QUARKUS_DATASOURCE_USERNAME="$DATABASE_USER"
export QUARKUS_DATASOURCE_PASSWORD="${DATABASE_PASSWORD:-}"

# --- The migration
IDENTITIES_DATABASE_MIGRATE_AND_EXIT=true
export IDENTITIES_DATABASE_MIGRATE_AND_EXIT
for round in first second; do
  code=0
  (start) > "$work/migration.log" 2>&1 || code=$?
  test "$code" = 0 || fail "the $round migration ended with $code"
done
grep -q 'nothing to migrate' "$work/migration.log" || fail "the second migration should find nothing to do"
unset IDENTITIES_DATABASE_MIGRATE_AND_EXIT

# --- The service
export MP_JWT_VERIFY_PUBLICKEY_LOCATION="$work/public.pem"
export MP_JWT_VERIFY_ISSUER=https://issuer.example MP_JWT_VERIFY_AUDIENCES=identities
export IDENTITIES_LINKEDIN_CONNECTOR=sandbox IDENTITIES_SECRETS_KEYS="$work/sealing.json"
export QUARKUS_HTTP_PORT=0 QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_SHUTDOWN_DELAY=0s
(start) > "$work/server.log" 2>&1 &
server=$!

waited=0
until url=$(sed -n 's|.*Listening on: \(http://[0-9.a-z]*:[0-9]*\).*|\1|p' "$work/server.log") && test -n "$url" \
  && curl -fs "$url/q/health/ready" > /dev/null; do
  kill -0 "$server" 2> /dev/null || fail "it ended instead of getting ready"
  waited=$((waited + 1))
  test "$waited" -lt 600 || fail "it is not ready after a minute"
  sleep 0.1
done

# --- A token of our own (RFC 7519)
now=$(date +%s)
head=$(printf '{"alg":"RS256","typ":"at+jwt"}' | base64url)
claims=$(printf '{"iss":"https://issuer.example","aud":"identities","sub":"smoke","tenant_id":"smoke","scope":"identities:read identities:write","iat":%s,"exp":%s}' \
  "$now" $((now + 300)) | base64url)
signature=$(printf '%s.%s' "$head" "$claims" | openssl dgst -sha256 -sign "$work/key.pem" | base64url)
# In a file, since arguments can be read by every process of this machine.
printf 'header = "Authorization: Bearer %s.%s.%s"\n' "$head" "$claims" "$signature" > "$work/token"

call() {
  curl -sS --max-time 40 -K "$work/token" -H 'Content-Type: application/json' "$@" > "$work/answer.log" \
    || fail "no answer to: $*"
}
field() {
  sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" "$work/answer.log"
}
expect() {
  grep -q "$1" "$work/answer.log" || fail "$2 should answer with $1"
}

call "$url/v1/identities" -d '{"firstName":"Ada","lastName":"Lovelace","role":"CTO"}'
expect '"status":"success"' "create"
linkedin="$url/v1/identities/$(field identity_id)/linkedin"
call "$linkedin/login" -H 'Prefer: wait=20' -d '{"username":"ada+2fa@example.com","password":"any"}'
session=$(field session_id)
call "$linkedin/status/$session"
expect '"status":"awaiting_2fa"' "status"
call "$linkedin/code/$session" -H 'Prefer: wait=20' -d '{"code":"123456"}'
expect '"status":"completed"' "the code"
call "$linkedin/check"
expect '"connected":true' "check"

# --- The end
kill -TERM "$server"
code=0
wait "$server" || code=$?
server=
# A JVM that a signal ends says so with 143 (128 + 15); a native executable ends with 0 or the same.
test "$code" = 0 || test "$code" = 143 || fail "SIGTERM should end it in peace, not with $code"
grep -q 'stopped in' "$work/server.log" || fail "it should stop in order"
if grep -q '"level":"ERROR"' "$work/server.log"; then
  fail "it logged an error"
fi
echo "smoke test: everything held"
