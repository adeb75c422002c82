/** What was completed, and everything that happened. */
package dev.covibe.insight.activity;
