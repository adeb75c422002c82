/** The coordination monitor: blockers, decisions, claims, collisions and messages. */
package dev.covibe.console.coordination;
