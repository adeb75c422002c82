/** The operator's side: the command line, migrations, checks before and while serving, health, the start-up banner. */
package dev.covibe.ops;
