/** Ground for all: problems, SQL, cryptography, web, time and the bus. Knows no feature. */
package dev.covibe.platform;
