/** The PostgreSQL that a local server carries with it (PLT-1). Not part of hosted artifacts. */
package dev.covibe.embedded;
