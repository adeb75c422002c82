/** The one search, over tasks, workstreams, sessions, decisions and people. */
package dev.covibe.insight.search;
