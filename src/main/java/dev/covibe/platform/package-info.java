/** Ground for all: problems, SQL, cryptography, web, time and the bus. Knows no feature. */
@Feature(name = "platform")
package dev.covibe.platform;
