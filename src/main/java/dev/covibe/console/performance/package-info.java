/** {@code /performance}: how the team, each developer and each agent do, what it costs, and what needs a hand (CON-2, CON-3). */
package dev.covibe.console.performance;
