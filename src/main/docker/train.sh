#!/bin/sh
# Runs once while the JVM image is built: serves on a database of its own that is thrown away, answers a few pages, stops, and
# leaves covibe.aot. Nothing in it is secret: database and key exist for these seconds alone.
set -eu

bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
data=$(mktemp -d)
chown postgres "$data"
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
as_postgres "$bin/initdb" -D "$data/db" -U postgres --auth=trust >/dev/null
as_postgres "$bin/pg_ctl" -D "$data/db" -o "-c listen_addresses=127.0.0.1 -c unix_socket_directories=$data" -w start >/dev/null
as_postgres "$bin/createdb" -h 127.0.0.1 -U postgres covibe

export COVIBE_DATABASE_URL=jdbc:postgresql://127.0.0.1:5432/covibe COVIBE_DATA=/tmp/covibe-training PORT=8099
COVIBE_DATABASE_USER=covibe_app COVIBE_DATABASE_PASSWORD=$(head -c 24 /dev/urandom | base64 | tr -d '+/=')
export COVIBE_DATABASE_USER COVIBE_DATABASE_PASSWORD
options="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djava.util.logging.manager=org.jboss.logmanager.LogManager"
# shellcheck disable=SC2086
COVIBE_OWNER_DATABASE_USER=postgres java $options -jar covibe-start.jar migrate
# shellcheck disable=SC2086
java -XX:AOTCacheOutput=covibe.aot $options -jar covibe-start.jar serve &
server=$!
asked=0
until curl -fs -o /dev/null "http://127.0.0.1:$PORT/q/health/ready"; do
    asked=$((asked + 1))
    if [ "$asked" -gt 60 ] || ! kill -0 "$server"; then
        echo "The server did not start, so there is nothing to train with." >&2
        exit 1
    fi
    sleep 1
done
for page in / /docs /docs/concepts /auth/sign-in /api/health /q/openapi; do
    curl -fsL -o /dev/null "http://127.0.0.1:$PORT$page"
done
kill "$server"
wait "$server" || :
as_postgres "$bin/pg_ctl" -D "$data/db" -m immediate stop >/dev/null
rm -rf "$data" /tmp/covibe-training
test -s covibe.aot
