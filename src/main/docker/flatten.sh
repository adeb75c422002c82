#!/bin/sh
# Makes a jar with nothing in it but the names of all others in Quarkus's directory $1, in the order in which Quarkus would look
# into them, as $2, which is to lie in that directory. Java keeps a cache only of classes that it finds by itself, and from those
# Quarkus's own quarkus-run.jar hides them. Used by ./covibe and by Dockerfile.jvm; JAVA_HOME names a JDK.
set -eu

cd "$1"
list() { LC_ALL=C ls "$@" 2>/dev/null || :; }
names=$(
    {
        list quarkus/transformed-bytecode.jar
        list quarkus/generated-bytecode.jar
        list app/*.jar
        list lib/boot/*.jar
        list lib/main/*.jar
    } | tr '\n' ' '
)
manifest=$(mktemp)
trap 'rm -f "$manifest"' EXIT
{
    printf 'Main-Class: dev.covibe.ops.CovibeMain\nEnable-Native-Access: ALL-UNNAMED\n'
    # What Quarkus's own jar opens, too.
    printf 'Add-Opens: java.base/java.lang java.base/java.nio java.base/jdk.internal.misc\n'
    # A line of a manifest ends after 72 bytes, and goes on behind a space.
    printf 'Class-Path: %s\n' "$names" | fold -b -w 70 | sed '2,$s/^/ /'
} >"$manifest"
"$JAVA_HOME/bin/jar" --create --file "$2" --manifest "$manifest"
