/** Figures over any range, by project, workstream, developer, agent or model. */
package dev.covibe.insight.analytics;
