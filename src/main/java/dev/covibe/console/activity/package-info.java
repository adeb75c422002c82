/** The page of what was completed and what happened (CON-6). */
package dev.covibe.console.activity;
