/** Ground for all: problems, SQL, cryptography, web, time, limits, logs, Git, settings, chores and the bus. Knows no feature. */
@Feature(name = "platform")
package dev.covibe.platform;
