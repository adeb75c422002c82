/** Where public links to snapshots are made, listed and taken back (SIT-3). */
package dev.covibe.console.share;
