/** The pages of agent sessions: the list, one session, and the part of it that other pages show. */
package dev.covibe.console.sessions;
