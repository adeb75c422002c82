#!/bin/bash
# Takes the image $IMAGE through its first minutes, as Cloud Run would: migrate, serve, answer; and refuse what it must. Then
# everything is asked once, as src/test/smoke does it, of a second server from the image that needs no WorkOS.
# Used by cloudbuild.yaml; by hand: IMAGE=co-vibe bash src/main/docker/smoke.sh
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
network=covibe-smoke-$$
suite=$(mktemp -d)
password=$(head -c 24 /dev/urandom | base64 | tr -d '+/=')
finish() {
    docker logs "$network-server" 2>/dev/null | tail -n 40 || true
    docker logs "$network-local" 2>/dev/null | tail -n 40 || true
    docker rm -f "$network-server" "$network-local" "$network-suite" "$network-made" "$network-database" >/dev/null 2>&1 || true
    docker network rm "$network" >/dev/null 2>&1 || true
    rm -rf "$suite"
}
trap finish EXIT

docker network create "$network" >/dev/null
docker run -d --name "$network-database" --network "$network" -e POSTGRES_PASSWORD="$password" -e POSTGRES_DB=covibe postgres:17 >/dev/null
for _ in $(seq 60); do
    docker exec "$network-database" pg_isready -q -h 127.0.0.1 -U postgres && break
    sleep 1
done

database=(-e COVIBE_DATABASE_URL="jdbc:postgresql://$network-database:5432/covibe"
    -e COVIBE_DATABASE_USER=covibe_app -e COVIBE_DATABASE_PASSWORD="$password"
    -e COVIBE_SECRET="$password$password")
settings=(--network "$network" --read-only --tmpfs /tmp "${database[@]}" -e COVIBE_AUTH=workos)
commands=("${database[@]}" -e COVIBE_AUTH=local -e COVIBE_DATA=/tmp/covibe
    -e COVIBE_OWNER_DATABASE_USER=postgres -e COVIBE_OWNER_DATABASE_PASSWORD="$password")
docker run --rm "${settings[@]}" -e COVIBE_OWNER_DATABASE_USER=postgres -e COVIBE_OWNER_DATABASE_PASSWORD="$password" "$IMAGE" migrate
docker run --rm "${settings[@]}" -e COVIBE_OWNER_DATABASE_USER=postgres -e COVIBE_OWNER_DATABASE_PASSWORD="$password" "$IMAGE" migrate --check

if docker run --rm "${settings[@]}" -e COVIBE_DATABASE_USER=postgres "$IMAGE" serve >/dev/null 2>&1; then
    echo "The server started as a superuser, which row security does not bind." >&2
    exit 1
fi
if docker run --rm "${settings[@]}" -e COVIBE_AUTH=local -e COVIBE_HOSTED_URL=https://co-vibe.example.com "$IMAGE" serve >/dev/null 2>&1; then
    echo "The server started in local mode under a public address." >&2
    exit 1
fi

docker run -d --name "$network-server" "${settings[@]}" "$IMAGE" serve >/dev/null
ask() { docker run --rm --network "$network" curlimages/curl:8.11.1 -s -o /dev/null -w '%{http_code}' "$@"; }
for _ in $(seq 30); do
    [ "$(ask "http://$network-server:8080/q/health/ready")" = 200 ] && break
    sleep 1
done
expect() {
    code=$(ask "${@:2}")
    if [ "$code" != "$1" ]; then
        echo "${*: -1}: $code instead of $1" >&2
        exit 1
    fi
}
expect 200 "http://$network-server:8080/q/health/ready"
expect 200 "http://$network-server:8080/"
expect 200 "http://$network-server:8080/docs"
expect 200 "http://$network-server:8080/docs/concepts"
expect 200 "http://$network-server:8080/q/openapi"
expect 200 "http://$network-server:8080/downloads/co-vibe.tgz"
expect 401 -X POST "http://$network-server:8080/api/mcp"
expect 401 "http://$network-server:8080/api/tasks"

# The same image in local mode, in which anybody may sign in: reached by nothing but the suite, which shares its network.
local=("${settings[@]}" -e COVIBE_AUTH=local -e COVIBE_LIMITS_SIGN_INS=off -e COVIBE_LIMITS_ANONYMOUS=off)
docker run -d --name "$network-local" "${local[@]}" "$IMAGE" serve >/dev/null
for _ in $(seq 30); do
    [ "$(ask "http://$network-local:8080/q/health/ready")" = 200 ] && break
    sleep 1
done
token=$(docker run --rm "${local[@]}" "$IMAGE" token --email lin@example.com --workspace core --agent codex)

# Files go in by copying, because the daemon need not see this directory. The executable goes in too, for its commands.
mkdir -p "$suite/java/dev/covibe/guard" "$suite/bin"
cp -R src/test/smoke "$suite/smoke"
cp src/test/java/dev/covibe/guard/AccessTable.java "$suite/java/dev/covibe/guard/"
docker create --name "$network-made" "$IMAGE" >/dev/null
docker cp -q "$network-made:/opt/covibe/covibe" "$suite/bin/covibe"
docker create --name "$network-suite" --network "container:$network-local" "${commands[@]}" \
    -e TOKEN="$token" -e COMMAND=/suite/bin/covibe -e DEMO=Parcels \
    node:22-bookworm-slim node /suite/smoke/smoke.js http://127.0.0.1:8080 >/dev/null
docker cp -q "$suite/." "$network-suite:/suite"
docker start -a "$network-suite"

trap - EXIT
finish >/dev/null
echo "PASS smoke"
