/** The settings: agents, tokens, projects, prices, retention and what else an admin decides. */
package dev.covibe.console.settings;
