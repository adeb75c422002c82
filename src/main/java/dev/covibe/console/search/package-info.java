/** The page of the one search. */
package dev.covibe.console.search;
