/** The page of figures over any range (CON-5). */
package dev.covibe.console.analytics;
