#!/bin/bash
# Takes the image $IMAGE through its first minute, as Cloud Run would: migrate, serve, answer; and refuse what it must.
# Used by cloudbuild.yaml; by hand: IMAGE=co-vibe bash src/main/docker/smoke.sh
set -euo pipefail

network=covibe-smoke-$$
password=$(head -c 24 /dev/urandom | base64 | tr -d '+/=')
finish() {
    docker logs "$network-server" 2>/dev/null | tail -n 40 || true
    docker rm -f "$network-server" "$network-database" >/dev/null 2>&1 || true
    docker network rm "$network" >/dev/null 2>&1 || true
}
trap finish EXIT

docker network create "$network" >/dev/null
docker run -d --name "$network-database" --network "$network" -e POSTGRES_PASSWORD="$password" -e POSTGRES_DB=covibe postgres:17 >/dev/null
for _ in $(seq 60); do
    docker exec "$network-database" pg_isready -q -h 127.0.0.1 -U postgres && break
    sleep 1
done

settings=(--network "$network" --read-only --tmpfs /tmp
    -e COVIBE_DATABASE_URL="jdbc:postgresql://$network-database:5432/covibe"
    -e COVIBE_DATABASE_USER=covibe_app -e COVIBE_DATABASE_PASSWORD="$password"
    -e COVIBE_SECRET="$password$password" -e COVIBE_AUTH=workos)
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
trap - EXIT
finish >/dev/null
echo "PASS smoke"
